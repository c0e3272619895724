//! What a person has: groups, apps, and the browsers they are signed in with.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use directory::{
    session::{self, Session},
    user::{
        self, User, UserChange,
        access::{HeldApp, HeldGroup, Way},
    },
};

use super::{
    frame::{self, Head, Screen},
    state,
};
use crate::text::Texts;
use crate::web::{Administrating, Page, PageError, ROWS, asked::PathId, filters, paths, user_agent};

#[derive(Template)]
#[template(path = "admin/users/access.html")]
struct AccessPage {
    page: Page,
    head: Head,
    group_count: String,
    groups: Vec<Held>,
    app_count: String,
    apps: Vec<Held>,
    sessions: Vec<Browser>,
    end_sessions: String,
    remove_password: Option<String>,
}

/// A group or an app that the person has.
struct Held {
    name: String,
    href: String,
    how: String,
}

/// A browser the person is signed in with.
struct Browser {
    agent: String,
    began: String,
    seen: String,
}

pub(super) async fn show(visit: Administrating, PathId(id): PathId<User>) -> Result<HttpResponse, PageError> {
    let (user, groups, apps, sessions) = visit
        .read(move |tx, administrator| {
            let user = User::find(tx, id)?;
            // One more tells whether there are others.
            let groups = user::access::groups(tx, administrator, id, ROWS + 1)?;
            let apps = user::access::apps(tx, administrator, id, ROWS)?;
            Ok((user, groups, apps, session::list_of(tx, id)?))
        })
        .await?;
    let groups = directory::Page::of(groups, ROWS);
    let view = AccessPage {
        page: frame::page(&visit, &user, Screen::Access),
        head: frame::head(&visit, &user, Screen::Access),
        group_count: count(visit.texts, &groups),
        groups: groups.rows.iter().map(|held| group(&visit, held)).collect(),
        app_count: count(visit.texts, &apps),
        apps: apps.rows.iter().map(|one| app(&visit, one)).collect(),
        sessions: sessions.iter().map(|session| browser(&visit, session)).collect(),
        end_sessions: paths::admin_user_change(user.id, state::word(UserChange::EndSessions)),
        remove_password: state::remove_password(&user),
    };
    visit.html(StatusCode::OK, &view)
}

/// How many are shown, with a mark where there are others.
fn count<T>(texts: Texts, shown: &directory::Page<T>) -> String {
    let number = texts.number(i64::try_from(shown.rows.len()).unwrap_or(i64::MAX));
    if shown.more { format!("{number}+") } else { number }
}

fn group(visit: &Administrating, held: &HeldGroup) -> Held {
    let how = match (held.owned, held.joined) {
        (true, true) => "admin-user-owns-and-in",
        (true, false) => "admin-user-owns",
        _ => "admin-user-in",
    };
    Held {
        name: held.group.name.clone(),
        href: paths::admin_group(&held.group.slug),
        how: visit.texts.get(how),
    }
}

fn app(visit: &Administrating, held: &HeldApp) -> Held {
    let off = (!held.app.enabled).then(|| visit.texts.get("admin-user-app-off"));
    let how: Vec<String> = held.ways.iter().map(|one| way(visit.texts, one)).chain(off).collect();
    Held { name: held.app.name.clone(), href: paths::admin_app(&held.app.slug), how: how.join(" · ") }
}

fn way(texts: Texts, way: &Way) -> String {
    match (&way.group, &way.role) {
        (None, None) => texts.get("admin-user-app-directly"),
        (None, Some(role)) => texts.with("admin-user-app-directly-role", &[("role", role.as_str().into())]),
        (Some(group), None) => texts.with("admin-user-app-through", &[("group", group.as_str().into())]),
        (Some(group), Some(role)) => texts.with(
            "admin-user-app-through-role",
            &[("group", group.as_str().into()), ("role", role.as_str().into())],
        ),
    }
}

fn browser(visit: &Administrating, session: &Session) -> Browser {
    let moment = |moment| visit.texts.date_time_zone(moment, visit.zone());
    Browser {
        agent: user_agent::in_words(visit.texts, &session.user_agent),
        began: visit.texts.with("admin-user-session-began", &[("moment", moment(session.created_at).into())]),
        seen: visit.texts.with("admin-user-session-seen", &[("moment", moment(session.last_seen_at).into())]),
    }
}
