//! The built-in catalogue of well-known apps ("gallery" apps in SPEC section 1): what an administrator picks from when
//! adding an app. It is data, read once from `data/catalogue.json`; an app made from it is an ordinary row afterwards.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::language::Language;

/// A line of text in the languages Vestibule speaks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translated {
    en: String,
    nl: String,
}

impl Translated {
    /// The text in this language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Dutch => &self.nl,
        }
    }
}

/// A shelf of the catalogue, such as Finance.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collection {
    /// What entries call it.
    pub key: String,
    /// What people read.
    pub name: Translated,
}

/// One well-known app.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueEntry {
    /// Unique, and good as the slug of an address.
    pub key: String,
    /// The product's own name, the same in every language.
    pub name: String,
    /// Who makes it.
    pub publisher: String,
    /// The key of its [`Collection`].
    pub collection: String,
    /// One line on what people do with it.
    pub description: Translated,
    /// Where it opens unless the organisation has an address of its own.
    pub home_page: String,
    /// The file of its logo, in `static/img/logos`.
    pub logo: String,
    /// The icon to draw where a picture cannot be shown.
    pub glyph: String,
}

/// All entries, by collection and name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    collections: Vec<Collection>,
    apps: Vec<CatalogueEntry>,
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
    serde_json::from_str(include_str!("../data/catalogue.json")).expect("data/catalogue.json is valid")
});

impl Catalogue {
    /// The shelves, in the order in which to show them.
    #[must_use]
    pub fn collections() -> &'static [Collection] {
        &CATALOGUE.collections
    }

    /// Every app.
    #[must_use]
    pub fn entries() -> &'static [CatalogueEntry] {
        &CATALOGUE.apps
    }

    /// The app with this key.
    #[must_use]
    pub fn find(key: &str) -> Option<&'static CatalogueEntry> {
        Self::entries().iter().find(|entry| entry.key == key)
    }

    /// The shelf with this key.
    #[must_use]
    pub fn collection(key: &str) -> Option<&'static Collection> {
        Self::collections().iter().find(|collection| collection.key == key)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use url::Url;

    use super::*;

    #[test]
    fn the_catalogue_has_at_least_thirty_apps_each_once() {
        let keys: BTreeSet<_> = Catalogue::entries().iter().map(|entry| &entry.key).collect();
        assert!(keys.len() >= 30);
        assert_eq!(keys.len(), Catalogue::entries().len());
        assert!(Catalogue::find("salesforce").is_some());
    }

    #[test]
    fn keys_are_good_as_part_of_an_address() {
        for entry in Catalogue::entries() {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(entry.key.chars().all(plain), "{}", entry.key);
        }
    }

    #[test]
    fn names_and_descriptions_keep_to_the_limits() {
        for entry in Catalogue::entries() {
            for text in [&entry.name, &entry.publisher] {
                assert!((1..=120).contains(&text.chars().count()), "{}", entry.key);
            }
            for language in Language::ALL {
                let description = entry.description.in_language(*language);
                assert!((1..=1000).contains(&description.chars().count()), "{}", entry.key);
            }
        }
    }

    #[test]
    fn home_pages_are_https() {
        for entry in Catalogue::entries() {
            assert_eq!(Url::parse(&entry.home_page).unwrap().scheme(), "https", "{}", entry.key);
        }
    }

    #[test]
    fn every_app_stands_on_a_shelf_and_no_shelf_is_empty() {
        let shelves: BTreeSet<_> =
            Catalogue::collections().iter().map(|collection| &collection.key).collect();
        let used: BTreeSet<_> = Catalogue::entries().iter().map(|entry| &entry.collection).collect();
        assert_eq!(shelves, used);
    }

    #[test]
    fn every_logo_is_a_small_picture_without_script() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/img/logos");
        for entry in Catalogue::entries() {
            let svg = std::fs::read_to_string(folder.join(&entry.logo)).unwrap();
            assert!(svg.len() <= 4096 && svg.contains("viewBox"), "{}", entry.key);
            assert!(!svg.contains("<script") && !svg.contains("href"), "{}", entry.key);
        }
    }
}
