//! What surrounds every page: plain data that each template carries as its field `page`.

use std::fmt::Display;

use crate::text::{Count, Language, Texts};

use super::Introduction;
use super::assets;
use super::form::{Complaint, Form};
use super::frame::SIDE_LINKS;
pub use super::frame::{Me, Note, Organisation, Section, SideLink, Theme};

/// The facts of the frame. Templates say everything a person reads through it.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// What this page is, first in the browser's title and usually its `h1`.
    pub title: String,
    /// What came of what was just asked, for those who hear the window's title first; empty where nothing was.
    pub outcome: String,
    /// The catalogue in the reader's language.
    pub texts: Texts,
    /// Light, dark, or as the device has it.
    pub theme: Theme,
    /// The key that jumps to the search box, for those who asked for one.
    pub search_key: Option<&'static str>,
    /// Whose panel this is.
    pub organisation: Organisation,
    /// Who is signed in.
    pub me: Option<Me>,
    /// Which part of the panel the page belongs to.
    pub section: Section,
    /// Where the current entry of the side navigation of Administration leads.
    pub side: &'static str,
    /// The token that every form carries.
    pub csrf: String,
    /// What the last action did.
    pub flash: Option<Note>,
    /// The address of this page, to come back to after a change of language.
    pub here: String,
    /// Whether a sheet lies over the page.
    pub inert: bool,
    /// Whether the page stands alone, without navigation: sign-in and redemption.
    pub bare: bool,
    /// Whether a form on it was refused.
    pub refused: bool,
    /// Whom a visitor of the demo can be.
    pub introduction: Option<Introduction>,
}

impl Page {
    /// The same page as a part of this section.
    #[must_use]
    pub fn under(self, section: Section) -> Self {
        Self { section, ..self }
    }

    /// The same page in Administration, with the entry of its side navigation that leads there as the current one.
    #[must_use]
    pub fn administering(self, side: &'static str) -> Self {
        Self { section: Section::Administration, side, ..self }
    }

    /// The same page without navigation.
    #[must_use]
    pub fn alone(self) -> Self {
        Self { bare: true, ..self }
    }

    /// The same page behind a sheet.
    #[must_use]
    pub fn behind_sheet(self) -> Self {
        Self { inert: true, ..self }
    }

    /// The same page, whose title says so when the form was refused.
    #[must_use]
    pub fn showing(self, form: &Form) -> Self {
        Self { refused: !form.is_valid(), ..self }
    }

    /// The sentence of a key.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.texts.get(key)
    }

    /// The sentence of a key with one variable.
    #[must_use]
    pub fn with(&self, key: &str, name: &str, value: impl Display) -> String {
        self.texts.with(key, &[(name, value.to_string().into())])
    }

    /// The sentence of a key with two variables.
    #[must_use]
    #[expect(clippy::too_many_arguments, reason = "templates cannot build lists of pairs")]
    pub fn with2(
        &self,
        key: &str,
        name: &str,
        value: impl Display,
        other: &str,
        its: impl Display,
    ) -> String {
        self.texts.with(key, &[(name, value.to_string().into()), (other, its.to_string().into())])
    }

    /// The sentence of a key that counts with `{ $count }`.
    #[must_use]
    pub fn count(&self, key: &str, count: impl Count) -> String {
        self.texts.count(key, count)
    }

    /// The sentence of a complaint about a field.
    #[must_use]
    pub fn say(&self, complaint: &Complaint) -> String {
        match complaint {
            Complaint::Sentence(sentence) => sentence.clone(),
            Complaint::Key(key, variables) => {
                let variables: Vec<_> =
                    variables.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
                self.texts.with(key, &variables)
            }
        }
    }

    /// The whole title of the browser's window.
    #[must_use]
    pub fn window_title(&self) -> String {
        let key = if self.refused { "page-title-error" } else { "page-title" };
        let title = match self.outcome.as_str() {
            "" => self.title.clone(),
            outcome => format!("{outcome} · {}", self.title),
        };
        self.with2(key, "title", title, "organisation", &self.organisation.name)
    }

    /// The value of `<html lang>`.
    #[must_use]
    pub const fn lang(&self) -> &'static str {
        self.texts.language().tag()
    }

    /// The languages a reader can change to.
    #[must_use]
    pub const fn languages(&self) -> &'static [Language] {
        Language::ALL
    }

    /// Whether the reader has this language.
    #[must_use]
    pub fn reads(&self, language: &Language) -> bool {
        *language == self.texts.language()
    }

    /// The value of `<html data-theme>`; none leaves it to the device.
    #[must_use]
    pub fn data_theme(&self) -> Option<&'static str> {
        (self.theme != Theme::System).then(|| self.theme.name())
    }

    /// Whether the page belongs to My Apps.
    #[must_use]
    pub fn in_apps(&self) -> bool {
        self.section == Section::Apps
    }

    /// Whether the page belongs to Groups.
    #[must_use]
    pub fn in_groups(&self) -> bool {
        self.section == Section::Groups
    }

    /// Whether the page belongs to Administration.
    #[must_use]
    pub fn in_administration(&self) -> bool {
        self.section == Section::Administration
    }

    /// The side navigation of Administration.
    #[must_use]
    pub const fn side_links(&self) -> &'static [SideLink] {
        &SIDE_LINKS
    }

    /// The address of a static file.
    #[must_use]
    pub fn asset(&self, name: &str) -> &'static str {
        assets::url(name)
    }

    /// A page for tests: a member who administers, in English.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            title: "Ledger".to_owned(),
            organisation: Organisation {
                name: "Meridiaan".to_owned(),
                privacy_url: Some("https://meridiaan.example/privacy".to_owned()),
            },
            me: Some(Me {
                id: "0001".to_owned(),
                name: "Ilse Bakker".to_owned(),
                address: "ilse.bakker@meridiaan.example".to_owned(),
                guest: false,
                administrator: true,
                groups: true,
            }),
            section: Section::Apps,
            csrf: "sample-token".to_owned(),
            here: "/apps".to_owned(),
            ..Self::default()
        }
    }

    /// The same page in another language.
    #[must_use]
    pub fn reading(self, language: Language) -> Self {
        Self { texts: Texts::new(language), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::{Complaint, Form, Language, Page, Theme};

    #[test]
    fn the_title_names_the_page_and_the_organisation_and_says_when_a_form_was_refused() {
        let mut form = Form::empty();
        assert_eq!(Page::sample().showing(&form).window_title(), "Ledger · Meridiaan");
        form.refuse("name", "field-required");
        assert_eq!(Page::sample().showing(&form).window_title(), "Error: Ledger · Meridiaan");
        let page = Page { outcome: "4 found".to_owned(), ..Page::sample() };
        assert_eq!(page.window_title(), "4 found · Ledger · Meridiaan");
    }

    #[test]
    fn complaints_are_said_in_the_readers_language() {
        let complaint = Complaint::key("field-too-long").with("max", 120).with("length", 130);
        let page = Page::sample().reading(Language::Dutch);
        assert_eq!(page.say(&complaint), "Hoogstens 120 tekens. Je typte er 130.");
        assert_eq!(page.say(&String::from("Zo staat het er.").into()), "Zo staat het er.");
    }

    #[test]
    fn an_unknown_theme_is_the_devices() {
        assert_eq!(Theme::of_name("dark"), Theme::Dark);
        assert_eq!(Theme::of_name("sepia"), Theme::System);
        assert_eq!(Page::sample().data_theme(), None);
    }
}
