//! The page that asks before something is taken away, or done that cannot be undone.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::web::{Administrating, Page, PageError, filters};

#[derive(Template)]
#[template(path = "admin/confirm.html")]
struct ConfirmPage {
    page: Page,
    text: String,
    action: String,
    button: String,
    back: String,
}

/// What is asked.
pub(super) struct Question {
    pub(super) heading: String,
    pub(super) text: String,
    pub(super) action: String,
    pub(super) button: String,
    pub(super) cancel: String,
}

/// Asks, on a page below this entry of the side navigation.
pub(super) fn ask(
    visit: &Administrating,
    side: &'static str,
    question: Question,
) -> Result<HttpResponse, PageError> {
    let Question { heading, text, action, button, cancel } = question;
    let page = visit.page_titled(heading).administering(side);
    visit.html(StatusCode::OK, &ConfirmPage { page, text, action, button, back: cancel })
}
