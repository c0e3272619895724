//! The courier empties the outbox (SPEC 4.1, 4.2; SECURITY.md H).
//!
//! Deliveries are claimed under a lease in one short transaction, their letters are written, sent outside any transaction,
//! and how that went is noted in another. Whatever dies in between, the lease ends and the same mail, with the same
//! Message-ID, is sent again: at least once, never lost. A relay that hangs holds one of several places, never a page.

use std::{future::Future, sync::Arc, time::Duration};

use directory::{
    Directory, Tx,
    delivery::{self, Claimed, Claims},
};
use tokio::{
    sync::Notify,
    time::{Instant, MissedTickBehavior, interval, sleep, sleep_until, timeout},
};

use super::{
    Envelope, Failure, Mailer, Outgoing, answer, compose,
    note::{LEASE, Note},
    round::Round,
};
use crate::aside::aside;
use crate::letter::{self, Purpose};
use crate::settings::{PublicUrl, Sender};
use crate::telemetry::CourierMetrics;

/// How often to look without being called: retries become due, and another instance may have queued something.
pub(super) const LOOK: Duration = Duration::from_secs(2);
/// How long to gather what is queued in one moment, so that it is claimed in one transaction instead of one each. While
/// people keep adding, this also leaves them the processors: about 400 mails a second leave then at most, and more once
/// they pause.
const GATHER: Duration = Duration::from_millis(20);
/// How long a stop waits for conversations under way.
const PATIENCE: Duration = Duration::from_secs(10);

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
            self.note(&mut round).await;
            self.fill(&mut round).await;
            let until = round.gathering_until.unwrap_or_else(Instant::now);
            tokio::select! {
                () = &mut shutdown => break,
                Some(done) = round.sending.join_next() => round.take_all(done),
                () = nudge.notified(), if round.gathering_until.is_none() => {
                    round.gathering_until = Some(Instant::now() + GATHER);
                }
                () = sleep_until(until), if round.gathering_until.is_some() => {
                    round.gathering_until = None;
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
        if timeout(PATIENCE, self.finish(&mut round)).await.is_err() {
            let (under_way, unnoted) = (round.sending.len(), round.unnoted.len());
            log::warn!(
                "stopped with {under_way} mails under way and {unnoted} not noted; they are sent, or sent again, when \
                 their lease ends"
            );
        }
    }

    async fn finish(&self, round: &mut Round) {
        while let Some(done) = round.sending.join_next().await {
            round.take_all(done);
            self.note(round).await;
        }
        while !round.unnoted.is_empty() {
            sleep(LOOK).await;
            self.note(round).await;
        }
    }

    /// Delivers the next mail that is due, if there is one.
    pub async fn deliver_one(&self) -> Outcome {
        loop {
            match self.claim(1).await {
                Ok(mut round) => match round.claimed.pop() {
                    Some(claimed) => {
                        let note = self.deliver(claimed).await;
                        let sent = note.sent.clone().map_or_else(Outcome::NotSent, Outcome::Sent);
                        let noted = self.write(move |tx| note.write(tx)).await;
                        return noted.map_or(Outcome::Away, |()| sent);
                    }
                    None if round.looked_at == 0 => return Outcome::Nothing,
                    None => {}
                },
                Err(_) => return Outcome::Away,
            }
        }
    }

    /// Gives every free place a delivery.
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

    async fn deliver(&self, claimed: Claimed) -> Note {
        let claimed_at = Instant::now();
        let sent = match self.compose(&claimed) {
            Ok(mail) => self.mailer.send(&mail).await,
            Err(failure) => Err(failure),
        };
        self.count(&sent);
        let note = Note::of(claimed, sent, claimed_at);
        note.log();
        note
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

    /// Writes down how mails went that ended together; a database that is away is asked again, because a mail that is
    /// not noted as sent will be sent twice.
    async fn note(&self, round: &mut Round) {
        if round.unnoted.is_empty() {
            return;
        }
        let notes = Arc::new(std::mem::take(&mut round.unnoted));
        let attempt = Arc::clone(&notes);
        match self.write(move |tx| attempt.iter().try_for_each(|note| note.write(tx))).await {
            Ok(()) => round.database_is_back(),
            Err(error) => {
                round.unnoted = Arc::unwrap_or_clone(notes);
                // A note does nothing where somebody else has claimed the mail since: one that waits for the database
                // does no harm, however long.
                if !matches!(error, directory::Error::Unavailable(_)) {
                    round.unnoted.retain(Note::is_in_time);
                }
                round.database_is_away(&error);
            }
        }
    }

    async fn write<T: Send + 'static>(
        &self,
        verb: impl Fn(&mut Tx<'_>) -> directory::Result<T> + Send + 'static,
    ) -> directory::Result<T> {
        let directory = self.directory.clone();
        aside(move || directory.write_rows(verb)).await
    }
}
