//! How often somebody may try, counted in the database so that every instance counts alike (SECURITY C6 to C8, I8).

use std::net::{IpAddr, Ipv6Addr};

use actix_web::rt;
use chrono::TimeDelta;
use directory::{
    Timestamp, Tx,
    rate_limit::{RateLimit, Try},
};

use super::{PageError, SignedIn, Visit};

/// IPv6 prefixes that a provider gives to one site (RFC 6177), and how many of its /64 networks may each use up a limit
/// before the whole site is refused.
const SITES: [(usize, i64); 2] = [(56, 10), (48, 100)];

impl Visit {
    /// Takes these tries in their order; the first that is one too many is [`PageError::TooMany`]. Answers when they
    /// were taken, for [`Visit::give_back`].
    pub(crate) async fn limit(&self, tries: Vec<Try>) -> Result<Timestamp, PageError> {
        let take = move |tx: &mut Tx<'_>| {
            for one in &tries {
                if let Some(frees_at) = one.take(tx)? {
                    return Ok(Err(frees_at));
                }
            }
            Ok(Ok(tx.now))
        };
        self.write(take).await?.map_err(PageError::TooMany)
    }

    /// A try counted by where the request comes from: its network, and for IPv6 also the sites that the network may
    /// belong to.
    pub(crate) fn tries_here(&self, limit: RateLimit) -> Vec<Try> {
        let sites = SITES.iter().filter_map(|(bits, networks)| {
            site(self.client, *bits).map(|site| limit.times(*networks).of(site))
        });
        [limit.of(self.network())].into_iter().chain(sites).collect()
    }

    /// Gives back tries that turned out to be honest, so that many who share an address do not keep each other out
    /// (SECURITY C8). It is done beside the answer, after the work itself: those who share an address share the counter
    /// too, and would wait for each other (decision 19).
    pub(crate) fn give_back(&self, tries: Vec<Try>, taken_at: Timestamp) {
        let state = self.state.clone();
        rt::spawn(async move {
            let give = move |tx: &mut Tx<'_>| tries.iter().try_for_each(|one| one.give_back(tx, taken_at));
            if let Err(error) = state.write(give).await {
                log::warn!("tries that were honest still count: {error}");
            }
        });
    }

    /// The client's network, by which limits count.
    pub(crate) fn network(&self) -> String {
        network(self.client)
    }
}

/// Looks at who is in the directory: enough for a person, too little for a copy of it (SECURITY B10).
const LOOKS: RateLimit = RateLimit::new("directory-search", 60, TimeDelta::minutes(1));

/// Addresses of which somebody learns what the directory knows: fifty in one form are fifty.
const ADDRESSES: RateLimit = RateLimit::new("directory-addresses", 5_000, TimeDelta::hours(1));

impl SignedIn {
    /// Counts a search for people, or a look at what will happen to so many addresses: it tells as much as a name that
    /// is found.
    pub(crate) async fn count_a_look(&self, addresses: usize) -> Result<(), PageError> {
        let whose = self.actor.id.to_string();
        self.limit(vec![ADDRESSES.of(&whose).times(addresses), LOOKS.of(whose)]).await.map(drop)
    }
}

/// One household or machine: an IPv4 address, or the /64 network of an IPv6 one, all of whose addresses are its.
fn network(client: IpAddr) -> String {
    match client {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// The IPv6 prefix of this length that the client is in; `None` for IPv4.
fn site(client: IpAddr, bits: usize) -> Option<String> {
    let IpAddr::V6(address) = client else { return None };
    let first = address.to_bits() >> (128 - bits) << (128 - bits);
    Some(format!("{}/{bits}", Ipv6Addr::from_bits(first)))
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
        let site = |address: &str, bits| site(address.parse().unwrap(), bits);
        assert_eq!(site("2001:db8:1:2ff::1", 56).as_deref(), Some("2001:db8:1:200::/56"));
        assert_eq!(site("2001:db8:1:2ff::1", 48).as_deref(), Some("2001:db8:1::/48"));
        assert_eq!(site("2001:db8:1:2ff::1", 56), site("2001:db8:1:201::1", 56));
        assert_ne!(site("2001:db8:1:2ff::1", 56), site("2001:db8:1:301::1", 56));
        assert_eq!(site("192.0.2.7", 56), None);
    }
}
