//! What the courier of this process did, and whether it is alive.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use directory::Timestamp;

use super::{Exposition, exposition::Kind::Counter};

/// A relay that took no mail at the last try, nor at any since the first that met it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RelayAway {
    /// When the first of these tries ended.
    pub(crate) since: Timestamp,
    /// What came of the last one, without an address.
    pub(crate) why: String,
}

/// The courier's last sign of life, and how its tries to send ended. The courier writes; pages and `/metrics` read.
#[derive(Debug)]
pub(crate) struct CourierMetrics {
    started: Instant,
    /// Milliseconds after the start.
    last_sign: AtomicU64,
    sent: AtomicU64,
    delayed: AtomicU64,
    refused: AtomicU64,
    away: Mutex<Option<RelayAway>>,
}

impl Default for CourierMetrics {
    fn default() -> CourierMetrics {
        CourierMetrics {
            started: Instant::now(),
            last_sign: AtomicU64::default(),
            sent: AtomicU64::default(),
            delayed: AtomicU64::default(),
            refused: AtomicU64::default(),
            away: Mutex::default(),
        }
    }
}

impl CourierMetrics {
    /// Notes that the courier is at work.
    pub(crate) fn alive(&self) {
        let elapsed = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last_sign.store(elapsed, Ordering::Relaxed);
    }

    /// How long ago the courier last gave a sign of life, or the process started if it never did.
    #[must_use]
    pub(crate) fn silent_for(&self) -> Duration {
        let last = Duration::from_millis(self.last_sign.load(Ordering::Relaxed));
        self.started.elapsed().saturating_sub(last)
    }

    /// Counts a mail that was taken over.
    pub(crate) fn sent(&self) {
        self.sent.fetch_add(1, Ordering::Relaxed);
        self.relay_is_there();
    }

    /// Counts a mail that is to be tried again.
    pub(crate) fn delayed(&self) {
        self.delayed.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a mail that was refused for good.
    pub(crate) fn refused(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
        self.relay_is_there();
    }

    /// Counts a mail that is to be tried again because nothing can be delivered, and why.
    pub(crate) fn relay_away(&self, now: Timestamp, why: &str) {
        self.delayed();
        let mut away = self.away.lock().unwrap_or_else(PoisonError::into_inner);
        let since = away.as_ref().map_or(now, |away| away.since);
        *away = Some(RelayAway { since, why: why.to_owned() });
    }

    fn relay_is_there(&self) {
        *self.away.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The relay, if it is away: nothing left since, at other instances neither. Whether anything waits for it does not
    /// matter, because codes do not wait long.
    #[must_use]
    pub(crate) fn away(&self, last_sent: Option<Timestamp>) -> Option<RelayAway> {
        let away = self.away.lock().unwrap_or_else(PoisonError::into_inner).clone();
        away.filter(|away| last_sent.is_none_or(|sent| sent <= away.since))
    }

    /// Writes the counters down.
    pub(crate) fn write(&self, page: &mut Exposition) {
        let name = "vestibule_mail_tries_total";
        page.metric(name, Counter, "Tries to hand over a mail, by what came of it.");
        for (outcome, counter) in
            [("sent", &self.sent), ("delayed", &self.delayed), ("refused", &self.refused)]
        {
            page.labelled(name, &[("outcome", outcome)], counter.load(Ordering::Relaxed));
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_relay_is_away_from_the_first_vain_try_until_a_mail_leaves_here_or_elsewhere() {
        let first: Timestamp = "2026-11-18T12:05:00Z".parse().unwrap();
        let metrics = CourierMetrics::default();
        assert_eq!(metrics.away(None), None);
        metrics.relay_away(first, "no answer");
        metrics.relay_away(first + TimeDelta::minutes(1), "421 closing down");
        metrics.delayed();
        let away = RelayAway { since: first, why: "421 closing down".to_owned() };
        assert_eq!(metrics.away(Some(first - TimeDelta::minutes(1))), Some(away.clone()));
        assert_eq!(metrics.away(None), Some(away));
        assert_eq!(metrics.away(Some(first + TimeDelta::minutes(2))), None);
        metrics.sent();
        assert_eq!(metrics.away(None), None);
    }
}
