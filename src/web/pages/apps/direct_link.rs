//! `GET /apps/{slug}/open`: the direct link. Checks access, then leaves for the app.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Path;
use askama::Template;
use directory::app::{App, SignOn};
use directory::{panel, redemption};

use crate::web::layout::Section;
use crate::web::{Arriving, Flash, Page, PageError, SignedIn, filters, paths};

/// For somebody who may not open the app, or for an app that nobody can open yet.
#[derive(Template)]
#[template(path = "apps/closed.html")]
struct Closed {
    page: Page,
    text: String,
    address: String,
    ways: Vec<String>,
}

pub(super) async fn open(arriving: Arriving, slug: Path<String>) -> Result<HttpResponse, PageError> {
    // Who may not open an app does not learn whether it exists.
    let (visit, (app, invitation)) = arriving
        .read(move |tx, actor, _| match panel::open(tx, actor, &slug)? {
            Some(app) => Ok((Some(app), None)),
            None => Ok((None, redemption::link_to_app(tx, actor.id, &slug)?)),
        })
        .await?;
    match (app, invitation) {
        (Some(app), _) => go(&visit, &app),
        (None, Some(token)) => Ok(visit.see_other(&paths::invitation(token), None)),
        (None, None) => closed(&visit),
    }
}

fn go(visit: &SignedIn, app: &App) -> Result<HttpResponse, PageError> {
    match app.sign_on {
        Some(SignOn::Linked) if visit.flash.as_ref().is_some_and(Flash::is_new) => {
            leave_from_a_page(visit, app)
        }
        Some(SignOn::Linked) => Ok(leave_for(app)),
        None => unfinished(visit, app),
    }
}

/// For somebody who came by a form, such as Accept or the last step of signing in, which leaves a note: browsers hold
/// every redirect after a form to `form-action 'self'`, those of the app's own site included, so that a page of ours
/// has to stand between.
#[derive(Template)]
#[template(path = "apps/leaving.html")]
struct Leaving {
    page: Page,
    app: String,
    href: String,
}

fn leave_from_a_page(visit: &SignedIn, app: &App) -> Result<HttpResponse, PageError> {
    let title = visit.texts.with("open-leaving-title", &[("app", app.name.as_str().into())]);
    let page = visit.page_titled(title).under(Section::Apps);
    let leaving = Leaving { page, app: app.name.clone(), href: app.home_page.clone() };
    let mut response = visit.html_in_passing(StatusCode::OK, &leaving)?;
    let refresh = HeaderValue::from_str(&format!("0; url={}", app.home_page));
    if let Ok(refresh) = refresh {
        response.headers_mut().insert(header::REFRESH, refresh);
    }
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(response)
}

fn leave_for(app: &App) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, app.home_page.as_str()))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .finish()
}

fn closed(visit: &SignedIn) -> Result<HttpResponse, PageError> {
    let page = visit.page("open-closed-title").under(Section::Apps);
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
