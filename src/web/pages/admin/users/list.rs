//! The list of people.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use directory::text::search_key;
use directory::user::{self, User, UserFilter, UserKind, UserState};

use super::super::{ROWS, reading, tabs};
use crate::text::Texts;
use crate::web::{
    Administrating, Page, PageError,
    asked::{Asked, first_page, next_page, sought},
    filters, paths,
    view::{Pager, Person, Tab},
};

/// The filters: the word in the address, and the kind or state it means.
const FILTERS: [(&str, Option<UserKind>, Option<UserState>); 6] = [
    ("", None, None),
    ("members", Some(UserKind::Member), None),
    ("guests", Some(UserKind::Guest), None),
    ("invited", None, Some(UserState::Invited)),
    ("blocked", None, Some(UserState::Blocked)),
    ("deleted", None, Some(UserState::Deleted)),
];

#[derive(Template)]
#[template(path = "admin/users/list.html")]
struct UsersPage {
    page: Page,
    search: String,
    show: String,
    filters: Vec<Tab>,
    people: Vec<Row>,
    pager: Pager,
    new: &'static str,
    invite: String,
}

struct Row {
    person: Person,
    href: String,
    administrator: bool,
}

pub(super) async fn show(visit: Administrating, Asked(asked): Asked) -> Result<HttpResponse, PageError> {
    let show = asked.value("show").to_owned();
    let (_, kind, state) = FILTERS.into_iter().find(|(word, ..)| *word == show).unwrap_or(FILTERS[0]);
    let after = reading::optional_id(&asked, "after")?.map(|id| (search_key(asked.value("name")), id));
    let filter = UserFilter { search: sought(&asked), kind, state, after };
    let search = filter.search.clone();
    let directory::Page { rows: users, more } = visit.read(move |tx| user::list(tx, &filter, ROWS)).await?;
    let kept = [("q", search.as_str()), ("show", show.as_str())];
    let last = users.last().filter(|_| more);
    let next = last.map(|last| next_page(paths::ADMIN_USERS, &kept, &last.name_key, last.id));
    let first = first_page(&asked, "after", paths::ADMIN_USERS, &kept);
    let words = FILTERS.map(|(word, ..)| word);
    let view = UsersPage {
        page: visit.page("admin-users").administering(paths::ADMIN_USERS),
        filters: tabs(visit.texts, "admin-users", (paths::ADMIN_USERS, &search), words, &show),
        people: users.iter().map(|user| row(visit.texts, user)).collect(),
        pager: Pager { first, next },
        new: paths::ADMIN_USERS_NEW,
        invite: paths::ADMIN_USERS_INVITE.to_owned(),
        search,
        show,
    };
    visit.html(StatusCode::OK, &view)
}

fn row(texts: Texts, user: &User) -> Row {
    let work = [&user.job_title, &user.department, &user.company];
    let work: Vec<&str> = work.into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let detail = if user.guest_inviter { texts.get("admin-guest-inviter") } else { work.join(" · ") };
    Row {
        person: Person { detail, ..user.into() },
        href: paths::admin_user(user.id),
        administrator: user.administrator,
    }
}
