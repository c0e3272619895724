//! Where the data is.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Where the data is: a file on this machine, or a PostgreSQL server.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// The SQLite file, written `sqlite:PATH`.
    Sqlite(PathBuf),
    /// A connection string as libpq knows it, `postgres://…`. It may hold a password and is never printed whole.
    Postgres(String),
}

/// How to write what would end the part with the password.
const ENCODING: &str = "percent-encoded (/ is %2F, ? is %3F, @ is %40)";

/// A text that does not say where the data is. Never quotes what may be a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseUrlError {
    /// Neither of the two databases.
    #[error("the scheme {0:?} is not known: write sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME")]
    UnknownScheme(String),
    /// As [`Self::UnknownScheme`], of a text that may have a password where the scheme should be.
    #[error("the scheme is not known: write sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME")]
    UnnamedScheme,
    /// Nothing that could be a scheme.
    #[error("a scheme is missing: write sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME")]
    NoScheme,
    /// No file that several connections can share.
    #[error("sqlite: needs the path of a file")]
    NoFile,
    /// Two slashes, behind which the first name of a path would be a host.
    #[error(
        "sqlite://{0} is ambiguous: write sqlite:{0}, or sqlite:///{0} if it is below the root of the disk"
    )]
    TwoSlashes(String),
    /// What stands before the @ ends earlier than it was meant to, or a parameter has an @.
    #[error("has a character in the user, the password or a parameter that must be {ENCODING}")]
    Unencoded,
}

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            Some(("sqlite", "" | ":memory:" | "//")) => Err(DatabaseUrlError::NoFile),
            Some(("sqlite", path)) => match path.strip_prefix("//") {
                Some(rest) if !rest.starts_with('/') => Err(DatabaseUrlError::TwoSlashes(rest.to_owned())),
                rest => Ok(Self::Sqlite(rest.unwrap_or(path).into())),
            },
            Some(("postgres" | "postgresql", rest)) if rest.starts_with("//") => {
                if is_unencoded(rest) {
                    return Err(DatabaseUrlError::Unencoded);
                }
                Ok(Self::Postgres(text.to_owned()))
            }
            Some(_) if text.contains('@') => Err(DatabaseUrlError::UnnamedScheme),
            Some((scheme, _)) => Err(DatabaseUrlError::UnknownScheme(scheme.to_owned())),
            None => Err(DatabaseUrlError::NoScheme),
        }
    }
}

/// Whether an @ stands behind what ends user and password, or in them: then part of a password is taken for something
/// else, which errors quote. `rest` is what follows the scheme, from its two slashes.
fn is_unencoded(rest: &str) -> bool {
    let rest = rest.trim_start_matches('/');
    let (place, behind) = rest.split_once(['/', '?']).unwrap_or((rest, ""));
    place.matches('@').count() > 1 || behind.contains('@')
}

/// Without user, password and parameters.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => {
                let (_, rest) = url.split_once("://").unwrap_or_default();
                // The @ first: what a text that was not read holds before it may have a question mark.
                let place = rest.rsplit('@').next().unwrap_or_default();
                write!(f, "postgres://{}", place.split('?').next().unwrap_or_default())
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The parameter that says a pooler stands before the server, as PgBouncer in transaction mode, and each transaction
/// may come to another of its connections. Ours: libpq does not know it.
const POOLED: &str = "pooler=transaction";

impl DatabaseUrl {
    /// Whether nothing may be left on a connection from one transaction to the next.
    #[must_use]
    pub fn is_pooled(&self) -> bool {
        match self {
            Self::Sqlite(_) => false,
            Self::Postgres(url) => parameters(url).any(|parameter| parameter == POOLED),
        }
    }
}

fn parameters(url: &str) -> impl Iterator<Item = &str> {
    url.split_once('?').map_or("", |(_, parameters)| parameters).split('&')
}

/// What libpq is told when the connection string is silent: give up soon, and notice a dead network.
const PATIENCE: [(&str, &str); 7] = [
    ("application_name", "vestibule"),
    ("connect_timeout", "3"),
    ("keepalives", "1"),
    ("keepalives_idle", "15"),
    ("keepalives_interval", "5"),
    ("keepalives_count", "3"),
    ("tcp_user_timeout", "15000"),
];

/// The connection string for libpq, with the parameters it does not set itself.
pub(crate) fn with_patience(url: &str) -> String {
    let place = url.split('?').next().unwrap_or_default();
    let own = parameters(url).filter(|parameter| !parameter.is_empty() && *parameter != POOLED);
    let mut all: Vec<String> = own.map(str::to_owned).collect();
    for (name, value) in PATIENCE {
        if !all.iter().any(|parameter| parameter.split('=').next() == Some(name)) {
            all.push(format!("{name}={value}"));
        }
    }
    format!("{place}?{}", all.join("&"))
}

/// What libpq said, on one line, without anything of the connection string.
pub(crate) fn without_secrets(message: &str, url: &str) -> String {
    let userinfo =
        url.split_once("://").and_then(|(_, rest)| rest.rsplit_once('@')).map(|(userinfo, _)| userinfo);
    let password =
        userinfo.and_then(|userinfo| userinfo.split_once(':')).map_or("", |(_, password)| password);
    if message.contains("://") || message.contains("URI") {
        return format!(
            "the connection string is not valid: user, password and parameters must be {ENCODING}"
        );
    }
    let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
    if password.is_empty() { message } else { message.replace(password, "•••") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_databases_are_read() {
        assert_eq!("sqlite:data/v.db".parse(), Ok(DatabaseUrl::Sqlite("data/v.db".into())));
        assert_eq!("sqlite:///var/v.db".parse(), Ok(DatabaseUrl::Sqlite("/var/v.db".into())));
        let url = "postgresql://u@h/d";
        assert_eq!(url.parse(), Ok(DatabaseUrl::Postgres(url.to_owned())));
    }

    #[test]
    fn anything_else_is_refused_by_name() {
        let scheme = "mysql://h/d".parse::<DatabaseUrl>().unwrap_err();
        assert!(scheme.to_string().contains("mysql"));
        assert_eq!("vestibule.db".parse::<DatabaseUrl>(), Err(DatabaseUrlError::NoScheme));
        assert_eq!("sqlite::memory:".parse::<DatabaseUrl>(), Err(DatabaseUrlError::NoFile));
    }

    #[test]
    fn the_password_is_not_printed() {
        let url: DatabaseUrl =
            "postgres://vestibule:s3cret@db.example:5432/panel?sslmode=require".parse().unwrap();
        assert_eq!(
            format!("{url} {url:?}"),
            "postgres://db.example:5432/panel postgres://db.example:5432/panel"
        );
        let said = without_secrets("odd character in \"postgres://u:pw@h\"", "postgres://u:pw@h/d");
        assert!(said.starts_with("the connection string is not valid: ") && !said.contains("pw"), "{said}");
        let refused = "FATAL:  password authentication failed\n for s3cret";
        let said = without_secrets(refused, "postgres://vestibule:s3cret@h/d");
        assert_eq!(said, "FATAL: password authentication failed for •••");
    }

    #[test]
    fn a_password_that_is_not_encoded_is_refused_and_no_part_of_it_is_printed() {
        for text in [
            "postgres://vest:se?cretpw@127.0.0.1:1/panel",
            "postgres://vest:se/cretpw@127.0.0.1:1/panel",
            "postgres://vest:se@cretpw@127.0.0.1:1/panel",
            "postgres:///panel?user=vest&password=se@cretpw",
            "secretpw:foo@bar",
            "secretpw://foo@bar",
        ] {
            let refused = text.parse::<DatabaseUrl>().unwrap_err();
            assert!(!refused.to_string().contains("cretpw"), "{refused}");
        }
        let unread = DatabaseUrl::Postgres("postgres://vest:se?cretpw@127.0.0.1:1/panel".to_owned());
        assert_eq!(unread.to_string(), "postgres://127.0.0.1:1/panel");
        let encoded = "postgres://vest:se%3Fcret%2Fpw%40@127.0.0.1:1/panel?sslmode=require";
        assert_eq!(encoded.parse(), Ok(DatabaseUrl::Postgres(encoded.to_owned())));
    }

    #[test]
    fn two_slashes_are_neither_a_path_here_nor_one_of_the_whole_disk() {
        let refused = "sqlite://data/v.db".parse::<DatabaseUrl>().unwrap_err().to_string();
        assert!(refused.contains("write sqlite:data/v.db"), "{refused}");
        assert_eq!("sqlite:/var/v.db".parse(), Ok(DatabaseUrl::Sqlite("/var/v.db".into())));
    }

    #[test]
    fn what_the_connection_string_says_stays() {
        let url = with_patience("postgres://h/d?connect_timeout=9");
        assert!(url.contains("connect_timeout=9&") && !url.contains("connect_timeout=3"));
        assert!(with_patience("postgres://h/d").starts_with("postgres://h/d?application_name=vestibule&"));
    }

    #[test]
    fn a_pooler_is_our_affair_and_not_libpqs() {
        let url = "postgres://h/d?sslmode=require&pooler=transaction";
        assert!(DatabaseUrl::Postgres(url.to_owned()).is_pooled());
        assert!(with_patience(url).starts_with("postgres://h/d?sslmode=require&application_name="));
        assert!(!with_patience(url).contains("pooler"));
        assert!(!DatabaseUrl::Postgres("postgres://h/d?pooler=session".to_owned()).is_pooled());
    }
}
