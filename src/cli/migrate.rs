//! `vestibule migrate [--check]`: the schema of the database.

use anyhow::{Context, bail};
use clap::Args;

use super::say;
use crate::{app, settings::Settings};

/// Whether to migrate or only to look.
#[derive(Debug, Args)]
pub(super) struct Migrate {
    /// Change nothing; fail if something is to be done.
    #[arg(long)]
    check: bool,
}

impl Migrate {
    /// Brings the schema up to date, or says what that would take.
    pub(super) fn run(self, settings: &Settings) -> anyhow::Result<()> {
        let directory = app::open_directory(settings)?;
        if self.check {
            let pending = directory.pending_migrations().context("database_url")?;
            for name in &pending {
                say(&format!("to be applied: {name}"));
            }
            if !pending.is_empty() {
                bail!("the database is not up to date");
            }
        } else {
            let applied = directory.migrate().context("database_url")?;
            for name in applied {
                say(&format!("applied: {name}"));
            }
        }
        say("The database is up to date.");
        Ok(())
    }
}
