//! `GET, POST /admin/apps/{slug}/single-sign-on`: the method by which people get from the panel into the app.

use actix_web::HttpResponse;
use askama::Template;
use directory::app::{App, SignOn};

use super::super::reading::{version, version_to_show};
use super::frame::{self, Head, Screen};
use crate::text::Texts;
use crate::web::asked::Slug;
use crate::web::form::choice;
use crate::web::view::Choice;
use crate::web::{Administrating, Flash, Form, Page, PageError, Posted, filters, paths};

/// The methods to choose from, in their order. A new one joins here and gets its words in [`frame::method`].
const METHODS: [SignOn; 1] = [SignOn::Linked];

#[derive(Template)]
#[template(path = "admin/apps/single_sign_on.html")]
struct SingleSignOnPage {
    page: Page,
    head: Head,
    form: Form,
    version: i64,
    methods: Vec<Choice>,
    home_page: String,
    properties: String,
}

pub(super) async fn show(visit: Administrating, Slug(slug): Slug) -> Result<HttpResponse, PageError> {
    let app = visit.read(move |tx, _| App::by_slug(tx, &slug)).await?;
    page(&visit, &app, filled(&app))
}

pub(super) async fn save(
    visit: Administrating,
    Slug(slug): Slug,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let Some(sign_on) = form.parse_optional("sign_on", choice::<SignOn>) else {
        return again(&visit, slug, form).await;
    };
    let (version, of) = (version(&form), slug.clone());
    let saved =
        visit.write(move |tx, administrator| App::set_sign_on(tx, administrator, &of, sign_on, version));
    let Some(_) = visit.settle(&mut form, "sign_on", saved.await)? else {
        return again(&visit, slug, form).await;
    };
    Ok(visit.see_other(&paths::admin_app_single_sign_on(&slug), Flash::ok("admin-app-saved")))
}

/// The same page, with what was typed.
async fn again(visit: &Administrating, slug: String, form: Form) -> Result<HttpResponse, PageError> {
    let app = visit.read(move |tx, _| App::by_slug(tx, &slug)).await?;
    page(visit, &app, form)
}

/// The form as the app is now.
fn filled(app: &App) -> Form {
    Form::filled(&[("sign_on", app.sign_on.map_or("", SignOn::as_str))])
}

fn page(visit: &Administrating, app: &App, mut form: Form) -> Result<HttpResponse, PageError> {
    form.set_beside(&filled(app));
    let status = form.status();
    let view = SingleSignOnPage {
        page: frame::page(visit, app, Screen::SingleSignOn).showing(&form),
        head: frame::head(visit.texts, app, Screen::SingleSignOn),
        version: version_to_show(&form, app.version),
        methods: methods(visit.texts),
        home_page: app.home_page.clone(),
        properties: paths::admin_app_properties(&app.slug),
        form,
    };
    visit.html(status, &view)
}

fn methods(texts: Texts) -> Vec<Choice> {
    let none =
        Choice::new("", texts.get("admin-app-method-none")).hint(texts.get("admin-app-method-none-hint"));
    let method = |one: SignOn| {
        let hint = match one {
            SignOn::Linked => "admin-app-method-linked-hint",
        };
        Choice::new(one.as_str(), frame::method(texts, one)).hint(texts.get(hint))
    };
    std::iter::once(none).chain(METHODS.map(method)).collect()
}
