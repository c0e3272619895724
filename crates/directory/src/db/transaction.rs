//! What a verb is given, and how it is repeated.

use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use uuid::{ContextV7, Uuid};

use super::conn::Conn;
use super::id::Id;
use super::timestamp::Timestamp;
use crate::keys::Keys;

/// For how long a transaction is repeated while it conflicts with others. Of those that conflict one always gets
/// through, so that many at once wait for each other rather than fail.
const PATIENCE: Duration = Duration::from_secs(2);
/// The longest pause before the next attempt, in tries of up to four milliseconds.
const LONGEST: u32 = 8;

/// A transaction, and all that a verb needs of the world.
pub struct Tx<'a> {
    /// The connection, inside the transaction.
    pub conn: &'a mut Conn,
    /// The instant of this transaction: one for all that it decides and writes.
    pub now: Timestamp,
    keys: &'a Keys,
    ids: &'a Ids,
    owes_mail: bool,
}

impl<'a> Tx<'a> {
    pub(super) fn new(conn: &'a mut Conn, now: Timestamp, keys: &'a Keys, ids: &'a Ids) -> Self {
        Self { conn, now, keys, ids, owes_mail: false }
    }

    /// An identifier that was never given before: a UUID v7 of this transaction's instant, so that later ones
    /// are greater.
    #[must_use]
    pub fn new_id<T>(&self) -> Id<T> {
        Id::new(self.ids.next(self.now))
    }

    /// Notes that a mail may leave once this transaction is kept.
    pub(crate) fn owe_mail(&mut self) {
        self.owes_mail = true;
    }

    /// Whether a mail may leave once this transaction is kept: the courier is to be woken then.
    #[must_use]
    pub fn owes_mail(&self) -> bool {
        self.owes_mail
    }

    /// The secret of the deployment.
    #[must_use]
    pub fn keys(&self) -> &'a Keys {
        self.keys
    }
}

/// Makes identifiers that grow, even within one millisecond.
#[derive(Default)]
pub(super) struct Ids(Mutex<Sequence>);

struct Sequence(ContextV7);

impl Default for Sequence {
    fn default() -> Self {
        Self(ContextV7::new())
    }
}

impl Ids {
    fn next(&self, now: Timestamp) -> Uuid {
        let seconds = u64::try_from(now.utc().timestamp()).unwrap_or_default();
        let sequence = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Uuid::new_v7(uuid::Timestamp::from_unix(&sequence.0, seconds, now.utc().timestamp_subsec_nanos()))
    }
}

/// Repeats an attempt, after a short and growing pause, while it conflicts with other transactions.
#[expect(clippy::disallowed_methods, reason = "there is nothing to wait on but time")]
pub(super) fn repeated<T>(attempt: impl Fn() -> crate::Result<T>) -> crate::Result<T> {
    let begun = Instant::now();
    let mut tried = 0;
    loop {
        match attempt() {
            Err(error) if error.is_conflict() && begun.elapsed() < PATIENCE => {
                tried += 1;
                thread::sleep(pause(tried));
            }
            Err(error) if error.is_conflict() => {
                return Err(crate::Error::Unavailable("too many conflicting transactions".to_owned()));
            }
            outcome => return outcome,
        }
    }
}

/// Up to `tried` times four milliseconds, at random, so that those that conflicted once do not do so again.
#[expect(clippy::disallowed_methods, reason = "chance is wanted, not an identifier")]
fn pause(tried: u32) -> Duration {
    let chance = u32::from(Uuid::new_v4().as_bytes()[0]) + 1;
    Duration::from_micros(u64::from(tried.min(LONGEST) * chance * 16))
}
