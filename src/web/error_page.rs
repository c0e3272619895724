//! The page of an error: what happened, why, and a way on.

use actix_web::{HttpRequest, HttpResponse, http::header::HeaderValue};
use askama::Template;

use super::{
    PageError, State, Visit,
    current::{accepted, here},
    error::Reason,
    filters,
    layout::Page,
    paths, preferences, refusals,
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
    let state = State::of(request);
    let chosen = state.map(|state| preferences::of_browser(request, state.cookies));
    let (language, theme) = chosen.unwrap_or_default();
    let language = Language::negotiate(language, accepted(request), Language::default());
    let here = state.map_or_else(String::new, |state| here(request, state));
    let mut page = Page { texts: Texts::new(language), theme, here, ..Page::default() };
    "Vestibule".clone_into(&mut page.organisation.name);
    page.alone()
}

fn explanation(page: &Page, visit: Option<&Visit>, error: &PageError) -> String {
    let zone = zone(visit.map_or("", |visit| visit.organisation.profile.time_zone.as_str()));
    match (error.refusal(), error) {
        (Some(refusal), _) => refusals::explain(page.texts, refusal, zone),
        (None, PageError::TooMany(frees_at)) => {
            page.with("error-429-until", "time", page.texts.time_zone(frees_at.utc(), zone))
        }
        (None, _) => page.t(&format!("error-{}-text", error.reason().key())),
    }
}

fn way(page: &Page, reason: Reason) -> Option<Link> {
    let (key, href) = match (reason, &page.me) {
        (Reason::Unavailable, _) => ("error-try-again", page.here.clone()),
        _ if opens_again(&page.here, reason) => ("error-open-again", page.here.clone()),
        (_, Some(_)) => ("error-to-apps", paths::APPS.to_owned()),
        (_, None) => ("error-to-sign-in", paths::SIGN_IN.to_owned()),
    };
    Some(Link { label: page.t(key), href }).filter(|link| !link.href.is_empty())
}

/// Whether the page that somebody came from is the way on: nothing was wrong with what they did there, only with
/// when. Guests who answer an invitation have no other page than that.
fn opens_again(here: &str, reason: Reason) -> bool {
    let of_a_form = matches!(reason, Reason::FormOutOfDate | Reason::TooMany | Reason::Stale);
    let of_an_invitation = reason == Reason::Method && paths::invitation_of(here).is_some();
    (of_a_form || of_an_invitation) && !matches!(here, "" | paths::APPS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way_from(here: &str, reason: Reason) -> (String, String) {
        let page = Page { here: here.to_owned(), me: None, ..Page::sample() };
        way(&page, reason).map(|link| (link.label, link.href)).unwrap_or_default()
    }

    fn opens(href: &str) -> (String, String) {
        ("Open the page again".to_owned(), href.to_owned())
    }

    #[test]
    fn what_came_too_late_or_too_often_leads_back_to_its_page() {
        for reason in [Reason::FormOutOfDate, Reason::TooMany, Reason::Stale] {
            assert_eq!(way_from("/groups/sales", reason), opens("/groups/sales"));
            assert_eq!(way_from("", reason).1, paths::SIGN_IN);
            assert_eq!(way_from(paths::APPS, reason).1, paths::SIGN_IN);
        }
        assert_eq!(way_from("/groups/sales", Reason::NotFound).1, paths::SIGN_IN);
    }

    #[test]
    fn a_guest_stays_with_the_invitation() {
        assert_eq!(way_from("/invitations/abc", Reason::Method), opens("/invitations/abc"));
        assert_eq!(way_from("/groups/sales", Reason::Method).1, paths::SIGN_IN);
    }
}
