//! Breaks what the panel needs, and counts what that costs; `bin/faults` starts it and prints beside what it was measured.
//!
//! Real processes, real signals, real sockets. The short form is for every change, the long one (`--long`) for figures.
//! A goal that is missed is printed as missed, and makes the program end with 1.

#[path = "../panel/browser.rs"]
mod browser;
mod figures;
mod gate;
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
    let form = Form { long: env::args().any(|argument| argument == "--long") };
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let is_told = |word: &str| env::args().any(|argument| argument == word);
    if is_told(sick_postgres::WORD) {
        told("A sick PostgreSQL", runtime.block_on(sick_postgres::go_through(form)));
    } else if is_told(rolling::WORD) {
        told("Rolling restart", runtime.block_on(rolling::go_through()));
    } else {
        runtime.block_on(go_through(form));
    }
    Ok(if figures::missed() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
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
        for dialect in databases() {
            told(&format!("Starting, {dialect:?}"), starting::go_through(dialect, form).await);
        }
        told("A sick SQLite", sick_sqlite::go_through(form).await);
        if has_server() {
            told("A sick PostgreSQL", sick_postgres::beside_a_server(form).await);
        }
        if form.long && rolling::has_proxy() && has_server() {
            told("Rolling restart", rolling::go_through().await);
        } else if form.long {
            figures::say("\nThe rolling restart is left out: there is no haproxy, or no PostgreSQL.");
        }
        told("A sick relay", sick_mail::go_through(form).await);
    };
    join!(quiet, rest);
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
