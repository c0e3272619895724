//! How long a person waits for the database before being asked to try again (SECURITY I3).
//!
//! The questions of one request share one budget, so that a database that hangs is reported after the same short time
//! on every page.

use std::{cell::Cell, future::Future, time::Duration};

use tokio::time::{Instant, timeout};

/// The budget of one request: the page that says so is there within three seconds.
const PATIENCE: Duration = Duration::from_millis(2500);

tokio::task_local! {
    static LEFT: Cell<Duration>;
}

/// Serves one request, whose questions share one budget.
pub(super) async fn with_budget<F: Future>(request: F) -> F::Output {
    LEFT.scope(Cell::new(PATIENCE), request).await
}

/// Waits within what is left of the budget; `None` when it ran out. Outside a request every wait has the whole of it.
pub(super) async fn wait_for<F: Future>(answer: F) -> Option<F::Output> {
    let began = Instant::now();
    let left = LEFT.try_with(Cell::get).unwrap_or(PATIENCE);
    let answered = timeout(left, answer).await.ok();
    // Outside a request there is nothing to take it from.
    let _ = LEFT.try_with(|budget| budget.set(left.saturating_sub(began.elapsed())));
    answered
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use tokio::time::sleep;

    use super::*;

    #[actix_web::test]
    async fn all_questions_of_a_request_share_one_budget() {
        let budget = Cell::new(Duration::from_millis(300));
        let waited = LEFT.scope(budget, async {
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
    async fn what_is_no_request_has_the_whole_budget() {
        let began = Instant::now();
        assert!(wait_for(pending::<()>()).await.is_none());
        assert!(began.elapsed() >= PATIENCE && began.elapsed() < Duration::from_secs(3));
    }
}
