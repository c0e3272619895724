//! Plain data that the component libraries in `templates/components/` draw. Every text in it is a finished
//! sentence or a name; words that never vary come from the catalogue by key.

mod shapes;
mod states;

pub use shapes::{Check, Choice, Fact, Fix, Link, Logo, Pager, Person, Step, Tab, Tile, Verdict};
pub use states::{Membership, PersonState, StepState, Tone};
