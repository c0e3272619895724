//! `vestibule check`: what is wrong, and the setting's name.

use std::time::Duration;

use anyhow::{Context, bail};
use tokio::time::timeout;

use super::say;
use crate::{
    app,
    mail::Smtp,
    settings::{Settings, secret_key},
};

const PATIENCE: Duration = Duration::from_secs(15);

/// Looks at settings, key, database and relay; fails when one of them is wrong. The settings themselves were read before.
pub(super) async fn run(settings: &Settings) -> anyhow::Result<()> {
    let key = secret_key(&settings.secret_key_file).map(drop).map_err(anyhow::Error::from);
    let checks = [
        ("settings", Ok(())),
        ("secret_key_file", key),
        ("database_url", database(settings)),
        ("smtp_url", relay(settings).await),
    ];
    let wrong = checks.iter().filter(|(_, outcome)| outcome.is_err()).count();
    for (name, outcome) in checks {
        match outcome {
            Ok(()) => say(&format!("{name}: all right")),
            Err(error) => say(&format!("{name}: {error:#}")),
        }
    }
    if wrong == 0 { Ok(()) } else { bail!("{wrong} of these must be mended") }
}

fn database(settings: &Settings) -> anyhow::Result<()> {
    let directory = app::open_directory(settings)?;
    directory.ping()?;
    match directory.pending_migrations()?.as_slice() {
        [] => Ok(()),
        [first, ..] => bail!("not up to date: {first} is to be applied (vestibule migrate)"),
    }
}

/// Reaches the relay and signs in; sends nothing.
async fn relay(settings: &Settings) -> anyhow::Result<()> {
    let Some(relay) = settings.smtp_url.clone() else { return Ok(()) };
    let public_url = settings.public_url(settings.bind);
    let smtp = Smtp::new(relay, public_url.host())?;
    Ok(timeout(PATIENCE, smtp.check()).await.context("does not answer")??)
}
