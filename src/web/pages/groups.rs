//! `GET /groups`: *Groups I own*, *Groups I'm in*.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use askama::Template;
use directory::Actor;
use directory::group::{self, list::GroupRow};
use directory::panel::{self, GroupCounts};
use directory::user::UserKind;

use crate::web::asked::{Asked, after, first_page, next_page};
use crate::web::layout::Section;
use crate::web::view::{Membership, Pager, Tab};
use crate::web::{Arriving, Form, Page, PageError, ROWS, SignedIn, filters, paths};

#[derive(Template)]
#[template(path = "groups/list.html")]
struct Groups {
    page: Page,
    lead: String,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    nothing: String,
    pager: Pager,
}

struct Row {
    name: String,
    href: String,
    people: String,
    opens: String,
    kind: Membership,
}

/// Which of the two lists is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Owned,
    Joined,
}

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.route(paths::GROUPS, web::get().to(show));
}

async fn show(arriving: Arriving, Asked(asked): Asked) -> Result<HttpResponse, PageError> {
    let (asked_for, after) = (List::of(asked.value("show")), after(&asked));
    let (visit, (list, found, counts)) = arriving
        .read(move |tx, actor, _| {
            let counts = panel::group_counts(tx, actor)?;
            let list = List::shown_to(actor, asked_for, counts);
            let found = match list {
                List::Owned => group::list::owned(tx, actor, after.as_ref(), ROWS)?,
                List::Joined => group::list::joined(tx, actor, after.as_ref(), ROWS)?,
            };
            Ok((list, found, counts))
        })
        .await?;
    if !visit.sees_groups {
        return Err(PageError::NotFound);
    }
    let page = visit.page(list.title()).under(Section::Groups);
    let groups = Groups {
        lead: page.t(lead(&visit, list)),
        tabs: tabs(&visit, list, counts),
        nothing: page.t(if list == List::Owned { "groups-none-owned" } else { "groups-none-joined" }),
        pager: pager(&asked, list, &found),
        rows: found.rows.into_iter().map(|group| row(&visit, group)).collect(),
        page,
    };
    visit.html(StatusCode::OK, &groups)
}

impl List {
    fn of(show: &str) -> Option<Self> {
        [Self::Owned, Self::Joined].into_iter().find(|list| list.word() == show)
    }

    /// The list that was asked for; where none was, the one that has something in it.
    fn shown_to(actor: &Actor, asked_for: Option<Self>, counts: GroupCounts) -> Self {
        let fuller = if counts.owned == 0 && counts.joined > 0 { Self::Joined } else { Self::Owned };
        if actor.kind == UserKind::Guest { Self::Joined } else { asked_for.unwrap_or(fuller) }
    }

    /// How an address asks for it.
    fn word(self) -> &'static str {
        match self {
            Self::Owned => "own",
            Self::Joined => "in",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Owned => "groups-i-own",
            Self::Joined => "groups-im-in",
        }
    }

    fn path(self) -> String {
        paths::with_query(paths::GROUPS, &[("show", self.word())])
    }
}

/// What is said above a list. Owners decide nothing while the organisation has turned that off; administrators do.
fn lead(visit: &SignedIn, list: List) -> &'static str {
    let decides = visit.organisation.settings.owners_manage_groups || visit.actor.administrator;
    match (list, decides) {
        (List::Joined, _) => "groups-lead-joined",
        (List::Owned, true) => "groups-lead-owned",
        (List::Owned, false) => "groups-lead-owned-off",
    }
}

fn tabs(visit: &SignedIn, shown: List, counts: GroupCounts) -> Vec<Tab> {
    let tab = |(list, count): (List, i64)| Tab {
        label: visit.texts.get(list.title()),
        href: list.path(),
        count: Some(visit.texts.number(count)),
        current: list == shown,
    };
    let may_own = visit.actor.kind == UserKind::Member;
    [(List::Owned, counts.owned), (List::Joined, counts.joined)]
        .into_iter()
        .filter(|(list, _)| may_own || *list == List::Joined)
        .map(tab)
        .collect()
}

fn row(visit: &SignedIn, row: GroupRow) -> Row {
    // How large a group is and what it opens is not told to guests, who see only what is theirs (SPEC 3.3).
    let told = visit.actor.kind == UserKind::Member;
    let members = visit.texts.count("groups-members", row.members);
    let guests = visit.texts.count("groups-guests", row.guests);
    let people = if row.guests.is_zero() { members } else { format!("{members} · {guests}") };
    Row {
        kind: Membership::from(&row.group),
        href: paths::group(&row.group.slug),
        name: row.group.name,
        people: if told { people } else { String::new() },
        opens: if told { row.opens.join(", ") } else { String::new() },
    }
}

fn pager(asked: &Form, which: List, found: &directory::Page<GroupRow>) -> Pager {
    let kept = [("show", which.word())];
    let last = found.rows.last().filter(|_| found.more).map(|row| &row.group);
    let next = last.map(|last| next_page(paths::GROUPS, &kept, &last.name_key, last.id));
    Pager { first: first_page(asked, "after", paths::GROUPS, &kept), next }
}
