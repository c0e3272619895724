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
    let below = |rest: &str| format!("{}{rest}", paths::admin_group("{slug}"));
    config
        .route(paths::ADMIN_GROUPS, get().to(list::show))
        .route(frame::NEW, get().to(new::show))
        .route(frame::NEW, post().to(new::create))
        .route(&below(""), get().to(properties::show))
        .route(&below(""), post().to(properties::save))
        .route(&below("/owners"), get().to(owners::show))
        .route(&below("/owners"), post().to(owner_add::add))
        .route(&below("/owners/add"), get().to(owner_add::show))
        .route(&below("/owners/{id}/remove"), get().to(owners::ask))
        .route(&below("/owners/{id}/remove"), post().to(owners::remove))
        .route(&below("/members"), get().to(members::show))
        .route(&below("/delete"), get().to(delete::ask))
        .route(&below("/delete"), post().to(delete::delete));
}
