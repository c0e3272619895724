//! The drawings of Lucide that the pages use, as `static/img/icons/lucide.tsv` has them: one icon a line, its
//! name, a tab, and the inner markup of its SVG.

use std::collections::HashMap;
use std::sync::LazyLock;

fn drawings() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../../static/img/icons/lucide.tsv").lines().filter_map(|line| line.split_once('\t'))
}

/// The whole markup of each: a list of fifty people draws three hundred.
static ICONS: LazyLock<HashMap<&'static str, String>> =
    LazyLock::new(|| drawings().map(|(name, inner)| (name, framed(inner))).collect());

static UNKNOWN: LazyLock<String> = LazyLock::new(|| framed(r#"<circle cx="12" cy="12" r="9"/>"#));

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

fn framed(inner: &str) -> String {
    format!(r#"<svg class="i" viewBox="0 0 24 24" aria-hidden="true">{inner}</svg>"#)
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT_GLYPH, drawings, exists, svg};

    #[test]
    fn the_glyph_of_an_app_without_one_is_drawn() {
        assert!(exists(DEFAULT_GLYPH));
    }

    #[test]
    fn a_drawing_is_shapes_and_nothing_else() {
        for (name, inner) in drawings() {
            assert!(inner.starts_with('<') && inner.ends_with("/>"), "{name}");
            assert!(!inner.contains("script") && !inner.contains("style") && !inner.contains("on"), "{name}");
        }
    }

    #[test]
    fn icons_are_decorative_and_an_unknown_one_is_a_circle() {
        assert!(svg("plus").starts_with(r#"<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path"#));
        assert!(svg("no such icon").contains("<circle"));
    }
}
