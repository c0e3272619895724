//! Every invitation, what can be done about it, and the question who may invite whom.

mod change;
mod check;
mod list;

use actix_web::web::{self, ServiceConfig};

use crate::web::paths;

/// The routes below `/admin/invitations`. Fixed words come before ids.
pub(super) fn routes(config: &mut ServiceConfig) {
    let revoke = paths::invitation_revoke(paths::ADMIN, "{id}");
    config
        .route(paths::ADMIN_INVITATIONS, web::get().to(list::show))
        .route(paths::ADMIN_INVITATIONS_CHECK, web::get().to(check::show))
        .route(paths::ADMIN_INVITATIONS_CHECK, web::post().to(check::ask))
        .route(&revoke, web::get().to(change::ask))
        .route(&revoke, web::post().to(change::revoke))
        .route(&paths::invitation_resend(paths::ADMIN, "{id}"), web::post().to(change::resend))
        .route(&paths::invitation_approve(paths::ADMIN, "{id}"), web::post().to(change::approve));
}
