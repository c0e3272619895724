//! `vestibule fill --members N`: an organisation to measure with.

use anyhow::bail;
use clap::{Args, value_parser};
use directory::{
    DatabaseUrl,
    copy::CopyError,
    fill::{self, FEWEST_APPS, FEWEST_GROUPS, FEWEST_MEMBERS, INVITED_TO_TEAM, Plan},
};

use super::{say, say_count, user_add::read_password, words};
use crate::{app, password, settings::Settings};

/// The most of anything: beyond, a machine takes hours.
const MOST: i64 = 10_000_000;

/// How large the organisation is.
#[derive(Debug, Args)]
pub(super) struct Fill {
    /// How many members.
    #[arg(long, value_parser = value_parser!(u32).range(i64::from(FEWEST_MEMBERS)..=MOST))]
    members: u32,
    /// How many guests [default: one for every five members].
    #[arg(long, value_parser = value_parser!(u32).range(i64::from(INVITED_TO_TEAM)..=MOST))]
    guests: Option<u32>,
    /// How many groups.
    #[arg(long, default_value_t = 10_000, value_parser = value_parser!(u32).range(i64::from(FEWEST_GROUPS)..=MOST))]
    groups: u32,
    /// How many apps.
    #[arg(long, default_value_t = 2_000, value_parser = value_parser!(u32).range(i64::from(FEWEST_APPS)..=MOST))]
    apps: u32,
    /// The same seed makes the same people, groups and apps; counted from midnight, so that on the same day every row
    /// is the same.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Read from standard input the password with which every member signs in, the administrator too.
    #[arg(long)]
    password_stdin: bool,
}

impl Fill {
    /// Fills the database of the settings, which must be empty.
    pub(super) fn run(self, settings: &Settings) -> anyhow::Result<()> {
        if !self.password_stdin {
            bail!("an administrator signs in with a password: add --password-stdin");
        }
        let Self { members, guests, groups, apps, seed, .. } = self;
        let password_hash = Some(password::hash_for_measuring(&read_password()?, seed)?);
        let directory = app::open_directory(settings)?;
        let plan = Plan { members, guests, groups, apps, seed, password_hash };
        let written =
            fill::fill(&directory, &plan).map_err(|error| explained(error, &settings.database_url))?;
        for (table, rows) in written {
            say_count(table, rows);
        }
        say(&format!("Administrator: {}. A person with 20 apps: {}.", fill::ADMINISTRATOR, fill::PERSON));
        say(
            "Everybody has the password that was given. Let nobody reach this panel but those who measure it.",
        );
        Ok(())
    }
}

fn explained(error: CopyError, url: &DatabaseUrl) -> anyhow::Error {
    let is_full = matches!(error, CopyError::NotEmpty(_));
    let error = anyhow::Error::from(error);
    if is_full { error.context(words::empty_database("database_url", url)) } else { error }
}
