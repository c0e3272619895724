//! `GET, POST /admin/apps/{slug}/properties`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use directory::app::{App, AppProperties};
use directory::{Count, invitation};

use super::super::reading::{answer, version, version_to_show, yes_no};
use super::super::switch_hint;
use super::frame::{self, Head, Screen};
use super::new_form;
use crate::web::asked::Slug;
use crate::web::{Administrating, Flash, Form, Page, PageError, Posted, filters, paths};

#[derive(Template)]
#[template(path = "admin/apps/properties.html")]
struct PropertiesPage {
    page: Page,
    head: Head,
    form: Form,
    logo_form: Form,
    enabled_hint: String,
    version: i64,
    path: String,
    upload: String,
    remove_logo: Option<String>,
    delete: String,
}

/// An app, and how many open invitations would be put on hold if it were not enabled.
pub(super) struct Found {
    pub(super) app: App,
    open: Count,
}

impl Found {
    pub(super) async fn load(visit: &Administrating, slug: String) -> directory::Result<Self> {
        let organisation = visit.organisation.clone();
        let found = visit.read(move |tx, administrator| {
            let app = App::by_slug(tx, &slug)?;
            let open = invitation::count_open_to_app(tx, administrator, &organisation, app.id)?;
            Ok(Self { app, open })
        });
        found.await
    }
}

pub(super) async fn show(visit: Administrating, Slug(slug): Slug) -> Result<HttpResponse, PageError> {
    let found = Found::load(&visit, slug).await?;
    let form = filled(&found.app);
    page(&visit, &found, form, Form::empty())
}

pub(super) async fn save(
    visit: Administrating,
    Slug(slug): Slug,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let Some(properties) = read(&mut form) else { return again(&visit, slug, form).await };
    let (version, of) = (version(&form), slug.clone());
    let saved =
        visit.write(move |tx, administrator| App::change(tx, administrator, &of, &properties, version));
    let Some(_) = visit.settle(&mut form, "", saved.await)? else { return again(&visit, slug, form).await };
    Ok(visit.see_other(&paths::admin_app_properties(&slug), Flash::ok("admin-app-saved")))
}

/// The same page, with what was typed.
async fn again(visit: &Administrating, slug: String, form: Form) -> Result<HttpResponse, PageError> {
    let found = Found::load(visit, slug).await?;
    page(visit, &found, form, Form::empty())
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
    found: &Found,
    mut form: Form,
    logo_form: Form,
) -> Result<HttpResponse, PageError> {
    let app = &found.app;
    form.set_beside(&filled(app));
    let sent = if form.status() == StatusCode::OK { &logo_form } else { &form };
    let status = sent.status();
    let view = PropertiesPage {
        page: frame::page(visit, app, Screen::Properties).showing(sent),
        head: frame::head(visit.texts, app, Screen::Properties),
        enabled_hint: switch_hint(visit.texts, "admin-app-enabled-hint", found.open),
        version: version_to_show(&form, app.version),
        path: paths::admin_app_properties(&app.slug),
        upload: paths::admin_app_logo(&app.slug),
        remove_logo: app.logo_version.map(|_| paths::admin_app_logo_remove(&app.slug)),
        delete: paths::admin_app_delete(&app.slug),
        form,
        logo_form,
    };
    visit.html(status, &view)
}
