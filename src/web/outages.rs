//! When the database did not answer: what an administrator asks after the event.

use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use chrono::TimeDelta;
use directory::Timestamp;

/// Two outages with less between them are one.
const APART: TimeDelta = TimeDelta::minutes(1);

/// The last time the database kept this process waiting in vain.
#[derive(Debug, Default)]
pub(crate) struct Outages {
    /// Looked at with every question, so that it costs nothing while all is well.
    away: AtomicBool,
    last: Mutex<Option<Outage>>,
}

/// From when to when the database did not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outage {
    /// When somebody was first told to try again.
    pub(crate) from: Timestamp,
    /// When it answered again, or when it last did not.
    pub(crate) until: Timestamp,
}

impl Outages {
    /// The database answered: an outage is over now. Where there was none, the time is not asked for.
    pub(crate) fn answered(&self, now: impl FnOnce() -> Timestamp) {
        if !self.away.load(Ordering::Relaxed) {
            return;
        }
        let mut last = self.lock();
        if let Some(outage) = last.as_mut() {
            outage.until = now();
        }
        self.away.store(false, Ordering::Relaxed);
    }

    /// The database did not answer.
    pub(crate) fn unanswered(&self, now: Timestamp) {
        let mut last = self.lock();
        let same = last.filter(|outage| now - outage.until < APART);
        *last = Some(Outage { from: same.map_or(now, |outage| outage.from), until: now });
        self.away.store(true, Ordering::Relaxed);
    }

    /// The last outage since this process started.
    pub(crate) fn last(&self) -> Option<Outage> {
        *self.lock()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Outage>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
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
        outages.answered(|| at(1));
        assert_eq!(outages.last(), None);
        outages.unanswered(at(2));
        outages.answered(|| at(5));
        outages.answered(|| at(6));
        assert_eq!(outages.last(), Some(Outage { from: at(2), until: at(5) }));
        outages.unanswered(at(90));
        assert_eq!(outages.last(), Some(Outage { from: at(90), until: at(90) }));
    }
}
