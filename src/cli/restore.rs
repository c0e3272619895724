//! `vestibule restore FILE`, and `vestibule restore --after-copy` for what other tools brought back.

use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Args;
use directory::copy::{self, Aftermath, CopyError, Header, OtherKey, SHOWN};
use directory::{invitation::InvitationRow, organisation::KeyStanding};

use super::{require_key, say, say_counts, words};
use crate::{app, settings::Settings};

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
            .map_or_else(|| self.begin_again(settings), |file| self.restore(file, settings))?;
        self.report(&aftermath);
        Ok(())
    }

    fn begin_again(&self, settings: &Settings) -> anyhow::Result<Aftermath> {
        let directory = if self.with_another_key {
            // Beside an organisation nothing else makes a key, or takes one that is not its own.
            app::open_under_another_key(settings)?
        } else {
            app::open_directory(settings)?
        };
        Ok(copy::after_copy(&directory)?)
    }

    fn restore(&self, path: &Path, settings: &Settings) -> anyhow::Result<Aftermath> {
        let file = File::open(path).with_context(|| path.display().to_string())?;
        let directory = app::open_directory(settings)?;
        let other_key = if self.with_another_key { OtherKey::Accept } else { OtherKey::Refuse };
        let restored = copy::restore(&directory, BufReader::new(file), other_key);
        let restored = restored.map_err(|error| explained(error, settings))?;
        say_counts(&restored.sums);
        origin(&restored.header);
        Ok(restored.aftermath)
    }

    /// What an administrator should know before anybody is let in.
    fn report(&self, aftermath: &Aftermath) {
        let Aftermath { sessions_ended, mails_held, administrators, key, .. } = aftermath;
        say(&format!("Sessions ended: {sessions_ended}. Everybody signs in again."));
        let links_are_dead = match key {
            KeyStanding::Own => false,
            KeyStanding::Another => true,
            KeyStanding::Unsaid => self.with_another_key,
        };
        let source = if self.after_copy { "copy" } else { "backup" };
        if links_are_dead {
            say(
                "Codes are void, and under another key so is every link that was mailed: send open invitations again.",
            );
        } else {
            say(&format!(
                "Codes are void, and so are links that were issued after the {source}. Links that were mailed before \
                 it still work, once the panel is opened."
            ));
        }
        invitations(aftermath);
        say(&format!(
            "Mails held: {mails_held}. Until an administrator presses Open the panel and release the mail, in \
             Administration, Mail, nobody else gets in and no invitation can be accepted."
        ));
        say("Administrators:");
        for (name, address) in administrators {
            say(&format!("  {name} <{address}>"));
        }
        say(&format!(
            "To check: people blocked or deleted, owners and members removed, and roles taken away since the {source} \
             are as before."
        ));
    }
}

/// What is open again, to be compared with what is known of it.
fn invitations(aftermath: &Aftermath) {
    let Aftermath { open_invitations, newest_invitations, .. } = aftermath;
    say(&format!(
        "Invitations undecided: {open_invitations}. Some may have been accepted or taken back since."
    ));
    if newest_invitations.is_empty() {
        return;
    }
    say(&format!("Those whose time is not over, the newest first and {SHOWN} at most:"));
    for InvitationRow { guest, inviter_name, target_name, .. } in newest_invitations {
        let target = if target_name.is_empty() { "the organisation" } else { target_name.as_str() };
        say(&format!("  {} to {target}, by {inviter_name}", guest.address));
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
        CopyError::NotEmpty(_) => words::empty_database("database_url", &settings.database_url),
        _ => "nothing was restored".to_owned(),
    };
    anyhow::Error::from(error).context(advice)
}

fn origin(header: &Header) {
    let Header { at, product, .. } = header;
    say(&format!("Restored: the directory as it was at {at}, backed up by Vestibule {product}."));
}
