//! What a person has: the groups they are in or own, and the apps they are assigned to, for administrators.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::access::{Administrator, assigned_to_app, rules};
use crate::activity::{self, Action};
use crate::app::App;
use crate::db::schema::{apps, group_members, group_owners, groups, users};
use crate::db::{Id, Tx};
use crate::email_address::EmailAddress;
use crate::group::Group;
use crate::one_time_code;
use crate::session;
use crate::user::User;
use crate::{Error, Result};

/// A group with how the person stands to it.
#[derive(Clone, Debug)]
pub struct HeldGroup {
    /// The group.
    pub group: Group,
    /// The person owns it.
    pub owned: bool,
    /// The person is in it.
    pub joined: bool,
}

/// The groups a person is in or owns, by name.
///
/// # Errors
/// Only the database's.
pub fn groups(
    tx: &mut Tx<'_>,
    _administrator: &Administrator,
    user: Id<User>,
    rows: i64,
) -> Result<Vec<HeldGroup>> {
    let owned = exists(
        group_owners::table.filter(group_owners::group_id.eq(groups::id).and(group_owners::user_id.eq(user))),
    );
    let joined = exists(
        group_members::table
            .filter(group_members::group_id.eq(groups::id).and(group_members::user_id.eq(user))),
    );
    let found: Vec<(Group, bool, bool)> = groups::table
        .filter(owned.or(joined))
        .select((Group::as_select(), owned, joined))
        .order((groups::name_key, groups::id))
        .limit(rows)
        .load(tx.conn)?;
    Ok(found.into_iter().map(|(group, owned, joined)| HeldGroup { group, owned, joined }).collect())
}

/// The apps a person is assigned to, directly or through a group, by name.
///
/// # Errors
/// Only the database's.
pub fn apps(tx: &mut Tx<'_>, _administrator: &Administrator, user: Id<User>, rows: i64) -> Result<Vec<App>> {
    let query = apps::table.filter(exists(assigned_to_app(user))).select(App::as_select());
    Ok(query.order((apps::name_key, apps::id)).limit(rows).load(tx.conn)?)
}

/// Ends every session of a person, and those that are about to begin, by an administrator's hand.
///
/// # Errors
/// [`Error::Hidden`] when there is no such user.
pub fn end_sessions(tx: &mut Tx<'_>, administrator: &Administrator, user: Id<User>) -> Result<()> {
    let user = User::find(tx, user)?;
    session::end_all_of(tx, user.id)?;
    one_time_code::end_all_of(tx, &user.address_key)?;
    activity::note(tx, administrator.actor(), Action::SessionsEnded, &user.as_object())
}

/// Takes a person's password away by an administrator's hand, and ends their sessions and those that are about to begin:
/// whoever set it is out, and a mailed code is the way back in (SECURITY C4).
///
/// # Errors
/// [`Error::Hidden`] when there is no such user; [`PasswordMissing`](crate::Refusal::PasswordMissing) for an
/// administrator, who could not sign in without one.
pub fn forget_password(tx: &mut Tx<'_>, administrator: &Administrator, user: Id<User>) -> Result<()> {
    let user = User::find(tx, user)?;
    rules::lose_password(user.administrator)?;
    put_password(tx, &user, None)?;
    activity::note(tx, administrator.actor(), Action::PasswordRemoved, &user.as_object())
}

/// The same from the command line, with another password's hash in its place if there is one.
///
/// # Errors
/// [`Error::Hidden`] when nobody has this address; [`PasswordMissing`](crate::Refusal::PasswordMissing) for an
/// administrator without another password; [`GuestPassword`](crate::Refusal::GuestPassword) for a guest with one.
pub fn forget_password_from_the_system(
    tx: &mut Tx<'_>,
    address: &EmailAddress,
    other: Option<&str>,
) -> Result<()> {
    let user = User::by_address(tx, address)?.ok_or(Error::Hidden)?;
    let (allowed, action) = match other {
        None => (rules::lose_password(user.administrator), Action::PasswordRemoved),
        Some(_) => (rules::have_password(user.kind), Action::PasswordSet),
    };
    allowed?;
    put_password(tx, &user, other)?;
    activity::note_of_the_system(tx, action, &user.as_object())
}

/// Whoever is signed in as this person, or is about to be, begins again.
fn put_password(tx: &mut Tx<'_>, user: &User, hash: Option<&str>) -> Result<()> {
    diesel::update(users::table.find(user.id))
        .set((users::password_hash.eq(hash), users::version.eq(user.version + 1)))
        .execute(tx.conn)?;
    session::end_all_of(tx, user.id)?;
    one_time_code::end_all_of(tx, &user.address_key)
}
