//! The people: the list, adding a member, inviting a guest, and each person's page.

mod access;
mod invite;
mod list;
mod new;
mod profile;
mod show;
mod state;

use actix_web::web::{self, ServiceConfig};

use directory::{Id, user::User};

use crate::text::Texts;
use crate::web::{paths, view::Tab};

/// The routes below `/admin/users`. Fixed words come before ids.
pub(super) fn routes(config: &mut ServiceConfig) {
    let user = paths::admin_user("{id}");
    config
        .route(paths::ADMIN_USERS, web::get().to(list::show))
        .route(&new_path(), web::get().to(new::show))
        .route(&new_path(), web::post().to(new::add))
        .route(paths::ADMIN_USERS_INVITE, web::get().to(invite::show))
        .route(paths::ADMIN_USERS_INVITE, web::post().to(invite::invite))
        .route(&user, web::get().to(show::show))
        .route(&user, web::post().to(show::save))
        .route(&access_path("{id}"), web::get().to(access::show))
        .route(&change_path("{id}", "{change}"), web::get().to(state::ask))
        .route(&change_path("{id}", "{change}"), web::post().to(state::change));
}

/// Adding a member.
fn new_path() -> String {
    format!("{}/new", paths::ADMIN_USERS)
}

/// What a person has: groups, apps, sessions.
fn access_path(id: impl std::fmt::Display) -> String {
    format!("{}/access", paths::admin_user(id))
}

/// Letting a person in or shutting them out; `GET` asks, `POST` does.
fn change_path(id: impl std::fmt::Display, change: &str) -> String {
    format!("{}/{change}", paths::admin_user(id))
}

/// The pages about one person; `current` is the word of the one shown.
fn tabs(texts: Texts, id: Id<User>, current: &str) -> Vec<Tab> {
    let audit = |name: &str| paths::with_query(paths::ADMIN_AUDIT, &[(name, &id.to_string())]);
    let tab = |key: &str, word: &str, href: String| Tab {
        label: texts.get(&format!("admin-user-tab-{key}")),
        href,
        count: None,
        current: word == current,
    };
    vec![
        tab("profile", "", paths::admin_user(id)),
        tab("access", "access", access_path(id)),
        tab("did", "did", audit("actor")),
        tab("happened", "happened", audit("target")),
    ]
}
