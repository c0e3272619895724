//! Opaque tokens: the link of an invitation, derived and never stored (SPEC 4.3), and hashes of those that are random.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::db::Id;
use crate::invitation::Invitation;
use crate::keys::Keys;

const PURPOSE: &str = "invitation";
const ID: usize = 16;
const GENERATION: usize = 8;
const MAC: usize = 32;

/// What an authentic link says: which invitation, and which of its mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvitationToken {
    /// The invitation.
    pub invitation: Id<Invitation>,
    /// The mail it came with; later mails supersede it.
    pub generation: i64,
}

impl InvitationToken {
    /// The token as it stands in the link. It goes to the invited mailbox and nowhere else (SECURITY R9).
    #[must_use]
    pub fn text(self, keys: &Keys) -> String {
        let generation = self.generation.to_be_bytes();
        let mac = keys.mac(PURPOSE, &[self.invitation.as_bytes(), &generation]);
        let mut bytes = Vec::with_capacity(ID + GENERATION + MAC);
        bytes.extend_from_slice(self.invitation.as_bytes());
        bytes.extend_from_slice(&generation);
        bytes.extend_from_slice(&mac);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a token; `None` unless it was made with this key (SECURITY A4).
    #[must_use]
    pub fn read(text: &str, keys: &Keys) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (id, rest) = bytes.split_at_checked(ID)?;
        let (generation, mac) = rest.split_at_checked(GENERATION)?;
        let authentic = mac.len() == MAC && keys.verify(PURPOSE, &[id, generation], mac);
        let invitation = Id::new(Uuid::from_slice(id).ok()?);
        let generation = i64::from_be_bytes(generation.try_into().ok()?);
        authentic.then_some(Self { invitation, generation })
    }
}

/// The hash under which a random token is kept, as hexadecimal digits.
#[must_use]
pub fn hash(token: &str) -> String {
    hexadecimal(&Sha256::digest(token.as_bytes()))
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn token() -> InvitationToken {
        InvitationToken { invitation: Id::new(Uuid::from_u128(7)), generation: 3 }
    }

    #[test]
    fn a_token_reads_back_with_its_key_alone() {
        let keys = Keys::new([1; 32]);
        let text = token().text(&keys);
        assert_eq!(InvitationToken::read(&text, &keys), Some(token()));
        assert_eq!(InvitationToken::read(&text, &Keys::new([2; 32])), None);
    }

    #[test]
    fn a_link_says_nothing_of_the_next_a12() {
        let keys = Keys::new([1; 32]);
        let link = |number| InvitationToken { invitation: Id::new(Uuid::from_u128(number)), generation: 1 };
        let links: Vec<String> = (0..1000).map(|number| link(number).text(&keys)).collect();
        assert!(links.iter().all(|link| link.len() == 75));
        // Behind id and generation, which are no secret.
        for start in 32..72 {
            let parts: BTreeSet<&str> = links.iter().map(|link| &link[start..start + 4]).collect();
            assert!(parts.len() > 990, "{} of 1000 from {start} on", parts.len());
        }
    }

    #[test]
    fn a_changed_token_is_no_token() {
        let keys = Keys::new([1; 32]);
        let text = token().text(&keys);
        for position in 0..text.len() - 1 {
            let mut changed = text.clone().into_bytes();
            changed[position] = if changed[position] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(InvitationToken::read(&changed, &keys), None, "{changed}");
        }
        for other in ["", "x", &text[1..], &format!("{text}{text}"), &text.to_uppercase()] {
            assert_eq!(InvitationToken::read(other, &keys), None, "{other}");
        }
    }
}
