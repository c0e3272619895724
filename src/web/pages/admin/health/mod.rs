//! Health: what is wrong with the running panel, since when, and what to do; in words.

mod facts;
mod findings;

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{self, ServiceConfig},
};
use askama::Template;

use crate::web::{
    Administrating, Page, PageError, filters, paths,
    view::{Fact, Tone},
};
use facts::Facts;
use findings::Finding;

/// The routes of the page.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route(paths::ADMIN_HEALTH, web::get().to(show));
}

#[derive(Template)]
#[template(path = "admin/health.html")]
struct HealthPage {
    page: Page,
    tone: Tone,
    verdict: String,
    /// What is wrong, the worst first.
    wrong: Vec<Finding>,
    /// Everything that was looked at, in the same order every time.
    seen: Vec<Fact>,
}

async fn show(visit: Administrating) -> Result<HttpResponse, PageError> {
    let facts = Facts::gather(&visit).await?;
    let all = findings::all(visit.texts, visit.zone(), &facts);
    let seen = all.iter().map(|finding| finding.fact.clone()).collect();
    let mut wrong: Vec<Finding> = all.into_iter().filter(Finding::is_wrong).collect();
    wrong.sort_by_key(|finding| finding.tone != Tone::Bad);
    let verdict = match wrong.len() {
        0 => visit.texts.get("admin-health-well"),
        count => visit.texts.count("admin-health-wrong", count),
    };
    let tone = wrong.first().map_or(Tone::Ok, |worst| worst.tone);
    let page = visit.page("admin-health").administering(paths::ADMIN_HEALTH);
    visit.html(StatusCode::OK, &HealthPage { page, tone, verdict, wrong, seen })
}

#[cfg(test)]
mod tests;
