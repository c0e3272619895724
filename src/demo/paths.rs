//! The addresses that only the demo has.

use std::fmt::Display;

/// Signs in as one of the sample people, `POST`.
pub(super) const SIGN_IN: &str = "/demo/sign-in";
/// The mail of the demo.
pub(super) const MAIL: &str = "/demo/mail";

/// One mail.
pub(super) fn mail(number: impl Display) -> String {
    format!("{MAIL}/{number}")
}

/// Its HTML part, for the frame.
pub(super) fn mail_html(number: impl Display) -> String {
    format!("{MAIL}/{number}/html")
}

/// What stands in for an app.
pub(super) fn app(slug: impl Display) -> String {
    format!("/demo/apps/{slug}")
}
