//! The one-time link that makes the first administrator (SPEC 5.2, SECURITY J9).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use diesel::dsl::exists;
use diesel::prelude::*;

use crate::db::Tx;
use crate::db::schema::{setup_links, users};
use crate::email_address::EmailAddress;
use crate::organisation::{Organisation, Profile};
use crate::text::Name;
use crate::user::{User, UserProfile, UserState};
use crate::{Error, Result, token};

const VALID: TimeDelta = TimeDelta::hours(24);

/// Makes a link for a directory without an administrator, and ends those made before; `None` when it has one.
///
/// `random` are 32 unpredictable bytes; only their hash is kept.
///
/// # Errors
/// Only the database's.
pub fn create(tx: &mut Tx<'_>, random: [u8; 32]) -> Result<Option<String>> {
    if has_administrator(tx)? {
        return Ok(None);
    }
    diesel::delete(setup_links::table).execute(tx.conn)?;
    let text = URL_SAFE_NO_PAD.encode(random);
    let row = (
        setup_links::token_hash.eq(token::hash(&text)),
        setup_links::created_at.eq(tx.now),
        setup_links::expires_at.eq(tx.now + VALID),
    );
    diesel::insert_into(setup_links::table).values(row).execute(tx.conn)?;
    Ok(Some(text))
}

/// Whether this link can still be used.
///
/// # Errors
/// [`Error::Hidden`] when it cannot.
pub fn check(tx: &mut Tx<'_>, token: &str) -> Result<()> {
    let live = setup_links::used_at.is_null().and(setup_links::expires_at.gt(tx.now));
    let row = setup_links::table.find(token::hash(token)).filter(live);
    let is_live: bool = diesel::select(exists(row)).get_result(tx.conn)?;
    if is_live && !has_administrator(tx)? { Ok(()) } else { Err(Error::Hidden) }
}

/// The first administrator, as the set-up page asks for one.
#[derive(Clone, Debug)]
pub struct FirstAdministrator {
    /// The person's name.
    pub name: Name,
    /// The person's address.
    pub address: EmailAddress,
    /// Argon2id in PHC form.
    pub password_hash: String,
}

/// Uses the link: names the organisation and makes its first administrator.
///
/// # Errors
/// [`Error::Hidden`] when the link cannot be used; [`crate::Refusal::AddressTaken`].
pub fn redeem(
    tx: &mut Tx<'_>,
    token: &str,
    organisation: &Profile,
    first: &FirstAdministrator,
) -> Result<User> {
    check(tx, token)?;
    let used = setup_links::used_at.eq(Some(tx.now));
    diesel::update(setup_links::table.find(token::hash(token))).set(used).execute(tx.conn)?;
    Organisation::found(tx, organisation)?.take_name(tx, organisation)?;
    add_administrator(tx, first)
}

/// Makes an administrator from the command line or the sample data.
///
/// # Errors
/// [`crate::Refusal::AddressTaken`].
pub fn add_administrator(tx: &mut Tx<'_>, first: &FirstAdministrator) -> Result<User> {
    let profile = UserProfile { administrator: true, ..UserProfile::named(first.name.clone()) };
    User::add_from_the_system(tx, &first.address, &profile, Some(first.password_hash.clone()))
}

/// Ends every link.
pub(crate) fn end_all(tx: &mut Tx<'_>) -> Result<()> {
    diesel::delete(setup_links::table).execute(tx.conn)?;
    Ok(())
}

fn has_administrator(tx: &mut Tx<'_>) -> Result<bool> {
    let active = users::administrator.eq(true).and(users::state.eq(UserState::Active));
    Ok(diesel::select(exists(users::table.filter(active))).get_result(tx.conn)?)
}
