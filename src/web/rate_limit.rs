//! How often somebody may try, counted in the database so that every instance counts alike (SECURITY C6 to C8, I8).

use std::net::IpAddr;

use chrono::TimeDelta;
use directory::{Tx, rate_limit::RateLimit};

use super::{PageError, SignedIn, Visit};

impl Visit {
    /// Takes one try of whoever is at the other end of the connection.
    pub(crate) async fn limit_client(&self, limit: RateLimit) -> Result<(), PageError> {
        self.limit([(limit, self.network())]).await
    }

    /// Takes one try of each limit, of the address, the person or whatever else it is about, until one is used up.
    pub(crate) async fn limit<const N: usize>(
        &self,
        tries: [(RateLimit, String); N],
    ) -> Result<(), PageError> {
        let take = move |tx: &mut Tx<'_>| {
            for (limit, whose) in &tries {
                if let Some(frees_at) = limit.take(tx, whose)? {
                    return Ok(Some(frees_at));
                }
            }
            Ok(None)
        };
        self.write(take).await?.map_or(Ok(()), |frees_at| Err(PageError::TooMany(frees_at)))
    }

    /// Where whoever asks is, as limits count.
    pub(crate) fn network(&self) -> String {
        network(self.client)
    }
}

/// Looks at who is in the directory: enough for a person, too little for a copy of it (SECURITY B10).
const LOOKS: RateLimit = RateLimit::new("directory-search", 60, TimeDelta::minutes(1));

impl SignedIn {
    /// Counts a search for people, or a look at what will happen to addresses.
    pub(crate) async fn count_a_look(&self) -> Result<(), PageError> {
        self.limit([(LOOKS, self.actor.id.to_string())]).await
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
}
