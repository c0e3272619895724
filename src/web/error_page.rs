//! The page of an error: what happened, why, and a way on.

use actix_web::{HttpRequest, HttpResponse, http::header::HeaderValue};
use askama::Template;

use super::{
    PageError, State, Visit, cookies,
    current::accepted,
    error::Reason,
    filters,
    layout::{Page, Theme},
    paths, refusals,
    request::RequestId,
    view::Link,
};
use crate::text::{Language, Texts, zone};

pub(crate) const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

#[derive(Template)]
#[template(path = "errors/error.html")]
struct ErrorPage {
    page: Page,
    icon: &'static str,
    heading: String,
    explanation: String,
    way: Option<Link>,
    reference: String,
}

/// Draws the page of an error, for whoever asked.
pub(crate) fn draw(request: &HttpRequest, error: &PageError) -> HttpResponse {
    let visit = Visit::known(request);
    let page = visit.as_ref().map_or_else(|| stranger(request), |visit| visit.page_titled(String::new()));
    let reason = error.reason();
    if let (Some(code), Some(state)) = (counted_as(error), State::of(request)) {
        state.metrics.refused(code);
    }
    let heading = page.t(&format!("error-{}-title", reason.key()));
    let drawn = ErrorPage {
        icon: reason.icon(),
        explanation: explanation(&page, visit.as_ref(), error),
        way: way(&page, reason),
        reference: if reason.is_ours() { RequestId::of(request).to_string() } else { String::new() },
        page: Page { title: heading.clone(), ..page },
        heading,
    };
    let html = drawn.render().unwrap_or_else(|failed| {
        log::error!("the page of an error failed: {failed}");
        String::new()
    });
    HttpResponse::build(error.status()).body(html)
}

/// The code that operators count a "no" under which is no rule's: those are counted where they are made.
fn counted_as(error: &PageError) -> Option<&'static str> {
    match error {
        PageError::TooMany(_) => Some("too_many_requests"),
        PageError::FormOutOfDate => Some("form_out_of_date"),
        _ => None,
    }
}

/// The frame for somebody of whom the database could not tell.
fn stranger(request: &HttpRequest) -> Page {
    let chosen = |name| {
        let name = State::of(request)?.cookies.name(name);
        request.cookie(&name).map(|cookie| cookie.value().to_owned())
    };
    let language = chosen(cookies::LANGUAGE).as_deref().and_then(Language::of_tag);
    let language = Language::negotiate(language, accepted(request), Language::default());
    let theme = Theme::of_name(&chosen(cookies::THEME).unwrap_or_default());
    let mut page = Page { texts: Texts::new(language), theme, ..Page::default() };
    "Vestibule".clone_into(&mut page.organisation.name);
    page.alone()
}

fn explanation(page: &Page, visit: Option<&Visit>, error: &PageError) -> String {
    let zone = zone(visit.map_or("", |visit| visit.organisation.profile.time_zone.as_str()));
    match (error.refusal(), error) {
        (Some(refusal), _) => {
            format!(
                "{} {}",
                refusals::say(page.texts, refusal, zone),
                refusals::mended_by(page.texts, refusal)
            )
        }
        (None, PageError::TooMany(frees_at)) => {
            page.with("error-429-until", "time", page.texts.time_zone(frees_at.utc(), zone))
        }
        (None, _) => page.t(&format!("error-{}-text", error.reason().key())),
    }
}

fn way(page: &Page, reason: Reason) -> Option<Link> {
    let (key, href) = match (reason, &page.me) {
        (Reason::Unavailable, _) => ("error-try-again", page.here.clone()),
        (_, Some(_)) => ("error-to-apps", paths::APPS.to_owned()),
        (_, None) => ("error-to-sign-in", paths::SIGN_IN.to_owned()),
    };
    Some(Link { label: page.t(key), href }).filter(|link| !link.href.is_empty())
}
