//! Counters that bound how often something may be tried; in the database, so that every instance counts alike.

use chrono::TimeDelta;
use diesel::prelude::*;

use crate::Result;
use crate::db::schema::rate_limits;
use crate::db::{Timestamp, Tx};

/// Takes one of `max` tries that `key` has in each window; answers when the next is free if there is none left.
///
/// # Errors
/// Only the database's.
pub fn take(tx: &mut Tx<'_>, key: &str, max: i64, window: TimeDelta) -> Result<Option<Timestamp>> {
    let width = window.num_microseconds().unwrap_or(i64::MAX).max(1);
    let starts_at = Timestamp::from_micros(tx.now.micros() - tx.now.micros().rem_euclid(width));
    let row = rate_limits::table.find((key, starts_at));
    let taken: Option<i64> = row.select(rate_limits::taken).first(tx.conn).optional()?;
    if taken.unwrap_or(0) >= max {
        return Ok(Some(starts_at + window));
    }
    if taken.is_some() {
        diesel::update(row).set(rate_limits::taken.eq(rate_limits::taken + 1)).execute(tx.conn)?;
    } else {
        let first =
            (rate_limits::key.eq(key), rate_limits::window_starts_at.eq(starts_at), rate_limits::taken.eq(1));
        diesel::insert_into(rate_limits::table).values(first).execute(tx.conn)?;
    }
    Ok(None)
}

/// Takes away every counter.
pub(crate) fn forget(tx: &mut Tx<'_>) -> Result<()> {
    diesel::delete(rate_limits::table).execute(tx.conn)?;
    Ok(())
}

/// Takes away the counters of windows that are long over.
///
/// # Errors
/// Only the database's.
pub fn clean_up(tx: &mut Tx<'_>) -> Result<usize> {
    let old = rate_limits::window_starts_at.lt(tx.now - TimeDelta::days(2));
    Ok(diesel::delete(rate_limits::table.filter(old)).execute(tx.conn)?)
}
