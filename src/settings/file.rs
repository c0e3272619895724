//! The settings as they are written, and the check of each.

use std::{net::SocketAddr, path::PathBuf};

use directory::DatabaseUrl;
use figment::{Figment, Source, error::Kind};
use log::LevelFilter;
use serde::Deserialize;

use super::{
    AS_A_WHOLE, DEFAULT_BIND, DEFAULT_DATA_DIR, DEFAULT_LOG, PublicUrl, Sender, SettingError, Settings,
    Sizes, SmtpUrl, TrustedProxies,
};

/// Every key there is; any other stops the start.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettingsFile {
    public_url: Option<String>,
    bind: Option<String>,
    internal_bind: Option<String>,
    database_url: Option<String>,
    data_dir: Option<String>,
    secret_key_file: Option<String>,
    smtp_url: Option<String>,
    mail_from: Option<String>,
    trusted_proxies: Option<OneOrMany>,
    log: Option<String>,
    workers: Option<usize>,
    connections: Option<u32>,
}

/// A list in the file, a comma-separated text in the environment.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl SettingsFile {
    pub(super) fn extract(figment: &Figment) -> Result<SettingsFile, SettingError> {
        figment.extract().map_err(|error| match error.kind {
            Kind::UnknownField(ref name, known) => SettingError::new(
                name.as_str(),
                format!("is not a setting. The settings are {}", known.join(", ")),
            ),
            Kind::Message(ref message) if error.path.is_empty() => {
                SettingError::new(AS_A_WHOLE, unreadable(&error, message))
            }
            ref kind if error.path.is_empty() => SettingError::new(AS_A_WHOLE, kind),
            _ if error.path == ["trusted_proxies"] => {
                SettingError::new("trusted_proxies", "is neither a text nor a list of texts")
            }
            ref kind => SettingError::new(error.path.join("."), kind),
        })
    }

    pub(super) fn check(self) -> Result<Settings, SettingError> {
        let bind = address("bind", self.bind.as_deref())?.unwrap_or(DEFAULT_BIND);
        let public_url = public_url(self.public_url.as_deref(), bind)?;
        let smtp_url = self.smtp_url.as_deref().map(relay).transpose()?;
        let mail_from = sender(self.mail_from.as_deref(), smtp_url.as_ref())?;
        let data_dir = path("data_dir", self.data_dir)?.unwrap_or_else(|| PathBuf::from(DEFAULT_DATA_DIR));
        let secret_key_file =
            path("secret_key_file", self.secret_key_file)?.unwrap_or_else(|| data_dir.join("secret.key"));
        let database_url = match self.database_url {
            Some(url) => database(&url)?,
            None => DatabaseUrl::Sqlite(data_dir.join("vestibule.db")),
        };
        let sizes = sizes(&database_url, self.workers, self.connections)?;
        Ok(Settings {
            public_url,
            bind,
            internal_bind: address("internal_bind", self.internal_bind.as_deref())?,
            database_url,
            data_dir,
            secret_key_file,
            smtp_url,
            mail_from,
            trusted_proxies: proxies(self.trusted_proxies)?,
            log: log_filter(self.log)?,
            sizes,
            file: None,
        })
    }
}

/// Which file is no TOML, where and why. Not the line itself, which the message quotes: it may carry a password.
fn unreadable(error: &figment::Error, message: &str) -> String {
    let source = error.metadata.as_ref().and_then(|metadata| metadata.source.as_ref());
    let file = source.and_then(Source::file_path);
    let file = file.map_or_else(String::new, |path| format!("{}: ", path.display()));
    let mut lines = message.lines();
    let first = lines.next().unwrap_or_default();
    match first.strip_prefix("TOML parse error at ") {
        Some(place) => {
            // What is skipped is the quotation: an edge, the line, and a mark below it.
            let reasons: Vec<&str> = lines.skip(3).collect();
            format!("{file}{place}: {}", reasons.join(", "))
        }
        None => format!("{file}{first}"),
    }
}

/// Where to listen. A name is none: it may stand for several addresses.
fn address(setting: &str, value: Option<&str>) -> Result<Option<SocketAddr>, SettingError> {
    let unusable = |value: &str| {
        let reason = format!("{value:?} is not an IP address and a port, such as 127.0.0.1:8080");
        SettingError::new(setting, reason)
    };
    value.map(|value| value.parse::<SocketAddr>().map_err(|_| unusable(value))).transpose()
}

fn path(setting: &str, value: Option<String>) -> Result<Option<PathBuf>, SettingError> {
    match value {
        Some(path) if path.trim().is_empty() => Err(SettingError::new(setting, "is empty")),
        other => Ok(other.map(PathBuf::from)),
    }
}

/// Links in mail must work elsewhere: only a panel that listens on loopback may do without its address.
fn public_url(value: Option<&str>, bind: SocketAddr) -> Result<Option<PublicUrl>, SettingError> {
    let read = |value: &str| {
        let read = value.parse::<PublicUrl>();
        read.map_err(|reason| SettingError::new("public_url", format!("{value:?}: {reason}")))
    };
    match value.map(read).transpose()? {
        None if !bind.ip().is_loopback() => Err(SettingError::new(
            "public_url",
            format!("is needed because bind is {bind}, which other machines can reach"),
        )),
        public_url => Ok(public_url),
    }
}

/// The reason never repeats the value: it may carry a password.
fn database(url: &str) -> Result<DatabaseUrl, SettingError> {
    url.parse().map_err(|error| SettingError::new("database_url", error))
}

fn relay(url: &str) -> Result<SmtpUrl, SettingError> {
    url.parse().map_err(|error| SettingError::new("smtp_url", error))
}

fn sender(value: Option<&str>, relay: Option<&SmtpUrl>) -> Result<Sender, SettingError> {
    match value {
        None if relay.is_some() => Err(SettingError::new("mail_from", "is needed when smtp_url is set")),
        value => Sender::parse(value.unwrap_or("vestibule@localhost"))
            .map_err(|error| SettingError::new("mail_from", error)),
    }
}

fn proxies(value: Option<OneOrMany>) -> Result<TrustedProxies, SettingError> {
    let parts: Vec<String> = match value {
        None => Vec::new(),
        Some(OneOrMany::One(list)) => list.split(',').map(|part| part.trim().to_owned()).collect(),
        Some(OneOrMany::Many(parts)) => parts,
    };
    parts
        .iter()
        .map(|part| part.parse())
        .collect::<Result<Vec<_>, _>>()
        .map(TrustedProxies::new)
        .map_err(|reason: String| SettingError::new("trusted_proxies", reason))
}

/// `env_logger` only warns about what it does not understand, so each directive is looked at here.
fn log_filter(value: Option<String>) -> Result<String, SettingError> {
    let filter = value.unwrap_or_else(|| DEFAULT_LOG.to_owned());
    for directive in filter.split(',') {
        let level = directive.split_once('=').map_or(directive, |(_, level)| level);
        level.trim().parse::<LevelFilter>().map_err(|_| {
            SettingError::new(
                "log",
                format!("{directive:?}: a level is off, error, warn, info, debug or trace"),
            )
        })?;
    }
    Ok(filter)
}

fn sizes(
    database: &DatabaseUrl,
    workers: Option<usize>,
    connections: Option<u32>,
) -> Result<Sizes, SettingError> {
    let default = match database {
        DatabaseUrl::Sqlite(_) => Sizes::default(),
        DatabaseUrl::Postgres(_) => Sizes::of_a_server(),
    };
    match (workers, connections) {
        (Some(0 | 257..), _) => Err(SettingError::new("workers", "is between 1 and 256")),
        (_, Some(0 | 257..)) => Err(SettingError::new("connections", "is between 1 and 256")),
        (workers, connections) => Ok(Sizes {
            workers: workers.unwrap_or(default.workers),
            connections: connections.unwrap_or(default.connections),
            ..default
        }),
    }
}
