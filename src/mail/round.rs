//! What the courier has under way, and whom it leaves alone for a while.

use std::time::Duration;

use tokio::{
    task::JoinSet,
    time::{Instant, timeout},
};

use super::{
    Failure, answer, backoff,
    courier::{LOOK, Outcome},
};

/// Mails under way at once.
const PLACES: usize = 8;
/// How long a stop waits for conversations under way.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is under way, and whom to leave alone for a while.
#[derive(Default)]
pub(super) struct Round {
    pub(super) sending: JoinSet<Outcome>,
    /// Vain tries in a row, of the relay.
    vain: u32,
    /// Until when the relay, or the database, is left alone.
    resting: Option<Instant>,
    database_away: bool,
    /// None was due when last asked; not asked again until called, or until it is time to look.
    pub(super) nothing_due: bool,
}

impl Round {
    /// How many mails may be sent beside those under way. While the relay is away, one at a time finds out whether it
    /// is back.
    pub(super) fn places(&self) -> usize {
        if self.resting.is_some_and(|until| Instant::now() < until) {
            return 0;
        }
        let places = if self.vain == 0 { PLACES } else { 1 };
        places.saturating_sub(self.sending.len())
    }

    /// Notes one, and all others that are done: their places are given away together.
    pub(super) fn note_all(&mut self, first: Option<Outcome>) {
        self.note(first);
        while let Some(done) = self.sending.try_join_next() {
            self.note(done.ok());
        }
    }

    fn note(&mut self, outcome: Option<Outcome>) {
        match outcome {
            Some(Outcome::NotSent(Failure::RelayAway(why))) => self.relay_is_away(&why),
            Some(Outcome::Sent(_) | Outcome::NotSent(_)) => self.vain = 0,
            Some(Outcome::Nothing | Outcome::Away) | None => {}
        }
    }

    fn relay_is_away(&mut self, why: &str) {
        // The other conversations of the same moment fail too; they count as one.
        if self.resting.is_some_and(|until| Instant::now() < until) {
            return;
        }
        if self.vain == 0 {
            // The list of mails may name the recipient; the log may not.
            log::warn!("the mail relay is away: {}", answer::tidy(why, ""));
        }
        self.resting = Some(Instant::now() + backoff::pause(self.vain));
        self.vain = self.vain.saturating_add(1);
    }

    pub(super) fn database_is_away(&mut self, error: &directory::Error) {
        if !self.database_away {
            log::error!("the courier cannot reach the database: {error}; it keeps trying");
        }
        self.database_away = true;
        self.resting = Some(Instant::now() + LOOK);
    }

    pub(super) fn database_is_back(&mut self) {
        if self.database_away {
            log::info!("the courier reaches the database again");
        }
        self.database_away = false;
    }

    pub(super) async fn finish(mut self) {
        let all = async { while self.sending.join_next().await.is_some() {} };
        if timeout(PATIENCE, all).await.is_err() {
            log::warn!("stopped with mails under way; they will be sent when their lease ends");
        }
    }
}
