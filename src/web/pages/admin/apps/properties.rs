//! `GET, POST /admin/apps/{slug}/properties`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use directory::Error;
use directory::app::{App, AppProperties, HomePage};
use directory::text::{Description, Label, Name};

use super::super::reading::{answer, version, version_to_show, yes_no};
use super::frame::{self, Head, Screen};
use crate::web::{Administrating, Flash, Form, Page, PageError, Posted, filters, paths};

#[derive(Template)]
#[template(path = "admin/apps/properties.html")]
struct PropertiesPage {
    page: Page,
    head: Head,
    form: Form,
    logo_form: Form,
    stale: bool,
    version: i64,
    own_logo: bool,
    path: String,
    delete: String,
}

pub(super) async fn show(visit: Administrating, slug: Path<String>) -> Result<HttpResponse, PageError> {
    let app = visit.read(move |tx| App::by_slug(tx, &slug)).await?;
    page(&visit, &app, (filled(&app), Form::empty()), StatusCode::OK)
}

pub(super) async fn save(
    visit: Administrating,
    slug: Path<String>,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let slug = slug.into_inner();
    let Some(properties) = read(&mut form) else {
        return again(&visit, slug, (form, Form::empty()), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let (version, of) = (version(&form), slug.clone());
    let saved =
        visit.write(move |tx, administrator| App::change(tx, administrator, &of, &properties, version));
    match saved.await {
        Err(Error::Stale) => again(&visit, slug, (form, Form::empty()), StatusCode::CONFLICT).await,
        Err(error) => Err(error.into()),
        Ok(_) => Ok(visit.see_other(&paths::admin_app_properties(&slug), Flash::ok("admin-app-saved"))),
    }
}

/// The same page, with what was typed.
async fn again(
    visit: &Administrating,
    slug: String,
    forms: (Form, Form),
    status: StatusCode,
) -> Result<HttpResponse, PageError> {
    let app = visit.read(move |tx| App::by_slug(tx, &slug)).await?;
    page(visit, &app, forms, status)
}

/// The form as the app is now.
pub(super) fn filled(app: &App) -> Form {
    Form::filled(&[
        ("name", app.name.clone()),
        ("description", app.description.clone()),
        ("collection", app.collection.clone()),
        ("home_page", app.home_page.clone()),
        ("enabled", answer(app.enabled)),
        ("visible", answer(app.visible)),
        ("assignment_required", answer(app.assignment_required)),
    ])
}

fn read(form: &mut Form) -> Option<AppProperties> {
    let name = form.parse("name", Name::parse);
    let description = form.parse("description", Description::parse);
    let collection = form.parse("collection", Label::parse);
    let home_page = form.parse("home_page", HomePage::parse);
    let enabled = form.parse("enabled", yes_no);
    let visible = form.parse("visible", yes_no);
    let assignment_required = form.parse("assignment_required", yes_no);
    Some(AppProperties {
        name: name?,
        description: description?,
        collection: collection?,
        home_page: home_page?,
        enabled: enabled?,
        visible: visible?,
        assignment_required: assignment_required?,
    })
}

/// The page, with what was typed about the app and about its logo.
pub(super) fn page(
    visit: &Administrating,
    app: &App,
    (form, logo_form): (Form, Form),
    status: StatusCode,
) -> Result<HttpResponse, PageError> {
    let wrong = if form.is_valid() { &logo_form } else { &form };
    let view = PropertiesPage {
        page: frame::page(visit, app, Screen::Properties).showing(wrong),
        head: frame::head(visit.texts, app, Screen::Properties),
        stale: status == StatusCode::CONFLICT,
        version: version_to_show(&form, app.version, status),
        own_logo: app.logo_version.is_some(),
        path: paths::admin_app_properties(&app.slug),
        delete: paths::admin_app_delete(&app.slug),
        form,
        logo_form,
    };
    visit.html(status, &view)
}
