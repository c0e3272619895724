//! Vestibule's domain and database.

pub mod access;
pub mod catalogue;
pub mod clock;
pub mod db;
mod error;
mod keys;
pub mod testing;

pub use clock::Clock;
pub use db::{DatabaseUrl, Dialect, Directory, Id, Options, Timestamp, Tx};
pub use error::{Error, Result};
pub use keys::Keys;
