//! My Apps, the direct link of an app, and the pictures on the tiles.

mod direct_link;
mod logo;
mod panel;
mod shelves;

use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig};

use crate::web::{Flash, Visit, paths};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route(paths::HOME, web::get().to(home))
        .route(paths::APPS, web::get().to(panel::show))
        .route(&paths::app_open("{slug}"), web::get().to(direct_link::open))
        .route(&paths::app_logo("{slug}", "{version}"), web::get().to(logo::show));
}

async fn home(visit: Visit) -> HttpResponse {
    visit.see_other(paths::APPS, None::<Flash>)
}
