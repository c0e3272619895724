//! When to try again.

use std::time::Duration;

use chrono::TimeDelta;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// After this long a mail has failed (RFC 5321, 4.5.4.1: at least four to five days).
const GIVE_UP: i64 = 4 * 24 * HOUR;

/// How long to wait before the next try of a mail that has been owed for `age` and was tried `before` times before this vain
/// try; `None` when it has been owed for four days. The first tries are quick, because most troubles between us and our
/// own relay are short; a greylisting relay lets us in after some minutes.
pub(super) fn after(before: i64, age: TimeDelta) -> Option<TimeDelta> {
    (age.num_seconds() < GIVE_UP).then(|| TimeDelta::seconds(wait(before)))
}

fn wait(before: i64) -> i64 {
    match before {
        ..=0 => 5,
        1 => 30,
        2..=7 => MINUTE << (before - 2),
        _ => HOUR,
    }
}

/// How long the courier leaves a relay alone that is away, after so many vain tries in a row. Never long, because mail
/// should leave soon after the relay is back.
pub(super) fn pause(vain: u32) -> Duration {
    Duration::from_secs(60.min(1 << vain.min(6)))
}

#[cfg(test)]
mod tests {
    use super::{Duration, TimeDelta, after, pause};

    #[test]
    fn quick_at_first_then_doubling_up_to_an_hour() {
        let waits: Vec<_> = (0..10).filter_map(|before| after(before, TimeDelta::zero())).collect();
        let seconds: Vec<_> = waits.iter().map(TimeDelta::num_seconds).collect();
        assert_eq!(seconds, [5, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
    }

    #[test]
    fn given_up_after_four_days() {
        assert!(after(99, TimeDelta::days(4) - TimeDelta::seconds(1)).is_some());
        assert!(after(0, TimeDelta::days(4)).is_none());
    }

    #[test]
    fn a_relay_that_is_away_is_asked_again_within_a_minute() {
        assert_eq!([0, 1, 2, 5, 6, 60].map(|vain| pause(vain).as_secs()), [1, 2, 4, 32, 60, 60]);
        assert_eq!(pause(u32::MAX), Duration::from_mins(1));
    }
}
