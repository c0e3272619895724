//! Ending codes before their time, and taking away those that are long over.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::browser::PROOF_HOLDS;
use super::{OneTimeCode, TRIES};
use crate::db::schema::one_time_codes;
use crate::db::{Id, Timestamp, Tx};
use crate::housekeeping::AT_ONCE;
use crate::{Error, Result};

/// How long a code is kept that was mailed to nobody: anybody can ask for as many as they like.
const UNMAILED_KEPT: TimeDelta = TimeDelta::days(1);
/// How long any other is kept.
const MAILED_KEPT: TimeDelta = TimeDelta::days(30);

/// Ends what can still be entered, and what was entered and still proves something.
macro_rules! end {
    ($tx:expr) => {{
        let proof = one_time_codes::finished_at.gt($tx.now - PROOF_HOLDS).assume_not_null();
        diesel::update(one_time_codes::table.filter(one_time_codes::expires_at.gt($tx.now).or(proof))).set((
            one_time_codes::expires_at.eq($tx.now),
            one_time_codes::attempts.eq(TRIES),
            one_time_codes::finished_at.eq(None::<Timestamp>),
        ))
    }};
}

/// Ends every code of an address, and what entering one proves: whoever is in the middle of signing in begins again.
pub(crate) fn end_all_of(tx: &mut Tx<'_>, address_key: &str) -> Result<()> {
    let ended = end!(tx).filter(one_time_codes::address_key.eq(address_key)).execute(tx.conn);
    ended.map(drop).map_err(Error::from)
}

/// Ends every code, and what entering one proves.
pub(crate) fn end_all(tx: &mut Tx<'_>) -> Result<()> {
    end!(tx).execute(tx.conn).map(drop).map_err(Error::from)
}

/// Deletes codes that are long over, at most [`AT_ONCE`], and answers how many. A mail that carried one stays in the
/// list of mails and no longer refers to it.
///
/// # Errors
/// Only the database's.
pub fn clean_up(tx: &mut Tx<'_>) -> Result<usize> {
    let now = tx.now;
    let asked_before = |age: TimeDelta| one_time_codes::created_at.lt(now - age);
    let unmailed = asked_before(UNMAILED_KEPT).and(one_time_codes::user_id.is_null());
    let over = one_time_codes::table.filter(asked_before(MAILED_KEPT).or(unmailed));
    let over: Vec<Id<OneTimeCode>> = over.select(one_time_codes::id).limit(AT_ONCE).load(tx.conn)?;
    Ok(diesel::delete(one_time_codes::table.filter(one_time_codes::id.eq_any(over))).execute(tx.conn)?)
}
