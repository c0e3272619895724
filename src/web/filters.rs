//! Filters of the templates.

#![expect(
    missing_docs,
    clippy::inline_always,
    clippy::missing_errors_doc,
    reason = "askama::filter_fn wants a Result of filters that cannot fail, and generates items beside each of them"
)]

use askama::filters::Safe;
use askama::{Result, Values, filter_fn};

use super::{faces, icons};

/// `{{ "plus"|icon }}`: the icon of that name, see [`icons`].
#[filter_fn]
pub fn icon(name: impl AsRef<str>, _: &dyn Values) -> Result<Safe<&'static str>> {
    Ok(Safe(icons::svg(name.as_ref())))
}

/// `{{ person.name|initials }}`: at most two letters to stand in for a picture.
#[filter_fn]
pub fn initials(name: impl AsRef<str>, _: &dyn Values) -> Result<String> {
    Ok(faces::initials(name.as_ref()))
}

/// `class="face h{{ person.id|hue }}"`: one of eight colours, the same for the same id wherever it is shown.
#[filter_fn]
pub fn hue(id: impl AsRef<str>, _: &dyn Values) -> Result<u8> {
    Ok(faces::hue(id.as_ref()))
}
