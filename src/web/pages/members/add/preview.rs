//! `…/add/preview`: the mail alone, for the frame beside the form.

use actix_web::HttpResponse;
use actix_web::http::header;

use super::super::place::Place;
use super::{fields, letter, typed};
use crate::web::asked::Asked;
use crate::web::{Form, PageError, Posted, SignedIn};

/// A mail brings its own styles; nothing else of it may do anything, and only our page may frame it (UX section 4).
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; \
    frame-ancestors 'self'; sandbox allow-same-origin";

pub(in super::super) async fn show(
    visit: SignedIn,
    place: Place,
    Asked(asked): Asked,
) -> Result<HttpResponse, PageError> {
    draw(&visit, place, &asked).await
}

/// *Update preview*: the form as it is now, sent into the frame.
pub(in super::super) async fn update(
    visit: SignedIn,
    place: Place,
    Posted(form): Posted,
) -> Result<HttpResponse, PageError> {
    draw(&visit, place, &form).await
}

async fn draw(visit: &SignedIn, place: Place, form: &Form) -> Result<HttpResponse, PageError> {
    let actor = visit.actor.clone();
    let manager = visit.read(move |tx| place.manager(tx, &actor)).await?;
    let typed = typed::addresses(form.value("email"));
    let address = form.values("for").into_iter().chain(form.values("listed")).next();
    let address = address.or_else(|| typed.first().map(String::as_str));
    let written = letter::written(visit, &manager, address, &fields::draft_as_it_is(form))?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .body(written.html))
}
