//! `GET /apps`: the tiles of a person.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use directory::panel::{self, GroupCounts, SentNote};
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
    /// Where guest inviters invite: they have no Administration to find it in.
    invite: Option<Link>,
    collections: Vec<Tab>,
    shelves: Vec<Shelf>,
    expired: Option<Link>,
    declined: Vec<Declined>,
    nothing: Option<Nothing>,
}

/// A guest who does not want to be one, and why.
struct Declined {
    sentence: String,
    reason: String,
    /// For whoever can invite them there.
    again: Option<Link>,
}

/// What stands in place of the tiles of apps when there is none.
struct Nothing {
    text: String,
    icon: &'static str,
    way: Option<Link>,
}

pub(super) async fn show(arriving: Arriving, Asked(asked): Asked) -> Result<HttpResponse, PageError> {
    let q = sought(&asked);
    let (visit, (tiles, news, to_assign)) = arriving
        .read(|tx, actor, organisation| {
            let tiles = panel::tiles(tx, actor, organisation)?;
            let to_assign = tiles.is_empty() && actor.administrator && panel::is_any_app(tx)?;
            Ok((tiles, panel::news(tx, actor, organisation)?, to_assign))
        })
        .await?;
    let page = visit.page("nav-apps").under(Section::Apps);
    let groups = groups_tile(&visit, news.groups);
    let nothing = tiles.is_empty().then(|| nothing(&visit, to_assign));
    let mut shelves = shelves::fill(&page, tiles, groups, &q);
    if nothing.is_some() {
        // What there is, is *Groups*, which is no app.
        for shelf in &mut shelves {
            shelf.title = page.t("apps-other");
        }
    }
    let collections = if q.is_empty() { shelves::pills(&page, &shelves) } else { Vec::new() };
    let expired = news.expired.and_then(|expired| ran_out(&page, &expired));
    let declined = news.declined.into_iter().map(|note| declined(&visit, note)).collect();
    let invite = invite(&visit);
    visit.html(StatusCode::OK, &Panel { page, q, invite, collections, shelves, expired, declined, nothing })
}

/// The words below *Groups*, for people who have any business there.
fn groups_tile(visit: &SignedIn, counts: GroupCounts) -> Option<String> {
    let sentence = match (counts.owned, counts.joined) {
        _ if !visit.sees_groups => None,
        (0, 0) => None,
        (0, joined) => Some(("apps-groups-joined", joined)),
        (owned, _) => Some(("apps-groups-owned", owned)),
    };
    sentence.map(|(key, count)| visit.texts.count(key, count))
}

/// An invitation that ran out, with the way to the list it is on.
fn ran_out(page: &Page, note: &SentNote) -> Option<Link> {
    let path = note.path.as_deref()?;
    Some(Link {
        label: page.with2("apps-expired", "address", &note.address, "target", &note.target),
        href: paths::with_query(path, &[("show", "expired")]),
    })
}

fn declined(visit: &SignedIn, note: SentNote) -> Declined {
    let told = [("address", note.address.as_str().into()), ("target", note.target.as_str().into())];
    let sentence = visit.texts.with("apps-declined", &told);
    let to_the_organisation =
        || invites_to_the_organisation(visit).then(|| paths::ADMIN_USERS_INVITE.to_owned());
    let page = note.path.as_deref().map(paths::add).or_else(to_the_organisation);
    let again = page.map(|page| Link {
        label: visit.texts.get("apps-declined-again"),
        href: paths::with_query(&page, &[("email", &note.address)]),
    });
    Declined { sentence, reason: note.reason, again }
}

fn invites_to_the_organisation(visit: &SignedIn) -> bool {
    visit.actor.administrator || visit.actor.guest_inviter
}

/// Inviting to nothing but the organisation.
fn invite(visit: &SignedIn) -> Option<Link> {
    let link =
        Link { label: visit.texts.get("admin-users-invite"), href: paths::ADMIN_USERS_INVITE.to_owned() };
    (visit.actor.guest_inviter && !visit.actor.administrator).then_some(link)
}

/// What to tell whoever has no app. For administrators it depends on whether there is one to assign to themselves.
fn nothing(visit: &SignedIn, to_assign: bool) -> Nothing {
    let link = |key: &str, href: &str| Some(Link { label: visit.texts.get(key), href: href.to_owned() });
    let (key, icon, way) = match (visit.actor.kind, visit.actor.administrator) {
        (UserKind::Guest, _) => ("apps-none-guest", "", None),
        (_, true) if to_assign => {
            ("apps-none-assign", "layout-grid", link("admin-app-all", paths::ADMIN_APPS))
        }
        (_, true) => ("apps-none-administrator", "plus", link("apps-none-add", paths::ADMIN_APPS)),
        (_, false) => ("apps-none-member", "", None),
    };
    Nothing { text: visit.texts.get(key), icon, way }
}
