//! Counters that bound how often something may be tried; in the database, so that every instance counts alike.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use diesel::prelude::*;

use crate::Result;
use crate::db::schema::rate_limits;
use crate::db::{Timestamp, Tx, each_dialect};
use crate::keys::Keys;

/// So many tries in so long, for each of a kind.
#[derive(Debug, Clone, Copy)]
pub struct RateLimit {
    name: &'static str,
    max: i64,
    window: TimeDelta,
}

impl RateLimit {
    /// A limit of at least one try in each window; its name keeps it apart from others.
    #[must_use]
    pub const fn new(name: &'static str, max: i64, window: TimeDelta) -> Self {
        Self { name, max, window }
    }

    /// Takes one try of somebody's; answers when the next is free if there is none left. A caller who refuses must still
    /// commit, or the try was not counted.
    ///
    /// # Errors
    /// Only the database's.
    pub fn take(self, tx: &mut Tx<'_>, whose: &str) -> Result<Option<Timestamp>> {
        let key = self.key(tx.keys(), whose);
        let width = self.window.num_microseconds().unwrap_or(i64::MAX).max(1);
        let starts_at = Timestamp::from_micros(tx.now.micros() - tx.now.micros().rem_euclid(width));
        // Written before anything is read, so that the first tries of others are not in the way (decision 19).
        let first = (
            rate_limits::key.eq(&key),
            rate_limits::window_starts_at.eq(starts_at),
            rate_limits::taken.eq(1),
        );
        let insert = diesel::insert_into(rate_limits::table).values(first);
        if each_dialect!(tx.conn, c => insert.on_conflict_do_nothing().execute(c))? == 1 {
            return Ok(None);
        }
        let left = rate_limits::table.find((&key, starts_at)).filter(rate_limits::taken.lt(self.max));
        let further = diesel::update(left).set(rate_limits::taken.eq(rate_limits::taken + 1));
        let is_taken = each_dialect!(tx.conn, c => further.execute(c))? == 1;
        Ok((!is_taken).then(|| starts_at + self.window))
    }

    /// Whose try it was is kept as a code: the table of counters is no list of addresses.
    fn key(self, keys: &Keys, whose: &str) -> String {
        let code = keys.mac("rate limit", &[self.name.as_bytes(), whose.as_bytes()]);
        format!("{}:{}", self.name, URL_SAFE_NO_PAD.encode(code))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counters_do_not_say_whose_they_are() {
        let limit = RateLimit::new("sign-in", 5, TimeDelta::minutes(10));
        let key = limit.key(&Keys::new([7; 32]), "ann@partner.test");
        assert!(key.starts_with("sign-in:") && !key.contains("ann"), "{key}");
        assert_ne!(key, limit.key(&Keys::new([7; 32]), "bob@partner.test"));
    }
}
