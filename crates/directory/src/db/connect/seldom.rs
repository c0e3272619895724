//! Saying in the log that there is no connection, without saying it at every try.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use r2d2::HandleError;

use super::ConnectError;

/// A pool tries about once a second for each connection that somebody waited for.
const AGAIN_AFTER: Duration = Duration::from_mins(1);

/// Logs a vain try once a minute at most.
#[derive(Debug, Default)]
pub(super) struct Seldom(Mutex<Option<Instant>>);

impl Seldom {
    fn is_due(&self, now: Instant) -> bool {
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = said.is_none_or(|said| now.duration_since(said) >= AGAIN_AFTER);
        if due {
            *said = Some(now);
        }
        due
    }
}

impl HandleError<ConnectError> for Seldom {
    fn handle_error(&self, error: ConnectError) {
        if self.is_due(Instant::now()) {
            log::error!("{error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_is_told_once_a_minute() {
        let (seldom, began) = (Seldom::default(), Instant::now());
        let told: Vec<u64> =
            (0..180).filter(|second| seldom.is_due(began + Duration::from_secs(*second))).collect();
        assert_eq!(told, [0, 60, 120]);
    }
}
