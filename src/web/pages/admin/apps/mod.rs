//! Apps: the list, the catalogue to add one from, and the pages of one app.

mod assign;
mod assignments;
mod checklist;
mod delete;
mod frame;
mod list;
mod logo;
mod new;
mod new_form;
mod overview;
mod properties;
mod roles;
mod self_service;
mod self_service_view;
mod set_up;
mod single_sign_on;

use actix_web::web::{ServiceConfig, get, post};

use crate::web::paths;

/// The routes below `/admin/apps`.
pub(super) fn routes(config: &mut ServiceConfig) {
    let below = |rest: &str| format!("{}{rest}", paths::admin_app("{slug}"));
    config
        .route(paths::ADMIN_APPS, get().to(list::show))
        .route(frame::NEW, get().to(new::show))
        .route(frame::NEW, post().to(new::create))
        .route(&below(""), get().to(overview::show))
        .route(&below("/properties"), get().to(properties::show))
        .route(&below("/properties"), post().to(properties::save))
        .route(&below("/properties/logo"), post().to(logo::upload))
        .route(&below("/properties/logo/remove"), get().to(logo::ask))
        .route(&below("/properties/logo/remove"), post().to(logo::remove))
        .route(&below("/delete"), get().to(delete::ask))
        .route(&below("/delete"), post().to(delete::delete))
        .route(&below("/single-sign-on"), get().to(single_sign_on::show))
        .route(&below("/single-sign-on"), post().to(single_sign_on::save))
        .route(&below("/self-service"), get().to(self_service::show))
        .route(&below("/self-service"), post().to(self_service::save))
        .route(&below("/self-service/set-up"), post().to(set_up::set_up))
        .route(&below("/self-service/mend"), post().to(set_up::mend))
        .route(&below("/users-and-groups"), get().to(assignments::show))
        .route(&below("/users-and-groups"), post().to(assign::assign))
        .route(&below("/users-and-groups/add"), get().to(assign::show))
        .route(&below("/users-and-groups/{id}/remove"), get().to(assignments::ask))
        .route(&below("/users-and-groups/{id}/remove"), post().to(assignments::remove))
        .route(&below("/roles"), post().to(roles::add))
        .route(&below("/roles/{id}/remove"), get().to(roles::ask))
        .route(&below("/roles/{id}/remove"), post().to(roles::remove));
}
