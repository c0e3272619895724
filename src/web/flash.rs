//! What the next page says about what was just done.
//!
//! Kept in a signed cookie as a key of the catalogue with its variables, so that it is said in the language of the page
//! that shows it, and only says what we let it say.

use std::fmt::Display;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use directory::Keys;
use serde::{Deserialize, Serialize};

use super::{layout, view::Tone};
use crate::text::Texts;

const PURPOSE: &str = "flash";
/// Names and addresses are shorter; a cookie holds 4 KiB.
const LONGEST: usize = 300;

/// A note for the next page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Flash {
    #[serde(rename = "t")]
    bad: bool,
    #[serde(rename = "k")]
    key: String,
    #[serde(rename = "v")]
    variables: Vec<(String, String)>,
    /// Already shown, on a page that redirected at once.
    #[serde(rename = "s", default)]
    said: bool,
    /// To be shown again after such a page.
    #[serde(rename = "l", default)]
    lasting: bool,
}

impl Flash {
    /// It was done.
    pub(crate) fn ok(key: &str) -> Flash {
        Flash { bad: false, key: key.to_owned(), variables: Vec::new(), said: false, lasting: false }
    }

    /// It was not done.
    pub(crate) fn bad(key: &str) -> Flash {
        Flash { bad: true, ..Flash::ok(key) }
    }

    /// The same with a variable of the sentence.
    pub(crate) fn with(mut self, name: &str, value: impl Display) -> Flash {
        self.variables.push((name.to_owned(), value.to_string().chars().take(LONGEST).collect()));
        self
    }

    /// The same, to be shown again when the page that shows it redirects at once.
    pub(crate) fn lasting(self) -> Flash {
        Flash { lasting: true, ..self }
    }

    /// Whether to show it again after a page that redirects at once.
    pub(crate) fn takes_time(&self) -> bool {
        self.lasting
    }

    /// The same, marked as already shown on a page that redirected before anybody can have read it.
    pub(crate) fn once_more(&self) -> Flash {
        Flash { said: true, ..self.clone() }
    }

    /// Whether no page has shown it yet.
    pub(crate) fn is_new(&self) -> bool {
        !self.said
    }

    /// The note as the page shows it.
    pub(crate) fn say(&self, texts: Texts) -> layout::Note {
        let variables: Vec<_> =
            self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str().into())).collect();
        let tone = if self.bad { Tone::Bad } else { Tone::Ok };
        layout::Note { tone, text: texts.with(&self.key, &variables) }
    }

    /// The value of the cookie.
    pub(crate) fn seal(&self, keys: &Keys) -> String {
        let note = serde_json::to_vec(self).unwrap_or_default();
        let mac = keys.mac(PURPOSE, &[&note]);
        format!("{}.{}", URL_SAFE_NO_PAD.encode(note), URL_SAFE_NO_PAD.encode(mac))
    }

    /// The note of a cookie that we wrote.
    pub(crate) fn open(keys: &Keys, sealed: &str) -> Option<Flash> {
        let (note, mac) = sealed.split_once('.')?;
        let note = URL_SAFE_NO_PAD.decode(note).ok()?;
        let mac = URL_SAFE_NO_PAD.decode(mac).ok()?;
        keys.verify(PURPOSE, &[&note], &mac).then(|| serde_json::from_slice(&note).ok()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_comes_back_as_it_was() {
        let keys = Keys::new([7; 32]);
        let note = Flash::ok("added").with("name", "Ann \"the\" <b>; é").with("count", 2);
        assert_eq!(Flash::open(&keys, &note.seal(&keys)), Some(note));
    }

    #[test]
    fn only_our_own_notes_are_shown() {
        let keys = Keys::new([7; 32]);
        let sealed = Flash::bad("removed").seal(&Keys::new([8; 32]));
        for note in [sealed.as_str(), "", ".", "e30.AAAA", "%.%"] {
            assert_eq!(Flash::open(&keys, note), None, "{note}");
        }
    }

    #[test]
    fn a_long_variable_does_not_burst_the_cookie() {
        let note = Flash::ok("k").with("a", "x".repeat(5000)).with("b", "y".repeat(5000));
        assert!(note.seal(&Keys::new([7; 32])).len() < 2000);
    }
}
