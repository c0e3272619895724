//! `vestibule restore FILE`, and `vestibule restore --after-copy` for what other tools brought back.

use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Args;
use directory::copy::{self, Aftermath, CopyError, Header};

use super::{require_key, say, say_counts};
use crate::{
    app,
    settings::{Settings, secret_key},
};

/// What to restore.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The backup. The database of the settings must be empty.
    #[arg(required_unless_present = "after_copy", conflicts_with = "after_copy")]
    file: Option<PathBuf>,
    /// The database was brought back by other tools (`pg_dump`, a snapshot): end its sessions, void later links, hold
    /// its mail.
    #[arg(long)]
    after_copy: bool,
    /// The secret key is lost: go on under another one, made if there is none. Every mailed link is dead.
    #[arg(long)]
    with_another_key: bool,
}

impl Restore {
    /// Restores, and says what to look at.
    pub(super) fn run(self, settings: &Settings) -> anyhow::Result<()> {
        if !self.with_another_key {
            require_key(settings).with_context(|| key_advice(settings))?;
        }
        let aftermath = self
            .file
            .as_deref()
            .map_or_else(|| Self::begin_again(settings), |file| self.restore(file, settings))?;
        self.report(&aftermath);
        Ok(())
    }

    fn begin_again(settings: &Settings) -> anyhow::Result<Aftermath> {
        // Where another key was asked for, it is made here: beside an organisation nothing else makes one.
        secret_key(&settings.secret_key_file)?;
        Ok(copy::after_copy(&app::open_directory(settings)?)?)
    }

    fn restore(&self, path: &Path, settings: &Settings) -> anyhow::Result<Aftermath> {
        let file = File::open(path).with_context(|| path.display().to_string())?;
        let directory = app::open_directory(settings)?;
        let restored = copy::restore(&directory, BufReader::new(file), self.with_another_key);
        let restored = restored.map_err(|error| explained(error, settings))?;
        say_counts(&restored.sums);
        origin(&restored.header);
        Ok(restored.aftermath)
    }

    /// What an administrator should know before anybody is let in.
    fn report(&self, aftermath: &Aftermath) {
        let Aftermath { sessions_ended, mails_held, open_invitations, administrators } = aftermath;
        say(&format!("Sessions ended: {sessions_ended}. Everybody signs in again."));
        say(if self.with_another_key {
            "Codes are void, and under another key so is every link that was mailed: send open invitations again."
        } else {
            "Codes and links that were issued after the backup are void. Links that were mailed before it still work."
        });
        say(&format!(
            "Invitations undecided: {open_invitations}. Some may have been accepted or taken back since."
        ));
        say(&format!(
            "Mails held: {mails_held}. Look at them in Administration, Mail; then press Release the mail."
        ));
        say("Administrators:");
        for (name, address) in administrators {
            say(&format!("  {name} <{address}>"));
        }
        say(
            "To check: people blocked or deleted, owners and members removed, and roles taken away since the backup are as before.",
        );
    }
}

fn key_advice(settings: &Settings) -> String {
    let file = settings.secret_key_file.display();
    format!(
        "put the key of the backup into {file}, or add --with-another-key if it is lost: mailed links die with it"
    )
}

fn explained(error: CopyError, settings: &Settings) -> anyhow::Error {
    let advice = match &error {
        CopyError::OtherKey => key_advice(settings),
        CopyError::NotEmpty(_) => "database_url must name an empty database".to_owned(),
        _ => "nothing was restored".to_owned(),
    };
    anyhow::Error::from(error).context(advice)
}

fn origin(header: &Header) {
    let Header { at, product, .. } = header;
    say(&format!("Restored: the directory as it was at {at}, backed up by Vestibule {product}."));
}
