//! The three screens of signing in.

use actix_web::HttpResponse;
use askama::Template;

use super::Way;
use crate::web::{Form, Page, PageError, Visit, filters, paths, view::Tone};

/// What is asked next.
#[derive(Clone, Copy)]
pub(super) enum Screen {
    /// Who it is.
    Address,
    /// These ways of proving it.
    Ways(&'static [Way]),
    /// The code that was mailed.
    Code,
}

#[derive(Template)]
#[template(path = "sign_in/address.html")]
struct AddressPage {
    page: Page,
    form: Form,
}

#[derive(Template)]
#[template(path = "sign_in/ways.html")]
struct WaysPage {
    page: Page,
    form: Form,
    ways: &'static [Way],
    /// Back to the first screen.
    again: String,
}

impl WaysPage {
    /// Whether something was proved already and one way is left.
    fn is_second_proof(&self) -> bool {
        self.ways.len() < Way::ALL.len()
    }
}

#[derive(Template)]
#[template(path = "sign_in/code.html")]
struct CodePage {
    page: Page,
    form: Form,
    again: String,
}

/// The page with what was typed, 422 when something of it was refused.
pub(super) fn draw(visit: &Visit, form: Form, screen: Screen) -> Result<HttpResponse, PageError> {
    let status = form.status();
    let title = match screen {
        Screen::Code => "sign-in-code-title",
        Screen::Ways(_) => "sign-in-ways-title",
        Screen::Address => "sign-in-title",
    };
    let again = paths::sign_in(paths::safe_next(form.value("next")));
    // Two of the screens have an address: a change of language leads there, and on to where one wanted.
    let here = match screen {
        Screen::Code => paths::sign_in_code(form.value("next")),
        Screen::Address | Screen::Ways(_) => again.clone(),
    };
    let page = Page { me: None, here, ..visit.page(title).alone().showing(&form) };
    match screen {
        Screen::Address => visit.html(status, &AddressPage { page, form }),
        Screen::Ways(ways) => visit.html(status, &WaysPage { page, form, ways, again }),
        Screen::Code => visit.html(status, &CodePage { page, form, again }),
    }
}
