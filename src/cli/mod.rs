//! The commands of SPEC section 7, a file each.

mod backup;
mod check;
mod demo;
mod fill;
mod migrate;
mod move_to;
mod restore;
mod serve;
mod user_add;
mod user_forget_password;
mod words;

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Parser, Subcommand};

use directory::copy::Sum;

use crate::{
    settings::{SettingError, Settings},
    telemetry,
};

/// What the help ends with.
const MORE: &str = "Settings are read from vestibule.toml and from VESTIBULE_* in the environment, which wins: bind is \
    VESTIBULE_BIND. README.md lists them; docs/OPERATIONS.md says how to run a panel, docs/BACKUP.md how to \
    back it up and restore it.";

/// Vestibule: a self-hosted access panel.
#[derive(Debug, Parser)]
#[command(name = "vestibule", version, about, after_help = MORE, arg_required_else_help = true)]
pub struct Arguments {
    /// The file of the settings; vestibule.toml in this folder if there is one.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the panel.
    Serve,
    /// Try the panel out on this machine, with a sample organisation and mail you can read.
    Demo(demo::Demo),
    /// Bring the database's schema up to date.
    Migrate(migrate::Migrate),
    /// Write the whole directory, as it is at this moment, to a file. The panel may run on.
    Backup(backup::Backup),
    /// Fill an empty database from a backup. Sessions end and mail is held until an administrator releases it.
    Restore(restore::Restore),
    /// Copy the whole directory into another, empty database, and compare every row.
    Move(move_to::Move),
    /// Fill an empty database with an organisation of any size, to measure with.
    Fill(fill::Fill),
    /// People, from the command line.
    #[command(subcommand)]
    User(User),
    /// Say, line by line, what is found of the settings, the key, the database and the mail relay.
    Check(check::Check),
}

#[derive(Debug, Subcommand)]
enum User {
    /// Add a member.
    Add(user_add::UserAdd),
    /// Take somebody's password away, or put another in its place. Their sessions end.
    ForgetPassword(user_forget_password::UserForgetPassword),
}

impl Arguments {
    /// Runs the command that was asked for.
    ///
    /// # Errors
    /// Whatever stopped it, in words for an operator.
    pub async fn run(self) -> anyhow::Result<()> {
        let outcome = self.obey().await;
        telemetry::finish();
        outcome
    }

    async fn obey(self) -> anyhow::Result<()> {
        let Arguments { config, command } = self;
        let settings = || settings(config.as_deref());
        match command {
            Command::Serve => serve::run(settings()?).await,
            Command::Demo(demo) => {
                anyhow::ensure!(config.is_none(), "--config: the demo reads no settings");
                demo.run().await
            }
            Command::Migrate(migrate) => migrate.run(&settings()?),
            Command::Backup(backup) => backup.run(&settings()?),
            Command::Restore(restore) => restore.run(&settings()?),
            Command::Move(to) => to.run(&settings()?),
            Command::Fill(fill) => fill.run(&settings()?),
            Command::User(User::Add(user)) => user.run(&settings()?),
            Command::User(User::ForgetPassword(user)) => user.run(&settings()?),
            Command::Check(check) => check.run(&settings()?).await,
        }
    }
}

/// The settings of every command but the demo, with the log that they want.
fn settings(config: Option<&Path>) -> Result<Settings, SettingError> {
    let settings = Settings::load(config)?;
    telemetry::start(&settings.log);
    Ok(settings)
}

/// Fails where there is no key: one made now would not be the deployment's, and every mailed link would silently stop
/// working.
fn require_key(settings: &Settings) -> anyhow::Result<()> {
    let file = &settings.secret_key_file;
    anyhow::ensure!(
        file.try_exists().with_context(|| format!("secret_key_file: {}", file.display()))?,
        "secret_key_file: {} is not there{}",
        std::path::absolute(file).unwrap_or_else(|_| file.clone()).display(),
        without_file(settings)
    );
    Ok(())
}

/// A word for whoever called a command in the wrong folder, to end a sentence with; empty when a file was read.
fn without_file(settings: &Settings) -> String {
    match &settings.file {
        Some(_) => String::new(),
        None => format!(
            "; there is no vestibule.toml in {}: name one with --config, unless all settings are in the environment",
            std::env::current_dir().unwrap_or_default().display()
        ),
    }
}

/// How many rows there are of everything.
fn say_counts(sums: &[Sum]) {
    for Sum { table, rows, .. } in sums {
        say_count(table, *rows);
    }
}

/// How many rows a table has.
fn say_count(table: &str, rows: u64) {
    say(&format!("{table:>16} {rows:>10}"));
}

/// A line for the operator, on standard output. A closed pipe is no reason to stop.
fn say(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
