//! The one place that asks what time it is.
//!
//! Everything that decides by time takes it from here, so that a test can turn the clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{TimeDelta, Utc};

use crate::db::Timestamp;

/// A source of the current instant; cheap to clone, and clones show the same time.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    /// The machine's, and how far from it.
    System(TimeDelta),
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// The clock of the machine. Where there is a database server, its time counts instead (SECURITY J3).
    #[must_use]
    pub const fn system() -> Self {
        Self(Source::System(TimeDelta::zero()))
    }

    /// The clock of a machine that goes wrong by this much, as that of another instance might.
    #[must_use]
    pub const fn wrong_by(ahead: TimeDelta) -> Self {
        Self(Source::System(ahead))
    }

    /// A clock that stands still until it is turned with [`Clock::advance`].
    #[must_use]
    pub fn fixed(at: Timestamp) -> Self {
        Self(Source::Fixed(Arc::new(AtomicI64::new(at.micros()))))
    }

    /// The current instant, in whole microseconds.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that asks")]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System(ahead) => Timestamp::from(Utc::now() + *ahead),
            Source::Fixed(micros) => Timestamp::from_micros(micros.load(Ordering::SeqCst)),
        }
    }

    /// Whether it is a machine's, rather than a test's that is to be believed.
    pub(crate) const fn is_of_the_machine(&self) -> bool {
        matches!(self.0, Source::System(_))
    }

    /// Turns a fixed clock, and with it all its clones. Negative durations turn it back.
    ///
    /// # Panics
    /// On a system clock, which is not ours to turn, and on a duration beyond 290,000 years.
    pub fn advance(&self, by: TimeDelta) {
        let (Source::Fixed(micros), Some(by)) = (&self.0, by.num_microseconds()) else {
            panic!("only a fixed clock can be turned, and by less than 290,000 years");
        };
        micros.fetch_add(by, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_stands_until_it_is_turned() {
        let clock = Clock::fixed(Timestamp::from_micros(1_000_000));
        let other = clock.clone();
        assert_eq!(clock.now(), Timestamp::from_micros(1_000_000));
        other.advance(TimeDelta::seconds(2));
        assert_eq!(clock.now(), Timestamp::from_micros(3_000_000));
    }

    #[test]
    #[should_panic(expected = "only a fixed clock")]
    fn a_system_clock_cannot_be_turned() {
        Clock::system().advance(TimeDelta::seconds(1));
    }
}
