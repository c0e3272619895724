//! Work that blocks, beside the threads that answer.

use directory::{Error, Result};
use tokio::task;

/// Runs `work` on a thread that may block.
///
/// # Errors
/// The work's own; [`Error::Unavailable`] when its thread went away.
pub(crate) async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = task::spawn_blocking(work).await;
    done.unwrap_or_else(|stopped| Err(Error::Unavailable(stopped.to_string())))
}
