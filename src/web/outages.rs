//! When the database did not answer: what an administrator asks after the event.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use chrono::TimeDelta;
use directory::Timestamp;

/// Two outages with less between them are one.
const APART: TimeDelta = TimeDelta::minutes(1);

/// The last time the database kept this process waiting in vain.
#[derive(Debug, Default)]
pub struct Outages {
    /// Looked at with every question, so that it costs nothing while all is well.
    away: AtomicBool,
    last: Mutex<Option<Outage>>,
}

/// From when to when the database did not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    /// When somebody was first told to try again.
    pub from: Timestamp,
    /// When it answered again, or when it last did not.
    pub until: Timestamp,
}

impl Outages {
    /// The database answered, or did not.
    pub(crate) fn note(&self, answered: bool, now: impl Fn() -> Timestamp) {
        if answered && !self.away.load(Ordering::Relaxed) {
            return;
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let until = now();
        let from = match *last {
            Some(before) if answered || until - before.until < APART => before.from,
            _ => until,
        };
        *last = Some(Outage { from, until });
        self.away.store(!answered, Ordering::Relaxed);
    }

    /// The last outage since this process started.
    pub(crate) fn last(&self) -> Option<Outage> {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_micros(minute * 60_000_000)
    }

    #[test]
    fn an_outage_lasts_from_the_first_vain_question_to_the_first_answer() {
        let outages = Outages::default();
        outages.note(true, || at(1));
        assert_eq!(outages.last(), None);
        outages.note(false, || at(2));
        outages.note(true, || at(5));
        outages.note(true, || at(6));
        assert_eq!(outages.last(), Some(Outage { from: at(2), until: at(5) }));
        outages.note(false, || at(90));
        assert_eq!(outages.last(), Some(Outage { from: at(90), until: at(90) }));
    }
}
