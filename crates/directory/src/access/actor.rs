//! The person behind a request.

use diesel::prelude::*;

use super::Standpoint;
use super::rules::PersonFacts;
use crate::db::schema::users;
use crate::db::{Id, Tx};
use crate::email_address::EmailAddress;
use crate::language::Language;
use crate::user::{User, UserKind, UserState};
use crate::{Error, Result};

/// An active person who does something. Nobody who is invited, blocked or deleted is ever one (SPEC 5.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The user's id.
    pub id: Id<User>,
    /// The name people read.
    pub name: String,
    /// The address mail goes to.
    pub address: EmailAddress,
    /// Member or guest.
    pub kind: UserKind,
    /// Role: administrator.
    pub administrator: bool,
    /// Role: guest inviter.
    pub guest_inviter: bool,
    /// The language the person chose.
    pub language: Option<Language>,
    /// Whether there is a password to sign in with.
    pub has_password: bool,
}

impl Actor {
    /// The user as somebody who acts; `None` unless active.
    #[must_use]
    pub fn of(user: &User) -> Option<Self> {
        let address = EmailAddress::parse(&user.address).ok()?;
        (user.state == UserState::Active).then(|| Self {
            id: user.id,
            name: user.name.clone(),
            address,
            kind: user.kind,
            administrator: user.administrator,
            guest_inviter: user.guest_inviter,
            language: user.language,
            has_password: user.password().is_some(),
        })
    }

    /// The active user with this id.
    ///
    /// # Errors
    /// Only the database's.
    pub fn find(tx: &mut Tx<'_>, id: Id<User>) -> Result<Option<Self>> {
        let user: Option<User> = users::table.find(id).select(User::as_select()).first(tx.conn).optional()?;
        Ok(user.as_ref().and_then(Self::of))
    }

    /// The same person as the database knows them now: every change asks again whether they are still active.
    ///
    /// # Errors
    /// [`Error::Hidden`] when the person is not active any more.
    pub fn again(&self, tx: &mut Tx<'_>) -> Result<Self> {
        Self::find(tx, self.id)?.ok_or(Error::Hidden)
    }

    /// The person as the rules see them.
    pub(crate) fn facts(&self, standpoint: Standpoint) -> PersonFacts {
        PersonFacts {
            active: true,
            kind: self.kind,
            administrator: self.administrator,
            guest_inviter: self.guest_inviter,
            owns_group: standpoint.owns_group,
            assigned: standpoint.assigned,
        }
    }
}
