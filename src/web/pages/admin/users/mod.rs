//! The people: the list, adding a member, inviting a guest, and each person's page.

mod access;
mod frame;
mod invite;
mod list;
mod new;
mod profile;
mod show;
mod state;

use actix_web::web::{self, ServiceConfig};

use crate::web::paths;

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
