//! Short texts that people type: cleaned, bounded, and free of characters that deceive (SPEC 3.5).

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest name, in characters.
const MAX_NAME: usize = 120;
/// Longest description, in characters.
const MAX_DESCRIPTION: usize = 1_000;
/// Longest welcome message, in characters.
pub const MAX_MESSAGE: usize = 1_000;

/// Why a text was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextError {
    /// Something must be typed.
    Empty,
    /// More characters than the limit given.
    TooLong(usize),
    /// It has control characters or characters that reorder what is read.
    Unprintable,
}

macro_rules! bounded_text {
    ($(#[$doc:meta])* $name:ident, $max:expr, required: $required:expr, lines: $lines:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// Reads the text as a person typed it.
            ///
            /// # Errors
            /// [`TextError`] when it is empty though required, too long, or has unprintable characters.
            pub fn parse(typed: &str) -> Result<Self, TextError> {
                clean(typed, $max, $required, $lines).map(Self)
            }

            /// The text, clean.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Gives the text up.
            #[must_use]
            pub fn into_string(self) -> String {
                self.0
            }
        }
    };
}

bounded_text!(
    /// The name of a person, group, app or role: one line, 1 to 120 characters.
    Name, MAX_NAME, required: true, lines: false
);
bounded_text!(
    /// A short attribute that may be left empty (department, job title, collection): one line, at most 120 characters.
    Label, MAX_NAME, required: false, lines: false
);
bounded_text!(
    /// A description: at most 1,000 characters, may have lines, may be empty.
    Description, MAX_DESCRIPTION, required: false, lines: true
);
bounded_text!(
    /// A welcome message or a reason: plain text, at most 1,000 characters, may have lines, may be empty.
    Message, MAX_MESSAGE, required: false, lines: true
);

fn clean(typed: &str, max: usize, required: bool, lines: bool) -> Result<String, TextError> {
    let text: String = typed.replace("\r\n", "\n").trim().nfc().collect();
    if text.is_empty() && required {
        return Err(TextError::Empty);
    }
    if text.chars().count() > max {
        return Err(TextError::TooLong(max));
    }
    let breaks = |c: char| c.is_control() && !(lines && (c == '\n' || c == '\t'));
    // What is pasted into a text of lines is often full of soft hyphens; nobody is told apart by it.
    let deceives = |c: char| reorders(c) || (fills(c) && !lines);
    if text.contains(breaks) || text.contains(deceives) {
        return Err(TextError::Unprintable);
    }
    if required && !text.contains(is_seen) {
        return Err(TextError::Empty);
    }
    Ok(text)
}

/// Invisible fillers: what takes room and shows nothing, or takes none; but for the joiners that Persian, Indic scripts
/// and pictures need.
fn fills(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}' | '\u{1d173}'..='\u{1d17a}' | '\u{fff0}'..='\u{fff8}' | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// Whether there is something to read, and not only what joins or changes others.
fn is_seen(c: char) -> bool {
    !c.is_whitespace()
        && !is_combining_mark(c)
        && !matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// What makes one text read as another: bidirectional marks, embeddings, overrides and isolates, which turn the
/// direction of reading; the separators of lines and of paragraphs; the byte order mark; and what sets annotations
/// between lines.
#[must_use]
pub fn reorders(c: char) -> bool {
    matches!(
        c,
        // The Arabic letter mark.
        '\u{61c}'
        // The marks from left to right and from right to left.
        | '\u{200e}'..='\u{200f}'
        // The separators of lines and of paragraphs.
        | '\u{2028}'..='\u{2029}'
        // The beginnings of embeddings and overrides, and their end.
        | '\u{202a}'..='\u{202e}'
        // The beginnings of isolates, and their end.
        | '\u{2066}'..='\u{2069}'
        // The byte order mark.
        | '\u{feff}'
        // The anchor, the separator and the end of an annotation between lines.
        | '\u{fff9}'..='\u{fffb}'
    )
}

/// The form in which names are searched and ordered: lower case, without accents, the same on both databases; without
/// control characters, of which PostgreSQL takes no NUL.
#[must_use]
pub fn search_key(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c) && !c.is_control())
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// What somebody looks for: every word of it, in any order, whatever the case and the accents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    /// The words of what was typed.
    #[must_use]
    pub fn of(typed: &str) -> Self {
        Self(search_key(typed).split_whitespace().map(str::to_owned).collect())
    }

    /// Whether all of them are in this text; so they are in any when there are none.
    #[must_use]
    pub fn all_in(&self, text: &str) -> bool {
        self.0.is_empty() || {
            let text = search_key(text);
            self.0.iter().all(|word| text.contains(word.as_str()))
        }
    }
}

/// The readable part of an address made from a name: `[a-z0-9-]`, at most 60 characters, never empty.
#[must_use]
pub fn slug(name: &str) -> String {
    let dashed: String =
        search_key(name).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<&str> = dashed.split('-').filter(|word| !word.is_empty()).collect();
    let slug: String = words.join("-").chars().take(60).collect();
    let slug = slug.trim_matches('-');
    match slug {
        "" => "item".to_owned(),
        // `/admin/groups/new` and its like are pages.
        "new" => "new-item".to_owned(),
        slug => slug.to_owned(),
    }
}

/// The first of `name`, `name-2`, `name-3` … as a part of an address that nobody has.
pub(crate) fn free_slug(
    name: &str,
    mut taken: impl FnMut(&str) -> crate::Result<bool>,
) -> crate::Result<String> {
    let base = slug(name);
    let mut candidate = base.clone();
    let mut number = 2;
    while taken(&candidate)? {
        candidate = format!("{base}-{number}");
        number += 1;
    }
    Ok(candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed_and_normalised() {
        assert_eq!(Name::parse("  Zoe\u{308} ").unwrap().as_str(), "Zoë");
    }

    #[test]
    fn limits_count_characters_not_bytes() {
        assert!(Name::parse(&"é".repeat(120)).is_ok());
        assert_eq!(Name::parse(&"é".repeat(121)), Err(TextError::TooLong(120)));
    }

    #[test]
    fn deceiving_characters_are_refused() {
        for typed in ["a\u{202e}b", "a\nb", "a\0b", "a\u{2066}b"] {
            assert_eq!(Name::parse(typed), Err(TextError::Unprintable), "{typed:?}");
        }
        for typed in ["a\u{200b}b", "a\u{ad}b", "\u{3164}", "A\u{e0041}", "\u{e0080}"] {
            assert_eq!(Name::parse(typed), Err(TextError::Unprintable), "{typed:?}");
            assert!(Message::parse(typed).is_ok(), "{typed:?}");
        }
        assert!(Message::parse("one\r\ntwo 👋 مرحبا").is_ok());
        assert_eq!(Message::parse("a\u{202e}b"), Err(TextError::Unprintable));
    }

    #[test]
    fn a_name_has_something_to_read_k4() {
        for typed in ["\u{200d}", "\u{301}\u{fe0f}", " \u{a0} "] {
            assert_eq!(Name::parse(typed), Err(TextError::Empty), "{typed:?}");
        }
        for typed in ["邊\u{e0100}", "علی\u{200c}رضا", "\u{1f468}\u{200d}\u{1f4bb}"] {
            assert!(Name::parse(typed).is_ok(), "{typed:?}");
        }
    }

    #[test]
    fn search_ignores_case_and_accents() {
        assert_eq!(search_key("Zieliński ÉTÉ"), "zielinski ete");
        assert_eq!(search_key("a\0b\u{7}"), "ab");
    }

    #[test]
    fn a_search_ignores_accents_and_case_and_wants_every_word() {
        let found = |typed: &str| Words::of(typed).all_in("Café roster. Who works when");
        assert!(found("cafe WORKS") && found(" "));
        assert!(!found("cafe bar"));
    }

    #[test]
    fn slugs_are_readable_and_never_empty() {
        assert_eq!(slug("R&D: Ideas / Plans"), "r-d-ideas-plans");
        assert_eq!(slug("日本"), "item");
        assert_eq!(slug("New"), "new-item");
    }
}
