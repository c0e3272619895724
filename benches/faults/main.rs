//! Breaks what the panel needs, and counts what that costs; `bin/faults` starts it and prints beside what it was measured.
//!
//! Real processes, real signals, real sockets. The short form is for every change, the long one (`--long`) for figures;
//! words after it name the scenarios to go through, where not all are wanted.
//! A goal that is missed is printed as missed, and makes the program end with 1, or with 2 when only times were missed.

#[path = "../panel/browser.rs"]
mod browser;
mod clocks;
mod disk;
mod figures;
mod gate;
mod guest;
mod killing;
#[path = "../../tests/it/support/mailbox.rs"]
#[expect(
    clippy::unwrap_used,
    dead_code,
    reason = "the tests' relay, which does more than is asked of it here"
)]
mod mailbox;
mod owner;
#[path = "../panel/place.rs"]
mod place;
mod process;
#[path = "../../tests/it/support/relay.rs"]
#[expect(clippy::unwrap_used, reason = "the tests' relay")]
mod relay;
mod rolling;
mod sick_mail;
mod sick_postgres;
mod sick_sqlite;
mod starting;
mod trouble;
mod upgrading;

use std::{env, process::ExitCode};

use directory::{Dialect, testing::POSTGRES_URL};
use tokio::{join, runtime::Builder};

/// How thorough to be.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    long: bool,
}

impl Form {
    /// The one for the short form, the other for the long.
    pub(crate) fn pick<T>(self, short: T, long: T) -> T {
        if self.long { long } else { short }
    }
}

fn main() -> anyhow::Result<ExitCode> {
    let (forms, scenarios): (Vec<String>, Vec<String>) =
        env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let form = Form { long: forms.iter().any(|argument| argument == "--long") };
    let runtime = Builder::new_current_thread().enable_all().build()?;
    if scenarios.is_empty() {
        runtime.block_on(go_through(form));
    }
    for scenario in &scenarios {
        runtime.block_on(go_through_one(scenario, form));
    }
    Ok(ExitCode::from(figures::exit_status()))
}

async fn go_through(form: Form) {
    let mut aftermaths = Vec::new();
    for dialect in databases() {
        let killed = killing::kill(dialect, form).await;
        aftermaths.extend(told(&format!("SIGKILL, {dialect:?}"), killed));
    }
    // What was killed has its quiet while the rest is broken.
    let quiet = async {
        for aftermath in aftermaths {
            told("after SIGKILL", aftermath.judge().await);
        }
    };
    let rest = async {
        for scenario in [starting::WORD, sick_sqlite::WORD] {
            go_through_one(scenario, form).await;
        }
        if has_server() {
            told("A sick PostgreSQL", sick_postgres::beside_a_server(form).await);
        }
        for scenario in [clocks::WORD, rolling::WORD, sick_mail::WORD] {
            go_through_one(scenario, form).await;
        }
    };
    join!(quiet, rest);
}

/// One scenario, by the word that names it on the command line.
async fn go_through_one(scenario: &str, form: Form) {
    match scenario {
        killing::WORD => {
            for dialect in databases() {
                let killed = killing::kill(dialect, form).await;
                if let Some(aftermath) = told(&format!("SIGKILL, {dialect:?}"), killed) {
                    told("after SIGKILL", aftermath.judge().await);
                }
            }
        }
        starting::WORD => {
            for dialect in databases() {
                told(&format!("Starting, {dialect:?}"), starting::go_through(dialect, form).await);
            }
        }
        sick_sqlite::WORD => drop(told("A sick SQLite", sick_sqlite::go_through(form).await)),
        sick_postgres::WORD => drop(told("A sick PostgreSQL", sick_postgres::go_through(form).await)),
        sick_mail::WORD => drop(told("A sick relay", sick_mail::go_through(&databases(), form).await)),
        clocks::WORD => clocks().await,
        rolling::WORD => rolling(form).await,
        unknown => figures::failed(unknown, &anyhow::anyhow!("there is no such scenario")),
    }
}

async fn clocks() {
    if clocks::library().is_none() {
        return figures::say("\nWrong clocks are left out: there is no faketime.");
    }
    told("A clock that jumps", clocks::jump().await);
    if has_server() {
        told("Clocks that disagree", clocks::disagree().await);
    }
}

/// A minute of its own, for which the short form has no time.
async fn rolling(form: Form) {
    if !form.long {
        return;
    }
    if rolling::has_proxy() && has_server() {
        told("Rolling restart", rolling::go_through().await);
    } else {
        figures::say("\nThe rolling restart is left out: there is no haproxy, or no PostgreSQL.");
    }
}

fn databases() -> Vec<Dialect> {
    if has_server() {
        return vec![Dialect::Sqlite, Dialect::Postgres];
    }
    vec![Dialect::Sqlite]
}

fn has_server() -> bool {
    env::var_os(POSTGRES_URL).is_some()
}

fn told<T>(title: &str, outcome: anyhow::Result<T>) -> Option<T> {
    outcome.map_err(|error| figures::failed(title, &error)).ok()
}
