//! What the courier of this process did, for those who ask whether it is alive.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use super::{Exposition, exposition::Kind::Counter};

/// The courier's last sign of life, and the mails it took out. It writes, pages and metrics read.
#[derive(Debug)]
pub struct Errands {
    started: Instant,
    /// Milliseconds after the start.
    last_sign: AtomicU64,
    sent: AtomicU64,
    delayed: AtomicU64,
    refused: AtomicU64,
}

impl Default for Errands {
    fn default() -> Errands {
        Errands {
            started: Instant::now(),
            last_sign: AtomicU64::default(),
            sent: AtomicU64::default(),
            delayed: AtomicU64::default(),
            refused: AtomicU64::default(),
        }
    }
}

impl Errands {
    /// The courier looks around.
    pub fn alive(&self) {
        let elapsed = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last_sign.store(elapsed, Ordering::Relaxed);
    }

    /// How long ago the courier last looked around, or the process started if it never did.
    #[must_use]
    pub fn silent_for(&self) -> Duration {
        let last = Duration::from_millis(self.last_sign.load(Ordering::Relaxed));
        self.started.elapsed().saturating_sub(last)
    }

    /// A mail was taken over.
    pub fn sent(&self) {
        self.sent.fetch_add(1, Ordering::Relaxed);
    }

    /// A mail is to be tried again.
    pub fn delayed(&self) {
        self.delayed.fetch_add(1, Ordering::Relaxed);
    }

    /// A mail was refused for good.
    pub fn refused(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }

    /// Writes the counters down.
    pub fn write(&self, page: &mut Exposition) {
        let name = "vestibule_mail_tries_total";
        page.metric(name, Counter, "Tries to hand over a mail, by what came of it.");
        for (outcome, counter) in
            [("sent", &self.sent), ("delayed", &self.delayed), ("refused", &self.refused)]
        {
            page.labelled(name, &[("outcome", outcome)], counter.load(Ordering::Relaxed));
        }
    }
}
