//! `GET /apps/{slug}/manage` and `GET /groups/{slug}`: the people of a target.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use directory::access::rules::Side;
use directory::access::{Refusal, SeenTarget};
use directory::group::{self, Group};
use directory::member_list::{self, Counts, Filter, MemberList, Show};
use directory::{Actor, Count, Error, Organisation, Tx};

use super::fellows::{self, Fellows};
use super::head::{self, Banner, Head};
use super::part::{Part, show_name};
use super::place::Place;
use super::row::{Row, Teller};
use crate::web::asked::{Asked, first_page, next_page};
use crate::web::view::{Link, Pager, Tab};
use crate::web::{Arriving, Form, Page, PageError, ROWS, SignedIn, filters, paths};

/// How many other groups a closed group names.
const OTHERS: i64 = 3;

#[derive(Template)]
#[template(path = "members/list.html")]
struct Members {
    page: Page,
    head: Head,
    banner: Option<Banner>,
    add: Option<String>,
    take_back: Option<String>,
    sent: String,
    q: String,
    show: &'static str,
    pills: Vec<Tab>,
    rows: Vec<Row>,
    /// What the button of every row that removes somebody says.
    remove_label: String,
    nobody: Option<Nobody>,
    pager: Pager,
}

struct Nobody {
    title: String,
    text: String,
    add: Option<Link>,
}

/// What the database tells about a target that somebody asks for.
pub(super) enum Found {
    /// Everybody, for those who manage it or ought to.
    People(Box<SeenTarget>, MemberList, Vec<Group>),
    /// What somebody sees of a group who is only in it.
    Fellows(Box<SeenTarget>, Fellows),
}

pub(super) async fn show(
    arriving: Arriving,
    place: Place,
    Asked(asked): Asked,
) -> Result<HttpResponse, PageError> {
    let (from, filter) = (place.clone(), Part::of(&asked).filter());
    let searches = !filter.search.is_empty();
    let look = move |tx: &mut Tx<'_>, actor: &Actor, _: &Organisation| {
        let seen = from.see(tx, actor)?;
        Found::load(tx, seen, &filter)
    };
    let (visit, found) = if searches { arriving.search(look).await? } else { arriving.read(look).await? };
    match found {
        Found::People(seen, list, instead) => {
            let status = if seen.manage().is_ok() { StatusCode::OK } else { StatusCode::FORBIDDEN };
            draw(&visit, &place, &asked, status, &People { seen: &seen, list: &list, instead: &instead })
        }
        Found::Fellows(seen, fellows) => fellows::draw(&visit, &place, &asked, &seen, &fellows),
    }
}

/// The list with the reason why nobody can be added: what every door to a closed group shows.
pub(super) async fn closed(visit: &SignedIn, place: &Place) -> Result<HttpResponse, PageError> {
    let (actor, from) = (visit.actor.clone(), place.clone());
    let (seen, list, instead) = visit
        .read(move |tx| {
            let seen = from.see(tx, &actor)?;
            let list = member_list::list(tx, &seen, &Filter::default(), ROWS)?;
            let instead = group::list::taking_people(tx, &actor, OTHERS)?;
            Ok((seen, list, instead))
        })
        .await?;
    let people = People { seen: &seen, list: &list, instead: &instead };
    draw(visit, place, &Form::empty(), StatusCode::CONFLICT, &people)
}

impl Found {
    fn load(tx: &mut Tx<'_>, seen: SeenTarget, filter: &Filter) -> directory::Result<Self> {
        if seen.side().map_err(Error::Forbidden)? == Side::Fellows {
            let fellows = Fellows::load(tx, &seen, filter.after.as_ref())?;
            return Ok(Self::Fellows(Box::new(seen), fellows));
        }
        let list = member_list::list(tx, &seen, filter, ROWS)?;
        let instead = match seen.add() {
            Err(Refusal::DynamicGroup { .. } | Refusal::SyncedGroup { .. }) => {
                group::list::taking_people(tx, seen.actor(), OTHERS)?
            }
            _ => Vec::new(),
        };
        Ok(Self::People(Box::new(seen), list, instead))
    }
}

/// What the page is drawn from.
struct People<'a> {
    seen: &'a SeenTarget,
    list: &'a MemberList,
    instead: &'a [Group],
}

fn draw(
    visit: &SignedIn,
    place: &Place,
    asked: &Form,
    status: StatusCode,
    people: &People<'_>,
) -> Result<HttpResponse, PageError> {
    let People { seen, list, instead } = *people;
    let title = visit.texts.with("people-title", &[("name", head::name(seen.target()).into())]);
    let mut page = head::page(visit, place, title);
    let (part, path, may_add) = (Part::of(asked), place.path(), seen.add());
    let manages = seen.manage().is_ok();
    let now = visit.state.directory.now();
    let removes = may_add.is_ok();
    let teller = Teller { visit, target: seen.target(), path: &path, part: &part, manages, removes, now };
    let rows: Vec<Row> = list.rows.iter().map(|row| teller.row(row)).collect();
    let add = may_add.is_ok().then(|| paths::add(&path));
    // The note of the last Add gets a button of its own.
    let take_back = take_back(asked, &path).filter(|_| page.flash.is_some() && manages);
    let sent = if take_back.is_some() { page.flash.take() } else { None };
    let members = Members {
        head: head::of(&page, seen),
        remove_label: page.with("people-remove-ask", "name", head::name(seen.target())),
        banner: may_add.err().map(|refusal| head::banner(visit, seen, &refusal, list.counts.all, instead)),
        nobody: rows.is_empty().then(|| nobody(&page, seen, &part.q, add.as_deref())),
        pills: pills(&page, &path, &part, list.counts),
        pager: pager(&path, asked, &part, list),
        show: show_name(part.show),
        sent: sent.map(|flash| flash.text).unwrap_or_default(),
        take_back,
        add,
        q: part.q,
        rows,
        page,
    };
    visit.html(status, &members)
}

fn take_back(asked: &Form, path: &str) -> Option<String> {
    let sent: directory::Id<directory::invitation::Invitation> = asked.value("sent").parse().ok()?;
    Some(paths::invitation_revoke(path, sent))
}

fn nobody(page: &Page, seen: &SeenTarget, q: &str, add: Option<&str>) -> Nobody {
    let add_them = |path: &str, query: &str| Link {
        label: page.t("people-add"),
        href: paths::with_query(path, &[("email", query)]),
    };
    let add = add.map(|path| add_them(path, q));
    if !q.is_empty() {
        return Nobody { title: page.with("people-no-match", "q", q), text: String::new(), add };
    }
    let name = head::name(seen.target());
    let text = if seen.target().app().is_some() { "people-none-app" } else { "people-none-group" };
    Nobody { title: page.t("people-none"), text: page.with(text, "name", name), add }
}

fn pills(page: &Page, path: &str, part: &Part, counts: Counts) -> Vec<Tab> {
    let choices = [
        (Show::All, "people-all", counts.all),
        (Show::Guests, "people-guests", counts.guests),
        (Show::Invited, "people-invited", counts.invited),
        (Show::Expired, "people-expired", counts.expired),
    ];
    let pill = |(show, key, count): (Show, &str, Count)| Tab {
        label: page.t(key),
        href: paths::with_query(path, &[("q", &part.q), ("show", show_name(show))]),
        count: Some(page.texts.counted(count)),
        current: show == part.show,
    };
    choices.into_iter().map(pill).collect()
}

fn pager(path: &str, asked: &Form, part: &Part, list: &MemberList) -> Pager {
    let kept = part.kept();
    let next = list.next.as_ref().map(|(name, id)| next_page(path, &kept, name, id));
    Pager { first: first_page(asked, "after", path, &kept), next }
}
