//! The people of an app or of a group: the list, Add members, and what is done to one of them.
//!
//! Both targets have the same pages: [`place::Place`] tells which one an address is about.

pub(crate) mod add;
mod changes;
mod confirm;
mod fellows;
mod head;
mod list;
mod part;
mod place;
mod row;

use actix_web::web::{self, ServiceConfig};

use crate::web::paths;

pub(crate) fn routes(config: &mut ServiceConfig) {
    for managed in [paths::app_manage("{slug}"), paths::group("{slug}")] {
        config
            .route(&managed, web::get().to(list::show))
            .route(&paths::add(&managed), web::get().to(add::edit::show))
            .route(&paths::add(&managed), web::post().to(add::edit::change))
            .route(&paths::add_preview(&managed), web::get().to(add::preview::show))
            .route(&paths::add_preview(&managed), web::post().to(add::preview::update))
            .route(&paths::members(&managed), web::post().to(add::press::add))
            .route(&paths::member_remove(&managed, "{id}"), web::get().to(confirm::ask_remove))
            .route(&paths::member_remove(&managed, "{id}"), web::post().to(changes::remove))
            .route(&paths::invitation_resend(&managed, "{id}"), web::post().to(changes::resend))
            .route(&paths::invitation_revoke(&managed, "{id}"), web::get().to(confirm::ask_revoke))
            .route(&paths::invitation_revoke(&managed, "{id}"), web::post().to(changes::revoke))
            .route(&paths::invitation_approve(&managed, "{id}"), web::post().to(changes::approve));
    }
}
