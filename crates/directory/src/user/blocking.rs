//! Blocking, deleting and letting back in: each bites on the person's next request (SPEC 5.1).

use diesel::prelude::*;

use super::{User, UserKind, UserState, forget_password};
use crate::access::{Administrator, Refusal};
use crate::activity::{self, Action};
use crate::db::schema::users;
use crate::db::{Id, Timestamp, Tx};
use crate::{Error, Result, group_rule, session};

/// What an administrator can do to a person as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserChange {
    /// Shuts the person out: from the next request on, everywhere.
    Block,
    /// Lets a blocked person back to where they stood.
    Unblock,
    /// Puts the person in the bin.
    Delete,
    /// Takes the person out of the bin, to where they stood: whoever was blocked before stays so.
    Restore,
    /// Ends the person's sessions.
    EndSessions,
    /// Takes the person's password away.
    RemovePassword,
}

impl UserChange {
    /// Every change.
    pub const ALL: [Self; 6] =
        [Self::Block, Self::Unblock, Self::Delete, Self::Restore, Self::EndSessions, Self::RemovePassword];

    /// Whether the transitions of SPEC 5.1 allow it for somebody in this state.
    #[must_use]
    pub const fn suits(self, state: UserState) -> bool {
        match self {
            Self::Block => matches!(state, UserState::Invited | UserState::Active),
            Self::Unblock => matches!(state, UserState::Blocked),
            Self::Delete => !matches!(state, UserState::Deleted),
            Self::Restore => matches!(state, UserState::Deleted),
            Self::EndSessions | Self::RemovePassword => true,
        }
    }

    /// Whether it would change anything about this person.
    #[must_use]
    pub fn is_for(self, user: &User) -> bool {
        self.suits(user.state) && (self != Self::RemovePassword || user.password_hash.is_some())
    }

    /// Makes the change, and answers the person as they were before it.
    ///
    /// # Errors
    /// [`Error::Hidden`] when there is no such user; [`Error::Stale`] where it [would change
    /// nothing](UserChange::is_for), because somebody else was faster; [`Refusal::NotYourself`] for administrators who
    /// would block or delete themselves; [`Refusal::PasswordMissing`] for the password of an administrator.
    pub fn apply(self, tx: &mut Tx<'_>, administrator: &Administrator, id: Id<User>) -> Result<User> {
        let user = User::find(tx, id)?;
        if !self.is_for(&user) {
            return Err(Error::Stale);
        }
        match self {
            Self::Block => user.shut_out(tx, administrator, UserState::Blocked, Action::UserBlocked)?,
            Self::Delete => user.shut_out(tx, administrator, UserState::Deleted, Action::UserDeleted)?,
            Self::Unblock => user.let_in(tx, administrator)?,
            Self::Restore => user.restore(tx, administrator)?,
            Self::EndSessions => session::end_all_by(tx, administrator, id)?,
            Self::RemovePassword => forget_password(tx, administrator, id)?,
        }
        Ok(user)
    }
}

impl User {
    /// Shuts an invited or active person out: see [`UserChange::Block`].
    ///
    /// # Errors
    /// As [`UserChange::apply`].
    pub fn block(tx: &mut Tx<'_>, administrator: &Administrator, id: Id<User>) -> Result<()> {
        UserChange::Block.apply(tx, administrator, id).map(drop)
    }

    /// Puts a person in the bin: see [`UserChange::Delete`].
    ///
    /// # Errors
    /// As [`UserChange::apply`].
    pub fn delete(tx: &mut Tx<'_>, administrator: &Administrator, id: Id<User>) -> Result<()> {
        UserChange::Delete.apply(tx, administrator, id).map(drop)
    }

    /// Lets a blocked or deleted person back to where they stood.
    ///
    /// # Errors
    /// As [`UserChange::apply`].
    pub fn unblock(tx: &mut Tx<'_>, administrator: &Administrator, id: Id<User>) -> Result<()> {
        let is_deleted = Self::find(tx, id)?.state == UserState::Deleted;
        let change = if is_deleted { UserChange::Restore } else { UserChange::Unblock };
        change.apply(tx, administrator, id).map(drop)
    }

    fn shut_out(
        &self,
        tx: &mut Tx<'_>,
        administrator: &Administrator,
        state: UserState,
        action: Action,
    ) -> Result<()> {
        if administrator.actor().id == self.id {
            return Err(Refusal::NotYourself.into());
        }
        let (blocked_at, deleted_at) = match state {
            UserState::Deleted => (self.blocked_at, Some(tx.now)),
            _ => (Some(tx.now), None),
        };
        self.stand(tx, state, blocked_at, deleted_at)?;
        session::end_all_of(tx, self.id)?;
        activity::note(tx, administrator.actor(), action, &self.as_object())
    }

    fn let_in(&self, tx: &mut Tx<'_>, administrator: &Administrator) -> Result<()> {
        self.stand(tx, self.state_unblocked(), None, None)?;
        activity::note(tx, administrator.actor(), Action::UserUnblocked, &self.as_object())
    }

    fn restore(&self, tx: &mut Tx<'_>, administrator: &Administrator) -> Result<()> {
        let state = if self.blocked_at.is_some() { UserState::Blocked } else { self.state_unblocked() };
        self.stand(tx, state, self.blocked_at, None)?;
        // Rules pass over people in the bin.
        let back = Self::find(tx, self.id)?;
        group_rule::follow(tx, self, &back)?;
        activity::note(tx, administrator.actor(), Action::UserRestored, &self.as_object())
    }

    /// Where the person stands when nobody shuts them out.
    fn state_unblocked(&self) -> UserState {
        let unredeemed = self.kind == UserKind::Guest && self.redeemed_at.is_none();
        if unredeemed { UserState::Invited } else { UserState::Active }
    }

    /// Writes where the person stands from now on, and since when they are blocked and in the bin.
    fn stand(
        &self,
        tx: &mut Tx<'_>,
        state: UserState,
        blocked_at: Option<Timestamp>,
        deleted_at: Option<Timestamp>,
    ) -> Result<()> {
        diesel::update(users::table.find(self.id))
            .set((
                users::state.eq(state),
                users::blocked_at.eq(blocked_at),
                users::deleted_at.eq(deleted_at),
                users::version.eq(self.version + 1),
            ))
            .execute(tx.conn)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_has_its_ways_out() {
        let [block, unblock, delete, restore] =
            [UserChange::Block, UserChange::Unblock, UserChange::Delete, UserChange::Restore];
        for (state, ways) in [
            (UserState::Invited, [true, false, true, false]),
            (UserState::Active, [true, false, true, false]),
            (UserState::Blocked, [false, true, true, false]),
            (UserState::Deleted, [false, false, false, true]),
        ] {
            assert_eq!([block, unblock, delete, restore].map(|change| change.suits(state)), ways, "{state}");
        }
    }
}
