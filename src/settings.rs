//! Typed settings from `vestibule.toml` and `VESTIBULE_*`, the latter winning (SPEC section 7).
//!
//! Whatever is unknown or nonsense stops the start with the name of the setting: a panel that guesses at a
//! misspelt database address is worse than one that does not start.

mod file;
mod proxies;
mod public_url;
mod secret_key;
mod sender;
mod smtp_url;

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use directory::DatabaseUrl;
use figment::{
    Figment,
    providers::{Env, Format, Toml},
    value::Value,
};

use file::SettingsFile;
pub use proxies::{Network, TrustedProxies};
pub use public_url::PublicUrl;
pub(crate) use public_url::is_loopback;
pub use secret_key::secret_key;
pub(crate) use sender::smtp_address;
pub use sender::{Sender, SenderError};
pub(crate) use smtp_url::Protection;
pub use smtp_url::{SmtpUrl, SmtpUrlError};

/// What a deployment is told; read once at start and never again.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where people reach the panel; every link is built from it. `None` until [`Settings::public_url`] may
    /// take it from the bound address, which only a loopback address allows.
    public_url: Option<PublicUrl>,
    /// Where the server listens.
    pub bind: SocketAddr,
    /// Where metrics are served, if anywhere.
    pub internal_bind: Option<SocketAddr>,
    /// `sqlite:PATH` or `postgres://…`.
    pub database_url: DatabaseUrl,
    /// The folder of everything that Vestibule writes beside the database.
    pub data_dir: PathBuf,
    /// The file of the secret that links, codes and form tokens are derived from.
    pub secret_key_file: PathBuf,
    /// The relay; `None` writes mail to [`Settings::mail_dir`].
    pub smtp_url: Option<SmtpUrl>,
    /// The sender of every mail.
    pub mail_from: Sender,
    /// The proxies whose word about the client's address counts.
    pub trusted_proxies: TrustedProxies,
    /// The filter of the log, in `env_logger`'s notation.
    pub log: String,
    /// Sizes that follow from the machine.
    pub sizes: Sizes,
    /// The file that was read; `None` when all there is comes from the environment and the defaults.
    pub file: Option<PathBuf>,
}

/// How much of the machine to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Threads that speak HTTP.
    pub workers: usize,
    /// How many requests read from the database at once. That is the processors' work: few are faster than many.
    pub reading: usize,
    /// How many requests write to the database at once. On SQLite they take turns, and wait together for the disk,
    /// which takes what they all wrote in one go: many are faster than few. On a server they get into each other's way.
    pub writing: usize,
    /// Connections to the database; on SQLite those that read, beside the one that writes.
    pub connections: u32,
}

/// A setting that stops the start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {reason}", in_full(.setting))]
pub struct SettingError {
    /// The key in `vestibule.toml`.
    pub setting: String,
    /// What is wrong with its value, for the operator.
    pub reason: String,
}

impl SettingError {
    /// Says what is wrong with one setting.
    pub fn new(setting: impl Into<String>, reason: impl fmt::Display) -> SettingError {
        SettingError { setting: setting.into(), reason: reason.to_string() }
    }
}

/// What is wrong with all of them, and not with one.
const AS_A_WHOLE: &str = "the settings";
/// What is wrong with the option of that name.
const NAMED_FILE: &str = "--config";

/// Those of which the environment holds more than a text.
const NOT_TEXTS: [&str; 3] = ["trusted_proxies", "workers", "connections"];

/// Adds what the environment says. What tests are told (`VESTIBULE_TEST_…`) is no setting.
fn with_environment(written: Figment) -> Figment {
    let variables = Env::prefixed("VESTIBULE_").filter(|key| !key.starts_with("test_"));
    variables.iter().fold(written, |figment, (key, value)| with_variable(figment, key.as_str(), &value))
}

/// Adds one variable. An empty one is none: so files for Docker Compose spell what is not set. A text stays a text, also
/// where it looks like a number.
fn with_variable(figment: Figment, key: &str, value: &str) -> Figment {
    if value.trim().is_empty() {
        return figment;
    }
    if NOT_TEXTS.contains(&key) {
        let Ok(value) = value.parse::<Value>();
        return figment.merge((key, value));
    }
    figment.merge((key, value))
}

/// As the file and the environment spell it.
fn in_full(setting: &str) -> String {
    if [AS_A_WHOLE, NAMED_FILE].contains(&setting) {
        return setting.to_owned();
    }
    format!("setting {setting} (VESTIBULE_{})", setting.to_uppercase())
}

const DEFAULT_FILE: &str = "vestibule.toml";
const DEFAULT_BIND: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);
const DEFAULT_DATA_DIR: &str = "data";
const DEFAULT_LOG: &str = "info";

impl Settings {
    /// Reads the file and the environment. A file that was named must be there; `vestibule.toml` may be missing.
    ///
    /// # Errors
    /// The first setting that is unknown or has a value that cannot be.
    pub fn load(file: Option<&Path>) -> Result<Settings, SettingError> {
        if let Some(path) = file.filter(|path| !path.is_file()) {
            return Err(SettingError::new(NAMED_FILE, format!("there is no file {}", path.display())));
        }
        let file = Some(file.unwrap_or(Path::new(DEFAULT_FILE))).filter(|file| file.is_file());
        let written = file.map_or_else(Figment::new, |file| Figment::from(Toml::file_exact(file)));
        let settings = Settings::read(&with_environment(written))?;
        Ok(Settings { file: file.map(Path::to_owned), ..settings })
    }

    /// Settings from `key = value` pairs alone, as the demo and the tests need them.
    ///
    /// # Errors
    /// As [`Settings::load`].
    pub fn from_pairs(pairs: &[(&str, &str)]) -> Result<Settings, SettingError> {
        let start = Figment::new();
        Settings::read(&pairs.iter().fold(start, |figment, pair| figment.merge(*pair)))
    }

    fn read(figment: &Figment) -> Result<Settings, SettingError> {
        SettingsFile::extract(figment)?.check()
    }

    /// Where people reach the panel, given the address that was bound in the end.
    #[must_use]
    pub fn public_url(&self, bound: SocketAddr) -> PublicUrl {
        self.public_url.clone().unwrap_or_else(|| PublicUrl::loopback(bound))
    }

    /// Where mail is written as files when there is no relay.
    #[must_use]
    pub fn mail_dir(&self) -> PathBuf {
        self.data_dir.join("mail")
    }
}

impl Sizes {
    /// For a server, on which each transaction has a connection of its own; those that meet are begun again.
    #[must_use]
    pub fn of_a_server() -> Sizes {
        let of_a_file = Sizes::default();
        let connections = of_a_file.connections.saturating_mul(2);
        Sizes { writing: of_a_file.reading, connections, ..of_a_file }
    }
}

impl Default for Sizes {
    fn default() -> Sizes {
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        let reading = (2 * workers).clamp(4, 16);
        Sizes { workers, reading, writing: 16, connections: u32::try_from(reading).unwrap_or(4) }
    }
}

#[cfg(test)]
mod tests;
