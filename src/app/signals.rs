//! The signals that ask a panel to stop.

use std::{io, process};

use actix_web::rt::{
    signal::unix::{Signal, SignalKind, signal},
    time::sleep,
};

use super::{NOTICE, Stop};
use crate::telemetry;

/// SIGTERM and SIGINT, listened to.
pub(super) struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// From here on they ask, and do not kill; what they ask for is done by [`Signals::obey`].
    ///
    /// # Errors
    /// When the system does not let them be listened to.
    pub(super) fn listen() -> io::Result<Self> {
        let (terminate, interrupt) = (SignalKind::terminate(), SignalKind::interrupt());
        Ok(Self { terminate: signal(terminate)?, interrupt: signal(interrupt)? })
    }

    /// SIGTERM comes from those who also probe `/health/ready`: they are given a moment to look elsewhere. Whoever asks
    /// a second time is not waiting for requests under way.
    pub(super) async fn obey(mut self, stop: Stop) {
        tokio::select! {
            _ = self.terminate.recv() => {
                stop.state.stop();
                sleep(NOTICE).await;
            }
            _ = self.interrupt.recv() => {}
        }
        log::info!("stopping");
        tokio::select! {
            () = stop.gracefully() => {}
            _ = self.terminate.recv() => stop_at_once(),
            _ = self.interrupt.recv() => stop_at_once(),
        }
    }
}

fn stop_at_once() -> ! {
    log::warn!("stopping at once");
    telemetry::finish();
    process::exit(1)
}
