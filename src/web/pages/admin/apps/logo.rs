//! The logo of an app: uploaded, and taken away.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use directory::Error;
use directory::app::App;

use super::super::confirm::{self, Question};
use super::properties;
use crate::web::{Administrating, Flash, Form, PageError, Posted, Uploaded, paths};

pub(super) async fn upload(
    visit: Administrating,
    slug: Path<String>,
    sent: Uploaded,
) -> Result<HttpResponse, PageError> {
    let Some(file) = sent.file("logo").map(|file| file.content.clone()) else {
        return refused(&visit, &slug, "field-required").await;
    };
    let of = slug.clone();
    match visit.write(move |tx, administrator| App::set_logo(tx, administrator, &of, Some(&file))).await {
        Err(Error::Refused(refusal)) => refused(&visit, &slug, visit.sentence(&refusal)).await,
        Err(error) => Err(error.into()),
        Ok(_) => Ok(done(&visit, &slug, "admin-app-logo-saved")),
    }
}

async fn refused(
    visit: &Administrating,
    slug: &str,
    complaint: impl Into<crate::web::form::Complaint>,
) -> Result<HttpResponse, PageError> {
    let mut form = Form::empty();
    form.refuse("logo", complaint);
    let slug = slug.to_owned();
    let app = visit.read(move |tx| App::by_slug(tx, &slug)).await?;
    properties::page(visit, &app, properties::filled(&app), form, StatusCode::UNPROCESSABLE_ENTITY)
}

fn done(visit: &Administrating, slug: &str, key: &str) -> HttpResponse {
    visit.see_other(&paths::admin_app_properties(slug), Flash::ok(key))
}

pub(super) async fn ask(visit: Administrating, slug: Path<String>) -> Result<HttpResponse, PageError> {
    let app = visit.read(move |tx| App::by_slug(tx, &slug)).await?;
    let question = Question {
        heading: visit.texts.with("admin-app-logo-remove-heading", &[("app", app.name.as_str().into())]),
        text: visit.texts.get("admin-app-logo-remove-text"),
        action: paths::admin_app_logo_remove(&app.slug),
        button: visit.texts.get("admin-app-logo-remove"),
        cancel: paths::admin_app_properties(&app.slug),
    };
    confirm::ask(&visit, paths::ADMIN_APPS, question)
}

pub(super) async fn remove(
    visit: Administrating,
    slug: Path<String>,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let of = slug.clone();
    visit.write(move |tx, administrator| App::set_logo(tx, administrator, &of, None)).await?;
    Ok(done(&visit, &slug, "admin-app-logo-removed"))
}
