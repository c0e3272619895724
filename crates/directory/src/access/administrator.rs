//! The proof that a person is an administrator.

use super::Actor;
use crate::db::Tx;
use crate::{Error, Result};

/// Proof that the actor is an administrator now.
#[derive(Clone, Debug)]
pub struct Administrator(Actor);

impl Administrator {
    /// Asks the database whether this person is an administrator.
    ///
    /// # Errors
    /// [`Error::Hidden`] for anybody else: administration does not exist for them.
    pub fn find(tx: &mut Tx<'_>, actor: &Actor) -> Result<Self> {
        let actor = actor.again(tx)?;
        if actor.administrator { Ok(Self(actor)) } else { Err(Error::Hidden) }
    }

    /// The same of somebody whose row has just been read.
    pub(crate) fn of(actor: &Actor) -> Option<Self> {
        actor.administrator.then(|| Self(actor.clone()))
    }

    /// The person.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.0
    }
}
