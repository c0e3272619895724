//! What a person has: groups, apps, and the browsers they are signed in with.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use askama::Template;
use directory::{
    app::App,
    session::{self, Session},
    user::{User, UserKind},
    user_access::{self, HeldGroup},
};

use super::{
    super::{ROWS, id},
    state,
};
use crate::web::{
    Administrating, Page, PageError, filters, paths,
    view::{Link, PersonState, Tab},
};

#[derive(Template)]
#[template(path = "admin/users/access.html")]
struct AccessPage {
    page: Page,
    id: String,
    address: String,
    guest: bool,
    state: PersonState,
    tabs: Vec<Tab>,
    changes: Vec<Link>,
    groups: Vec<Held>,
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

pub(super) async fn show(visit: Administrating, path: Path<String>) -> Result<HttpResponse, PageError> {
    let id = id(&path)?;
    let (user, groups, apps, sessions) = visit
        .oversee(move |tx, administrator| {
            let user = User::find(tx, id)?;
            let groups = user_access::groups(tx, administrator, id, ROWS)?;
            let apps = user_access::apps(tx, administrator, id, ROWS)?;
            Ok((user, groups, apps, session::list_of(tx, id)?))
        })
        .await?;
    let view = AccessPage {
        page: visit.page_titled(user.name.clone()).administering("users"),
        id: user.id.to_string(),
        address: user.address.clone(),
        guest: user.kind == UserKind::Guest,
        state: user.state.into(),
        tabs: super::tabs(visit.texts, user.id, "access"),
        changes: state::links(&visit, &user),
        groups: groups.iter().map(|held| group(&visit, held)).collect(),
        apps: apps.iter().map(|one| app(&visit, one)).collect(),
        sessions: sessions.iter().map(|session| browser(&visit, session)).collect(),
        end_sessions: super::change_path(user.id, "end-sessions"),
        remove_password: state::remove_password(&user),
    };
    visit.html(StatusCode::OK, &view)
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

fn app(visit: &Administrating, app: &App) -> Held {
    let how = if app.enabled { String::new() } else { visit.texts.get("admin-user-app-off") };
    Held { name: app.name.clone(), href: paths::admin_app(&app.slug), how }
}

fn browser(visit: &Administrating, session: &Session) -> Browser {
    let moment = |moment| visit.texts.date_time_zone(moment, visit.zone());
    let agent = match session.user_agent.as_str() {
        "" => visit.texts.get("admin-user-unknown-browser"),
        agent => agent.to_owned(),
    };
    Browser {
        agent,
        began: visit.texts.with("admin-user-session-began", &[("moment", moment(session.created_at).into())]),
        seen: visit.texts.with("admin-user-session-seen", &[("moment", moment(session.last_seen_at).into())]),
    }
}
