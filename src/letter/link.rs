//! The one link of a letter.

use url::Url;

use super::Purpose;
use crate::text::Texts;

/// Makes links for one letter.
pub(super) struct Links<'a> {
    pub(super) public_url: &'a Url,
    pub(super) purpose: Purpose,
}

/// A button's target and the address written out below it.
pub(super) struct Link {
    /// None in a preview: the button leads nowhere.
    pub(super) href: Option<String>,
    /// The address, or the words that stand for it.
    pub(super) shown: String,
}

impl Links<'_> {
    /// To a path of this installation.
    pub(super) fn to(&self, path: &str, texts: Texts) -> Link {
        match self.purpose {
            Purpose::Sending => {
                let address = self.address(path);
                Link { href: Some(address.clone()), shown: address }
            }
            Purpose::Preview => Link { href: None, shown: texts.get("mail-preview-link") },
        }
    }

    /// The public address has no path of its own; its text ends with the slash that the path begins with.
    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }
}
