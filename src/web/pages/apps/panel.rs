//! `GET /apps`: the tiles of a person.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use directory::panel;
use directory::user::UserKind;

use super::shelves::{self, Shelf};
use crate::web::asked::{Asked, sought};
use crate::web::layout::Section;
use crate::web::view::{Link, Tab};
use crate::web::{Arriving, Page, PageError, SignedIn, filters, paths};

#[derive(Template)]
#[template(path = "apps/panel.html")]
struct Panel {
    page: Page,
    q: String,
    collections: Vec<Tab>,
    shelves: Vec<Shelf>,
    expired: Option<Link>,
    declined: Option<Declined>,
    nothing: Option<Nothing>,
}

/// A guest who does not want to be one, and why.
struct Declined {
    sentence: String,
    reason: String,
}

/// What stands in place of the tiles of apps when there is none.
struct Nothing {
    text: String,
    add: Option<Link>,
}

pub(super) async fn show(arriving: Arriving, Asked(asked): Asked) -> Result<HttpResponse, PageError> {
    let q = sought(&asked);
    let (visit, (tiles, news)) = arriving
        .read(|tx, actor, organisation| Ok((panel::tiles(tx, actor, organisation)?, panel::news(tx, actor)?)))
        .await?;
    let page = visit.page_under(Section::Apps, "nav-apps");
    let groups = groups_tile(&visit, news.groups);
    let nothing = tiles.is_empty().then(|| nothing(&visit));
    let mut shelves = shelves::fill(&page, tiles, groups, &q);
    if nothing.is_some() {
        // What there is, is *Groups*, which is no app.
        for shelf in &mut shelves {
            shelf.title = page.t("apps-other");
        }
    }
    let collections = if q.is_empty() { shelves::pills(&page, &shelves) } else { Vec::new() };
    let expired = news.expired.map(|expired| Link {
        label: page.with2("apps-expired", "address", &expired.address, "target", &expired.target),
        href: paths::with_query(&expired.path, &[("show", "expired")]),
    });
    let declined = news.declined.map(|declined| Declined {
        sentence: page.with2("apps-declined", "address", &declined.address, "target", &declined.target),
        reason: declined.reason,
    });
    visit.html(StatusCode::OK, &Panel { page, q, collections, shelves, expired, declined, nothing })
}

/// The words below *Groups*, for people who have any business there.
fn groups_tile(visit: &SignedIn, (owned, joined): (i64, i64)) -> Option<String> {
    let sentence = match (owned, joined) {
        _ if !visit.sees_groups => None,
        (0, 0) => None,
        (0, joined) => Some(("apps-groups-joined", joined)),
        (owned, _) => Some(("apps-groups-owned", owned)),
    };
    sentence.map(|(key, count)| visit.texts.count(key, count))
}

fn nothing(visit: &SignedIn) -> Nothing {
    let key = match (visit.actor.kind, visit.actor.administrator) {
        (UserKind::Guest, _) => "apps-none-guest",
        (_, true) => "apps-none-administrator",
        (_, false) => "apps-none-member",
    };
    let add = visit
        .actor
        .administrator
        .then(|| Link { label: visit.texts.get("apps-none-add"), href: paths::ADMIN_APPS.to_owned() });
    Nothing { text: visit.texts.get(key), add }
}
