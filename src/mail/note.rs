//! How a mail went, to be written down.

use chrono::TimeDelta;
use directory::{
    Timestamp, Tx,
    delivery::{self, Claimed},
};
use tokio::time::Instant;

use super::{Failure, backoff};

/// How long a mail is claimed for: longer than the longest conversation and the note after it.
pub(super) const LEASE: TimeDelta = TimeDelta::seconds(90);

/// How a delivery went.
#[derive(Clone)]
pub(super) struct Note {
    pub(super) claimed: Claimed,
    pub(super) sent: Result<String, Failure>,
    claimed_at: Instant,
}

impl Note {
    /// Of a mail that was claimed at this moment.
    pub(super) fn of(claimed: Claimed, sent: Result<String, Failure>, claimed_at: Instant) -> Self {
        Self { claimed, sent, claimed_at }
    }

    pub(super) fn write(&self, tx: &mut Tx<'_>) -> directory::Result<()> {
        let claimed = &self.claimed;
        match (&self.sent, self.next_try(tx.now)) {
            (Ok(answer), _) => delivery::sent(tx, claimed, answer),
            (Err(Failure::Delayed(why) | Failure::RelayAway(why)), Some(next)) => {
                delivery::retry(tx, claimed, why, next)
            }
            (Err(why), _) => delivery::failed(tx, claimed, &why.to_string()),
        }
    }

    fn next_try(&self, now: Timestamp) -> Option<Timestamp> {
        let age = now - self.claimed.created_at;
        let failure = self.sent.as_ref().err()?;
        backoff::after(self.claimed.attempts, age, failure).map(|wait| now + wait)
    }

    /// Says what happened without an address or a link.
    pub(super) fn log(&self) {
        let id = self.claimed.id;
        match &self.sent {
            Ok(_) => log::info!("delivery {id}: sent"),
            Err(Failure::Refused(_)) => log::warn!("delivery {id}: refused"),
            Err(Failure::Delayed(_) | Failure::RelayAway(_)) => log::info!("delivery {id}: delayed"),
        }
    }

    /// Whether nobody else may send the mail yet.
    pub(super) fn is_in_time(&self) -> bool {
        let in_time = LEASE.to_std().is_ok_and(|lease| self.claimed_at.elapsed() < lease);
        if !in_time {
            let id = self.claimed.id;
            log::error!("delivery {id}: not noted before the lease ended; it will be sent again");
        }
        in_time
    }
}
