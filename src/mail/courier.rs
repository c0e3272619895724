//! The courier empties the outbox (SPEC 4.1, 4.2; SECURITY.md H).
//!
//! A delivery is claimed under a lease in one short transaction, its letter is written, sent outside any transaction,
//! and how that went is noted in another. Whatever dies in between, the lease ends and the same mail, with the same
//! Message-ID, is sent again: at least once, never lost. A relay that hangs holds one of several places, never a page.

use std::{future::Future, sync::Arc, time::Duration};

use chrono::TimeDelta;
use directory::{
    Directory, Timestamp, Tx,
    delivery::{self, Claimed, Claims},
};
use tokio::{
    sync::Notify,
    time::{MissedTickBehavior, interval, sleep},
};

use super::{Envelope, Failure, Mailer, Outgoing, answer, backoff, compose, round::Round};
use crate::aside::aside;
use crate::letter::{self, Purpose};
use crate::settings::{PublicUrl, Sender};
use crate::telemetry::CourierMetrics;

/// Longer than the longest conversation and the note after it.
const LEASE: TimeDelta = TimeDelta::seconds(90);
/// How often to look without being called: retries become due, and another instance may have queued something.
pub(super) const LOOK: Duration = Duration::from_secs(2);
/// How long to gather what is queued in one moment, so that it is claimed in one transaction instead of one each.
const GATHER: Duration = Duration::from_millis(20);
/// Tries to note an outcome, [`LOOK`] apart: together shorter than the lease.
const NOTES: u32 = 20;

/// Sends what the directory owes. Clones are the same courier.
#[derive(Clone)]
pub struct Courier {
    directory: Directory,
    mailer: Arc<Mailer>,
    public_url: PublicUrl,
    sender: Sender,
    metrics: Arc<CourierMetrics>,
    /// Who holds the lease; unique to this process.
    holder: String,
}

/// How one delivery went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing is due.
    Nothing,
    /// The relay took it, and answered this.
    Sent(String),
    /// It will be tried again, or has failed for good; the outbox says which.
    NotSent(Failure),
    /// The database cannot be reached.
    Away,
}

impl Courier {
    /// A courier for one directory and one way of sending.
    #[must_use]
    pub fn new(directory: Directory, mailer: Arc<Mailer>, public_url: PublicUrl, sender: Sender) -> Self {
        let holder = format!("courier-{:016x}", rand::random::<u64>());
        Self { directory, mailer, public_url, sender, metrics: Arc::default(), holder }
    }

    /// What it did so far, kept up to date.
    #[must_use]
    pub(crate) fn metrics(&self) -> Arc<CourierMetrics> {
        Arc::clone(&self.metrics)
    }

    /// Works until `shutdown` is ready: woken by `nudge`, or looks every two seconds. Then lets the conversations under
    /// way finish; the lease of one that does not ends by itself.
    pub async fn run(self, nudge: Arc<Notify>, shutdown: impl Future<Output = ()> + Send) {
        let mut round = Round::default();
        let mut looks = interval(LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        tokio::pin!(shutdown);
        loop {
            self.metrics.alive();
            self.fill(&mut round).await;
            tokio::select! {
                () = &mut shutdown => break,
                Some(done) = round.sending.join_next() => round.note_all(done),
                () = nudge.notified() => {
                    sleep(GATHER).await;
                    round.nothing_due = false;
                }
                _ = looks.tick() => {
                    if round.sending.is_empty() {
                        // A relay that does not answer a goodbye keeps nobody's mail.
                        let mailer = Arc::clone(&self.mailer);
                        tokio::spawn(async move { mailer.rest().await });
                    }
                    round.nothing_due = false;
                }
            }
        }
        round.finish().await;
    }

    /// Delivers the next mail that is due, if there is one.
    pub async fn deliver_one(&self) -> Outcome {
        loop {
            match self.claim(1).await {
                Ok(mut round) => match round.claimed.pop() {
                    Some(claimed) => return self.deliver(claimed).await,
                    None if round.looked_at == 0 => return Outcome::Nothing,
                    None => {}
                },
                Err(_) => return Outcome::Away,
            }
        }
    }

    /// Gives every free place a delivery, unless the relay or the database is to be left alone.
    async fn fill(&self, round: &mut Round) {
        loop {
            let places = round.places();
            if places == 0 || round.nothing_due {
                return;
            }
            let due = match self.claim(places).await {
                Ok(due) => due,
                Err(error) => return round.database_is_away(&error),
            };
            round.database_is_back();
            self.metrics.alive();
            round.nothing_due = due.looked_at == 0;
            for claimed in due.claimed {
                let courier = self.clone();
                round.sending.spawn(async move { courier.deliver(claimed).await });
            }
        }
    }

    async fn claim(&self, most: usize) -> directory::Result<Claims> {
        let (holder, most) = (self.holder.clone(), i64::try_from(most).unwrap_or(1));
        self.write(move |tx| delivery::claim_some(tx, &holder, LEASE, most)).await
    }

    async fn deliver(&self, claimed: Claimed) -> Outcome {
        let sent = match self.compose(&claimed) {
            Ok(mail) => self.mailer.send(&mail).await,
            Err(failure) => Err(failure),
        };
        log_outcome(&claimed, &sent);
        self.count(&sent);
        self.note(claimed, sent.clone()).await;
        sent.map_or_else(Outcome::NotSent, Outcome::Sent)
    }

    fn count(&self, sent: &Result<String, Failure>) {
        match sent {
            Ok(_) => self.metrics.sent(),
            Err(Failure::Refused(_)) => self.metrics.refused(),
            Err(Failure::Delayed(_)) => self.metrics.delayed(),
            // The list of mails may name the recipient; what is told of the relay may not.
            Err(Failure::RelayAway(why)) => {
                self.metrics.relay_away(self.directory.now(), &answer::tidy(why, ""));
            }
        }
    }

    fn compose(&self, claimed: &Claimed) -> Result<Outgoing, Failure> {
        let written = letter::write(&claimed.letter, &self.public_url, Purpose::Sending);
        let written = written.map_err(|error| Failure::Delayed(error.to_string()))?;
        let envelope =
            Envelope { to: &claimed.to, message_id: &claimed.message_id, date: claimed.created_at };
        compose(written, envelope, &self.sender).map_err(|error| Failure::Refused(error.to_string()))
    }

    /// Writes down how it went; a database that is away is asked again while the lease lasts, because a mail that is
    /// not noted as sent will be sent twice.
    async fn note(&self, claimed: Claimed, sent: Result<String, Failure>) {
        let note = Arc::new(Note { claimed, sent });
        for _ in 0..NOTES {
            let attempt = Arc::clone(&note);
            match self.write(move |tx| attempt.write(tx)).await {
                Ok(()) => return,
                Err(directory::Error::Unavailable(_) | directory::Error::Database(_)) => sleep(LOOK).await,
                Err(error) => {
                    return log::warn!("delivery {}: not noted: {error}", note.claimed.id);
                }
            }
        }
        log::error!("delivery {}: not noted before the lease ended; it will be sent again", note.claimed.id);
    }

    async fn write<T: Send + 'static>(
        &self,
        verb: impl Fn(&mut Tx<'_>) -> directory::Result<T> + Send + 'static,
    ) -> directory::Result<T> {
        let directory = self.directory.clone();
        aside(move || directory.write_rows(verb)).await
    }
}

/// How a delivery went, to be written down.
struct Note {
    claimed: Claimed,
    sent: Result<String, Failure>,
}

impl Note {
    fn write(&self, tx: &mut Tx<'_>) -> directory::Result<()> {
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
}

/// Says what happened without an address or a link.
fn log_outcome(claimed: &Claimed, sent: &Result<String, Failure>) {
    match sent {
        Ok(_) => log::info!("delivery {}: sent", claimed.id),
        Err(Failure::Refused(_)) => log::warn!("delivery {}: refused", claimed.id),
        Err(Failure::Delayed(_) | Failure::RelayAway(_)) => log::info!("delivery {}: delayed", claimed.id),
    }
}
