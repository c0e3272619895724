//! `vestibule demo [--port N] [--database-url URL]`: a try-out on this machine.

use std::net::{IpAddr, Ipv4Addr};

use clap::Args;

use super::say;
use crate::{
    demo::{self, Place},
    telemetry,
};

/// How to try it out.
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// The port; 0 takes any that is free [default: 8080, or any while that is taken].
    #[arg(long)]
    port: Option<u16>,
    /// An address of this machine that no other machine can reach.
    #[arg(long, default_value_t = Ipv4Addr::LOCALHOST.into())]
    bind: IpAddr,
    /// An empty PostgreSQL database to fill, instead of a file that is gone afterwards.
    #[arg(long)]
    database_url: Option<String>,
}

impl Demo {
    /// Runs until it is told to stop.
    pub(super) async fn run(self) -> anyhow::Result<()> {
        telemetry::start("warn");
        let demo =
            demo::Demo::start(Place { ip: self.bind, port: self.port }, self.database_url.as_deref()).await?;
        say(&format!("Vestibule's demo is at {}/", demo.application().public_url()));
        demo.run_until_stopped().await
    }
}
