//! `GET /apps/{slug}/open`: the direct link. Checks access, then leaves for the app.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::Path;
use askama::Template;
use directory::app::{App, SignOn};
use directory::{Error, panel};

use crate::web::layout::Section;
use crate::web::{Page, PageError, SignedIn, filters};

/// For somebody who may not open the app, or for an app that nobody can open yet.
#[derive(Template)]
#[template(path = "apps/closed.html")]
struct Closed {
    page: Page,
    text: String,
    address: String,
    ways: Vec<String>,
}

pub(super) async fn open(visit: SignedIn, slug: Path<String>) -> Result<HttpResponse, PageError> {
    let (actor, slug) = (visit.actor.clone(), slug.into_inner());
    match visit.read(move |tx| panel::open(tx, &actor, &slug)).await {
        Ok(app) => match app.sign_on {
            Some(SignOn::Linked) => Ok(leave_for(&app)),
            None => unfinished(&visit, &app),
        },
        // Whether there is such an app is nobody's business who may not open it.
        Err(Error::Hidden) => closed(&visit),
        Err(error) => Err(error.into()),
    }
}

fn leave_for(app: &App) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, app.home_page.as_str()))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .finish()
}

fn closed(visit: &SignedIn) -> Result<HttpResponse, PageError> {
    let page = visit.page_under(Section::Apps, "open-closed-title");
    let ways = ["open-closed-address", "open-closed-mail", "open-closed-ask"];
    let closed = Closed {
        text: page.t("open-closed-text"),
        address: visit.actor.address.to_string(),
        ways: ways.iter().map(|way| page.t(way)).collect(),
        page,
    };
    visit.html(StatusCode::NOT_FOUND, &closed)
}

fn unfinished(visit: &SignedIn, app: &App) -> Result<HttpResponse, PageError> {
    let page =
        visit.page_titled(visit.texts.with("open-unfinished-title", &[("app", app.name.as_str().into())]));
    let closed = Closed {
        text: page.t("open-unfinished-text"),
        address: String::new(),
        ways: Vec::new(),
        page: page.under(Section::Apps),
    };
    visit.html(StatusCode::FORBIDDEN, &closed)
}
