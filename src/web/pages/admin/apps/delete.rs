//! `GET, POST /admin/apps/{slug}/delete`.

use actix_web::HttpResponse;
use directory::app::{App, Deleted};

use super::super::confirm::{self, Question};
use crate::web::asked::Slug;
use crate::web::{Administrating, Flash, PageError, Posted, paths};

pub(super) async fn ask(visit: Administrating, Slug(slug): Slug) -> Result<HttpResponse, PageError> {
    let (app, stays) = visit
        .read(move |tx, _| {
            let app = App::by_slug(tx, &slug)?;
            let stays = app.was_invited_to(tx)?;
            Ok((app, stays))
        })
        .await?;
    let effect = if stays { "admin-app-delete-stays" } else { "admin-app-delete-goes" };
    let question = Question {
        heading: visit.texts.with("admin-app-delete-heading", &[("app", app.name.as_str().into())]),
        text: visit.texts.get(effect),
        action: paths::admin_app_delete(&app.slug),
        button: visit.texts.get("admin-app-delete"),
        cancel: paths::admin_app_properties(&app.slug),
    };
    confirm::ask(&visit, paths::ADMIN_APPS, question)
}

pub(super) async fn delete(
    visit: Administrating,
    Slug(slug): Slug,
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
