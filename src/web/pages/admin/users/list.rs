//! The list of people.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use directory::text::search_key;
use directory::user::{self, User, UserFilter, UserKind, UserState};

use super::super::{reading, shown, tabs};
use crate::web::{
    Administrating, Page, PageError, ROWS,
    asked::{Asked, first_page, next_page, sought},
    filters, paths,
    view::{Pager, Person, Tab},
};

/// Which people to show.
#[derive(Clone, Copy)]
enum Show {
    All,
    Members,
    Guests,
    Invited,
    Blocked,
    Deleted,
}

impl Show {
    const ALL: [(Self, &'static str); 6] = [
        (Self::All, ""),
        (Self::Members, "members"),
        (Self::Guests, "guests"),
        (Self::Invited, "invited"),
        (Self::Blocked, "blocked"),
        (Self::Deleted, "deleted"),
    ];

    /// The kind or the state that it means.
    fn meaning(self) -> (Option<UserKind>, Option<UserState>) {
        match self {
            Self::All => (None, None),
            Self::Members => (Some(UserKind::Member), None),
            Self::Guests => (Some(UserKind::Guest), None),
            Self::Invited => (None, Some(UserState::Invited)),
            Self::Blocked => (None, Some(UserState::Blocked)),
            Self::Deleted => (None, Some(UserState::Deleted)),
        }
    }
}

#[derive(Template)]
#[template(path = "admin/users/list.html")]
struct UsersPage {
    page: Page,
    search: String,
    show: &'static str,
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
    let (show, word) = shown(&asked, Show::All, &Show::ALL);
    let (kind, state) = show.meaning();
    let after = reading::optional_id(&asked, "after")?.map(|id| (search_key(asked.value("name")), id));
    let filter = UserFilter { search: sought(&asked), kind, state, after };
    let search = filter.search.clone();
    let directory::Page { rows: users, more } =
        visit.read(move |tx, _| user::list(tx, &filter, ROWS)).await?;
    let kept = [("q", search.as_str()), ("show", word)];
    let last = users.last().filter(|_| more);
    let next = last.map(|last| next_page(paths::ADMIN_USERS, &kept, &last.name_key, last.id));
    let first = first_page(&asked, "after", paths::ADMIN_USERS, &kept);
    let words = Show::ALL.map(|(_, word)| word);
    let view = UsersPage {
        page: visit.page("admin-users").administering(paths::ADMIN_USERS),
        filters: tabs(visit.texts, "admin-users", (paths::ADMIN_USERS, &search), words, word),
        people: users.iter().map(|user| row(&visit, user)).collect(),
        pager: Pager { first, next },
        new: paths::ADMIN_USERS_NEW,
        invite: paths::ADMIN_USERS_INVITE.to_owned(),
        search,
        show: word,
    };
    visit.html(StatusCode::OK, &view)
}

fn row(visit: &Administrating, user: &User) -> Row {
    let work = [&user.job_title, &user.department, &user.company];
    let work: Vec<&str> = work.into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let detail = match user.deleted_at {
        Some(at) => {
            let moment = visit.texts.date_time_zone(at, visit.zone());
            visit.texts.with("admin-user-in-bin-since", &[("moment", moment.into())])
        }
        None if user.guest_inviter => visit.texts.get("admin-guest-inviter"),
        None => work.join(" · "),
    };
    Row {
        person: Person { detail, ..user.into() },
        href: paths::admin_user(user.id),
        administrator: user.administrator,
    }
}
