//! What the courier has under way, and whom it leaves alone for a while.

use tokio::{
    task::{JoinError, JoinSet},
    time::Instant,
};

use super::{Failure, answer, backoff, courier::LOOK, note::Note};

/// Mails under way at once.
const PLACES: usize = 8;

/// What is under way, and whom to leave alone for a while.
#[derive(Default)]
pub(super) struct Round {
    pub(super) sending: JoinSet<Note>,
    /// Those that have ended and are not written down yet.
    pub(super) unnoted: Vec<Note>,
    /// Vain tries in a row, of the relay.
    vain: u32,
    /// Until when the relay is left alone.
    relay_rests: Option<Instant>,
    /// Until when the database is.
    database_rests: Option<Instant>,
    database_away: bool,
    /// None was due when last asked; not asked again until called, or until it is time to look.
    pub(super) nothing_due: bool,
    /// Until when to gather, once called.
    pub(super) gathering_until: Option<Instant>,
}

impl Round {
    /// How many mails may be sent beside those under way: none while more are gathered, or the relay or the database is to
    /// be left alone. While the relay is away, one at a time finds out whether it is back.
    pub(super) fn places(&self) -> usize {
        if [self.gathering_until, self.relay_rests, self.database_rests].into_iter().any(lasts) {
            return 0;
        }
        let places = if self.vain == 0 { PLACES } else { 1 };
        places.saturating_sub(self.sending.len())
    }

    /// Takes one that has ended, and all others that have: they are written down, and their places given away, together.
    pub(super) fn take_all(&mut self, first: Result<Note, JoinError>) {
        self.take(first);
        while let Some(done) = self.sending.try_join_next() {
            self.take(done);
        }
    }

    fn take(&mut self, done: Result<Note, JoinError>) {
        match done {
            Ok(note) => {
                self.judge(&note.sent);
                self.unnoted.push(note);
            }
            Err(broken) => log::error!("a mail is left until its lease ends: {broken}"),
        }
    }

    fn judge(&mut self, sent: &Result<String, Failure>) {
        match sent {
            Err(Failure::RelayAway(why)) => self.relay_is_away(why),
            Ok(_) | Err(Failure::Refused(_) | Failure::Delayed(_)) => self.vain = 0,
        }
    }

    fn relay_is_away(&mut self, why: &str) {
        // The other conversations of the same moment fail too; they count as one.
        if lasts(self.relay_rests) {
            return;
        }
        if self.vain == 0 {
            // The list of mails may name the recipient; the log may not.
            log::warn!("the mail relay is away: {}", answer::tidy(why, ""));
        }
        self.relay_rests = Some(Instant::now() + backoff::pause(self.vain));
        self.vain = self.vain.saturating_add(1);
    }

    pub(super) fn database_is_away(&mut self, error: &directory::Error) {
        if !self.database_away {
            log::error!("the courier cannot reach the database: {error}; it keeps trying");
        }
        self.database_away = true;
        self.database_rests = Some(Instant::now() + LOOK);
    }

    pub(super) fn database_is_back(&mut self) {
        if self.database_away {
            log::info!("the courier reaches the database again");
        }
        self.database_away = false;
    }
}

fn lasts(rest: Option<Instant>) -> bool {
    rest.is_some_and(|until| Instant::now() < until)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relay_away() -> Result<String, Failure> {
        Err(Failure::RelayAway("421 closing down".to_owned()))
    }

    /// As if a rest were over.
    fn end(rest: &mut Option<Instant>) {
        assert!(rest.is_some());
        *rest = Some(Instant::now());
    }

    #[test]
    fn a_relay_that_is_away_is_left_alone_and_then_tried_with_one_mail() {
        let mut round = Round::default();
        assert_eq!(round.places(), PLACES);
        round.judge(&relay_away());
        assert_eq!((round.places(), round.vain), (0, 1));
        round.judge(&relay_away());
        assert_eq!(round.vain, 1, "conversations of the same moment count as one");
        end(&mut round.relay_rests);
        assert_eq!(round.places(), 1);
        round.judge(&relay_away());
        assert_eq!((round.places(), round.vain), (0, 2));
        end(&mut round.relay_rests);
        round.judge(&Ok("250 taken".to_owned()));
        assert_eq!((round.places(), round.vain), (8, 0));
    }

    #[test]
    fn what_a_relay_answers_says_that_it_is_back() {
        let refused = Failure::Refused("550 no such user".to_owned());
        let delayed = Failure::Delayed("451 greylisted".to_owned());
        for failure in [refused, delayed] {
            let mut round = Round::default();
            round.judge(&relay_away());
            end(&mut round.relay_rests);
            round.judge(&Err(failure));
            assert_eq!(round.places(), PLACES);
        }
    }

    #[test]
    fn a_database_that_is_away_is_left_alone_until_it_is_time_to_look() {
        let mut round = Round::default();
        round.database_is_away(&directory::Error::Unavailable("it is being restarted".to_owned()));
        assert!(round.database_away);
        assert_eq!(round.places(), 0);
        end(&mut round.database_rests);
        assert_eq!(round.places(), PLACES);
        round.database_is_back();
        assert!(!round.database_away);
    }

    #[test]
    fn a_relay_is_known_to_be_away_also_while_the_database_is() {
        let mut round = Round::default();
        round.database_is_away(&directory::Error::Unavailable("it is being restarted".to_owned()));
        round.judge(&relay_away());
        end(&mut round.database_rests);
        assert_eq!((round.places(), round.vain), (0, 1));
        end(&mut round.relay_rests);
        assert_eq!(round.places(), 1);
    }

    #[test]
    fn while_more_are_gathered_none_leaves() {
        let mut round = Round { gathering_until: Some(Instant::now() + LOOK), ..Round::default() };
        assert_eq!(round.places(), 0);
        end(&mut round.gathering_until);
        assert_eq!(round.places(), PLACES);
    }

    #[tokio::test]
    async fn what_is_under_way_holds_its_place() {
        let mut round = Round::default();
        for places in (0..PLACES).rev() {
            round.sending.spawn(std::future::pending());
            assert_eq!(round.places(), places);
        }
    }
}
