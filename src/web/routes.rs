//! Every route, in the order of SPEC section 6.

use actix_web::web::{self, ServiceConfig};

use super::{assets, error, health, pages, preferences};

/// What people reach.
pub(crate) fn public(config: &mut ServiceConfig) {
    config
        .configure(pages::apps::routes)
        .configure(pages::groups::routes)
        .configure(pages::members::routes)
        .configure(pages::redemption::routes)
        .configure(pages::sign_in::routes)
        .configure(pages::account::routes)
        .configure(pages::setup::routes)
        .configure(health::routes)
        .configure(assets::routes)
        .configure(preferences::routes)
        .configure(pages::admin::routes)
        .default_service(web::to(error::not_found));
}
