//! `GET, POST /admin/apps/{slug}/properties`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use directory::Error;
use directory::app::{App, AppProperties};

use super::super::reading::{answer, version, version_to_show, yes_no};
use super::frame::{self, Head, Screen};
use super::new_form;
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
    path: String,
    upload: String,
    remove_logo: Option<String>,
    delete: String,
}

pub(super) async fn show(visit: Administrating, slug: Path<String>) -> Result<HttpResponse, PageError> {
    let app = visit.read(move |tx| App::by_slug(tx, &slug)).await?;
    page(&visit, &app, filled(&app), Form::empty(), StatusCode::OK)
}

pub(super) async fn save(
    visit: Administrating,
    slug: Path<String>,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let slug = slug.into_inner();
    let Some(properties) = read(&mut form) else {
        return again(&visit, slug, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let (version, of) = (version(&form), slug.clone());
    let saved =
        visit.write(move |tx, administrator| App::change(tx, administrator, &of, &properties, version));
    match saved.await {
        Err(Error::Stale) => again(&visit, slug, form, StatusCode::CONFLICT).await,
        Err(error) => Err(error.into()),
        Ok(_) => Ok(visit.see_other(&paths::admin_app_properties(&slug), Flash::ok("admin-app-saved"))),
    }
}

/// The same page, with what was typed.
async fn again(
    visit: &Administrating,
    slug: String,
    form: Form,
    status: StatusCode,
) -> Result<HttpResponse, PageError> {
    let app = visit.read(move |tx| App::by_slug(tx, &slug)).await?;
    page(visit, &app, form, Form::empty(), status)
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
    let described = new_form::read(form);
    let enabled = form.parse("enabled", yes_no);
    let visible = form.parse("visible", yes_no);
    let assignment_required = form.parse("assignment_required", yes_no);
    Some(AppProperties {
        enabled: enabled?,
        visible: visible?,
        assignment_required: assignment_required?,
        ..described?
    })
}

/// The page, with what was typed about the app and about its logo.
pub(super) fn page(
    visit: &Administrating,
    app: &App,
    form: Form,
    logo_form: Form,
    status: StatusCode,
) -> Result<HttpResponse, PageError> {
    let wrong = if form.is_valid() { &logo_form } else { &form };
    let view = PropertiesPage {
        page: frame::page(visit, app, Screen::Properties).showing(wrong),
        head: frame::head(visit.texts, app, Screen::Properties),
        stale: status == StatusCode::CONFLICT,
        version: version_to_show(&form, app.version, status),
        path: paths::admin_app_properties(&app.slug),
        upload: paths::admin_app_logo(&app.slug),
        remove_logo: app.logo_version.map(|_| paths::admin_app_logo_remove(&app.slug)),
        delete: paths::admin_app_delete(&app.slug),
        form,
        logo_form,
    };
    visit.html(status, &view)
}
