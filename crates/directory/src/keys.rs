//! The secret of a deployment, and what is derived from it.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::token::hexadecimal;

/// A 32-byte secret that never leaves this type.
///
/// It makes and checks HMAC-SHA-256 codes. Every use names a purpose, and every part is written with its
/// length, so that a code made for one thing is never valid for another.
#[derive(Clone)]
pub struct Keys {
    secret: [u8; 32],
}

impl Keys {
    /// Takes the secret, as read from its file.
    #[must_use]
    pub fn new(secret: [u8; 32]) -> Self {
        Self { secret }
    }

    /// The code of these parts for this purpose.
    #[must_use]
    pub fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        self.absorb(purpose, parts).finalize().into_bytes().into()
    }

    /// Whether `code` is the code of these parts for this purpose, decided in constant time.
    #[must_use]
    pub fn verify(&self, purpose: &str, parts: &[&[u8]], code: &[u8]) -> bool {
        self.absorb(purpose, parts).verify_slice(code).is_ok()
    }

    /// Tells whether another secret is this one, and nothing else of it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hexadecimal(&self.mac("fingerprint", &[b"the key of this deployment"])[..16])
    }

    fn absorb(&self, purpose: &str, parts: &[&[u8]]) -> Hmac<Sha256> {
        // A key shorter than the hash's block is filled up with zeros (RFC 2104).
        let mut key = [0; 64];
        key[..32].copy_from_slice(&self.secret);
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&key.into());
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_valid_for_its_own_purpose_and_parts_only() {
        let keys = Keys::new([7; 32]);
        let code = keys.mac("invitation", &[b"ab", b"c"]);
        assert!(keys.verify("invitation", &[b"ab", b"c"], &code));
        assert!(!keys.verify("session", &[b"ab", b"c"], &code));
        assert!(!keys.verify("invitation", &[b"a", b"bc"], &code));
        assert!(!keys.verify("invitation", &[b"ab", b"c"], &code[..31]));
        assert!(!Keys::new([8; 32]).verify("invitation", &[b"ab", b"c"], &code));
    }

    #[test]
    fn the_secret_is_not_printed() {
        assert_eq!(format!("{:?}", Keys::new([7; 32])), "Keys(hidden)");
    }
}
