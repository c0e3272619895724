//! `vestibule demo`: a try-out on this machine.

use clap::Args;

/// How to try it out.
#[derive(Debug, Args)]
pub(super) struct Demo {}

impl Demo {
    /// Runs until it is told to stop.
    #[expect(clippy::unused_async, reason = "the signature of the commands that serve")]
    pub(super) async fn run(self) -> anyhow::Result<()> {
        anyhow::bail!("the demo is not part of this build")
    }
}
