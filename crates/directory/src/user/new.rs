//! The rows of new users.

use diesel::prelude::*;

use super::{User, UserKind, UserProfile, UserState};
use crate::Result;
use crate::access::Refusal;
use crate::db::schema::users;
use crate::db::{Id, Tx};
use crate::email_address::EmailAddress;
use crate::text::search_key;

#[derive(Insertable)]
#[diesel(table_name = users)]
pub(super) struct NewUser {
    pub(super) kind: UserKind,
    pub(super) state: UserState,
    pub(super) name: String,
    pub(super) name_key: String,
    pub(super) address: String,
    pub(super) address_key: String,
    pub(super) department: String,
    pub(super) job_title: String,
    pub(super) country: String,
    pub(super) company: String,
    pub(super) administrator: bool,
    pub(super) guest_inviter: bool,
    pub(super) password_hash: Option<String>,
    pub(super) sponsor_id: Option<Id<User>>,
}

impl NewUser {
    pub(super) fn member(address: &EmailAddress, profile: &UserProfile) -> Self {
        Self {
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
            administrator: profile.administrator,
            guest_inviter: profile.guest_inviter,
            password_hash: None,
            sponsor_id: None,
        }
    }
}

pub(super) fn insert(tx: &mut Tx<'_>, row: &NewUser) -> Result<User> {
    let taken: i64 =
        users::table.filter(users::address_key.eq(&row.address_key)).count().get_result(tx.conn)?;
    if taken > 0 {
        return Err(Refusal::AddressTaken.into());
    }
    let id = tx.new_id::<User>();
    diesel::insert_into(users::table)
        .values((users::id.eq(id), row, users::created_at.eq(tx.now), users::version.eq(1)))
        .execute(tx.conn)?;
    User::find(tx, id)
}
