//! The roles of an app: added and taken away on *Users and groups*.

use actix_web::HttpResponse;
use directory::Error;
use directory::app::App;
use directory::app_role::{self, AppRole};
use directory::text::Name;

use super::super::confirm::{self, Question};
use super::assignments;
use crate::web::asked::{PathId, Slug};
use crate::web::{Administrating, Flash, Form, PageError, Posted, paths};

pub(super) async fn add(
    visit: Administrating,
    Slug(slug): Slug,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let Some(name) = form.parse("role_name", Name::parse) else { return again(&visit, slug, form).await };
    let of = slug.clone();
    let added = visit.write(move |tx, administrator| {
        let app = App::by_slug(tx, &of)?;
        app_role::add(tx, administrator, &app, &name)
    });
    let Some(role) = visit.settle(&mut form, "role_name", added.await)? else {
        return again(&visit, slug, form).await;
    };
    Ok(done(&visit, &slug, Flash::ok("admin-app-role-added").with("role", role.name)))
}

/// The page that the roles stand on, with what was typed.
async fn again(visit: &Administrating, slug: String, form: Form) -> Result<HttpResponse, PageError> {
    assignments::page(visit, slug, None, form).await
}

fn done(visit: &Administrating, slug: &str, flash: Flash) -> HttpResponse {
    visit.see_other(&paths::admin_app_users_and_groups(slug), flash)
}

pub(super) async fn ask(
    visit: Administrating,
    Slug(slug): Slug,
    PathId(role): PathId<AppRole>,
) -> Result<HttpResponse, PageError> {
    let (app, name) = visit
        .read(move |tx, _| {
            let app = App::by_slug(tx, &slug)?;
            let roles = app_role::list(tx, app.id)?;
            let name = roles.into_iter().find(|one| one.id == role).ok_or(Error::Hidden)?.name;
            Ok((app, name))
        })
        .await?;
    let question = Question {
        heading: visit.texts.with(
            "admin-app-role-remove-heading",
            &[("role", name.into()), ("app", app.name.as_str().into())],
        ),
        text: visit.texts.get("admin-app-role-remove-text"),
        action: paths::admin_app_role_remove(&app.slug, role),
        button: visit.texts.get("remove"),
        cancel: paths::admin_app_users_and_groups(&app.slug),
    };
    confirm::ask(&visit, paths::ADMIN_APPS, question)
}

pub(super) async fn remove(
    visit: Administrating,
    Slug(slug): Slug,
    PathId(role): PathId<AppRole>,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let of = slug.clone();
    let removed = visit.write(move |tx, administrator| {
        let app = App::by_slug(tx, &of)?;
        app_role::remove(tx, administrator, &app, role)
    });
    let mut form = Form::empty();
    let Some(()) = visit.settle(&mut form, "", removed.await)? else {
        return again(&visit, slug, form).await;
    };
    Ok(done(&visit, &slug, Flash::ok("admin-app-role-removed")))
}
