//! The pages that ask before somebody loses something.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use directory::invitation::{self, Invitation};
use directory::user::{User, UserKind};
use directory::{Error, app_assignment, group_member};

use super::head;
use super::place::{Place, Which};
use crate::web::{Page, PageError, SignedIn, filters, paths};

/// How many apps the page names.
const APPS: i64 = 20;

#[derive(Template)]
#[template(path = "members/confirm.html")]
struct Confirm {
    page: Page,
    text: String,
    lost: Vec<String>,
    stays: String,
    action: String,
    button: String,
    cancel: String,
}

pub(super) async fn ask_remove(
    visit: SignedIn,
    place: Place,
    Which(user): Which<User>,
) -> Result<HttpResponse, PageError> {
    let (actor, from) = (visit.actor.clone(), place.clone());
    let (manager, user, opened) = visit
        .read(move |tx| {
            let manager = from.manager(tx, &actor)?;
            let group = manager.target().group().ok_or(Error::Hidden)?.id;
            let user = group_member::find(tx, &manager, user)?;
            let opened = app_assignment::opened_by(tx, group, APPS)?;
            Ok((manager, user, opened))
        })
        .await?;
    let (texts, path) = (visit.texts, place.path());
    let names = [("person", user.name.as_str().into()), ("name", head::name(manager.target()).into())];
    let page = head::page(&visit, &place, texts.with("people-remove-title", &names));
    let stays =
        if user.kind == UserKind::Guest { "people-remove-stays-guest" } else { "people-remove-stays" };
    let text = if opened.is_empty() { "people-remove-text" } else { "people-remove-text-opens" };
    let confirm = Confirm {
        text: texts.with(text, &names),
        lost: opened.iter().map(|app| page.with("people-remove-app", "app", app)).collect(),
        stays: page.t(stays),
        action: paths::member_remove(&path, user.id),
        button: page.t("remove"),
        cancel: path,
        page,
    };
    visit.html(StatusCode::OK, &confirm)
}

pub(super) async fn ask_revoke(
    visit: SignedIn,
    place: Place,
    Which(id): Which<Invitation>,
) -> Result<HttpResponse, PageError> {
    let (actor, from) = (visit.actor.clone(), place.clone());
    let invitation = visit
        .read(move |tx| {
            let manager = from.manager(tx, &actor)?;
            invitation::managed(tx, &manager, id)
        })
        .await?;
    let path = place.path();
    let title =
        visit.texts.with("people-revoke-title", &[("address", invitation.address_key.as_str().into())]);
    let page = head::page(&visit, &place, title);
    let confirm = Confirm {
        text: page.t("people-revoke-text"),
        lost: Vec::new(),
        stays: String::new(),
        action: paths::invitation_revoke(&path, invitation.id),
        button: page.t("people-take-back"),
        cancel: path,
        page,
    };
    visit.html(StatusCode::OK, &confirm)
}
