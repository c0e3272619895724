//! The roles of an app: added and taken away on *Users and groups*.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use directory::app::App;
use directory::app_role::{self, AppRole};
use directory::text::Name;
use directory::{Error, Id};

use super::super::confirm::{self, Question};
use super::super::id;
use super::assignments;
use crate::web::{Administrating, Flash, Form, PageError, Posted, paths};

pub(super) async fn add(
    visit: Administrating,
    slug: Path<String>,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let slug = slug.into_inner();
    let Some(name) = form.parse("role_name", Name::parse) else {
        return refused(&visit, slug, form).await;
    };
    let of = slug.clone();
    let added = visit.write(move |tx, administrator| {
        let app = App::by_slug(tx, &of)?;
        app_role::add(tx, administrator, &app, &name)
    });
    match added.await {
        Err(Error::Refused(refusal)) => {
            form.refuse("role_name", visit.sentence(&refusal));
            refused(&visit, slug, form).await
        }
        Err(error) => Err(error.into()),
        Ok(role) => Ok(done(&visit, &slug, Flash::ok("admin-app-role-added").with("role", role.name))),
    }
}

async fn refused(visit: &Administrating, slug: String, form: Form) -> Result<HttpResponse, PageError> {
    assignments::page(visit, slug, None, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

fn done(visit: &Administrating, slug: &str, flash: Flash) -> HttpResponse {
    visit.see_other(&paths::admin_app_users_and_groups(slug), flash)
}

pub(super) async fn ask(
    visit: Administrating,
    asked: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    let (slug, role) = asked.into_inner();
    let role: Id<AppRole> = id(&role)?;
    let (app, name) = visit
        .read(move |tx| {
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
    asked: Path<(String, String)>,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let (slug, role) = asked.into_inner();
    let role: Id<AppRole> = id(&role)?;
    let of = slug.clone();
    let removed = visit.write(move |tx, administrator| {
        let app = App::by_slug(tx, &of)?;
        app_role::remove(tx, administrator, &app, role)
    });
    match removed.await {
        Err(Error::Refused(refusal)) => {
            let mut form = Form::empty();
            form.refuse("", visit.sentence(&refusal));
            refused(&visit, slug, form).await
        }
        Err(error) => Err(error.into()),
        Ok(()) => Ok(done(&visit, &slug, Flash::ok("admin-app-role-removed"))),
    }
}
