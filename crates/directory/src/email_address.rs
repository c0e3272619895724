//! The one canonical form of a person's address (SPEC 3.4).

use std::fmt;

/// Longest address accepted, in characters (SPEC 3.5).
pub const MAX_ADDRESS: usize = 254;
const MAX_LOCAL_PART: usize = 64;
const MAX_DOMAIN: usize = 253;

/// A valid mailbox address: the spelling mail goes to, and the key that makes twins impossible.
///
/// The domain is kept in its ASCII form (IDNA 2008), the local part as it was typed. Two addresses are the
/// same person's when their [`key`](Self::key) is the same; dots and `+tags` are never folded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EmailAddress {
    local: String,
    domain: String,
}

/// The part of an address that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressError {
    /// Nothing was typed.
    Empty,
    /// More than [`MAX_ADDRESS`] characters.
    TooLong,
    /// There is not exactly one `@`.
    AtSign,
    /// The part before the `@` is not an ASCII dot-atom of at most 64 characters.
    LocalPart,
    /// The part after the `@` is not a domain of at least two labels.
    Domain,
}

impl AddressError {
    /// The word for the wrong part on the command line; pages have sentences of their own.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too-long",
            Self::AtSign => "at-sign",
            Self::LocalPart => "local-part",
            Self::Domain => "domain",
        }
    }
}

impl EmailAddress {
    /// Reads an address as a person typed it.
    ///
    /// # Errors
    /// [`AddressError`] names the first part that is wrong.
    pub fn parse(typed: &str) -> Result<Self, AddressError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(AddressError::Empty);
        }
        if typed.chars().count() > MAX_ADDRESS {
            return Err(AddressError::TooLong);
        }
        let (local, domain) = typed.split_once('@').ok_or(AddressError::AtSign)?;
        if domain.contains('@') {
            return Err(AddressError::AtSign);
        }
        if !is_dot_atom(local) {
            return Err(AddressError::LocalPart);
        }
        let address =
            Self { local: local.to_owned(), domain: ascii_domain(domain).ok_or(AddressError::Domain)? };
        if address.to_string().len() > MAX_ADDRESS { Err(AddressError::TooLong) } else { Ok(address) }
    }

    /// The lower-case form that is unique in the directory, on both databases.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}@{}", self.local.to_ascii_lowercase(), self.domain)
    }

    /// The domain in ASCII, lower case.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The domain as people write it, when that differs from the ASCII form.
    #[must_use]
    pub fn unicode_domain(&self) -> Option<String> {
        let (unicode, result) = idna::domain_to_unicode(&self.domain);
        (result.is_ok() && unicode != self.domain).then_some(unicode)
    }

    /// The part before the `@`, as typed first.
    #[must_use]
    pub fn local_part(&self) -> &str {
        &self.local
    }

    /// `a•••@partner.test`: enough for the owner of the mailbox, useless to anybody else (SPEC 4.5).
    #[must_use]
    pub fn masked(&self) -> String {
        let first: String = self.local.chars().take(1).collect();
        format!("{first}•••@{}", self.domain)
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}@{}", self.local, self.domain)
    }
}

/// A domain in ASCII: IDNA 2008, lower case, at least two labels, no trailing dot; `None` when it is not one.
#[must_use]
pub fn ascii_domain(typed: &str) -> Option<String> {
    let acceptable = !typed.is_empty() && !typed.ends_with('.') && !typed.contains(|c: char| c.is_control());
    let domain = acceptable.then(|| idna::domain_to_ascii_strict(typed).ok())??;
    let labels_hold = domain.split('.').all(|label| !label.is_empty() && label.len() <= 63);
    let last_is_a_name =
        domain.rsplit('.').next().is_some_and(|label| label.bytes().any(|b| b.is_ascii_alphabetic()));
    (domain.len() <= MAX_DOMAIN && domain.contains('.') && labels_hold && last_is_a_name).then_some(domain)
}

/// RFC 5322 `dot-atom-text`, ASCII only: quoted forms need SMTPUTF8 or care that relays do not take. Without what
/// another program may read as a second address: routes with `%` or `!`, encoded words (SECURITY D7).
fn is_dot_atom(local: &str) -> bool {
    local.len() <= MAX_LOCAL_PART
        && !local.contains("=?")
        && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom_byte))
}

fn is_atom_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"#$&'*+-/=?^_`{|}~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_never_makes_a_second_person() {
        let typed = EmailAddress::parse(" Ann.B+x@PARTNER.test ").unwrap();
        assert_eq!(typed.key(), "ann.b+x@partner.test");
        assert_eq!(typed.to_string(), "Ann.B+x@partner.test");
    }

    #[test]
    fn dots_and_tags_stay_distinct() {
        let keys: Vec<String> = ["a@x.test", "a+b@x.test", "a.b@x.test"]
            .iter()
            .map(|a| EmailAddress::parse(a).unwrap().key())
            .collect();
        assert!(keys[0] != keys[1] && keys[1] != keys[2]);
    }

    #[test]
    fn international_domains_are_kept_in_ascii() {
        let address = EmailAddress::parse("a@müller.example").unwrap();
        assert_eq!(address.domain(), "xn--mller-kva.example");
        assert_eq!(address.unicode_domain().as_deref(), Some("müller.example"));
    }

    #[test]
    fn each_wrong_part_is_named() {
        for (typed, wrong) in [
            ("", AddressError::Empty),
            ("ann", AddressError::AtSign),
            ("x@evil.com@partner.com", AddressError::AtSign),
            ("\"x@evil.com\"@partner.com", AddressError::AtSign),
            ("\"x\"@partner.com", AddressError::LocalPart),
            ("x%evil.com@partner.com", AddressError::LocalPart),
            ("evil.com!x@partner.com", AddressError::LocalPart),
            ("=?utf-8?q?x=40evil.com=3e?=@partner.com", AddressError::LocalPart),
            ("müller@example.org", AddressError::LocalPart),
            ("a..b@example.org", AddressError::LocalPart),
            ("a.@example.org", AddressError::LocalPart),
            ("a\u{202e}b@example.org", AddressError::LocalPart),
            ("Ann <ann@example.org", AddressError::LocalPart),
            ("x@PARTNER.COM.", AddressError::Domain),
            ("x@partner.com\n.evil.com", AddressError::Domain),
            ("x@localhost", AddressError::Domain),
            ("x@[127.0.0.1]", AddressError::Domain),
            ("x@127.0.0.1", AddressError::Domain),
            ("a@xn--example-.org", AddressError::Domain),
            ("a@-bad-.org", AddressError::Domain),
        ] {
            assert_eq!(EmailAddress::parse(typed), Err(wrong), "{typed:?}");
        }
    }

    #[test]
    fn lengths_are_bounded() {
        let local = "a".repeat(64);
        assert!(EmailAddress::parse(&format!("{local}@example.org")).is_ok());
        assert_eq!(EmailAddress::parse(&format!("{local}a@example.org")), Err(AddressError::LocalPart));
        assert_eq!(EmailAddress::parse(&"a".repeat(300)), Err(AddressError::TooLong));
    }

    #[test]
    fn a_masked_address_keeps_its_secret() {
        assert_eq!(EmailAddress::parse("ann@partner.test").unwrap().masked(), "a•••@partner.test");
    }
}
