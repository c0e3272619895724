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

use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};

use directory::copy::Sum;

use crate::settings::{SettingError, Settings};

/// Vestibule: a self-hosted access panel.
#[derive(Debug, Parser)]
#[command(name = "vestibule", version, about, arg_required_else_help = true)]
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
        let Arguments { config, command } = self;
        let settings = || settings(config.as_deref());
        match command {
            Command::Serve => serve::run(settings()?).await,
            Command::Demo(demo) => demo.run().await,
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
    crate::telemetry::start(&settings.log);
    Ok(settings)
}

/// A key made anew would not be that of the deployment, and every link would be dead without a word.
fn require_key(settings: &Settings) -> anyhow::Result<()> {
    let file = &settings.secret_key_file;
    anyhow::ensure!(file.try_exists()?, "secret_key_file: {} is not there", file.display());
    Ok(())
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
