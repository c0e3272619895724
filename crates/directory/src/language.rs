//! The languages that Vestibule speaks.

use crate::text_column;

text_column! {
    /// A language of the message catalogue, by its BCP 47 tag.
    #[derive(Default)]
    pub enum Language {
        /// English, the language of the sources.
        #[default]
        English => "en",
        /// Dutch.
        Dutch => "nl",
    }
}

impl Language {
    /// The tag as `lang` attributes, cookies and forms spell it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        self.as_str()
    }

    /// The language of a tag such as `nl` or `nl-BE`; none when the catalogue does not have it.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.iter().copied().find(|language| primary.eq_ignore_ascii_case(language.tag()))
    }

    /// What the language is called by those who read it.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Dutch => "Nederlands",
        }
    }

    /// The language for one request: what was chosen, else the best of the browser's `Accept-Language`, else the
    /// organisation's.
    #[must_use]
    pub fn negotiate(chosen: Option<Self>, accepted: Option<&str>, default: Self) -> Self {
        chosen.or_else(|| accepted.and_then(Self::best_of)).unwrap_or(default)
    }

    /// The first best of an `Accept-Language` header; what is refused with `q=0` is left out.
    fn best_of(header: &str) -> Option<Self> {
        let mut best: Option<(Self, f32)> = None;
        for (language, weight) in header.split(',').take(20).filter_map(weighted) {
            if weight > best.map_or(0.0, |(_, so_far)| so_far) {
                best = Some((language, weight));
            }
        }
        best.map(|(language, _)| language)
    }
}

fn weighted(entry: &str) -> Option<(Language, f32)> {
    let (tag, rest) = entry.split_once(';').unwrap_or((entry, ""));
    let weight = rest.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.trim().parse().ok())?;
    Some((Language::of_tag(tag)?, weight))
}

#[cfg(test)]
mod tests {
    use super::Language::{self, Dutch, English};

    #[test]
    fn what_was_chosen_wins_then_the_browser_then_the_organisation() {
        let browser = Some("nl-BE,nl;q=0.9,en;q=0.8");
        assert_eq!(Language::negotiate(Some(English), browser, Dutch), English);
        assert_eq!(Language::negotiate(None, browser, English), Dutch);
        assert_eq!(Language::negotiate(None, Some("fr, de;q=0.5"), Dutch), Dutch);
        assert_eq!(Language::negotiate(None, None, English), English);
    }

    #[test]
    fn the_browsers_weights_decide() {
        assert_eq!(Language::best_of("nl;q=0.3, en;q=0.7"), Some(English));
        assert_eq!(Language::best_of("en;q=0, nl;q=0.1"), Some(Dutch));
        assert_eq!(Language::best_of("en;q=0"), None);
        assert_eq!(Language::best_of("en;q=high, ,;;"), None);
    }

    #[test]
    fn a_region_does_not_hide_the_language() {
        assert_eq!(Language::of_tag("EN-gb"), Some(English));
        assert_eq!(Language::of_tag("nl_NL"), Some(Dutch));
        assert_eq!(Language::of_tag("nlx"), None);
    }
}
