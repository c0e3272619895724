//! `GET /admin/groups`: *Groups - All groups*.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use directory::group::list::{GroupFilter, GroupRow};
use directory::group::{self, GroupMembership, GroupSource};

use super::super::{shown, tabs};
use super::frame;
use crate::text::Texts;
use crate::web::asked::{Asked, after, first_page, next_page, sought};
use crate::web::view::{Membership, Pager, Tab};
use crate::web::{Administrating, Page, PageError, ROWS, filters, paths};

#[derive(Template)]
#[template(path = "admin/groups/list.html")]
struct ListPage {
    page: Page,
    q: String,
    show: &'static str,
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

/// Which groups to show, by how people come to be in them.
#[derive(Clone, Copy)]
enum Show {
    All,
    Assigned,
    Dynamic,
    Synced,
}

impl Show {
    const ALL: [(Self, &'static str); 4] =
        [(Self::All, ""), (Self::Assigned, "assigned"), (Self::Dynamic, "dynamic"), (Self::Synced, "synced")];

    /// The membership and the source that it means.
    fn meaning(self) -> (Option<GroupMembership>, Option<GroupSource>) {
        match self {
            Self::All => (None, None),
            Self::Assigned => (Some(GroupMembership::Assigned), Some(GroupSource::Cloud)),
            Self::Dynamic => (Some(GroupMembership::Dynamic), Some(GroupSource::Cloud)),
            Self::Synced => (None, Some(GroupSource::Synced)),
        }
    }
}

pub(super) async fn show(visit: Administrating, Asked(asked): Asked) -> Result<HttpResponse, PageError> {
    let (q, (show, word)) = (sought(&asked), shown(&asked, Show::All, &Show::ALL));
    let (membership, source) = show.meaning();
    let filter = GroupFilter { search: q.clone(), membership, source, after: after(&asked) };
    let found = visit.read(move |tx, administrator| group::list::all(tx, administrator, &filter, ROWS));
    let directory::Page { rows: found, more } = found.await?;
    let (texts, kept) = (visit.texts, [("q", q.as_str()), ("show", word)]);
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
        pills: tabs(texts, "kind", (paths::ADMIN_GROUPS, &q), Show::ALL.map(|(_, word)| word), word),
        columns: columns.map(|key| texts.get(key)).into(),
        rows: found.into_iter().map(|one| row(texts, one)).collect(),
        pager: Pager { first, next },
        new: paths::ADMIN_GROUPS_NEW,
        filtered: !q.is_empty() || !word.is_empty() || asked.sends("after"),
        show: word,
        q,
    };
    visit.html(StatusCode::OK, &view)
}

fn row(texts: Texts, row: GroupRow) -> Row {
    let kind = Membership::from(&row.group);
    Row {
        purpose: frame::purpose(texts, &row.group),
        href: paths::admin_group(&row.group.slug),
        members: texts.counted(row.members),
        guests: texts.counted(row.guests),
        owners: texts.counted(row.owners),
        // Rules and other directories fill the rest.
        ownerless: kind == Membership::Assigned && row.owners.is_zero(),
        kind,
        opens: row.opens.join(", "),
        name: row.group.name,
    }
}
