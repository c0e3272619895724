//! `vestibule user forget-password ADDRESS [--password-stdin]`.

use anyhow::{Context, anyhow};
use clap::Args;
use directory::{Error, Refusal, user};

use super::{require_key, say, user_add::read_password, words};
use crate::{app, settings::Settings};

/// Whose password to take away.
#[derive(Debug, Args)]
pub(super) struct UserForgetPassword {
    /// The person's address.
    address: String,
    /// Put the password on standard input in its place. An administrator cannot sign in without one.
    #[arg(long)]
    password_stdin: bool,
}

impl UserForgetPassword {
    /// Takes the password away, and says how the person signs in from now on.
    pub(super) fn run(self, settings: &Settings) -> anyhow::Result<()> {
        let address = words::address(&self.address)?;
        require_key(settings)?;
        let read = self.password_stdin.then(read_password).transpose()?;
        let other = read.map(|read| words::hash_chosen(&read, &[&self.address])).transpose()?;
        let directory = app::open_directory(settings)?;
        directory.migrate().context("database_url")?;
        let forgotten =
            directory.write(|tx| user::forget_password_from_the_system(tx, &address, other.as_deref()));
        forgotten.map_err(|error| self.explained(error))?;
        self.report();
        Ok(())
    }

    fn report(&self) {
        let address = &self.address;
        if self.password_stdin {
            say(&format!("{address} has the password that was given. Every session has ended."));
            say("Hand it over in private, and have it changed under My account.");
        } else {
            say(&format!("{address} has no password any more. Every session has ended."));
            say("They sign in with a mailed code. A member can set another password right after that.");
        }
    }

    fn explained(&self, error: Error) -> anyhow::Error {
        let address = &self.address;
        match error {
            Error::Hidden => anyhow!("{address}: nobody has this address"),
            Error::Refused(Refusal::PasswordMissing) => anyhow!(
                "{address}: an administrator signs in with a password and a mailed code, and could not without: add \
                 --password-stdin"
            ),
            Error::Refused(refusal) => anyhow!("{address}: {}", words::refusal(&refusal)),
            error => error.into(),
        }
    }
}
