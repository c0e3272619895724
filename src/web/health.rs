//! Whether this process runs and can serve: for probes, without sign-in (SPEC section 6).

use actix_web::{
    HttpResponse,
    web::{self, Data, ServiceConfig},
};

use directory::Organisation;

use super::{State, metrics, paths};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.route(paths::HEALTH_LIVE, web::get().to(live)).route(paths::HEALTH_READY, web::get().to(ready));
}

/// What the internal address serves.
pub(crate) fn internal_routes(config: &mut ServiceConfig) {
    config.configure(routes).route(paths::METRICS, web::get().to(metrics::show));
}

/// The process answers; it needs no database for that (SECURITY I3).
async fn live() -> HttpResponse {
    text("live")
}

/// The database answers, with the schema of this program: that was made sure of before the first request.
async fn ready(state: Data<State>) -> HttpResponse {
    if state.is_stopping() {
        return unready("stopping");
    }
    match state.read(Organisation::load).await {
        Ok(_) => text("ready"),
        Err(error) => {
            log::warn!("not ready: {error}");
            unready("the database does not answer")
        }
    }
}

fn text(text: &'static str) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text)
}

fn unready(why: &'static str) -> HttpResponse {
    HttpResponse::ServiceUnavailable().content_type("text/plain; charset=utf-8").body(why)
}
