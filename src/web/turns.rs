//! Who may ask the database at this moment: so many read at once, and so many write.
//!
//! Reading is work for the processors, which is done soonest by few threads; writing is waiting for a disk, which takes
//! all that has gathered in one go (docs/decisions/0015-shared-commit.md).

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::settings::Sizes;

/// The turns of one process. Clones give out the same ones.
#[derive(Debug, Clone)]
pub(super) struct Turns {
    reading: Arc<Semaphore>,
    writing: Arc<Semaphore>,
    searching: Arc<Semaphore>,
}

/// What somebody waits to do.
#[derive(Debug, Clone, Copy)]
pub(super) enum Turn {
    Read,
    Write,
}

impl Turns {
    pub(super) fn new(sizes: Sizes) -> Turns {
        let of = |many| Arc::new(Semaphore::new(many));
        let searching = of((sizes.reading / 2).max(1));
        Turns { reading: of(sizes.reading), writing: of(sizes.writing), searching }
    }

    /// Waits for a turn to search, taken besides one to read. At most half of the readers search at once, so that
    /// whoever searches without pause holds up nobody's pages (SECURITY C9).
    pub(super) async fn take_search(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.searching).acquire_owned().await.ok()
    }

    /// Waits for a turn, first come, first served; dropping the permit ends it. Never `None`: turns are given out as
    /// long as the process lives.
    pub(super) async fn take(&self, turn: Turn) -> Option<OwnedSemaphorePermit> {
        let turns = match turn {
            Turn::Read => &self.reading,
            Turn::Write => &self.writing,
        };
        Arc::clone(turns).acquire_owned().await.ok()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    const SOON: Duration = Duration::from_millis(50);

    #[actix_web::test]
    async fn readers_and_writers_do_not_wait_for_each_other() {
        let turns = Turns::new(Sizes { reading: 1, writing: 1, ..Sizes::default() });
        let reads = turns.take(Turn::Read).await;
        assert!(timeout(SOON, turns.take(Turn::Read)).await.is_err(), "one reads at a time");
        assert!(timeout(SOON, turns.take(Turn::Write)).await.is_ok());
        drop(reads);
        assert!(timeout(SOON, turns.take(Turn::Read)).await.is_ok());
    }

    #[actix_web::test]
    async fn however_many_search_half_of_the_readers_do_something_else() {
        let turns = Turns::new(Sizes { reading: 4, writing: 1, ..Sizes::default() });
        let _searches = [turns.take_search().await, turns.take_search().await];
        assert!(timeout(SOON, turns.take_search()).await.is_err());
    }
}
