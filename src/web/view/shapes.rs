//! What the components are given to draw.

use directory::user::{User, UserKind};

use super::{PersonState, StepState, Tone};
use crate::text::Language;
use crate::web::{faces, icons};

/// The picture of an app: its logo, or a glyph on a colour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Logo {
    /// The address of the picture, if there is one.
    pub image: Option<String>,
    /// The icon otherwise.
    pub glyph: String,
    /// The colour class of the glyph, `h0` to `h7`, or `plain`.
    pub colour: String,
}

impl Logo {
    /// The glyph of an app on the colour of its id.
    #[must_use]
    pub fn glyph(glyph: &str, id: &str) -> Self {
        let glyph = if icons::exists(glyph) { glyph } else { icons::DEFAULT_GLYPH };
        Self { image: None, glyph: glyph.to_owned(), colour: format!("h{}", faces::hue(id)) }
    }

    /// An icon of the panel itself, such as that of the Groups tile.
    #[must_use]
    pub fn plain(icon: &str) -> Self {
        Self { image: None, glyph: icon.to_owned(), colour: "plain".to_owned() }
    }

    /// A picture.
    #[must_use]
    pub fn image(address: impl Into<String>) -> Self {
        Self { image: Some(address.into()), ..Self::default() }
    }
}

/// A tile on My Apps.
#[derive(Clone, Debug, Default)]
pub struct Tile {
    /// The app's slug, unique on the page.
    pub id: String,
    /// Its name.
    pub name: String,
    /// One line below the name.
    pub description: String,
    /// Its picture.
    pub logo: Logo,
    /// Where the tile leads.
    pub href: String,
    /// Whether the reader manages it.
    pub owned: bool,
}

/// A row of a list of people.
#[derive(Clone, Debug)]
pub struct Person {
    /// The id, unique on the page.
    pub id: String,
    /// The name, or the address of someone without one.
    pub name: String,
    /// The address.
    pub address: String,
    /// The domain a guest comes from.
    pub guest_of: Option<String>,
    /// Whether this is an owner.
    pub owner: bool,
    /// The state, if the list says one.
    pub state: Option<PersonState>,
    /// What the state means now: "Sent 18 Nov · link works until 25 Nov".
    pub detail: String,
}

impl From<&User> for Person {
    fn from(user: &User) -> Self {
        let domain = user.address.rsplit('@').next().unwrap_or_default();
        Self {
            id: user.id.to_string(),
            name: user.name.clone(),
            address: user.address.clone(),
            guest_of: (user.kind == UserKind::Guest).then(|| domain.to_owned()),
            owner: false,
            state: Some(user.state.into()),
            detail: String::new(),
        }
    }
}

/// One of the answers of a choice.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub label: String,
    /// More about it, below radio buttons.
    pub hint: String,
}

impl Choice {
    /// An answer without a hint.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: String::new() }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// The languages, each as those who read it call it.
    #[must_use]
    pub fn languages() -> Vec<Self> {
        Language::ALL.iter().map(|language| Self::new(language.tag(), language.own_name())).collect()
    }
}

/// A tab or a filter pill.
#[derive(Clone, Debug, Default)]
pub struct Tab {
    /// Its word.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// How many there are behind it.
    pub count: Option<String>,
    /// Whether it is the one shown.
    pub current: bool,
}

/// What will happen to one address, said before anything is sent.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// Plain when the address can be added.
    pub tone: Tone,
    /// The name or the address it is about.
    pub subject: String,
    /// The headline: "New guest · gets the invitation by e-mail".
    pub headline: String,
    /// Why, who can mend it, what to do; may be empty.
    pub explanation: String,
}

/// A step of the set-up checklist.
#[derive(Clone, Debug)]
pub struct Step {
    /// How far it is.
    pub state: StepState,
    /// What it is.
    pub title: String,
    /// How it stands now, or who can mend it.
    pub detail: String,
    /// How much of it is missing; may be empty.
    pub missing: String,
    /// What it consists of.
    pub checks: Vec<Check>,
    /// How it is done.
    pub fix: Option<Fix>,
}

/// What leads on from a step.
#[derive(Clone, Debug)]
pub enum Fix {
    /// To where it is done.
    Link(Link),
    /// A button that does it.
    Form {
        /// Where the form goes.
        action: String,
        /// Which prerequisite it mends.
        value: &'static str,
        /// The button's words.
        label: String,
    },
}

/// One line of a step, or one fact of a simulated decision.
#[derive(Clone, Debug)]
pub struct Check {
    /// Whether it holds.
    pub holds: bool,
    /// What is checked.
    pub text: String,
}

/// A link with its words.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its words.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// A pair of a list of facts.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// What it is in this case.
    pub value: String,
}

impl Fact {
    /// A pair.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// The links between the pages of a long list, by key and not by number.
#[derive(Clone, Debug, Default)]
pub struct Pager {
    /// The address of the first page, from the others.
    pub first: Option<String>,
    /// The address of the page after.
    pub next: Option<String>,
}

impl Pager {
    /// Whether there are other pages.
    #[must_use]
    pub const fn has_others(&self) -> bool {
        self.first.is_some() || self.next.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::Logo;
    use crate::web::icons;

    #[test]
    fn an_app_always_has_a_picture() {
        assert_eq!(Logo::glyph("no such glyph", "ledger").glyph, icons::DEFAULT_GLYPH);
        assert_eq!(Logo::glyph("book-open", "ledger").glyph, "book-open");
    }
}
