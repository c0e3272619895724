//! `GET /admin/apps/{slug}`: how an app stands.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use directory::app::App;

use super::checklist::{self, ChecklistView};
use super::frame::{self, Head, Screen};
use crate::text::Texts;
use crate::web::asked::Slug;
use crate::web::view::{Fact, Fix};
use crate::web::{Administrating, Page, PageError, filters, paths};

#[derive(Template)]
#[template(path = "admin/apps/overview.html")]
struct OverviewPage {
    page: Page,
    head: Head,
    checklist: ChecklistView,
    link: String,
    facts: Vec<Fact>,
    properties: String,
}

pub(super) async fn show(visit: Administrating, Slug(slug): Slug) -> Result<HttpResponse, PageError> {
    let organisation = visit.organisation.clone();
    let (app, progress) = visit.read(move |tx, _| checklist::load(tx, &organisation, &slug)).await?;
    let view = OverviewPage {
        page: frame::page(&visit, &app, Screen::Overview),
        head: frame::head(visit.texts, &app, Screen::Overview),
        checklist: checklist::view(visit.texts, &app, &progress),
        link: visit.state.public_url.join(&paths::app_open(&app.slug)),
        facts: facts(visit.texts, &app),
        properties: paths::admin_app_properties(&app.slug),
    };
    visit.html(StatusCode::OK, &view)
}

fn facts(texts: Texts, app: &App) -> Vec<Fact> {
    let yes_no = |is: bool| texts.get(if is { "yes" } else { "no" });
    let or_none = |text: &str| if text.is_empty() { texts.get("none") } else { text.to_owned() };
    let method =
        app.sign_on.map_or_else(|| texts.get("admin-app-method-none"), |one| frame::method(texts, one));
    vec![
        Fact::new(texts.get("admin-app-description"), or_none(&app.description)),
        Fact::new(texts.get("admin-app-collection"), or_none(&app.collection)),
        Fact::new(texts.get("admin-app-home-page"), app.home_page.clone()),
        Fact::new(texts.get("admin-app-single-sign-on"), method),
        Fact::new(texts.get("admin-app-enabled"), yes_no(app.enabled)),
        Fact::new(texts.get("admin-app-visible"), yes_no(app.visible)),
        Fact::new(texts.get("admin-app-assignment-required"), yes_no(app.assignment_required)),
    ]
}
