//! Opening the directory of the settings, under the key that its links and sessions come from.

use std::path::Path;

use anyhow::{Context, bail};
use directory::organisation::{self, KeyStanding};
use directory::{Clock, DatabaseUrl, Directory, Keys, Options, copy};

use crate::settings::{Settings, secret_key};

/// The directory of these settings, as a command without pages needs it. Its schema is left alone.
///
/// # Errors
/// When the key or the database cannot be used, or there is an organisation and no key, or another than its own.
pub fn open_directory(settings: &Settings) -> anyhow::Result<Directory> {
    let keys = keys(settings)?;
    let directory = open(settings, keys.clone(), Clock::system())?;
    require_own_key(&directory, &keys, settings)?;
    Ok(directory)
}

/// The same under the key that is there, or one that is made now, whichever its links and sessions come from.
///
/// # Errors
/// When the key or the database cannot be used.
pub fn open_under_another_key(settings: &Settings) -> anyhow::Result<Directory> {
    open(settings, Keys::new(secret_key(&settings.secret_key_file)?), Clock::system())
}

/// The directory at this address, for commands that derive neither links nor sessions: no key is needed or made.
///
/// # Errors
/// When the database cannot be used.
pub fn open_without_key(url: &DatabaseUrl) -> anyhow::Result<Directory> {
    let options = Options { clock: Clock::system(), keys: Keys::new([0; 32]), connections: 1 };
    Ok(Directory::open(url, options)?)
}

pub(super) fn open(settings: &Settings, keys: Keys, clock: Clock) -> anyhow::Result<Directory> {
    let options = Options { clock, keys, connections: settings.sizes.connections };
    Directory::open(&settings.database_url, options).context("database_url")
}

/// The secret of the deployment, made on its first start. Where there is an organisation already none is made: its
/// links and sessions were derived from another, and would silently stop working.
pub(super) fn keys(settings: &Settings) -> anyhow::Result<Keys> {
    let file = &settings.secret_key_file;
    // Asked before one is made: after a refusal there still is none, and the next start is refused, too.
    if matches!(file.try_exists(), Ok(false)) && is_founded(&settings.database_url).context("database_url")? {
        bail!("secret_key_file: {}", key_is_missing(file));
    }
    Ok(Keys::new(secret_key(file)?))
}

/// Refuses a key that is whole and not this directory's own: nothing else would notice it.
pub(super) fn require_own_key(directory: &Directory, keys: &Keys, settings: &Settings) -> anyhow::Result<()> {
    // A database that cannot be asked says so itself, once it is used.
    if matches!(copy::is_of_another_key(directory, keys), Ok(true)) {
        bail!("secret_key_file: {}", key_is_another(&settings.secret_key_file));
    }
    Ok(())
}

/// Notes the key of a directory that has none noted, once its schema is there; refuses another than the one noted.
pub(super) fn remember_key(directory: &Directory, settings: &Settings) -> anyhow::Result<()> {
    match organisation::remember_key(directory).context("database_url")? {
        KeyStanding::Own | KeyStanding::Unsaid => Ok(()),
        KeyStanding::Another => bail!("secret_key_file: {}", key_is_another(&settings.secret_key_file)),
    }
}

fn is_founded(url: &DatabaseUrl) -> anyhow::Result<bool> {
    Ok(copy::is_founded(&open_without_key(url)?)?)
}

/// What is to be said of a key that is not the directory's own.
#[must_use]
pub fn key_is_another(file: &Path) -> String {
    format!(
        "{} is another key than the one that the links and sessions in the database come from: every mailed link and \
         every session would be dead under it. Put the right key back there; if it is lost, go on under this one with \
         `vestibule restore --after-copy --with-another-key`",
        file.display()
    )
}

/// What is to be said when there is an organisation and no key.
#[must_use]
pub fn key_is_missing(file: &Path) -> String {
    format!(
        "{} is not there, and the database has an organisation in it, whose links and sessions would be dead under \
         another key: copy the key there from another instance or from where it is kept; docs/OPERATIONS.md says \
         what to do when it is lost",
        file.display()
    )
}
