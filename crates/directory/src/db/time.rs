//! What time it is where the data is.
//!
//! Instances share a database but not a clock, and the clock of a machine can jump (SECURITY J3, J4). A server is
//! therefore asked for its time, by the query that finds out whether a connection is alive: no more than a second
//! passes between two readings, and is measured by the machine's monotonic clock. So there is no query more than
//! without it, and two instances agree to within half of a round trip to the server.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

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
}

impl DatabaseTime {
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, reading: Mutex::default() }
    }

    /// Asks the server. The answer may be wrong by half of the time that this took.
    pub(super) fn read(&self, conn: &mut PgConnection) -> QueryResult<()> {
        let asked = Instant::now();
        let said: Timestamp = diesel::select(diesel::dsl::now).get_result(conn)?;
        let at = asked + asked.elapsed() / 2;
        *self.reading.lock().unwrap_or_else(PoisonError::into_inner) = Some(Reading { said, at });
        Ok(())
    }

    /// The current instant.
    pub(super) fn now(&self) -> Timestamp {
        let reading = *self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        match reading.filter(|_| self.clock.is_of_the_machine()) {
            Some(Reading { said, at }) => said + TimeDelta::from_std(at.elapsed()).unwrap_or_default(),
            None => self.clock.now(),
        }
    }

    /// The clock that counts where no server was asked.
    pub(super) fn clock(&self) -> &Clock {
        &self.clock
    }
}
