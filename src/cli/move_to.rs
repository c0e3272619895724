//! `vestibule move --to postgres://…`: the same deployment, in another database.

use anyhow::{Context, bail};
use clap::Args;
use directory::{
    DatabaseUrl,
    copy::{self, CopyError},
};

use super::{require_key, say, say_counts, words};
use crate::{app, settings::Settings};

/// Where to.
#[derive(Debug, Args)]
pub(super) struct Move {
    /// An empty database, spelt as in `database_url`.
    #[arg(long)]
    to: String,
}

impl Move {
    /// Copies all there is, compares every row, and says what to do next. The database of the settings is left as it
    /// is.
    pub(super) fn run(&self, settings: &Settings) -> anyhow::Result<()> {
        let url: DatabaseUrl = self.to.parse().context("--to")?;
        if url == settings.database_url {
            bail!("--to: that is where the directory is");
        }
        require_key(settings)?;
        let from = app::open_directory(settings)?;
        let mut elsewhere = settings.clone();
        elsewhere.database_url = url.clone();
        let to = app::open_directory(&elsewhere).context("--to")?;
        let at = from.clock().now();
        let sums = copy::move_to(&from, &to).map_err(|error| explained(error, &url))?;
        say_counts(&sums);
        say(&format!("Every row was read back from {url} and is as it was."));
        say(&format!(
            "Whatever was changed after {at} is not in it: if the panel ran meanwhile, stop it, empty the new"
        ));
        say(
            "database and move again. Then set database_url to the new database and start the panel with the same key,",
        );
        say(&format!("{}. Sessions and mailed links stay good.", settings.secret_key_file.display()));
        Ok(())
    }
}

fn explained(error: CopyError, to: &DatabaseUrl) -> anyhow::Error {
    let advice = match &error {
        CopyError::NotEmpty(_) => words::empty_database("--to", to),
        _ => "nothing was moved".to_owned(),
    };
    anyhow::Error::from(error).context(advice)
}
