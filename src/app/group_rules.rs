//! Works out the rules of dynamic groups that were saved in a directory too large for whoever saved them to wait.

use std::{sync::Arc, time::Duration};

use directory::{
    Directory, Result,
    group_rule::{self, Place},
};
use tokio::{sync::Notify, time::sleep};

use crate::aside::aside;

/// How often to look without being called: another instance may have ended in the middle of one.
const LOOK: Duration = Duration::from_mins(1);
/// How long to leave a database alone that is away or too busy.
const REST: Duration = Duration::from_secs(5);

/// Works until it is aborted: at once, for what was left when the last process ended, and then whenever `saved` calls.
pub(super) async fn work_out(directory: Directory, saved: Arc<Notify>) {
    let mut place = None;
    loop {
        let pause = match finish(&directory, &mut place).await {
            Ok(()) => LOOK,
            Err(error) => {
                log::warn!("the rules of groups: {error}");
                REST
            }
        };
        tokio::select! {
            () = saved.notified() => {}
            () = sleep(pause) => {}
        }
    }
}

/// One step after the other, until none is left. Each is a transaction of its own, which nobody waits for: people's
/// transactions, and a stop, come in between. What fails goes on where it was.
async fn finish(directory: &Directory, place: &mut Option<Place>) -> Result<()> {
    loop {
        let own = directory.clone();
        *place = match place.clone() {
            None => aside(move || own.read(group_rule::unfinished)).await?,
            Some(here) => aside(move || own.write(|tx| group_rule::work_out(tx, &here))).await?,
        };
        if place.is_none() {
            return Ok(());
        }
    }
}
