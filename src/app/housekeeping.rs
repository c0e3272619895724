//! Deletes what has expired, a little at a time, while people work.

use std::time::Duration;

use directory::{
    Directory, Result,
    housekeeping::{CLEAN_UPS, CleanUp},
};
use tokio::time::sleep;

use crate::aside::aside;

/// How often to look for what has expired.
const HOUSEKEEPING: Duration = Duration::from_hours(1);

/// Works until it is aborted. A clean-up that fails stops no other, and is tried again the next time.
pub(super) async fn keep_house(directory: Directory) {
    loop {
        for clean_up in CLEAN_UPS {
            if let Err(error) = take_away(&directory, clean_up).await {
                log::warn!("house-keeping: {error}");
            }
        }
        sleep(HOUSEKEEPING).await;
    }
}

/// Deletes in batches until none is left. Each batch is a transaction of its own, which nobody waits for: it may take
/// longer than a page may. People's transactions, and a stop, come in between.
async fn take_away(directory: &Directory, clean_up: CleanUp) -> Result<()> {
    loop {
        let own = directory.clone();
        if aside(move || own.write(clean_up)).await? == 0 {
            return Ok(());
        }
    }
}
