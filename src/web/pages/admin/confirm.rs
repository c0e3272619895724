//! The page that asks before something is taken away, or done that cannot be undone.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::web::{Page, PageError, SignedIn, filters};

#[derive(Template)]
#[template(path = "admin/confirm.html")]
struct ConfirmPage {
    page: Page,
    text: String,
    action: String,
    button: String,
    back: String,
}

/// The same without the side navigation.
#[derive(Template)]
#[template(path = "admin/confirm_alone.html")]
struct ConfirmAlonePage {
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

/// Asks, on a page below the entry of the side navigation that leads there. Guest inviters, whom no entry of it lets
/// in, are asked on a page without it.
pub(super) fn ask(
    visit: &SignedIn,
    side: &'static str,
    question: Question,
) -> Result<HttpResponse, PageError> {
    let Question { heading, text, action, button, cancel: back } = question;
    let page = visit.page_titled(heading);
    if visit.actor.administrator {
        let page = page.administering(side);
        visit.html(StatusCode::OK, &ConfirmPage { page, text, action, button, back })
    } else {
        visit.html(StatusCode::OK, &ConfirmAlonePage { page, text, action, button, back })
    }
}
