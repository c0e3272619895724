//! Counters that bound how often something may be tried; in the database, so that every instance counts alike.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use diesel::prelude::*;

use crate::Result;
use crate::access::{Limit, LimitReached, Refusal};
use crate::db::schema::rate_limits;
use crate::db::{Timestamp, Tx, each_dialect, prepared_update};
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

    /// The same limit for so many people together, such as those who share a network address.
    #[must_use]
    pub const fn times(self, many: i64) -> Self {
        Self { max: self.max * many, ..self }
    }

    /// A try of somebody's.
    #[must_use]
    pub fn of(self, whose: impl Into<String>) -> Try {
        Try { limit: self, whose: whose.into(), counts: 1 }
    }

    fn window_starts_at(self, now: Timestamp) -> Timestamp {
        let width = self.window.num_microseconds().unwrap_or(i64::MAX).max(1);
        Timestamp::from_micros(now.micros() - now.micros().rem_euclid(width))
    }

    /// Whose try it was is kept as a code: the table of counters is no list of addresses.
    fn key(self, keys: &Keys, whose: &str) -> String {
        let code = keys.mac("rate limit", &[self.name.as_bytes(), whose.as_bytes()]);
        format!("{}:{}", self.name, URL_SAFE_NO_PAD.encode(code))
    }
}

/// What somebody does that a limit counts.
#[derive(Debug, Clone)]
pub struct Try {
    limit: RateLimit,
    whose: String,
    counts: i64,
}

impl Try {
    /// Counts for so many instead of one.
    #[must_use]
    pub fn times(self, counts: usize) -> Self {
        Self { counts: i64::try_from(counts).unwrap_or(i64::MAX), ..self }
    }

    /// Takes the try; answers when the next one is free if none is left. The last one may count for many and so exceed
    /// the limit. A caller that refuses must commit all the same, or the try is not counted.
    ///
    /// # Errors
    /// Only the database's.
    pub fn take(&self, tx: &mut Tx<'_>) -> Result<Option<Timestamp>> {
        let (limit, key) = (self.limit, self.limit.key(tx.keys(), &self.whose));
        let starts_at = limit.window_starts_at(tx.now);
        // Written before anything is read, so that the first tries of others do not conflict with it (decision 19).
        let first = diesel::insert_into(rate_limits::table).values((
            rate_limits::key.eq(&key),
            rate_limits::window_starts_at.eq(starts_at),
            rate_limits::taken.eq(self.counts),
        ));
        if each_dialect!(tx.conn, c => first.on_conflict_do_nothing().execute(c))? == 1 {
            return Ok(None);
        }
        // Not as `DO UPDATE`, with which everybody who is refused would wait for one row, and for the disk (decision
        // 20).
        let left = rate_limits::table.find((&key, starts_at)).filter(rate_limits::taken.lt(limit.max));
        let further = rate_limits::taken.eq(rate_limits::taken + self.counts);
        let is_taken = each_dialect!(tx.conn, c => prepared_update(left, further).execute(c))?;
        Ok((is_taken == 0).then(|| starts_at + limit.window))
    }

    /// When the next try is free if none is left; takes nothing.
    pub(crate) fn spent_until(&self, tx: &mut Tx<'_>) -> Result<Option<Timestamp>> {
        let key = self.limit.key(tx.keys(), &self.whose);
        let starts_at = self.limit.window_starts_at(tx.now);
        let window = rate_limits::table.find((key, starts_at)).select(rate_limits::taken);
        let taken: Option<i64> = each_dialect!(tx.conn, c => window.first(c)).optional()?;
        let is_spent = taken.is_some_and(|taken| taken >= self.limit.max);
        Ok(is_spent.then(|| starts_at + self.limit.window))
    }

    /// Takes the try, or refuses with an error, which undoes what came before it in the transaction.
    pub(crate) fn or_refuse(&self, tx: &mut Tx<'_>, limit: Limit) -> Result<()> {
        let max = self.limit.max;
        let refused = |frees_at| Err(Refusal::LimitReached(LimitReached { limit, max, frees_at }).into());
        self.take(tx)?.map_or(Ok(()), refused)
    }

    /// Gives back a try that was taken at this instant, because it was honest: many who share an address do not keep
    /// each other out (SECURITY C8). It goes back to the window of that instant, even if that is over by now.
    ///
    /// # Errors
    /// Only the database's.
    pub fn give_back(&self, tx: &mut Tx<'_>, taken_at: Timestamp) -> Result<()> {
        let key = self.limit.key(tx.keys(), &self.whose);
        let taken = rate_limits::table
            .find((key, self.limit.window_starts_at(taken_at)))
            .filter(rate_limits::taken.ge(self.counts));
        let fewer = diesel::update(taken).set(rate_limits::taken.eq(rate_limits::taken - self.counts));
        each_dialect!(tx.conn, c => fewer.execute(c))?;
        Ok(())
    }
}

/// Does what may fail so often: what succeeds uses up none of these tries, so that many who share an address do not
/// keep each other out (SECURITY C8). With none left it does nothing and answers when the next is free.
///
/// # Errors
/// What `verb` answers; a failure that is an error is not counted.
pub fn counting_failures<T>(
    tx: &mut Tx<'_>,
    tries: &[Try],
    verb: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    has_failed: fn(&T) -> bool,
) -> Result<Result<T, Timestamp>> {
    for one in tries {
        if let Some(frees_at) = one.spent_until(tx)? {
            return Ok(Err(frees_at));
        }
    }
    let done = verb(tx)?;
    if has_failed(&done) {
        for one in tries {
            one.take(tx)?;
        }
    }
    Ok(Ok(done))
}

/// Deletes every counter.
pub(crate) fn forget(tx: &mut Tx<'_>) -> Result<()> {
    diesel::delete(rate_limits::table).execute(tx.conn)?;
    Ok(())
}

/// Deletes counters of windows that are long over, at most [`AT_ONCE`](crate::housekeeping::AT_ONCE), and answers how
/// many.
///
/// # Errors
/// Only the database's.
pub fn clean_up(tx: &mut Tx<'_>) -> Result<usize> {
    let old = rate_limits::window_starts_at.lt(tx.now - TimeDelta::days(2));
    let oldest = rate_limits::table.filter(old).order(rate_limits::window_starts_at);
    let counters: Vec<(String, Timestamp)> = oldest
        .select((rate_limits::key, rate_limits::window_starts_at))
        .limit(crate::housekeeping::AT_ONCE)
        .load(tx.conn)?;
    let mut gone = 0;
    // Many windows begin at the same moment: their counters are deleted together.
    for window in counters.chunk_by(|(_, one), (_, other)| one == other) {
        let Some((_, starts_at)) = window.first() else { continue };
        let these = rate_limits::key.eq_any(window.iter().map(|(key, _)| key));
        let row = rate_limits::table.filter(these.and(rate_limits::window_starts_at.eq(*starts_at)));
        gone += diesel::delete(row).execute(tx.conn)?;
    }
    Ok(gone)
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
