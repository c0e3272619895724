//! `GET /groups`: *Groups I own*, *Groups I'm in*.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use askama::Template;
use directory::group::Group;
use directory::group_list::{self, GroupRow};
use directory::user::UserKind;
use directory::{Id, panel};

use crate::web::asked::Asked;
use crate::web::layout::Section;
use crate::web::view::{GroupKind, Pager, Tab};
use crate::web::{Arriving, Form, Page, PageError, SignedIn, filters, paths};

/// SPEC 3.5.
const ROWS: usize = 50;

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
    let (shown, after) = (List::of(asked.value("show")), after(&asked));
    let (visit, (list, rows, counts)) = arriving
        .read(move |tx, actor, _| {
            let rows = i64::try_from(ROWS).unwrap_or(i64::MAX);
            let list = if actor.kind == UserKind::Guest { List::Joined } else { shown };
            let rows = match list {
                List::Owned => group_list::owned(tx, actor, after.as_ref(), rows)?,
                List::Joined => group_list::joined(tx, actor, after.as_ref(), rows)?,
            };
            Ok((list, rows, panel::group_counts(tx, actor)?))
        })
        .await?;
    if !visit.sees_groups {
        return Err(PageError::NotFound);
    }
    let page = visit.page_under(Section::Groups, list.title());
    let groups = Groups {
        lead: page.t(if list == List::Owned { "groups-lead-owned" } else { "groups-lead-joined" }),
        tabs: tabs(&visit, list, counts),
        nothing: page.t(if list == List::Owned { "groups-none-owned" } else { "groups-none-joined" }),
        pager: pager(list, &rows),
        rows: rows.into_iter().take(ROWS).map(|group| row(&visit, group)).collect(),
        page,
    };
    visit.html(StatusCode::OK, &groups)
}

impl List {
    fn of(show: &str) -> Self {
        if show == "in" { Self::Joined } else { Self::Owned }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Owned => "groups-i-own",
            Self::Joined => "groups-im-in",
        }
    }

    fn path(self) -> String {
        match self {
            Self::Owned => paths::GROUPS.to_owned(),
            Self::Joined => paths::with_query(paths::GROUPS, &[("show", "in")]),
        }
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

fn after(asked: &Form) -> Option<(String, Id<Group>)> {
    let id = asked.value("after").parse().ok()?;
    Some((asked.value("name").to_owned(), id))
}

fn pager(list: List, rows: &[GroupRow]) -> Pager {
    let shown = rows.get(ROWS - 1).filter(|_| rows.len() > ROWS).map(|row| &row.group);
    let show = if list == List::Joined { "in" } else { "" };
    let next = shown.map(|last| {
        let id = last.id.to_string();
        paths::with_query(paths::GROUPS, &[("show", show), ("name", &last.name_key), ("after", &id)])
    });
    Pager { previous: None, next }
}
