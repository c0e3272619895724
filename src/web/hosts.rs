//! The names under which the panel is asked for (SECURITY R10, D1).

use url::Host;

use crate::settings::{PublicUrl, is_loopback};

/// The host and origin of the public URL; on this machine, any name of it.
#[derive(Debug, Clone)]
pub(crate) struct Hosts {
    origin: String,
    host: String,
    loopback: bool,
}

impl Hosts {
    /// The names of a panel with this public URL.
    pub(crate) fn new(public_url: &PublicUrl) -> Hosts {
        Hosts {
            origin: public_url.origin().to_owned(),
            host: public_url.host().to_ascii_lowercase(),
            loopback: public_url.is_loopback(),
        }
    }

    /// Whether a `Host` header asks for us. The port is the proxy's business.
    pub(crate) fn is_own(&self, authority: &str) -> bool {
        let host = without_port(authority).to_ascii_lowercase();
        host == self.host || self.loopback && is_this_machine(&host)
    }

    /// Whether an `Origin` header names a page of ours.
    pub(crate) fn is_own_origin(&self, origin: &str) -> bool {
        origin == self.origin
            || self.loopback
                && origin.strip_prefix("http://").is_some_and(|authority| {
                    is_this_machine(without_port(authority)) && port(authority) == port(&self.origin)
                })
    }
}

fn is_this_machine(host: &str) -> bool {
    Host::parse(host).is_ok_and(|host| is_loopback(&host))
}

fn without_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !host.is_empty() => host,
        _ => authority,
    }
}

fn port(authority: &str) -> Option<&str> {
    authority
        .rsplit_once(':')
        .map(|(_, port)| port)
        .filter(|port| port.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(public_url: &str) -> Hosts {
        Hosts::new(&public_url.parse().unwrap())
    }

    #[test]
    fn only_the_public_host_is_ours() {
        let ours = hosts("https://access.example.org");
        assert!(ours.is_own("access.example.org") && ours.is_own("ACCESS.example.org:443"));
        for host in [
            "evil.example",
            "access.example.org.evil",
            "access.example.org@evil",
            "127.0.0.1",
            "localhost",
            "",
        ] {
            assert!(!ours.is_own(host), "{host}");
        }
    }

    #[test]
    fn on_this_machine_any_of_its_names_will_do() {
        let ours = hosts("http://127.0.0.1:8080");
        for host in ["127.0.0.1:8080", "localhost:8080", "[::1]:8080", "localhost"] {
            assert!(ours.is_own(host), "{host}");
        }
        assert!(!ours.is_own("127.0.0.1.evil.example"));
        assert!(ours.is_own_origin("http://localhost:8080"));
        assert!(!ours.is_own_origin("http://localhost:8081"));
        assert!(!ours.is_own_origin("http://localhost"));
    }

    #[test]
    fn a_public_url_without_a_port_is_that_of_the_usual_one() {
        let ours = hosts("http://127.0.0.1");
        for origin in ["http://127.0.0.1", "http://localhost", "http://[::1]"] {
            assert!(ours.is_own_origin(origin), "{origin}");
        }
        for origin in ["http://localhost:8080", "http://127.0.0.1:8080", "https://localhost"] {
            assert!(!ours.is_own_origin(origin), "{origin}");
        }
    }
}
