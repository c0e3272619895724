//! The pages that ask before somebody loses something.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use directory::invitation::{self, Invitation};
use directory::user::{User, UserKind};
use directory::{Error, Manager, app_assignment, group_member};

use super::head;
use super::part::Part;
use super::place::Place;
use crate::web::asked::{Asked, PathId};
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
    PathId(user): PathId<User>,
    Asked(asked): Asked,
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
    let (texts, path, part) = (visit.texts, place.path(), Part::of(&asked));
    let names = [("person", user.name.as_str().into()), ("name", head::name(manager.target()).into())];
    let page = head::page(&visit, &place, texts.with("people-remove-title", &names));
    let stays =
        if user.kind == UserKind::Guest { "people-remove-stays-guest" } else { "people-remove-stays" };
    let loses = texts.with(loses(&manager, &user), &names);
    let opens = (!opened.is_empty()).then(|| page.t("people-remove-opens"));
    let confirm = Confirm {
        text: [loses].into_iter().chain(opens).collect::<Vec<_>>().join(" "),
        lost: opened.iter().map(|app| page.with("people-remove-app", "app", app)).collect(),
        stays: page.t(stays),
        action: part.behind(&paths::member_remove(&path, user.id)),
        button: page.t("remove"),
        cancel: part.behind(&path),
        page,
    };
    visit.html(StatusCode::OK, &confirm)
}

/// What somebody loses besides what the group opens. Whoever is about to take herself out is told whether she can put
/// herself back: owners manage only an app that they have (SPEC 3.1).
fn loses(manager: &Manager, user: &User) -> &'static str {
    let actor = manager.actor();
    if user.id != actor.id {
        return "people-remove-text";
    }
    match (actor.administrator, manager.target().app().is_some()) {
        (true, _) => "people-remove-self-administrator",
        (false, true) => "people-remove-self-app",
        (false, false) => "people-remove-self-group",
    }
}

pub(super) async fn ask_revoke(
    visit: SignedIn,
    place: Place,
    PathId(id): PathId<Invitation>,
    Asked(asked): Asked,
) -> Result<HttpResponse, PageError> {
    let (actor, from) = (visit.actor.clone(), place.clone());
    let invitation = visit
        .read(move |tx| {
            let manager = from.manager(tx, &actor)?;
            invitation::managed(tx, &manager, id)
        })
        .await?;
    let (path, part) = (place.path(), Part::of(&asked));
    let title =
        visit.texts.with("people-revoke-title", &[("address", invitation.address_key.as_str().into())]);
    let page = head::page(&visit, &place, title);
    let confirm = Confirm {
        text: page.t("people-revoke-text"),
        lost: Vec::new(),
        stays: String::new(),
        action: part.behind(&paths::invitation_revoke(&path, invitation.id)),
        button: page.t("people-take-back"),
        cancel: part.behind(&path),
        page,
    };
    visit.html(StatusCode::OK, &confirm)
}
