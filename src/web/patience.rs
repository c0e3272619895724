//! How long a person waits for the database before being asked to try again (SECURITY I3).
//!
//! One request may ask more than once: who comes, what they came for, what they change. It has one measure for all of
//! that, so that a database which keeps everybody waiting is said to be away after the same short time on every page.

use std::{cell::Cell, future::Future, time::Duration};

use tokio::time::{Instant, timeout};

/// For all the questions of one request: the page that says so is there within three seconds.
const PATIENCE: Duration = Duration::from_millis(2500);

tokio::task_local! {
    static LEFT: Cell<Duration>;
}

/// Serves one request, with the measure of one.
pub(super) async fn measured<F: Future>(request: F) -> F::Output {
    LEFT.scope(Cell::new(PATIENCE), request).await
}

/// Waits for an answer of the database for as long as is left; `None` when that was not enough. What is not the
/// work of a request has the whole measure each time.
pub(super) async fn wait_for<F: Future>(answer: F) -> Option<F::Output> {
    let began = Instant::now();
    let left = LEFT.try_with(Cell::get).unwrap_or(PATIENCE);
    let answered = timeout(left, answer).await.ok();
    // Outside a request there is nothing to take it from.
    let _ = LEFT.try_with(|measure| measure.set(left.saturating_sub(began.elapsed())));
    answered
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use tokio::time::sleep;

    use super::*;

    #[actix_web::test]
    async fn all_questions_of_a_request_have_one_measure() {
        let measure = Cell::new(Duration::from_millis(300));
        let waited = LEFT.scope(measure, async {
            assert!(wait_for(sleep(Duration::from_millis(100))).await.is_some());
            // The page itself may take its time.
            sleep(Duration::from_millis(400)).await;
            let began = Instant::now();
            assert!(wait_for(pending::<()>()).await.is_none());
            assert!(wait_for(pending::<()>()).await.is_none());
            assert!(wait_for(ready(())).await.is_some(), "what is there at once is taken");
            began.elapsed()
        });
        let waited = waited.await;
        assert!(waited < Duration::from_millis(280), "{waited:?}");
    }

    #[actix_web::test]
    async fn what_is_no_request_has_the_whole_measure() {
        let began = Instant::now();
        assert!(wait_for(pending::<()>()).await.is_none());
        assert!(began.elapsed() >= PATIENCE && began.elapsed() < Duration::from_secs(3));
    }
}
