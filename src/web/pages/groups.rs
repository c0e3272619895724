//! `GET /groups`: *Groups I own*, *Groups I'm in*.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use askama::Template;
use directory::group_list::{self, GroupRow};
use directory::user::UserKind;
use directory::{Actor, panel};

use crate::web::asked::{Asked, after, first_page, next_page};
use crate::web::layout::Section;
use crate::web::view::{GroupKind, Pager, Tab};
use crate::web::{Arriving, Form, Page, PageError, SignedIn, filters, paths};

/// SPEC 3.5.
const ROWS: i64 = 50;

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
    kind: GroupKind,
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
                List::Owned => group_list::owned(tx, actor, after.as_ref(), ROWS)?,
                List::Joined => group_list::joined(tx, actor, after.as_ref(), ROWS)?,
            };
            Ok((list, found, counts))
        })
        .await?;
    if !visit.sees_groups {
        return Err(PageError::NotFound);
    }
    let page = visit.page(list.title()).under(Section::Groups);
    let groups = Groups {
        lead: page.t(if list == List::Owned { "groups-lead-owned" } else { "groups-lead-joined" }),
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
    fn shown_to(actor: &Actor, asked_for: Option<Self>, (owned, joined): (i64, i64)) -> Self {
        let fuller = if owned == 0 && joined > 0 { Self::Joined } else { Self::Owned };
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

fn tabs(visit: &SignedIn, shown: List, (owned, joined): (i64, i64)) -> Vec<Tab> {
    let tab = |(list, count): (List, i64)| Tab {
        label: visit.texts.get(list.title()),
        href: list.path(),
        count: Some(visit.texts.number(count)),
        current: list == shown,
    };
    let may_own = visit.actor.kind == UserKind::Member;
    [(List::Owned, owned), (List::Joined, joined)]
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
    let people = if row.guests.is_none() { members } else { format!("{members} · {guests}") };
    Row {
        kind: GroupKind::from(&row.group),
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
