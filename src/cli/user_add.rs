//! `vestibule user add ADDRESS --name NAME [--administrator] [--password-stdin]`.

use std::io;

use anyhow::{Context, anyhow, bail};
use clap::Args;
use directory::{
    EmailAddress, Error, Organisation, Tx,
    organisation::Profile,
    text::Name,
    user::{User, UserProfile},
};

use super::{say, words};
use crate::{app, settings::Settings};

/// The member to add.
#[derive(Debug, Args)]
pub(super) struct UserAdd {
    /// The person's address.
    address: String,
    /// The person's name.
    #[arg(long)]
    name: String,
    /// Give the role of administrator, which needs a password.
    #[arg(long)]
    administrator: bool,
    /// Read a password from standard input.
    #[arg(long)]
    password_stdin: bool,
}

impl UserAdd {
    /// Adds the person.
    pub(super) fn run(self, settings: &Settings) -> anyhow::Result<()> {
        if self.administrator && !self.password_stdin {
            bail!("an administrator signs in with a password: add --password-stdin");
        }
        let address = words::address(&self.address)?;
        let name = Name::parse(&self.name).map_err(|error| anyhow!("--name {}", words::text(error)))?;
        let profile = UserProfile { administrator: self.administrator, ..UserProfile::named(name) };
        let read = self.password_stdin.then(read_password).transpose()?;
        let hashed = read.map(|read| words::hash_chosen(&read, &[&self.address, &self.name])).transpose()?;
        let directory = app::open_directory(settings)?;
        directory.migrate().context("database_url")?;
        let added = directory.write(|tx| add(tx, &address, &profile, hashed.as_deref()));
        match added {
            Ok(founded) => {
                if let Some(Profile { name, primary_domain, .. }) = founded {
                    say(&format!(
                        "Organisation: {name}, domain {primary_domain}; change both under Administration, Settings."
                    ));
                }
                say(&format!("Added {}.", self.address));
            }
            Err(Error::Refused(refusal)) => bail!("{}: {}", self.address, words::refusal(&refusal)),
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }
}

/// The first person of a new deployment also tells the organisation's domain; answers what was founded with it.
fn add(
    tx: &mut Tx<'_>,
    address: &EmailAddress,
    profile: &UserProfile,
    hashed: Option<&str>,
) -> directory::Result<Option<Profile>> {
    let present = Organisation::load(tx)?;
    let organisation = Profile { primary_domain: address.domain().to_owned(), ..present.profile };
    Organisation::found(tx, &organisation)?;
    User::add_from_the_system(tx, address, profile, hashed.map(str::to_owned))?;
    Ok((present.version == 0).then_some(organisation))
}

/// The first line of standard input.
pub(super) fn read_password() -> anyhow::Result<String> {
    let mut line = String::new();
    io::stdin().read_line(&mut line).context("standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
