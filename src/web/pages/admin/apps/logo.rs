//! The logo of an app: uploaded, and taken away.

use actix_web::HttpResponse;
use directory::app::App;

use super::super::confirm::{self, Question};
use super::properties;
use crate::web::asked::Slug;
use crate::web::{Administrating, Flash, Form, PageError, Posted, Uploaded, paths};

pub(super) async fn upload(
    visit: Administrating,
    Slug(slug): Slug,
    sent: Result<Uploaded, PageError>,
) -> Result<HttpResponse, PageError> {
    let mut form = Form::empty();
    let sent = match sent {
        // Nothing of it was read to the end, and nothing is done but to show the page again.
        Err(error @ PageError::TooLarge) => {
            form.refuse("logo", "admin-app-logo-too-large");
            let mut page = again(&visit, slug, form).await?;
            *page.status_mut() = error.status();
            return Ok(page);
        }
        sent => sent?,
    };
    let Some(file) = sent.file("logo").map(|file| file.content.clone()) else {
        form.refuse("logo", "field-required");
        return again(&visit, slug, form).await;
    };
    let of = slug.clone();
    let saved = visit.write(move |tx, administrator| App::set_logo(tx, administrator, &of, Some(&file)));
    let Some(_) = visit.settle(&mut form, "logo", saved.await)? else {
        return again(&visit, slug, form).await;
    };
    Ok(done(&visit, &slug, "admin-app-logo-saved"))
}

/// The page that the logo stands on, with what is wrong with the file.
async fn again(visit: &Administrating, slug: String, form: Form) -> Result<HttpResponse, PageError> {
    let found = properties::Found::load(visit, slug).await?;
    properties::page(visit, &found, properties::filled(&found.app), form)
}

fn done(visit: &Administrating, slug: &str, key: &str) -> HttpResponse {
    visit.see_other(&paths::admin_app_properties(slug), Flash::ok(key))
}

pub(super) async fn ask(visit: Administrating, Slug(slug): Slug) -> Result<HttpResponse, PageError> {
    let app = visit.read(move |tx, _| App::by_slug(tx, &slug)).await?;
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
    Slug(slug): Slug,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let of = slug.clone();
    visit.write(move |tx, administrator| App::set_logo(tx, administrator, &of, None)).await?;
    Ok(done(&visit, &slug, "admin-app-logo-removed"))
}
