//! The one link of a letter.

use super::Purpose;
use crate::{settings::PublicUrl, text::Texts};

/// Makes links for one letter.
pub(super) struct Links<'a> {
    pub(super) public_url: &'a PublicUrl,
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
                let address = self.public_url.join(path);
                Link { href: Some(address.clone()), shown: address }
            }
            Purpose::Preview => Link { href: None, shown: texts.get("mail-preview-link") },
        }
    }
}
