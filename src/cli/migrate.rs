//! `vestibule migrate [--check]`: the schema of the database.

use anyhow::{Context, bail};
use clap::Args;
use directory::DatabaseUrl;

use super::{check, say};
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
        if self.check {
            look(settings)?;
        } else {
            for name in migrate(&settings.database_url).context("database_url")? {
                say(&format!("applied: {name}"));
            }
        }
        say("The database is up to date.");
        Ok(())
    }
}

/// Makes no key: where this is run, as before an upgrade behind a pooler, the panel's need not be.
fn migrate(url: &DatabaseUrl) -> anyhow::Result<Vec<String>> {
    Ok(app::open_without_key(url)?.migrate()?)
}

/// Fails if something is to be done. Makes neither a key nor a database.
fn look(settings: &Settings) -> anyhow::Result<()> {
    let url = &settings.database_url;
    if let Some(told) = check::missing(url).context("database_url")? {
        bail!("database_url: {told}");
    }
    let pending = app::open_without_key(url).and_then(|directory| Ok(directory.pending_migrations()?));
    let pending = pending.context("database_url")?;
    for name in &pending {
        say(&format!("to be applied: {name}"));
    }
    if !pending.is_empty() {
        bail!("the database is not up to date");
    }
    Ok(())
}
