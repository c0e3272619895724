//! Whose word about the client's address counts.

use std::{net::IpAddr, str::FromStr};

/// One network in `address/bits` notation; an address alone is a network of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

/// The proxies in front of the panel. None by default: then `X-Forwarded-For` is a stranger's text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<Network>);

impl Network {
    fn contains(self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                same_prefix(network.to_bits().into(), address.to_bits().into(), u32::from(self.bits) + 96)
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                same_prefix(network.to_bits(), address.to_bits(), self.bits.into())
            }
            _ => false,
        }
    }
}

fn same_prefix(one: u128, other: u128, bits: u32) -> bool {
    (one ^ other).leading_zeros() >= bits
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Network, String> {
        let (address, bits) =
            text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let unusable = || format!("{text:?} is neither an address nor a network such as 10.0.0.0/8");
        let address: IpAddr = address.parse().map_err(|_| unusable())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        match bits.map_or(Ok(most), str::parse) {
            Ok(bits) if bits <= most => Ok(Network { address, bits }),
            _ => Err(unusable()),
        }
    }
}

impl TrustedProxies {
    /// The proxies in these networks.
    #[must_use]
    pub fn new(networks: Vec<Network>) -> TrustedProxies {
        TrustedProxies(networks)
    }

    /// Who asked: the nearest address that is not one of our proxies, walking `X-Forwarded-For` from its end,
    /// where our own proxies wrote. What lies before that is the client's own claim (SECURITY R10, C6).
    #[must_use]
    pub fn client(&self, peer: IpAddr, forwarded_for: &[&str]) -> IpAddr {
        let mut client = peer.to_canonical();
        for hop in forwarded_for.iter().rev().flat_map(|line| line.rsplit(',')) {
            if !self.trusts(client) {
                break;
            }
            match hop.trim().parse::<IpAddr>() {
                Ok(address) => client = address.to_canonical(),
                Err(_) => break,
            }
        }
        client
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(networks: &[&str]) -> TrustedProxies {
        TrustedProxies::new(networks.iter().map(|network| network.parse().unwrap()).collect())
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn without_trusted_proxies_only_the_connection_counts() {
        assert_eq!(proxies(&[]).client(ip("198.51.100.7"), &["203.0.113.9"]), ip("198.51.100.7"));
    }

    #[test]
    fn the_last_address_before_our_proxies_is_the_client() {
        let ours = proxies(&["10.0.0.0/8", "2001:db8::/32"]);
        assert_eq!(ours.client(ip("10.1.2.3"), &["1.1.1.1, 203.0.113.9"]), ip("203.0.113.9"));
        assert_eq!(ours.client(ip("10.1.2.3"), &["203.0.113.9, 2001:db8::1"]), ip("203.0.113.9"));
        assert_eq!(ours.client(ip("10.1.2.3"), &["1.1.1.1", "203.0.113.9"]), ip("203.0.113.9"));
        assert_eq!(ours.client(ip("::ffff:10.1.2.3"), &["203.0.113.9"]), ip("203.0.113.9"));
    }

    #[test]
    fn nonsense_in_the_header_leaves_the_nearest_proxy() {
        assert_eq!(proxies(&["10.0.0.0/8"]).client(ip("10.1.2.3"), &["unknown"]), ip("10.1.2.3"));
    }

    #[test]
    fn an_address_alone_is_a_network_of_one() {
        let ours = proxies(&["10.0.0.1"]);
        assert_eq!(ours.client(ip("10.0.0.1"), &["203.0.113.9"]), ip("203.0.113.9"));
        assert_eq!(ours.client(ip("10.0.0.2"), &["203.0.113.9"]), ip("10.0.0.2"));
    }

    #[test]
    fn a_network_is_checked() {
        for text in ["10.0.0.0/33", "2001:db8::/129", "proxy.example", "10.0.0.0/", ""] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
        assert!("0.0.0.0/0".parse::<Network>().unwrap().contains(ip("203.0.113.9")));
    }
}
