//! Blocking, deleting and letting back in: each bites on the person's next request (SPEC 5.1).

use diesel::prelude::*;

use super::{User, UserKind, UserState};
use crate::access::{Administrator, Refusal};
use crate::activity::{self, Action};
use crate::db::schema::users;
use crate::db::{Id, Timestamp, Tx};
use crate::{Result, group_rule, session};

impl User {
    /// Shuts a person out: from the next request on, everywhere.
    ///
    /// # Errors
    /// [`Refusal::NotYourself`]; [`crate::Error::Hidden`] when there is no such user.
    pub fn block(tx: &mut Tx<'_>, administrator: &Administrator, id: Id<User>) -> Result<()> {
        Self::shut_out(tx, administrator, id, UserState::Blocked, Action::UserBlocked)
    }

    /// Puts a person in the bin.
    ///
    /// # Errors
    /// [`Refusal::NotYourself`]; [`crate::Error::Hidden`] when there is no such user.
    pub fn delete(tx: &mut Tx<'_>, administrator: &Administrator, id: Id<User>) -> Result<()> {
        Self::shut_out(tx, administrator, id, UserState::Deleted, Action::UserDeleted)
    }

    fn shut_out(
        tx: &mut Tx<'_>,
        administrator: &Administrator,
        id: Id<User>,
        state: UserState,
        action: Action,
    ) -> Result<()> {
        if administrator.actor().id == id {
            return Err(Refusal::NotYourself.into());
        }
        let user = Self::find(tx, id)?;
        let deleted_at = (state == UserState::Deleted).then_some(tx.now);
        diesel::update(users::table.find(id))
            .set((
                users::state.eq(state),
                users::deleted_at.eq(deleted_at),
                users::version.eq(user.version + 1),
            ))
            .execute(tx.conn)?;
        session::end_all_of(tx, id)?;
        activity::note(tx, administrator.actor(), action, &user.as_object())
    }

    /// Lets a blocked or deleted person back to where they stood.
    ///
    /// # Errors
    /// [`crate::Error::Hidden`] when there is no such user.
    pub fn unblock(tx: &mut Tx<'_>, administrator: &Administrator, id: Id<User>) -> Result<()> {
        let user = Self::find(tx, id)?;
        let unredeemed = user.kind == UserKind::Guest && user.redeemed_at.is_none();
        let state = if unredeemed { UserState::Invited } else { UserState::Active };
        diesel::update(users::table.find(id))
            .set((
                users::state.eq(state),
                users::deleted_at.eq(None::<Timestamp>),
                users::version.eq(user.version + 1),
            ))
            .execute(tx.conn)?;
        // Rules pass over people in the bin.
        let back = Self::find(tx, id)?;
        group_rule::follow(tx, &user, &back)?;
        activity::note(tx, administrator.actor(), Action::UserUnblocked, &user.as_object())
    }
}
