//! `vestibule backup FILE`: one state of the directory, in a file.

use std::{io::BufWriter, path::PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use directory::copy;

use super::{require_key, say, say_counts};
use crate::{app, draft::Draft, settings::Settings};

/// What to do without a key.
const LOST: &str = "put the key back; if it is lost, go on under another first: vestibule restore --after-copy \
                    --with-another-key";

/// Where the backup goes.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file to make; one that is there already is left alone.
    file: PathBuf,
}

impl Backup {
    /// Writes the backup. It has its name once it is whole and on the disk, not before.
    pub(super) fn run(self, settings: &Settings) -> anyhow::Result<()> {
        let name = self.file.display().to_string();
        if self.file.exists() {
            bail!("{name} is there already; backups are never overwritten");
        }
        require_key(settings).context(LOST)?;
        let directory = app::open_directory(settings)?;
        let draft = Draft::beside(&self.file).with_context(|| name.clone())?;
        let written = copy::back_up(&directory, BufWriter::new(&draft.file), env!("CARGO_PKG_VERSION"));
        let (header, sums) = written.context("nothing was backed up")?;
        draft.keep(&self.file).with_context(|| name.clone())?;
        say_counts(&sums);
        say(&format!("{name} holds the directory as it was at {}.", header.at));
        say(&format!(
            "Not in it: the settings, and the secret key in {}. Without that key the links in mails that were sent are \
             worth nothing; keep a copy of it elsewhere.",
            settings.secret_key_file.display()
        ));
        Ok(())
    }
}
