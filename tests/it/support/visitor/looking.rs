//! What a visitor sees: the page that is open, and the answer it came with.

use reqwest::header::{HeaderValue, LOCATION};
use scraper::{ElementRef, Html};

use super::super::form::{Form, name_of, select, words};
use super::Visitor;

impl Visitor {
    /// Fails unless this text is on the page.
    #[track_caller]
    pub(crate) fn sees(&self, text: &str) -> &Self {
        assert!(self.text().contains(&words(text)), "{text:?} is not on {self}");
        self
    }

    /// Fails if this text is on the page.
    #[track_caller]
    pub(crate) fn does_not_see(&self, text: &str) -> &Self {
        assert!(!self.text().contains(&words(text)), "{text:?} is on {self}");
        self
    }

    /// The status of the first answer to what was done last.
    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    /// Where the first answer to what was done last points to.
    pub(crate) fn location(&self) -> Option<String> {
        self.header(LOCATION.as_str()).map(str::to_owned)
    }

    /// A header of the last answer.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Every header of the last answer, one line each.
    pub(crate) fn header_lines(&self) -> Vec<String> {
        let value = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        self.headers.iter().map(|(name, said)| format!("{name}: {}", value(said))).collect()
    }

    /// The token in the forms of the page.
    pub(crate) fn token(&self) -> String {
        let token = self.token_field().map(|(_, token)| token);
        token.unwrap_or_else(|| panic!("no form on {self}"))
    }

    /// How many bytes the last answer's body came as.
    pub(crate) fn weight(&self) -> usize {
        self.weight
    }

    /// The path of the page, without what follows it.
    pub(crate) fn path(&self) -> &str {
        self.at.path()
    }

    /// The title of the window.
    pub(crate) fn window_title(&self) -> String {
        select(&self.page(), "title").into_iter().map(name_of).collect()
    }

    /// The page as it came.
    pub(crate) fn html(&self) -> &str {
        &self.html
    }

    /// The page, to look at more closely.
    pub(crate) fn page(&self) -> Html {
        Html::parse_document(&self.html)
    }

    /// The forms of the page, as they would be sent.
    pub(crate) fn forms(&self) -> Vec<Form> {
        Form::all(&self.page())
    }

    /// What happened, of each row of the audit: the choice of actions above them names every one there is.
    pub(crate) fn audited(&self) -> Vec<String> {
        let page = self.page();
        let actions = select(&page, "td.address + th").into_iter();
        actions.filter_map(|action| action.text().next()).map(words).collect()
    }

    /// Where the link of this name leads to.
    pub(crate) fn link(&self, name: &str) -> Option<String> {
        let page = self.page();
        let links = select(&page, "a[href]").into_iter().filter(|link| name_of(*link) == name);
        let addresses = links.filter_map(|link| link.attr("href"));
        addresses.map(str::to_owned).next()
    }

    /// What can be read on the page, with every run of spaces made one.
    pub(crate) fn text(&self) -> String {
        let page = self.page();
        let hidden =
            |element: ElementRef<'_>| matches!(element.value().name(), "script" | "style" | "template");
        let texts = page.tree.nodes().filter(|node| {
            node.value().is_text() && !node.ancestors().filter_map(ElementRef::wrap).any(hidden)
        });
        words(
            &texts.filter_map(|node| node.value().as_text().map(|text| text.to_string())).collect::<String>(),
        )
    }
}

/// What a failing test says of the page.
impl std::fmt::Display for Visitor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (status {}):\n{}", self.at, self.status, self.text())
    }
}
