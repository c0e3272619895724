//! What time it is where the data is.
//!
//! Instances share a database but not a clock, and the clock of a machine can jump (SECURITY J3, J4). A server is
//! therefore asked for its time, by the query that finds out whether a connection is alive: no more than a second
//! passes between two readings, and is measured by the machine's monotonic clock. So there is no query more than
//! without it, and two instances agree to within half of a round trip to the server.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use diesel::{PgConnection, QueryResult, RunQueryDsl};

use super::timestamp::Timestamp;
use crate::clock::Clock;

/// The instant that counts: the server's where there is one, otherwise that of the machine; in tests, what the test
/// says.
#[derive(Debug)]
pub(super) struct DatabaseTime {
    clock: Clock,
    reading: Mutex<Option<Reading>>,
}

#[derive(Clone, Copy, Debug)]
struct Reading {
    said: Timestamp,
    at: Instant,
    /// By how much it may be wrong.
    doubt: Duration,
}

impl Reading {
    /// What time it is at a later instant.
    fn at(&self, instant: Instant) -> Timestamp {
        self.said + TimeDelta::from_std(instant.duration_since(self.at)).unwrap_or_default()
    }

    /// Whether a later reading is behind this one, and by no more than either may be wrong.
    fn is_hardly_ahead_of(&self, later: &Reading) -> bool {
        let ahead = (self.at(later.at) - later.said).to_std();
        ahead.is_ok_and(|ahead| ahead <= self.doubt + later.doubt)
    }
}

impl DatabaseTime {
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, reading: Mutex::default() }
    }

    /// Asks the server. The answer may be wrong by half of the time that this took; nothing but a step of the server's own
    /// clock turns the time back.
    pub(super) fn read(&self, conn: &mut PgConnection) -> QueryResult<()> {
        let asked = Instant::now();
        let said: Timestamp = diesel::select(diesel::dsl::now).get_result(conn)?;
        let doubt = asked.elapsed() / 2;
        let newer = Reading { said, at: asked + doubt, doubt };
        let mut reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        if !reading.is_some_and(|known| known.is_hardly_ahead_of(&newer)) {
            *reading = Some(newer);
        }
        Ok(())
    }

    /// The current instant.
    pub(super) fn now(&self) -> Timestamp {
        let reading = *self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        match reading.filter(|_| self.clock.is_of_the_machine()) {
            Some(known) => known.at(Instant::now()),
            None => self.clock.now(),
        }
    }

    /// The clock that counts where no server was asked.
    pub(super) fn clock(&self) -> &Clock {
        &self.clock
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two readings two seconds apart, of which the second is behind by so many milliseconds; each may be wrong by two.
    fn readings(behind: i64) -> (Reading, Reading) {
        let noon = "2026-11-20T12:00:00Z".parse::<Timestamp>().unwrap();
        let doubt = Duration::from_millis(2);
        let first = Reading { said: noon, at: Instant::now(), doubt };
        let at = first.at + Duration::from_secs(2);
        let said = first.at(at) - TimeDelta::milliseconds(behind);
        (first, Reading { said, at, doubt })
    }

    #[test]
    fn a_slow_answer_does_not_turn_the_time_back_and_a_clock_that_was_set_does() {
        for (behind, kept) in [(-30, false), (-3, false), (3, true), (5, false), (5000, false)] {
            let (first, second) = readings(behind);
            assert_eq!(first.is_hardly_ahead_of(&second), kept, "{behind} ms");
        }
    }
}
