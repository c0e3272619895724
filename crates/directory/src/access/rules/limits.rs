//! When a limit on how many there may be within some time lets one more through (SPEC 3.5).

use chrono::TimeDelta;

use crate::db::Timestamp;

/// When one more is possible, if `max` were made within the window that ends now; none where one is possible now. The
/// times are those that count, oldest first; what is older than the window is passed over.
pub(crate) fn frees_at(
    times: &[Timestamp],
    now: Timestamp,
    window: TimeDelta,
    max: i64,
) -> Option<Timestamp> {
    let counted: Vec<Timestamp> = times.iter().copied().filter(|at| now - *at < window).collect();
    let max = usize::try_from(max).unwrap_or(0);
    (counted.len() >= max)
        .then(|| counted.get(counted.len() - max).map_or(now + window, |oldest| *oldest + window))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: TimeDelta = TimeDelta::hours(1);

    #[test]
    fn one_more_is_possible_once_the_oldest_that_counts_has_left_the_window() {
        let start = Timestamp::from_micros(0);
        let at = |minutes| start + TimeDelta::minutes(minutes);
        let times = [at(0), at(10), at(20)];
        let frees = |now, max| frees_at(&times, now, WINDOW, max);
        assert_eq!(frees(at(30), 4), None);
        assert_eq!(frees(at(30), 3), Some(at(60)));
        assert_eq!(frees(at(30), 2), Some(at(70)));
        // The window's end is not in it.
        assert_eq!(frees(at(60), 3), None);
        assert_eq!(frees(at(60), 2), Some(at(70)));
    }

    #[test]
    fn where_none_are_allowed_the_window_never_ends() {
        let now = Timestamp::from_micros(0);
        for max in [0, -1] {
            assert_eq!(frees_at(&[], now, WINDOW, max), Some(now + WINDOW));
            assert_eq!(frees_at(&[now], now, WINDOW, max), Some(now + WINDOW));
        }
    }
}
