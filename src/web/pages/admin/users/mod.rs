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
use crate::web::{Administrating, Page, paths, view::Tab};

/// The routes below `/admin/users`. Fixed words come before ids.
pub(super) fn routes(config: &mut ServiceConfig) {
    let user = paths::admin_user("{id}");
    config
        .route(paths::ADMIN_USERS, web::get().to(list::show))
        .route(paths::ADMIN_USERS_NEW, web::get().to(new::show))
        .route(paths::ADMIN_USERS_NEW, web::post().to(new::add))
        .route(paths::ADMIN_USERS_INVITE, web::get().to(invite::show))
        .route(paths::ADMIN_USERS_INVITE, web::post().to(invite::invite))
        .route(&user, web::get().to(show::show))
        .route(&user, web::post().to(show::save))
        .route(&paths::admin_user_access("{id}"), web::get().to(access::show))
        .route(&paths::admin_user_change("{id}", "{change}"), web::get().to(state::ask))
        .route(&paths::admin_user_change("{id}", "{change}"), web::post().to(state::change));
}

/// The frame of a page about one person: the title names both the person and the tab.
fn page(visit: &Administrating, user: &User, tab: &str) -> Page {
    let tab = visit.texts.get(&format!("admin-user-tab-{tab}"));
    let title =
        visit.texts.with("admin-user-title", &[("name", user.name.as_str().into()), ("tab", tab.into())]);
    visit.page_titled(title).administering("users")
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
        tab("access", "access", paths::admin_user_access(id)),
        tab("did", "did", audit("actor")),
        tab("happened", "happened", audit("target")),
    ]
}
