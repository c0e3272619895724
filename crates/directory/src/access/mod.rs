//! Who may do what. The lookup is the check, and the proof is a type: a [`Manager`] or an [`Administrator`]
//! cannot be made elsewhere, and the verbs that change something ask for one.

mod actor;
mod administrator;
mod manager;
mod refusal;
pub mod rules;
mod seen;
mod target;

pub use self::actor::Actor;
pub use self::administrator::Administrator;
pub use self::manager::Manager;
pub use self::refusal::{Limit, LimitReached, MendedBy, NotManager, Refusal};
pub use self::seen::SeenTarget;
pub(crate) use self::seen::Standpoint;
pub use self::target::{Target, TargetKind};
pub(crate) use self::target::{app_key, group_key};
