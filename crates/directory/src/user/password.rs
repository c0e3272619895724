//! Passwords: setting one's own, and taking one away (SPEC 5.2, SECURITY C4).

use diesel::prelude::*;

use super::User;
use crate::access::{Administrator, rules};
use crate::activity::{self, Action};
use crate::db::schema::users;
use crate::db::{Id, Tx};
use crate::email_address::EmailAddress;
use crate::session::Visitor;
use crate::{Error, Result, one_time_code, session};

/// Sets the person's own password, in a session that was looked up in this transaction. Whoever was signing in with the
/// old one begins again (SECURITY C4).
///
/// # Errors
/// [`Refusal::GuestPassword`](crate::Refusal::GuestPassword) for a guest;
/// [`Refusal::SignInTooOld`](crate::Refusal::SignInTooOld) for a first password in a session that is not new.
pub fn set_password(tx: &mut Tx<'_>, visitor: &Visitor, password_hash: &str) -> Result<()> {
    let Visitor { session, actor, .. } = visitor;
    rules::set_password(actor.kind, actor.has_password, tx.now - session.created_at)?;
    let hash = users::password_hash.eq(Some(password_hash));
    diesel::update(users::table.find(actor.id)).set(hash).execute(tx.conn)?;
    let user = User::find(tx, actor.id)?;
    one_time_code::end_all_of(tx, &user.address_key)?;
    activity::note(tx, actor, Action::PasswordSet, &user.as_object())
}

/// Takes a person's password away by an administrator's hand, and ends their sessions and those that are about to
/// begin: whoever set it is out, and a mailed code is the way back in (SECURITY C4).
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
