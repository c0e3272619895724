//! Opening the directory of the settings, under the key that its links and sessions come from.

use std::path::Path;

use anyhow::{Context, bail};
use directory::{Clock, DatabaseUrl, Directory, Keys, Options, copy};

use crate::settings::{Settings, secret_key};

/// The directory of these settings, as a command without pages needs it. Its schema is left alone.
///
/// # Errors
/// When the key or the database cannot be used, or there is an organisation and no key.
pub fn open_directory(settings: &Settings) -> anyhow::Result<Directory> {
    open(settings, keys(settings)?, Clock::system())
}

/// The directory at this address, for those who derive nothing: no key is needed or made.
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

/// The secret of the deployment, made on its first start. Beside an organisation none is made: it would not be the one
/// that links and sessions were derived from, and they would be dead without a word.
pub(super) fn keys(settings: &Settings) -> anyhow::Result<Keys> {
    let file = &settings.secret_key_file;
    // Asked before one is made: after a refusal there still is none, and the next start is refused, too.
    if matches!(file.try_exists(), Ok(false)) && is_founded(&settings.database_url).context("database_url")? {
        bail!("secret_key_file: {}", key_is_missing(file));
    }
    Ok(Keys::new(secret_key(file)?))
}

fn is_founded(url: &DatabaseUrl) -> anyhow::Result<bool> {
    Ok(copy::is_founded(&open_without_key(url)?)?)
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
