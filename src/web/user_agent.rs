//! What a browser calls itself, in the words of a person: only enough to recognise it.

use crate::text::Texts;

/// What is looked for, in this order: many claim to be others as well.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// "Firefox on Linux".
pub(crate) fn in_words(texts: Texts, agent: &str) -> String {
    match (find(&BROWSERS, agent), find(&SYSTEMS, agent)) {
        (Some(browser), Some(system)) => {
            texts.with("account-browser-on", &[("browser", browser.into()), ("system", system.into())])
        }
        (Some(known), None) | (None, Some(known)) => known.to_owned(),
        (None, None) => texts.get("account-browser-unknown"),
    }
}

/// The icon of what it runs on: a phone or a computer.
pub(crate) fn icon(agent: &str) -> &'static str {
    match find(&SYSTEMS, agent) {
        Some("iPhone" | "iPad" | "Android") => "smartphone",
        _ => "laptop",
    }
}

fn find(names: &[(&str, &'static str)], agent: &str) -> Option<&'static str> {
    names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::{icon, in_words};
    use crate::text::Texts;

    #[test]
    fn common_browsers_are_recognised_by_what_sets_them_apart() {
        let words = |agent| in_words(Texts::default(), agent);
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0";
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(words(edge), "Edge on Windows");
        assert_eq!(words(firefox), "Firefox on Linux");
        assert_eq!(words(iphone), "Safari on iPhone");
        assert_eq!((icon(iphone), icon(firefox)), ("smartphone", "laptop"));
        assert_eq!(words("curl/8.0"), "Another browser");
    }
}
