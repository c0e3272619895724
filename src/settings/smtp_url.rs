//! `VESTIBULE_SMTP_URL`: which relay, how it is protected, and as whom we speak (SPEC section 7).

use std::{fmt, path::PathBuf, str::FromStr};

use lettre::transport::smtp::authentication::Credentials;
use url::{Host, Url};

use super::is_loopback;

/// Where the relay is and how to speak with it.
#[derive(Clone)]
pub struct SmtpUrl {
    pub(crate) host: Host,
    pub(crate) port: u16,
    pub(crate) protection: Protection,
    pub(crate) credentials: Option<Credentials>,
    /// A PEM file with the authority that signed the relay's certificate, when it is a private one.
    pub(crate) authority: Option<PathBuf>,
}

/// What keeps others from reading along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protection {
    /// Plain at first, encrypted before anything is said (`smtp://`). A relay that does not offer it gets no mail.
    StartTls,
    /// Encrypted from the first byte (`smtps://`).
    Tls,
    /// None (`smtp://…?tls=none`), said explicitly, for a relay on the same machine.
    None,
}

/// What is wrong with an SMTP URL. Never quotes the URL: it may hold a password.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each message says it")]
pub enum SmtpUrlError {
    #[error("is not a URL such as smtp://user:password@mail.example.org:587")]
    NotAUrl,
    #[error("has another scheme than smtp or smtps")]
    Scheme,
    #[error("names no host")]
    NoHost,
    #[error("has a path; only the options ?tls=none and ?ca=FILE can follow the host")]
    Path,
    #[error("has the option {0}: only tls=none (with smtp) and ca=FILE are known")]
    Option(String),
    #[error("has a user name but no password, or a password but no user name")]
    HalfCredentials,
    #[error("would send the password unencrypted: leave out tls=none, or the user name and password")]
    PasswordInClear,
    #[error("has a certificate authority but no encryption: leave out tls=none or ca")]
    AuthorityInClear,
    #[error("has a user name or password that is not percent-encoded UTF-8")]
    Encoding,
    #[error(
        "has a character in the user or password that must be percent-encoded (? is %3F, / is %2F, # is %23)"
    )]
    Unencoded,
}

impl SmtpUrl {
    /// The host as a resolver and a certificate know it: without the brackets of an IPv6 address.
    pub(crate) fn host_name(&self) -> String {
        match &self.host {
            Host::Domain(name) => name.clone(),
            Host::Ipv4(ip) => ip.to_string(),
            Host::Ipv6(ip) => ip.to_string(),
        }
    }

    /// Whether mail would cross a network in clear; worth a word at the start.
    #[must_use]
    pub fn is_exposed(&self) -> bool {
        self.protection == Protection::None && !is_loopback(&self.host)
    }
}

impl FromStr for SmtpUrl {
    type Err = SmtpUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Part of a password may be what was taken for a path or an option.
        Self::read(text).map_err(|error| if is_unencoded(text) { SmtpUrlError::Unencoded } else { error })
    }
}

/// Whether an @ stands behind what ends user and password.
fn is_unencoded(text: &str) -> bool {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    rest.split_once(['/', '?', '#']).is_some_and(|(_, behind)| behind.contains('@'))
}

impl SmtpUrl {
    fn read(text: &str) -> Result<Self, SmtpUrlError> {
        let url = Url::parse(text).map_err(|_| SmtpUrlError::NotAUrl)?;
        let mut smtp = Self {
            host: host(&url)?,
            port: 0,
            protection: protection(&url)?,
            credentials: credentials(&url)?,
            authority: None,
        };
        smtp.read_options(&url)?;
        smtp.port = url.port().unwrap_or_else(|| default_port(smtp.protection));
        smtp.refuse_contradictions()?;
        Ok(smtp)
    }

    fn read_options(&mut self, url: &Url) -> Result<(), SmtpUrlError> {
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(SmtpUrlError::Path);
        }
        for (name, value) in url.query_pairs() {
            match (&*name, &*value) {
                ("tls", "none") if self.protection == Protection::StartTls => {
                    self.protection = Protection::None;
                }
                ("ca", path) if !path.is_empty() => self.authority = Some(PathBuf::from(path)),
                _ => return Err(SmtpUrlError::Option(name.into_owned())),
            }
        }
        Ok(())
    }

    fn refuse_contradictions(&self) -> Result<(), SmtpUrlError> {
        match self.protection {
            Protection::None if self.credentials.is_some() => Err(SmtpUrlError::PasswordInClear),
            Protection::None if self.authority.is_some() => Err(SmtpUrlError::AuthorityInClear),
            _ => Ok(()),
        }
    }
}

fn protection(url: &Url) -> Result<Protection, SmtpUrlError> {
    match url.scheme() {
        "smtp" => Ok(Protection::StartTls),
        "smtps" => Ok(Protection::Tls),
        _ => Err(SmtpUrlError::Scheme),
    }
}

/// The host of a scheme that `url` does not know is kept as text; reading it again finds IP addresses and
/// turns an international name into its ASCII form.
fn host(url: &Url) -> Result<Host, SmtpUrlError> {
    let text = url.host_str().ok_or(SmtpUrlError::NoHost)?;
    let decoded = decode(text)?;
    Host::parse(&decoded).map_err(|_| SmtpUrlError::NoHost)
}

fn credentials(url: &Url) -> Result<Option<Credentials>, SmtpUrlError> {
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) | (_, None) => Err(SmtpUrlError::HalfCredentials),
        (user, Some(password)) => Ok(Some(Credentials::new(decode(user)?, decode(password)?))),
    }
}

/// Percent-decoding, by the decoder that `url` has for queries; there a plus sign means a space, so it is kept apart.
fn decode(text: &str) -> Result<String, SmtpUrlError> {
    let pair = format!("x={}", text.replace('+', "%2B").replace('&', "%26"));
    let value = url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned());
    value.filter(|value| !value.contains('\u{fffd}')).ok_or(SmtpUrlError::Encoding)
}

fn default_port(protection: Protection) -> u16 {
    match protection {
        Protection::StartTls => 587,
        Protection::Tls => 465,
        Protection::None => 25,
    }
}

impl fmt::Debug for SmtpUrl {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for SmtpUrl {
    /// Host, port and protection: what a log may say.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = match self.protection {
            Protection::StartTls => "STARTTLS",
            Protection::Tls => "TLS",
            Protection::None => "not encrypted",
        };
        write!(f, "{}:{} ({how})", self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::{Protection, SmtpUrl, SmtpUrlError};

    fn parse(text: &str) -> Result<SmtpUrl, SmtpUrlError> {
        text.parse()
    }

    #[test]
    fn encryption_is_required_unless_the_url_says_otherwise() {
        assert_eq!(parse("smtp://mail.example.org").unwrap().protection, Protection::StartTls);
        assert_eq!(parse("smtps://mail.example.org").unwrap().protection, Protection::Tls);
        assert_eq!(parse("smtp://127.0.0.1?tls=none").unwrap().protection, Protection::None);
    }

    #[test]
    fn the_port_follows_the_protection() {
        assert_eq!(parse("smtp://mail.example.org").unwrap().port, 587);
        assert_eq!(parse("smtps://mail.example.org").unwrap().port, 465);
        assert_eq!(parse("smtp://localhost?tls=none").unwrap().port, 25);
        assert_eq!(parse("smtp://localhost:1025/?tls=none").unwrap().port, 1025);
    }

    #[test]
    fn a_password_never_travels_in_clear() {
        assert_eq!(parse("smtp://u:p@localhost?tls=none").unwrap_err(), SmtpUrlError::PasswordInClear);
    }

    #[test]
    fn a_password_is_decoded_and_never_shown() {
        let url = parse("smtp://me%40example.org:p%2Fs+s%26@mail.example.org").unwrap();
        let expected = lettre::transport::smtp::authentication::Credentials::new(
            "me@example.org".to_owned(),
            "p/s+s&".to_owned(),
        );
        assert!(url.credentials == Some(expected));
        assert_eq!(format!("{url:?}"), "mail.example.org:587 (STARTTLS)");
    }

    #[test]
    fn nonsense_is_named() {
        assert_eq!(parse("mail.example.org").unwrap_err(), SmtpUrlError::NotAUrl);
        assert_eq!(parse("http://a.test").unwrap_err(), SmtpUrlError::Scheme);
        assert_eq!(parse("smtp://").unwrap_err(), SmtpUrlError::NoHost);
        assert_eq!(parse("smtp://a.test/x").unwrap_err(), SmtpUrlError::Path);
        assert_eq!(parse("smtp://u@a.test").unwrap_err(), SmtpUrlError::HalfCredentials);
        for text in ["smtp://a.test?tls=maybe", "smtps://a.test?tls=none"] {
            assert_eq!(parse(text).unwrap_err(), SmtpUrlError::Option("tls".to_owned()));
        }
    }

    #[test]
    fn no_part_of_a_password_that_is_not_encoded_is_printed() {
        for text in [
            "smtp://user:12?34secretpw@mail.example.org",
            "smtp://user:12/34secretpw@mail.example.org",
            "smtp://user:12#34secretpw@mail.example.org",
            "smtp://user:?34secretpw@mail.example.org",
        ] {
            assert_eq!(parse(text).unwrap_err(), SmtpUrlError::Unencoded, "{text}");
        }
        let url = parse("smtp://a.test?ca=/etc/ca@home.pem").unwrap();
        assert_eq!(url.authority.as_deref(), Some(std::path::Path::new("/etc/ca@home.pem")));
        assert!(!parse("34secretpw://foo@bar").unwrap_err().to_string().contains("secretpw"));
    }

    #[test]
    fn a_clear_relay_elsewhere_is_worth_a_word() {
        assert!(parse("smtp://10.0.0.5?tls=none").unwrap().is_exposed());
        assert!(!parse("smtp://[::1]?tls=none").unwrap().is_exposed());
        assert!(!parse("smtp://mail.example.org").unwrap().is_exposed());
    }
}
