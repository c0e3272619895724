//! A group as somebody sees it who is in it and does not manage it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use directory::access::SeenTarget;
use directory::access::rules::see_fellows;
use directory::user::{User, UserState};
use directory::{ByName, Error, Result, Tx, group_member, group_owner};

use super::head::{self, Head};
use super::place::Place;
use super::row::person;
use crate::web::asked::{first_page, next_page};
use crate::web::view::{Pager, Person, PersonState};
use crate::web::{Form, Page, PageError, ROWS, SignedIn, filters};

/// The owners, and the fellow members for those who may see them (SPEC 3.3).
pub(super) struct Fellows {
    owners: Vec<User>,
    members: Option<directory::Page<User>>,
}

#[derive(Template)]
#[template(path = "members/fellows.html")]
struct Shown {
    page: Page,
    head: Head,
    owners: Vec<Person>,
    members: Option<Vec<Person>>,
    pager: Pager,
}

impl Fellows {
    /// Reads them.
    pub(super) fn load(tx: &mut Tx<'_>, seen: &SeenTarget, after: Option<&ByName<User>>) -> Result<Self> {
        let group = seen.target().group().ok_or(Error::Hidden)?.id;
        let sees_fellows = see_fellows(seen.actor().kind, seen.organisation().settings.guests_see);
        let owners = group_owner::list(tx, group)?;
        let members = sees_fellows.then(|| group_member::list(tx, group, after, ROWS)).transpose()?;
        Ok(Self { owners, members })
    }
}

/// The page.
pub(super) fn draw(
    visit: &SignedIn,
    place: &Place,
    asked: &Form,
    seen: &SeenTarget,
    fellows: &Fellows,
) -> std::result::Result<HttpResponse, PageError> {
    let page = head::page(visit, place, head::name(seen.target()).to_owned());
    let members = fellows.members.as_ref();
    let last = members.filter(|members| members.more).and_then(|members| members.rows.last());
    let next = last.map(|last| next_page(&place.path(), &[], &last.name_key, last.id));
    let owners = fellows.owners.iter().filter_map(known);
    let shown = Shown {
        head: head::of(&page, seen),
        owners: owners.map(|person| owner(person, members.is_some())).collect(),
        members: members.map(|members| members.rows.iter().filter_map(known).collect()),
        pager: Pager { first: first_page(asked, "after", &place.path(), &[]), next },
        page,
    };
    visit.html(StatusCode::OK, &shown)
}

/// Whom to ask is told to everybody who sees the group, as UX 7.7 tells it of an app: by name. The address is
/// one of the directory, of which some guests see nothing (SPEC 3.3); without it the name stands alone.
fn owner(person: Person, with_address: bool) -> Person {
    let address = if with_address { person.address } else { person.name.clone() };
    Person { owner: true, address, ..person }
}

/// Only people who are active are shown to their fellows.
fn known(user: &User) -> Option<Person> {
    let known = person(user, PersonState::Active, String::new());
    (user.state == UserState::Active).then_some(Person { state: None, ..known })
}
