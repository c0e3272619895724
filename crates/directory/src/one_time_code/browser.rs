//! What a browser waits for, and what it has proved.

use chrono::TimeDelta;
use diesel::dsl::exists;
use diesel::prelude::*;

use super::{CodePurpose, OneTimeCode, VALID};
use crate::Result;
use crate::db::schema::one_time_codes;
use crate::db::{Timestamp, Tx, each_dialect};

/// How long a browser that entered the right code counts as the mailbox's owner.
pub(super) const PROOF_HOLDS: TimeDelta = TimeDelta::minutes(30);

/// A code that can still be entered.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn is_awaited(now: Timestamp) -> _ {
    one_time_codes::finished_at.is_null().and(one_time_codes::expires_at.gt(now))
}

/// The code that this browser is waiting for, if it can still be entered.
///
/// # Errors
/// Only the database's.
pub fn awaited(
    tx: &mut Tx<'_>,
    purpose: CodePurpose,
    address_key: &str,
    browser: &str,
) -> Result<Option<OneTimeCode>> {
    let of_browser = one_time_codes::address_key
        .eq(address_key)
        .and(one_time_codes::browser_key.eq(browser))
        .and(one_time_codes::purpose.eq(purpose))
        .and(is_awaited(tx.now));
    let newest = one_time_codes::table.filter(of_browser).order(one_time_codes::id.desc());
    Ok(newest.select(OneTimeCode::as_select()).first(tx.conn).optional()?)
}

/// The address for which this browser last asked for a code to sign in with, if that code can still be entered.
///
/// # Errors
/// Only the database's.
pub fn awaited_address(tx: &mut Tx<'_>, browser: &str) -> Result<Option<String>> {
    let of_browser = one_time_codes::browser_key
        .eq(browser)
        // The index over time leads to those few that are asked for in these minutes.
        .and(one_time_codes::created_at.gt(tx.now - VALID))
        .and(one_time_codes::purpose.eq(CodePurpose::SignIn))
        .and(is_awaited(tx.now));
    let newest = one_time_codes::table.filter(of_browser).order(one_time_codes::id.desc());
    Ok(newest.select(one_time_codes::address_key).first(tx.conn).optional()?)
}

/// Ends the codes for other addresses that a browser waits for: the page is drawn for the address that was asked for
/// last.
pub(super) fn wait_for_no_other(tx: &mut Tx<'_>, address_key: &str, browser: &str) -> Result<()> {
    let others = one_time_codes::browser_key
        .eq(browser)
        .and(one_time_codes::created_at.gt(tx.now - VALID))
        .and(one_time_codes::purpose.eq(CodePurpose::SignIn))
        .and(one_time_codes::address_key.ne(address_key))
        .and(one_time_codes::expires_at.gt(tx.now));
    diesel::update(one_time_codes::table.filter(others))
        .set(one_time_codes::expires_at.eq(tx.now))
        .execute(tx.conn)?;
    Ok(())
}

/// Whether this browser entered a right code for this address within the last half hour.
///
/// # Errors
/// Only the database's.
pub fn proved(tx: &mut Tx<'_>, address_key: &str, browser: &str) -> Result<bool> {
    let right = one_time_codes::address_key
        .eq(address_key)
        .and(one_time_codes::browser_key.eq(browser))
        .and(one_time_codes::finished_at.gt(tx.now - PROOF_HOLDS));
    let codes = one_time_codes::table.filter(right.assume_not_null());
    Ok(diesel::select(exists(codes)).get_result(tx.conn)?)
}

/// What [`proved`] and [`awaited`] answer, in one query.
pub(crate) fn proved_and_awaited(
    tx: &mut Tx<'_>,
    purpose: CodePurpose,
    address_key: &str,
    browser: &str,
) -> Result<(bool, Option<OneTimeCode>)> {
    let right = one_time_codes::finished_at.gt(tx.now - PROOF_HOLDS).assume_not_null();
    let codes = one_time_codes::table
        .filter(one_time_codes::address_key.eq(address_key).and(one_time_codes::browser_key.eq(browser)))
        .filter(right.or(is_awaited(tx.now)))
        .order(one_time_codes::id.desc());
    let codes: Vec<OneTimeCode> =
        each_dialect!(tx.conn, c => codes.select(OneTimeCode::as_select()).load(c))?;
    let proved = codes.iter().any(|code| code.finished_at.is_some());
    let awaited = codes.into_iter().find(|code| code.finished_at.is_none() && code.purpose == purpose);
    Ok((proved, awaited))
}
