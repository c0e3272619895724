//! Looking sentences up in the catalogue.

use std::cell::RefCell;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::fluent_bundle::types::FluentNumber;
use fluent_templates::{LanguageIdentifier, langid};

use super::{Language, number};

fluent_templates::static_loader! {
    static CATALOGUE = {
        locales: "./locales",
        fallback_language: "en",
        // The marks would show up in titles, mail subjects and tests; templates isolate names with <bdi>.
        customise: |bundle| {
            bundle.set_use_isolating(false);
            let dutch = bundle.locales.first().is_some_and(|locale| locale.language.as_str() == "nl");
            bundle.set_formatter(Some(if dutch { number::dutch } else { number::english }));
        },
    };
}

thread_local! {
    /// The sentences without variables that this thread has looked up. The catalogue is a part of the program, so that
    /// they stay as they are and there are no more than it has. A page asks for a hundred, and for most of them often.
    static KNOWN: RefCell<HashMap<Language, HashMap<String, String>>> = RefCell::default();
}

static ENGLISH: LanguageIdentifier = langid!("en");
static DUTCH: LanguageIdentifier = langid!("nl");

/// The catalogue in one language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    language: Language,
}

impl Texts {
    /// The catalogue in this language.
    #[must_use]
    pub const fn new(language: Language) -> Self {
        Self { language }
    }

    /// The language the sentences are in.
    #[must_use]
    pub const fn language(self) -> Language {
        self.language
    }

    /// The sentence of a key. A key nobody wrote renders as itself; a test finds those.
    #[must_use]
    pub fn get(self, key: &str) -> String {
        self.find(key).unwrap_or_else(|| key.to_owned())
    }

    /// The sentence of a key, if the catalogue has it.
    #[must_use]
    pub fn find(self, key: &str) -> Option<String> {
        KNOWN.with_borrow_mut(|known| {
            let known = known.entry(self.language).or_default();
            if let Some(sentence) = known.get(key) {
                return Some(sentence.clone());
            }
            let sentence = self.look_up::<&str>(key, None)?;
            known.insert(key.to_owned(), sentence.clone());
            Some(sentence)
        })
    }

    /// The sentence of a key with its variables filled in.
    #[must_use]
    pub fn with(self, key: &str, variables: &[(&str, FluentValue<'_>)]) -> String {
        let variables: HashMap<&str, FluentValue<'_>> = variables.iter().cloned().collect();
        self.look_up(key, Some(&variables)).unwrap_or_else(|| key.to_owned())
    }

    /// The sentence of a key whose `{ $count }` decides between one and many.
    #[must_use]
    pub fn count(self, key: &str, count: impl Count) -> String {
        self.with(key, &[("count", count.to_fluent(self))])
    }

    /// In this very language: a test holds both to the same keys, and to negotiate for each sentence which of the two
    /// suits best costs more than the sentence.
    fn look_up<S: AsRef<str>>(
        self,
        key: &str,
        variables: Option<&HashMap<S, FluentValue<'_>>>,
    ) -> Option<String> {
        let language = match self.language {
            Language::English => &ENGLISH,
            Language::Dutch => &DUTCH,
        };
        CATALOGUE.lookup_single_language(language, key, variables).ok()
    }
}

/// A whole number that a sentence can count with.
pub trait Count {
    /// The number as the catalogue takes it for these texts.
    fn to_fluent(&self, texts: Texts) -> FluentValue<'static>;
}

macro_rules! counts {
    ($($whole:ty)*) => { $(impl Count for $whole {
        fn to_fluent(&self, _: Texts) -> FluentValue<'static> {
            FluentValue::Number(FluentNumber::from(*self))
        }
    })* };
}
counts!(i32 i64 u32 u64 usize);

impl<C: Count + ?Sized> Count for &C {
    fn to_fluent(&self, texts: Texts) -> FluentValue<'static> {
        (**self).to_fluent(texts)
    }
}

impl Count for directory::Count {
    fn to_fluent(&self, texts: Texts) -> FluentValue<'static> {
        self.exact().map_or_else(|| texts.counted(*self).into(), |exact| exact.to_fluent(texts))
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, Texts};

    const EN: Texts = Texts::new(Language::English);
    const NL: Texts = Texts::new(Language::Dutch);

    #[test]
    fn a_sentence_comes_in_the_readers_language() {
        assert_eq!(EN.get("nav-apps"), "My Apps");
        assert_eq!(NL.get("nav-apps"), "Mijn apps");
    }

    #[test]
    fn a_missing_key_renders_as_itself() {
        assert_eq!(NL.get("no-such-key"), "no-such-key");
        assert_eq!(NL.with("no-such-key", &[("name", "Ann".into())]), "no-such-key");
        assert_eq!(NL.find("no-such-key"), None);
    }

    #[test]
    fn variables_are_not_wrapped_in_invisible_marks() {
        let title =
            EN.with("page-title", &[("title", "Ledger".into()), ("organisation", "Meridiaan".into())]);
        assert_eq!(title, "Ledger · Meridiaan");
    }

    #[test]
    fn one_and_many_are_told_apart() {
        assert_eq!(EN.count("people", 1), "1 person");
        assert_eq!(EN.count("people", 2500_usize), "2,500 people");
        assert_eq!(NL.count("people", 1_i64), "1 persoon");
        assert_eq!(NL.count("people", 2500), "2.500 personen");
    }
}
