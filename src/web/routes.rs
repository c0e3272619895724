//! Every route, in the order of SPEC section 6.

use actix_web::web::{self, ServiceConfig};

use super::{assets, error, health, pages, preferences};

/// What people reach.
pub(crate) fn public(config: &mut ServiceConfig) {
    config
        .configure(health::routes)
        .configure(assets::routes)
        .configure(preferences::routes)
        .configure(pages::apps::routes)
        .default_service(web::to(error::not_found));
}
