//! What a person reads: the catalogue in `locales/`, the choice of its language, and dates and
//! numbers written the way that language writes them.

mod catalogue;
mod date;
mod number;

pub use catalogue::{Count, Texts};
pub use date::zone;
pub use directory::Language;
