//! `vestibule check [--mail-to ADDRESS]`: what was found, line by line, each with the setting's name. Changes nothing.

use std::{path::Path, time::Duration};

use anyhow::{Context, anyhow, bail};
use clap::Args;
use directory::{Clock, DatabaseUrl, Dialect, Directory, Language, Organisation, copy, standing};
use tokio::{task, time::timeout};

use super::say;
use crate::{
    app,
    letter::Written,
    mail::{Envelope, Failure, Mailer, Smtp, SmtpUrl, compose},
    settings::{Settings, secret_key},
    telemetry::{CLOCKS_APART, LITTLE_ROOM, MEBIBYTE, Room},
};

/// The setting that names the file of the key.
const KEY: &str = "secret_key_file";
/// How long a database or a relay may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// What to try besides looking.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Send a mail that says it is a test to this address.
    #[arg(long, value_name = "ADDRESS")]
    mail_to: Option<String>,
}

/// What was found out about one setting.
enum Found {
    /// It is as it should be.
    Right(String),
    /// It works, and there is something to know.
    Note(String),
}

type Line = (&'static str, anyhow::Result<Found>);

impl Check {
    /// Looks at settings, key, folder, database, address and relay; fails when one of them is wrong. The settings
    /// themselves were read before.
    pub(super) async fn run(self, settings: &Settings) -> anyhow::Result<()> {
        let own = settings.clone();
        // A server that does not answer keeps its thread, not this command.
        let database = timeout(PATIENCE, task::spawn_blocking(move || database(&own))).await;
        let database = match database {
            Ok(Ok(lines)) => lines,
            Ok(Err(_)) | Err(_) => vec![("database_url", Err(anyhow!("does not answer")))],
        };
        let mut lines: Vec<Line> =
            vec![("settings", Ok(Found::Right("read; every key is known".to_owned())))];
        // What the database says of the key is all there is to say of it.
        if database.iter().all(|(name, _)| *name != KEY) {
            lines.push((KEY, key(&settings.secret_key_file)));
        }
        lines.push(("data_dir", Ok(folder(&settings.data_dir))));
        lines.push(("public_url", Ok(address(settings))));
        lines.extend(database);
        lines.push(("smtp_url", relay(settings).await));
        if let Some(to) = &self.mail_to {
            lines.push(("--mail-to", test_mail(settings, to).await));
        }
        report(lines)
    }
}

fn report(lines: Vec<Line>) -> anyhow::Result<()> {
    let wrong = lines.iter().filter(|(_, found)| found.is_err()).count();
    for (name, found) in lines {
        match found {
            Ok(Found::Right(told)) => say(&format!("ok     {name}: {told}")),
            Ok(Found::Note(told)) => say(&format!("note   {name}: {told}")),
            Err(error) => say(&format!("wrong  {name}: {error:#}")),
        }
    }
    match wrong {
        0 => Ok(()),
        1 => bail!("one thing must be mended"),
        many => bail!("{many} things must be mended"),
    }
}

/// A check makes no key: that is for the first start, by the user of the service.
fn key(path: &Path) -> anyhow::Result<Found> {
    if !path.try_exists()? {
        return Ok(Found::Note(format!("{} is not there; a first start makes it", path.display())));
    }
    secret_key(path)?;
    Ok(Found::Right(format!("{} is a key that its owner alone can read", path.display())))
}

fn folder(path: &Path) -> Found {
    let Some(room) = Room::of(path) else {
        return Found::Note(format!("{} is not there yet; the first start makes it", path.display()));
    };
    let (free, total) = (room.free / MEBIBYTE, room.total / MEBIBYTE);
    let told = format!("{free} MiB of {total} MiB are free at {}", path.display());
    if room.free < LITTLE_ROOM { Found::Note(format!("{told}: too little")) } else { Found::Right(told) }
}

fn address(settings: &Settings) -> Found {
    let public_url = settings.public_url(settings.bind);
    if public_url.is_https() {
        return Found::Right(format!(
            "people reach the panel at {public_url}; it listens at {}",
            settings.bind
        ));
    }
    Found::Note(format!("{public_url} is for this machine only; links in mail work nowhere else"))
}

/// What is to be said of a database whose file is still to be made.
pub(super) fn missing(url: &DatabaseUrl) -> Option<String> {
    let DatabaseUrl::Sqlite(file) = url else { return None };
    (!file.exists()).then(|| format!("{} is not there yet; the first start makes it", file.display()))
}

/// Looks into the database, but makes and migrates none.
fn database(settings: &Settings) -> Vec<Line> {
    let url = &settings.database_url;
    if let Some(told) = missing(url) {
        return vec![("database_url", Ok(Found::Note(told)))];
    }
    match app::open_without_key(url) {
        Err(error) => vec![("database_url", Err(error))],
        Ok(directory) => {
            let mut lines = vec![
                ("database_url", reachable(&directory, url)),
                ("schema", schema(&directory)),
                ("clock", clock(&directory)),
            ];
            lines.extend(messages(&directory).transpose().map(|found| ("lc_messages", found)));
            // On another schema that question has no answer, and the schema is what is wrong.
            if lines.iter().all(|(_, found)| found.is_ok()) {
                lines.push(("mail", mail(&directory)));
            }
            lines.extend(lost_key(&directory, &settings.secret_key_file));
            lines
        }
    }
}

/// Beside an organisation no start makes a key.
fn lost_key(directory: &Directory, file: &Path) -> Option<Line> {
    let is_lost = matches!(file.try_exists(), Ok(false)) && matches!(copy::is_founded(directory), Ok(true));
    is_lost.then(|| (KEY, Err(anyhow!(app::key_is_missing(file)))))
}

fn reachable(directory: &Directory, url: &DatabaseUrl) -> anyhow::Result<Found> {
    directory.ping()?;
    Ok(Found::Right(format!("{url} answers")))
}

fn schema(directory: &Directory) -> anyhow::Result<Found> {
    match directory.pending_migrations()?.as_slice() {
        [] => Ok(Found::Right("is the one of this version".to_owned())),
        names => bail!("to be applied: {} (vestibule migrate)", names.join(", ")),
    }
}

fn clock(directory: &Directory) -> anyhow::Result<Found> {
    if directory.dialect() == Dialect::Sqlite {
        return Ok(Found::Right("is this machine's; SQLite has none of its own".to_owned()));
    }
    let shown = directory.read(standing::server_clock)?.context("PostgreSQL does not tell the time")?;
    match (shown - directory.clock().now()).num_seconds().abs() {
        apart if apart > CLOCKS_APART.num_seconds() => {
            bail!("this machine and the database differ by {apart} seconds")
        }
        _ => Ok(Found::Right("this machine and the database agree".to_owned())),
    }
}

/// Diesel hands on PostgreSQL's words and not its codes: by them the panel knows what is worth another try. Nothing to
/// say of SQLite, which has one language.
fn messages(directory: &Directory) -> anyhow::Result<Option<Found>> {
    Ok(directory.read(standing::messages)?.map(|language| {
        if is_english(&language) {
            return Found::Right(format!("is {language}: PostgreSQL says in English what went wrong"));
        }
        Found::Note(format!(
            "is {language:?}: trouble that PostgreSQL does not tell in English is taken for a fault of ours. \
             As a superuser: ALTER ROLE vestibule SET lc_messages = 'C'"
        ))
    }))
}

/// Whether messages in this locale of the server are the original ones.
fn is_english(locale: &str) -> bool {
    let name = locale.to_lowercase();
    let language = name.split(['.', '_', '-', '@']).next().unwrap_or_default();
    matches!(language, "c" | "posix" | "en" | "english")
}

/// After a restore mail waits for an administrator, whatever the relay says.
fn mail(directory: &Directory) -> anyhow::Result<Found> {
    let organisation = directory.read(Organisation::load)?;
    Ok(match organisation.restoration.mail_held_since {
        None => Found::Right("is not held".to_owned()),
        Some(since) => Found::Note(format!(
            "is held since {since}, after a restore: an administrator releases it in Administration, Mail"
        )),
    })
}

fn smtp(settings: &Settings, relay: &SmtpUrl) -> Result<Smtp, Failure> {
    Smtp::new(relay.clone(), settings.public_url(settings.bind).host())
}

/// Reaches the relay, encrypts and signs in; sends nothing.
async fn relay(settings: &Settings) -> anyhow::Result<Found> {
    let Some(relay) = &settings.smtp_url else {
        let told =
            format!("is not set: mail is written to {} and reaches nobody", settings.mail_dir().display());
        return Ok(Found::Note(told));
    };
    timeout(PATIENCE, smtp(settings, relay)?.check()).await.context("does not answer")??;
    if relay.is_exposed() {
        return Ok(Found::Note(format!("{relay} answers; mail crosses the network without encryption")));
    }
    Ok(Found::Right(format!("{relay} answers and lets us in; nothing was sent")))
}

/// Sends one mail that is no delivery of anybody's: nothing of it is in the directory.
async fn test_mail(settings: &Settings, to: &str) -> anyhow::Result<Found> {
    let relay = settings.smtp_url.as_ref().context("there is no relay: set smtp_url")?;
    let id = format!("check-{:016x}", rand::random::<u64>());
    let envelope = Envelope { to, message_id: &id, date: Clock::system().now() };
    let mail = compose(letter(settings), envelope, &settings.mail_from)?;
    let mailer = Mailer::Smtp(smtp(settings, relay)?);
    let answer = mailer.send(&mail).await?;
    mailer.rest().await;
    Ok(Found::Right(format!("the relay took the mail and said: {answer}")))
}

fn letter(settings: &Settings) -> Written {
    let panel = settings.public_url(settings.bind);
    let text = format!("This is a test of the mail of Vestibule at {panel}.\nNothing is to be done.\n");
    Written {
        subject: "A test of Vestibule's mail".to_owned(),
        html: format!("<!doctype html><html lang=\"en\"><title>Test</title><pre>{text}</pre></html>"),
        text,
        language: Language::English,
        sender_name: "Vestibule".to_owned(),
        reply_to: None,
    }
}

#[cfg(test)]
mod tests {
    use super::is_english;

    #[test]
    fn only_english_is_taken_for_english() {
        for english in ["C", "C.UTF-8", "POSIX", "en_US.UTF-8", "en_GB@euro", "English_United States.1252"] {
            assert!(is_english(english), "{english}");
        }
        for other in ["", "nl_NL.UTF-8", "ca_ES", "cs_CZ.UTF-8", "eno_XX"] {
            assert!(!is_english(other), "{other}");
        }
    }
}
