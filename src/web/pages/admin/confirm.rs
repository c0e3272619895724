//! The page that asks before something is taken away, or done that cannot be undone.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::web::{Page, PageError, SignedIn, filters};

#[derive(Template)]
#[template(path = "admin/confirm.html")]
struct ConfirmPage {
    page: Page,
    question: Question,
}

/// What is asked.
pub(super) struct Question {
    pub(super) heading: String,
    pub(super) text: String,
    pub(super) action: String,
    pub(super) button: String,
    pub(super) cancel: String,
}

/// Asks, on a page below the entry of the side navigation that leads there. Guest inviters, whom no entry of it lets
/// in, are asked on a page without it.
pub(super) fn ask(
    visit: &SignedIn,
    side: &'static str,
    question: Question,
) -> Result<HttpResponse, PageError> {
    let page = visit.page_titled(question.heading.clone());
    let page = if visit.actor.administrator { page.administering(side) } else { page };
    visit.html(StatusCode::OK, &ConfirmPage { page, question })
}
