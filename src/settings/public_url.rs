//! Where people reach the panel.

use std::{fmt, net::SocketAddr, str::FromStr};

use url::{Host, Url};

/// The one address that links are built from: scheme, host and port, nothing behind them (SECURITY R10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    url: Url,
    origin: String,
}

impl PublicUrl {
    /// The address of a panel that listens on loopback only.
    pub(super) fn loopback(bound: SocketAddr) -> PublicUrl {
        let origin = format!("http://{bound}");
        PublicUrl { url: address(bound), origin }
    }

    /// `https://access.example.org`, without a slash at its end.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The full address of a path that begins with a slash.
    #[must_use]
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// The name of the host, without a port.
    #[must_use]
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Whether cookies can be kept to encrypted connections.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Whether only this machine can reach the panel.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.url.host().is_some_and(|host| is_loopback(&host))
    }
}

fn address(bound: SocketAddr) -> Url {
    let mut url = loopback_url();
    // Both hold for an http address with an IP as its host.
    let _ = url.set_ip_host(bound.ip());
    let _ = url.set_port(Some(bound.port()));
    url
}

#[expect(clippy::expect_used, reason = "a constant that parses")]
fn loopback_url() -> Url {
    Url::parse("http://127.0.0.1").expect("a constant that parses")
}

/// Whether this name or address is one of this machine, which no other can reach (RFC 6761, 6.3).
pub(crate) fn is_loopback<Name: AsRef<str>>(host: &Host<Name>) -> bool {
    match host {
        Host::Domain(name) => name.as_ref() == "localhost" || name.as_ref().ends_with(".localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<PublicUrl, String> {
        if !text.contains("://") {
            return Err("must begin with https://, or with http:// on this machine".to_owned());
        }
        let url = Url::parse(text).map_err(|error| error.to_string())?;
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let anonymous = url.username().is_empty() && url.password().is_none();
        match url.scheme() {
            "http" | "https" if url.host().is_none() => Err("names no host".to_owned()),
            "http" | "https" if !bare || !anonymous => {
                Err("is a scheme, a host and perhaps a port, nothing more".to_owned())
            }
            "http" if url.host().is_none_or(|host| !is_loopback(&host)) => {
                Err("must be https: browsers keep session cookies to encrypted connections".to_owned())
            }
            "http" | "https" => Ok(PublicUrl { origin: url.origin().ascii_serialization(), url }),
            scheme => Err(format!("unknown scheme {scheme:?}; https is known, and http on this machine")),
        }
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)
    }
}
