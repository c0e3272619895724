//! The rows of new users.

use diesel::prelude::*;

use super::{User, UserKind, UserProfile, UserState};
use crate::Result;
use crate::access::Refusal;
use crate::db::schema::users;
use crate::db::{Id, Timestamp, Tx, each_dialect};
use crate::email_address::EmailAddress;
use crate::text::{Name, search_key};

impl User {
    /// A member who may sign in, not yet written.
    pub(crate) fn member(
        id: Id<Self>,
        created_at: Timestamp,
        address: &EmailAddress,
        profile: &UserProfile,
    ) -> Self {
        Self {
            id,
            kind: UserKind::Member,
            state: UserState::Active,
            name: profile.name.as_str().to_owned(),
            name_key: search_key(profile.name.as_str()),
            address: address.to_string(),
            address_key: address.key(),
            department: profile.department.as_str().to_owned(),
            job_title: profile.job_title.as_str().to_owned(),
            country: profile.country.as_str().to_owned(),
            company: profile.company.as_str().to_owned(),
            language: None,
            administrator: profile.administrator,
            guest_inviter: profile.guest_inviter,
            password_hash: None,
            sponsor_id: None,
            created_at,
            redeemed_at: None,
            blocked_at: None,
            deleted_at: None,
            version: 1,
        }
    }

    /// A guest who can do nothing until an invitation is redeemed (SECURITY R4), not yet written.
    pub(crate) fn guest(
        id: Id<Self>,
        created_at: Timestamp,
        address: &EmailAddress,
        sponsor: Id<Self>,
    ) -> Self {
        let name = Name::parse(address.local_part()).unwrap_or_default();
        Self {
            kind: UserKind::Guest,
            state: UserState::Invited,
            sponsor_id: Some(sponsor),
            ..Self::member(id, created_at, address, &UserProfile::named(name))
        }
    }

    /// Writes it and answers whether it is there now: not when somebody has the address. Nothing is looked for first,
    /// so that those who write at the same moment are not in each other's way.
    pub(super) fn insert_if_unknown(&self, tx: &mut Tx<'_>) -> Result<bool> {
        let rows = each_dialect!(tx.conn, c => diesel::insert_into(users::table)
            .values(self)
            .on_conflict(users::address_key)
            .do_nothing()
            .execute(c))?;
        Ok(rows > 0)
    }

    /// Writes it.
    ///
    /// # Errors
    /// [`Refusal::AddressTaken`].
    pub(super) fn insert(self, tx: &mut Tx<'_>) -> Result<Self> {
        if self.insert_if_unknown(tx)? { Ok(self) } else { Err(Refusal::AddressTaken.into()) }
    }
}
