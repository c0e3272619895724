//! `GET /admin/groups`: *Groups - All groups*.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use directory::group::{GroupMembership, GroupSource};
use directory::group_list::{self, GroupFilter, GroupRow};

use super::super::ROWS;
use super::frame;
use crate::text::Texts;
use crate::web::asked::{Asked, after, first_page, next_page, sought};
use crate::web::view::{Membership, Pager, Tab};
use crate::web::{Administrating, Page, PageError, filters, paths};

#[derive(Template)]
#[template(path = "admin/groups/list.html")]
struct ListPage {
    page: Page,
    q: String,
    show: String,
    pills: Vec<Tab>,
    columns: Vec<String>,
    rows: Vec<Row>,
    pager: Pager,
    new: &'static str,
    filtered: bool,
}

struct Row {
    name: String,
    purpose: String,
    href: String,
    kind: Membership,
    members: String,
    guests: String,
    owners: String,
    ownerless: bool,
    opens: String,
}

/// The choices of the filter, each with what it asks for.
const SHOWS: [(&str, Option<GroupMembership>, Option<GroupSource>); 4] = [
    ("", None, None),
    ("assigned", Some(GroupMembership::Assigned), Some(GroupSource::Cloud)),
    ("dynamic", Some(GroupMembership::Dynamic), Some(GroupSource::Cloud)),
    ("synced", None, Some(GroupSource::Synced)),
];

pub(super) async fn show(visit: Administrating, Asked(asked): Asked) -> Result<HttpResponse, PageError> {
    let q = sought(&asked);
    let (show, membership, source) =
        SHOWS.into_iter().find(|(name, ..)| *name == asked.value("show")).unwrap_or(SHOWS[0]);
    let filter = GroupFilter { search: q.clone(), membership, source, after: after(&asked) };
    let found = visit.oversee(move |tx, administrator| group_list::all(tx, administrator, &filter, ROWS));
    let directory::Page { rows: found, more } = found.await?;
    let (texts, kept) = (visit.texts, [("q", q.as_str()), ("show", show)]);
    let first = first_page(&asked, "after", paths::ADMIN_GROUPS, &kept);
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| next_page(paths::ADMIN_GROUPS, &kept, &last.group.name_key, last.group.id));
    let columns = [
        "admin-group",
        "admin-group-membership",
        "admin-group-members",
        "admin-group-guests",
        "admin-group-owners",
        "admin-group-opens",
    ];
    let view = ListPage {
        page: visit.page("admin-group-all").administering(paths::ADMIN_GROUPS),
        pills: pills(texts, &q, show),
        columns: columns.map(|key| texts.get(key)).into(),
        rows: found.into_iter().map(|one| row(texts, one)).collect(),
        pager: Pager { first, next },
        new: paths::ADMIN_GROUPS_NEW,
        filtered: !q.is_empty() || !show.is_empty() || asked.sends("after"),
        show: show.to_owned(),
        q,
    };
    visit.html(StatusCode::OK, &view)
}

fn pills(texts: Texts, q: &str, current: &str) -> Vec<Tab> {
    let pill = |(show, ..): (&str, Option<GroupMembership>, Option<GroupSource>)| {
        let key = if show.is_empty() { "admin-group-show-all".to_owned() } else { format!("kind-{show}") };
        let href = paths::asking(paths::ADMIN_GROUPS, &[("q", q), ("show", show)]);
        Tab { label: texts.get(&key), href, count: None, current: show == current }
    };
    SHOWS.map(pill).into()
}

fn row(texts: Texts, row: GroupRow) -> Row {
    Row {
        purpose: frame::purpose(texts, &row.group),
        href: paths::admin_group(&row.group.slug),
        kind: (&row.group).into(),
        members: texts.counted(row.members),
        guests: texts.counted(row.guests),
        owners: texts.counted(row.owners),
        ownerless: row.owners.is_none(),
        opens: row.opens.join(", "),
        name: row.group.name,
    }
}
