//! Groups: the list, and the pages of one group.

mod delete;
mod fields;
mod frame;
mod list;
mod members;
mod new;
mod owner_add;
mod owners;
mod properties;
mod rule;

use actix_web::web::{ServiceConfig, get, post};

use crate::web::paths;

/// The routes below `/admin/groups`.
pub(super) fn routes(config: &mut ServiceConfig) {
    let slug = "{slug}";
    config
        .route(paths::ADMIN_GROUPS, get().to(list::show))
        .route(paths::ADMIN_GROUPS_NEW, get().to(new::show))
        .route(paths::ADMIN_GROUPS_NEW, post().to(new::create))
        .route(&paths::admin_group(slug), get().to(properties::show))
        .route(&paths::admin_group(slug), post().to(properties::save))
        .route(&paths::admin_group_owners(slug), get().to(owners::show))
        .route(&paths::admin_group_owners(slug), post().to(owner_add::add))
        .route(&paths::add(&paths::admin_group_owners(slug)), get().to(owner_add::show))
        .route(&paths::admin_group_owner_remove(slug, "{id}"), get().to(owners::ask))
        .route(&paths::admin_group_owner_remove(slug, "{id}"), post().to(owners::remove))
        .route(&paths::admin_group_members(slug), get().to(members::show))
        .route(&paths::admin_group_delete(slug), get().to(delete::ask))
        .route(&paths::admin_group_delete(slug), post().to(delete::delete));
}
