//! How often somebody may try, counted in the database so that every instance counts alike (SECURITY C6 to C8, I8).

use std::net::IpAddr;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use directory::{Keys, Timestamp, Tx, rate_limit};

use super::{PageError, Visit};

/// So many tries in so long, for each of a kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RateLimit {
    name: &'static str,
    max: i64,
    window: TimeDelta,
}

impl RateLimit {
    /// A limit; its name keeps it apart from others.
    pub(crate) const fn new(name: &'static str, max: i64, window: TimeDelta) -> RateLimit {
        RateLimit { name, max, window }
    }

    /// Takes one try inside a transaction of the caller's; the moment when the next is free if there is none. A caller
    /// who refuses must still commit, or the try was not counted.
    pub(crate) fn take(self, tx: &mut Tx<'_>, whose: &str) -> directory::Result<Option<Timestamp>> {
        let key = self.key(tx.keys(), whose);
        rate_limit::take(tx, &key, self.max, self.window)
    }

    /// Whose try it was is kept as a code: the table of counters is no list of addresses.
    fn key(self, keys: &Keys, whose: &str) -> String {
        let code = keys.mac("rate limit", &[self.name.as_bytes(), whose.as_bytes()]);
        format!("{}:{}", self.name, URL_SAFE_NO_PAD.encode(code))
    }
}

impl Visit {
    /// Takes one try of whoever is at the other end of the connection.
    pub(crate) async fn limit_client(&self, limit: RateLimit) -> Result<(), PageError> {
        self.limit(limit, network(self.client)).await
    }

    /// Takes one try of an address, a person, or whatever else the limit is about.
    pub(crate) async fn limit(&self, limit: RateLimit, whose: String) -> Result<(), PageError> {
        match self.write(move |tx| limit.take(tx, &whose)).await? {
            None => Ok(()),
            Some(frees_at) => Err(PageError::TooMany(frees_at)),
        }
    }
}

/// One household or machine: who has one address of version 6 has a whole network of them.
fn network(client: IpAddr) -> String {
    match client {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_version_6_counts_as_one() {
        let one = network("2001:db8:1:2::1".parse().unwrap());
        assert_eq!(one, network("2001:db8:1:2:ffff::9".parse().unwrap()));
        assert_ne!(one, network("2001:db8:1:3::1".parse().unwrap()));
        assert_eq!(network("192.0.2.7".parse().unwrap()), "192.0.2.7");
    }

    #[test]
    fn the_counters_do_not_say_whose_they_are() {
        let limit = RateLimit::new("sign-in", 5, TimeDelta::minutes(10));
        let key = limit.key(&Keys::new([7; 32]), "ann@partner.test");
        assert!(key.starts_with("sign-in:") && !key.contains("ann"), "{key}");
        assert_ne!(key, limit.key(&Keys::new([7; 32]), "bob@partner.test"));
    }
}
