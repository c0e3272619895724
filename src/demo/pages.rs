//! Signing in as one of the sample people, and what stands in for their apps.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{self, Path, ServiceConfig},
};
use askama::Template;
use directory::{
    Actor, EmailAddress, Error, Tx,
    activity::{self, Action},
    app::App,
    session::Entrance,
    user::User,
};

use super::paths;
use crate::web::{Page, PageError, Posted, Visit, filters, logos, view::Logo};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.route(paths::SIGN_IN, web::post().to(sign_in)).route(&paths::app("{slug}"), web::get().to(app));
}

/// `POST /demo/sign-in`: the field `person` is the address of anybody who could sign in.
async fn sign_in(visit: Visit, Posted(form): Posted) -> Result<HttpResponse, PageError> {
    let address = EmailAddress::parse(form.value("person")).map_err(|_| PageError::BadRequest)?;
    visit.sign_in(move |tx| enter(tx, &address), |actor| Some(Entrance::Proved(actor.clone()))).await?;
    Ok(visit.see_other(form.value("next"), None))
}

fn enter(tx: &mut Tx<'_>, address: &EmailAddress) -> directory::Result<Box<Actor>> {
    let user = User::by_address(tx, address)?.ok_or(Error::Hidden)?;
    let actor = Actor::of(&user).ok_or(Error::Hidden)?;
    activity::note(tx, &actor, Action::SignedIn, &user.as_object())?;
    Ok(Box::new(actor))
}

#[derive(Template)]
#[template(path = "demo/app.html")]
struct AppPage {
    page: Page,
    name: String,
    logo: Logo,
}

/// `GET /demo/apps/{slug}`: where the apps of the sample open, because none of them exists.
async fn app(visit: Visit, slug: Path<String>) -> Result<HttpResponse, PageError> {
    let app = visit.read(move |tx| App::by_slug(tx, &slug)).await?;
    let page = visit.page_titled(app.name.clone());
    visit.html(StatusCode::OK, &AppPage { page, logo: logos::of(&app), name: app.name })
}
