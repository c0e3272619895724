//! `GET, POST /admin/apps/{slug}/delete`.

use actix_web::HttpResponse;
use actix_web::web::Path;
use directory::app::{App, Deleted};

use super::super::confirm::{self, Question};
use crate::web::{Administrating, Flash, PageError, Posted, paths};

pub(super) async fn ask(visit: Administrating, slug: Path<String>) -> Result<HttpResponse, PageError> {
    let app = visit.read(move |tx| App::by_slug(tx, &slug)).await?;
    let question = Question {
        heading: visit.texts.with("admin-app-delete-heading", &[("app", app.name.as_str().into())]),
        text: visit.texts.get("admin-app-delete-text"),
        action: paths::admin_app_delete(&app.slug),
        button: visit.texts.get("admin-app-delete"),
        cancel: paths::admin_app_properties(&app.slug),
    };
    confirm::ask(&visit, paths::ADMIN_APPS, question)
}

pub(super) async fn delete(
    visit: Administrating,
    slug: Path<String>,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let (name, deleted) = visit
        .write(move |tx, administrator| {
            let app = App::by_slug(tx, &slug)?;
            Ok((app.name, App::delete(tx, administrator, &slug)?))
        })
        .await?;
    let flash = match deleted {
        Deleted::Gone => Flash::ok("admin-app-deleted"),
        Deleted::Disabled => Flash::ok("admin-app-disabled-instead"),
    };
    Ok(visit.see_other(paths::ADMIN_APPS, flash.with("app", name)))
}
