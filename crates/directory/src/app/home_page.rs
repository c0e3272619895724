//! Where an app opens.

use url::Url;

/// Longest web address accepted, in characters.
const MAX_URL: usize = 2_000;

/// An `http` or `https` address without credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomePage(Url);

impl HomePage {
    /// Reads a home page as typed.
    ///
    /// # Errors
    /// When it is not an absolute `http` or `https` address with a host (SECURITY E3).
    pub fn parse(typed: &str) -> Result<Self, NotAHomePage> {
        let typed = typed.trim();
        let printable =
            typed.len() <= MAX_URL && !typed.contains(|c: char| c.is_control() || c.is_whitespace());
        let url = Url::parse(typed).map_err(|_unreadable| NotAHomePage)?;
        let plain = url.username().is_empty() && url.password().is_none() && url.has_host();
        if printable && plain && matches!(url.scheme(), "http" | "https") {
            Ok(Self(url))
        } else {
            Err(NotAHomePage)
        }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// What was typed is not an `http` or `https` address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAHomePage;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_web_addresses_are_home_pages() {
        assert!(HomePage::parse("https://salesforce.example/start?x=1").is_ok());
        for typed in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//evil",
            "ftp://x.test",
            "https://u:p@x.test",
            "https://",
            "x",
        ] {
            assert_eq!(HomePage::parse(typed), Err(NotAHomePage), "{typed}");
        }
    }
}
