//! Apps: the list, the catalogue to add one from, and the pages of one app.

mod assign;
mod assignments;
mod checklist;
mod confirmation;
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
    let slug = "{slug}";
    config
        .route(paths::ADMIN_APPS, get().to(list::show))
        .route(paths::ADMIN_APPS_NEW, get().to(new::show))
        .route(paths::ADMIN_APPS_NEW, post().to(new::create))
        .route(&paths::admin_app(slug), get().to(overview::show))
        .route(&paths::admin_app_properties(slug), get().to(properties::show))
        .route(&paths::admin_app_properties(slug), post().to(properties::save))
        .route(&paths::admin_app_logo(slug), post().to(logo::upload))
        .route(&paths::admin_app_logo_remove(slug), get().to(logo::ask))
        .route(&paths::admin_app_logo_remove(slug), post().to(logo::remove))
        .route(&paths::admin_app_delete(slug), get().to(delete::ask))
        .route(&paths::admin_app_delete(slug), post().to(delete::delete))
        .route(&paths::admin_app_single_sign_on(slug), get().to(single_sign_on::show))
        .route(&paths::admin_app_single_sign_on(slug), post().to(single_sign_on::save))
        .route(&paths::admin_app_self_service(slug), get().to(self_service::show))
        .route(&paths::admin_app_self_service(slug), post().to(self_service::save))
        .route(&paths::admin_app_set_up(slug), post().to(set_up::set_up))
        .route(&paths::admin_app_mend(slug), post().to(set_up::mend))
        .route(&paths::admin_app_users_and_groups(slug), get().to(assignments::show))
        .route(&paths::admin_app_users_and_groups(slug), post().to(assign::assign))
        .route(&paths::add(&paths::admin_app_users_and_groups(slug)), get().to(assign::show))
        .route(&paths::admin_app_assignment_remove(slug, "{id}"), get().to(assignments::ask))
        .route(&paths::admin_app_assignment_remove(slug, "{id}"), post().to(assignments::remove))
        .route(&paths::admin_app_roles(slug), post().to(roles::add))
        .route(&paths::admin_app_role_remove(slug, "{id}"), get().to(roles::ask))
        .route(&paths::admin_app_role_remove(slug, "{id}"), post().to(roles::remove));
}
