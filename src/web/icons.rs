//! The drawings of Lucide that the pages use, as `static/img/icons/lucide.tsv` has them: one icon a line, its
//! name, a tab, and the inner markup of its SVG.

use std::collections::HashMap;
use std::sync::LazyLock;

fn drawings() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../../static/img/icons/lucide.tsv").lines().filter_map(|line| line.split_once('\t'))
}

/// The whole markup of each: a list of fifty people draws three hundred.
static ICONS: LazyLock<HashMap<&'static str, String>> =
    LazyLock::new(|| drawings().map(|(name, inner)| (name, framed(name, inner))).collect());

static UNKNOWN: LazyLock<String> = LazyLock::new(|| framed("", r#"<circle cx="12" cy="12" r="9"/>"#));

/// Icons that point along the line of text, and turn round where that runs from right to left.
const POINTING: [&str; 10] = [
    "arrow-left",
    "arrow-right",
    "chevron-left",
    "chevron-right",
    "external-link",
    "log-in",
    "log-out",
    "reply",
    "send",
    "send-horizontal",
];

/// The glyph of an app for which none was chosen.
pub const DEFAULT_GLYPH: &str = "app-window";

/// Whether there is an icon of this name.
#[must_use]
pub fn exists(name: &str) -> bool {
    ICONS.contains_key(name)
}

/// The icon as inline SVG in the colour of the text around it, always decorative. A name nobody drew gives a
/// plain circle; a test finds those in the templates.
#[must_use]
pub fn svg(name: &str) -> &'static str {
    ICONS.get(name).unwrap_or_else(|| &UNKNOWN)
}

fn framed(name: &str, inner: &str) -> String {
    let class = if POINTING.contains(&name) { "i flip" } else { "i" };
    format!(r#"<svg class="{class}" viewBox="0 0 24 24" aria-hidden="true">{inner}</svg>"#)
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT_GLYPH, POINTING, drawings, exists, svg};

    #[test]
    fn every_named_icon_is_drawn() {
        let mut named = POINTING.iter().chain([&DEFAULT_GLYPH]);
        assert_eq!(named.find(|name| !exists(name)), None);
    }

    #[test]
    fn a_drawing_is_shapes_and_nothing_else() {
        for (name, inner) in drawings() {
            assert!(inner.starts_with('<') && inner.ends_with("/>"), "{name}");
            assert!(!inner.contains("script") && !inner.contains("style") && !inner.contains("on"), "{name}");
        }
    }

    #[test]
    fn icons_are_decorative_and_arrows_turn_round() {
        assert!(svg("plus").starts_with(r#"<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path"#));
        assert!(svg("arrow-left").contains(r#"class="i flip""#));
        assert!(svg("no such icon").contains("<circle"));
    }
}
