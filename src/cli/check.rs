//! `vestibule check [--mail-to ADDRESS]`: what was found, line by line, each with the setting's name. Changes nothing.

use std::{path::Path, time::Duration};

use anyhow::{Context, anyhow, bail};
use clap::Args;
use directory::{DatabaseUrl, Dialect, Directory, Keys, Organisation, copy, standing};
use tokio::{task, time::timeout};

use self::{
    places::{disk_of_database, folder, is_there},
    relay::{relay, test_mail},
};
use super::say;
use crate::{
    app,
    settings::{Settings, secret_key},
    telemetry::CLOCKS_APART,
};

mod places;
mod relay;

pub(super) use self::places::missing;

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
        let mut lines: Vec<Line> = vec![("settings", Ok(Found::Right(origin(settings))))];
        // What the database says of the key is all there is to say of it.
        if database.iter().all(|(name, _)| *name != KEY) {
            lines.push((KEY, key(&settings.secret_key_file)));
        }
        lines.push(("data_dir", folder(&settings.data_dir)));
        let disk = disk_of_database(&settings.database_url, &settings.data_dir);
        lines.extend(disk.map(|found| ("disk", found)));
        lines.push(("public_url", Ok(address(settings))));
        lines.extend(database);
        lines.push(("smtp_url", relay(settings).await));
        if let Some(to) = &self.mail_to {
            lines.push(("--mail-to", test_mail(settings, to).await));
        }
        report(lines)
    }
}

/// Where the settings come from: a command in the wrong folder reads another file, or none.
fn origin(settings: &Settings) -> String {
    match &settings.file {
        Some(file) => format!("read from {} and the environment; every key is known", whole(file)),
        None => "no file was read, the environment only; every key is known".to_owned(),
    }
}

/// A file's name as it is found from everywhere.
fn whole(file: &Path) -> String {
    std::path::absolute(file).unwrap_or_else(|_| file.to_owned()).display().to_string()
}

fn report(lines: Vec<Line>) -> anyhow::Result<()> {
    let wrong = lines.iter().filter(|(_, found)| found.is_err()).count();
    for (name, found) in lines {
        say(&line(name, found));
    }
    match wrong {
        0 => Ok(()),
        1 => bail!("one thing must be mended"),
        many => bail!("{many} things must be mended"),
    }
}

/// What was found, on one line whatever a library says.
fn line(name: &str, found: anyhow::Result<Found>) -> String {
    let (word, told) = match found {
        Ok(Found::Right(told)) => ("ok", told),
        Ok(Found::Note(told)) => ("note", told),
        Err(error) => ("wrong", format!("{error:#}")),
    };
    let told: Vec<&str> = told.split_whitespace().collect();
    format!("{word:<5}  {name}: {}", told.join(" "))
}

/// A check makes no key: that is for the first start, by the user of the service.
fn key(path: &Path) -> anyhow::Result<Found> {
    if !is_there(path)? {
        return Ok(Found::Note(format!("{} is not there; a first start makes it", path.display())));
    }
    secret_key(path).map_err(|error| anyhow!(error.reason))?;
    Ok(Found::Right(format!("{} is a key that its owner alone can read", path.display())))
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

/// Looks into the database, but makes and migrates none.
fn database(settings: &Settings) -> Vec<Line> {
    let url = &settings.database_url;
    match missing(url) {
        Ok(None) => {}
        Ok(Some(told)) => return vec![("database_url", Ok(Found::Note(told)))],
        Err(error) => return vec![("database_url", Err(error))],
    }
    match app::open_without_key(url) {
        Err(error) => vec![("database_url", Err(error))],
        Ok(directory) => {
            let schema = schema(&directory, url);
            let is_current = matches!(schema, Ok(Found::Right(_)));
            let mut lines = vec![
                ("database_url", reachable(&directory, url)),
                ("schema", schema),
                ("clock", clock(&directory)),
            ];
            lines.extend(messages(&directory).transpose().map(|found| ("lc_messages", found)));
            // On another schema that question has no answer, and the schema is what is to be told.
            if is_current && lines.iter().all(|(_, found)| found.is_ok()) {
                lines.push(("mail", mail(&directory)));
            }
            lines.extend(lost_key(&directory, &settings.secret_key_file));
            lines.extend(other_key(&directory, &settings.secret_key_file));
            lines
        }
    }
}

/// Beside an organisation no start makes a key.
fn lost_key(directory: &Directory, file: &Path) -> Option<Line> {
    let is_lost = matches!(file.try_exists(), Ok(false)) && matches!(copy::is_founded(directory), Ok(true));
    is_lost.then(|| (KEY, Err(anyhow!(app::key_is_missing(file)))))
}

/// A key that is whole and not the directory's own is noticed by nothing else.
fn other_key(directory: &Directory, file: &Path) -> Option<Line> {
    // None is made here, and one that cannot be read is told of by itself.
    let keys = Keys::new(file.exists().then(|| secret_key(file))?.ok()?);
    let is_another = matches!(copy::is_of_another_key(directory, &keys), Ok(true));
    is_another.then(|| (KEY, Err(anyhow!(app::key_is_another(file)))))
}

fn reachable(directory: &Directory, url: &DatabaseUrl) -> anyhow::Result<Found> {
    directory.ping()?;
    Ok(Found::Right(format!("{url} answers")))
}

fn schema(directory: &Directory, url: &DatabaseUrl) -> anyhow::Result<Found> {
    match directory.pending_migrations()?.as_slice() {
        [] => Ok(Found::Right("is the one of this version".to_owned())),
        _ if !url.is_pooled() && directory.has_no_schema()? => {
            Ok(Found::Note("is not there yet; the first start makes it".to_owned()))
        }
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
            "is held since {since}, after a restore, and only administrators get in: one of them opens the panel in \
             Administration, Mail"
        )),
    })
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::{is_english, line};

    #[test]
    fn what_a_library_says_on_several_lines_is_one_finding() {
        let told = line("database_url", Err(anyhow!("connection refused\n\tIs the server running?")));
        assert_eq!(told, "wrong  database_url: connection refused Is the server running?");
    }

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
