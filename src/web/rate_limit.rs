//! How often somebody may try, counted in the database so that every instance counts alike (SECURITY C6 to C8, I8).

use std::net::IpAddr;

use chrono::TimeDelta;
use directory::{
    Tx,
    rate_limit::{RateLimit, Try},
};

use super::{PageError, SignedIn, Visit};

/// How many networks of one site may use up their limits.
const NETWORKS_OF_A_SITE: i64 = 10;

impl Visit {
    /// Takes these tries, until one of them is one too many.
    pub(crate) async fn limit(&self, tries: Vec<Try>) -> Result<(), PageError> {
        let take = move |tx: &mut Tx<'_>| {
            for one in &tries {
                if let Some(frees_at) = one.take(tx)? {
                    return Ok(Some(frees_at));
                }
            }
            Ok(None)
        };
        self.write(take).await?.map_or(Ok(()), |frees_at| Err(PageError::TooMany(frees_at)))
    }

    /// A try of wherever whoever asks is: of one network, and of its site, which may have thousands (RFC 6177).
    pub(crate) fn tries_here(&self, limit: RateLimit) -> Vec<Try> {
        let site = site(self.client).map(|site| limit.times(NETWORKS_OF_A_SITE).of(site));
        [limit.of(self.network())].into_iter().chain(site).collect()
    }

    /// Where whoever asks is, as limits count.
    pub(crate) fn network(&self) -> String {
        network(self.client)
    }
}

/// Looks at who is in the directory: enough for a person, too little for a copy of it (SECURITY B10).
const LOOKS: RateLimit = RateLimit::new("directory-search", 60, TimeDelta::minutes(1));

/// Addresses of which somebody learns what the directory knows: fifty in one form are fifty.
const ADDRESSES: RateLimit = RateLimit::new("directory-addresses", 5_000, TimeDelta::hours(1));

impl SignedIn {
    /// Counts a search for people, or a look at what will happen to so many addresses: it tells as much as a name that is
    /// found.
    pub(crate) async fn count_a_look(&self, addresses: usize) -> Result<(), PageError> {
        let whose = self.actor.id.to_string();
        self.limit(vec![ADDRESSES.of(&whose).times(addresses), LOOKS.of(whose)]).await
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

/// Where one line to a house is given many networks of version 6.
fn site(client: IpAddr) -> Option<String> {
    let IpAddr::V6(address) = client else { return None };
    let [a, b, c, ..] = address.segments();
    Some(format!("{a:x}:{b:x}:{c:x}::/48"))
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
    fn the_networks_of_a_site_count_together_c6() {
        let one = site("2001:db8:1:2::1".parse().unwrap());
        assert_eq!(one.as_deref(), Some("2001:db8:1::/48"));
        assert_eq!(one, site("2001:db8:1:3::1".parse().unwrap()));
        assert_ne!(one, site("2001:db8:2:2::1".parse().unwrap()));
        assert_eq!(site("192.0.2.7".parse().unwrap()), None);
    }
}
