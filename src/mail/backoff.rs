//! When to try again.

use std::time::Duration;

use chrono::TimeDelta;

use super::Failure;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// The longest wait of a mail that the relay puts off: it leaves within five minutes of the relay's recovery, however
/// long the trouble lasted. The relay is our own, so that asking it this often is no burden on strangers.
const LONGEST: i64 = 4 * MINUTE;
/// The same where the relay itself is away, which a single mail at a time finds out.
const LONGEST_AWAY: i64 = MINUTE;

/// After this long a mail has failed (RFC 5321, 4.5.4.1: at least four to five days) ...
const GIVE_UP: i64 = 4 * 24 * HOUR;
/// ... if it was tried more often than this: it may have waited for an administrator for most of that time.
const AT_LEAST: i64 = 8;

/// How long to wait before the next try of a mail that has been owed for `age` and was tried `before` times before this
/// one failed; `None` when it has been owed for four days and was tried often enough. The first tries are quick,
/// because most troubles between us and our own relay are short; a greylisting relay lets us in after some minutes.
pub(super) fn after(before: i64, age: TimeDelta, failure: &Failure) -> Option<TimeDelta> {
    let longest = if matches!(failure, Failure::RelayAway(_)) { LONGEST_AWAY } else { LONGEST };
    (age.num_seconds() < GIVE_UP || before < AT_LEAST).then(|| TimeDelta::seconds(wait(before).min(longest)))
}

fn wait(before: i64) -> i64 {
    match before {
        ..=0 => 5,
        1 => 30,
        2 => MINUTE,
        3 => 2 * MINUTE,
        _ => LONGEST,
    }
}

/// How long the courier leaves a relay alone that is away, after so many vain tries in a row. Never long, because mail
/// should leave soon after the relay is back.
pub(super) fn pause(vain: u32) -> Duration {
    Duration::from_secs(60.min(1 << vain.min(6)))
}

#[cfg(test)]
mod tests {
    use super::{Duration, Failure, TimeDelta, after, pause};

    fn delayed() -> Failure {
        Failure::Delayed(String::new())
    }

    #[test]
    fn quick_at_first_and_never_longer_than_a_recovered_relay_is_to_be_waited_for() {
        let seconds = |failure: Failure| -> Vec<i64> {
            let waits = (0..7).filter_map(|before| after(before, TimeDelta::zero(), &failure));
            waits.map(|wait| wait.num_seconds()).collect()
        };
        assert_eq!(seconds(delayed()), [5, 30, 60, 120, 240, 240, 240]);
        assert_eq!(seconds(Failure::RelayAway(String::new())), [5, 30, 60, 60, 60, 60, 60]);
    }

    #[test]
    fn given_up_after_four_days() {
        assert!(after(99, TimeDelta::days(4) - TimeDelta::seconds(1), &delayed()).is_some());
        assert!(after(99, TimeDelta::days(4), &delayed()).is_none());
        assert!(after(0, TimeDelta::days(4), &delayed()).is_some(), "it waited for somebody to let it go");
    }

    #[test]
    fn a_relay_that_is_away_is_asked_again_within_a_minute() {
        assert_eq!([0, 1, 2, 5, 6, 60].map(|vain| pause(vain).as_secs()), [1, 2, 4, 32, 60, 60]);
        assert_eq!(pause(u32::MAX), Duration::from_mins(1));
    }
}
