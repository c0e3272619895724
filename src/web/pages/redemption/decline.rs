//! Decline: asked once more, with a reason if the person likes.

use actix_web::{HttpResponse, web::Path};
use askama::Template;
use directory::{
    Error,
    redemption::{self, Offer, Opened},
    text::Message,
};

use super::{frame, letter::Letter, look};
use crate::web::{Form, Page, PageError, Posted, Visit, filters, paths};

#[derive(Template)]
#[template(path = "redemption/decline.html")]
struct DeclinePage {
    page: Page,
    form: Form,
    letter: Letter,
    action: String,
    back: String,
}

/// `GET /invitations/{token}/decline`
pub(super) async fn ask(visit: Visit, token: Path<String>) -> Result<HttpResponse, PageError> {
    page(&visit, &token, Form::empty()).await
}

/// `POST /invitations/{token}/decline`
pub(super) async fn decline(
    visit: Visit,
    token: Path<String>,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let Some(reason) = form.parse("reason", Message::parse) else {
        return page(&visit, &token, form).await;
    };
    let (link, browser) = (token.to_string(), visit.browser_key());
    match visit.write(move |tx| redemption::decline(tx, &link, &browser, &reason)).await {
        Ok(()) => Ok(visit.see_other(&paths::invitation(&*token), None)),
        Err(Error::Stale) => super::open(&visit, &token, Form::empty()).await,
        Err(error) => Err(error.into()),
    }
}

/// The question, while there is something to decline.
async fn page(visit: &Visit, token: &str, form: Form) -> Result<HttpResponse, PageError> {
    match look(visit, token).await? {
        Opened::Offer(offer) => draw(visit, token, &offer, form),
        _ => super::open(visit, token, Form::empty()).await,
    }
}

fn draw(visit: &Visit, token: &str, offer: &Offer, form: Form) -> Result<HttpResponse, PageError> {
    let page = frame(visit, token, &offer.facts, "redeem-decline-title").showing(&form);
    let drawn = DeclinePage {
        letter: Letter::of(page.texts, offer),
        action: paths::invitation_decline(token),
        back: paths::invitation(token),
        page,
        form,
    };
    let status = drawn.form.status();
    visit.html(status, &drawn)
}
