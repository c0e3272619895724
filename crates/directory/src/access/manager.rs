//! The proof that a person manages a target.

use super::{Actor, SeenTarget, Target};
use crate::db::Tx;
use crate::organisation::Organisation;
use crate::{Error, Result};

/// Proof that a person manages a target now.
#[derive(Clone, Debug)]
pub struct Manager(SeenTarget);

impl Manager {
    /// The manager of the app at this address.
    ///
    /// # Errors
    /// [`Error::Hidden`] or [`Error::Forbidden`] with the reason (SPEC 3.1).
    pub fn of_app(tx: &mut Tx<'_>, actor: &Actor, slug: &str) -> Result<Self> {
        Self::of(SeenTarget::app(tx, actor, slug)?)
    }

    /// The manager of the group at this address.
    ///
    /// # Errors
    /// [`Error::Hidden`] or [`Error::Forbidden`] with the reason (SPEC 3.1).
    pub fn of_group(tx: &mut Tx<'_>, actor: &Actor, slug: &str) -> Result<Self> {
        Self::of(SeenTarget::group(tx, actor, slug)?)
    }

    /// The manager of the directory.
    ///
    /// # Errors
    /// [`Error::Hidden`] or [`Error::Forbidden`] with the reason (SPEC 3.1).
    pub fn of_directory(tx: &mut Tx<'_>, actor: &Actor) -> Result<Self> {
        Self::of(SeenTarget::directory(tx, actor)?)
    }

    /// Proves that what is seen is managed.
    ///
    /// # Errors
    /// [`Error::Forbidden`] with the reason.
    pub fn of(seen: SeenTarget) -> Result<Self> {
        match seen.manage() {
            Ok(()) => Ok(Self(seen)),
            Err(refusal) => Err(Error::Forbidden(refusal)),
        }
    }

    /// The person.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        self.0.actor()
    }

    /// The organisation with the settings that hold.
    #[must_use]
    pub fn organisation(&self) -> &Organisation {
        self.0.organisation()
    }

    /// What is managed.
    #[must_use]
    pub fn target(&self) -> &Target {
        self.0.target()
    }

    /// What the person sees of it.
    #[must_use]
    pub fn seen(&self) -> &SeenTarget {
        &self.0
    }
}
