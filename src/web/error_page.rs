//! The page of an error: what happened, why, and a way on.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header::HeaderValue},
};
use askama::Template;
use directory::Error;

use super::{
    PageError, State, Visit,
    current::{accepted, here},
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
    if let (Some(code), Some(state)) = (counted_as(error), State::of(request)) {
        state.metrics.refused(code);
    }
    let heading = page.t(&format!("error-{}-title", error.key()));
    let drawn = ErrorPage {
        icon: error.icon(),
        explanation: explanation(&page, visit.as_ref(), error),
        way: way(&page, error),
        reference: if error.is_ours() { RequestId::of(request).to_string() } else { String::new() },
        page: Page { title: heading.clone(), ..page },
        heading,
    };
    let html = drawn.render().unwrap_or_else(|failed| {
        log::error!("the page of an error failed: {failed}");
        String::new()
    });
    HttpResponse::build(error.status()).body(html)
}

/// The code under which `/metrics` counts a "no" that is not a rule's. Those of rules are counted where they are made.
fn counted_as(error: &PageError) -> Option<&'static str> {
    match error {
        PageError::TooMany(_) => Some("too_many_requests"),
        PageError::FormOutOfDate => Some("form_out_of_date"),
        _ => None,
    }
}

/// The frame for a visitor of whom nothing could be read from the database.
fn stranger(request: &HttpRequest) -> Page {
    let state = State::of(request);
    let chosen = state.map(|state| preferences::of_browser(request, state.cookies));
    let chosen = chosen.unwrap_or_default();
    let language = Language::negotiate(chosen.language, accepted(request), Language::default());
    let here = state.map_or_else(String::new, |state| here(request, state));
    let mut page = Page { texts: Texts::new(language), theme: chosen.theme, here, ..Page::default() };
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
        (None, _) => page.t(&format!("error-{}-text", error.key())),
    }
}

fn way(page: &Page, error: &PageError) -> Option<Link> {
    let (key, href) = match (error.status(), &page.me) {
        (StatusCode::SERVICE_UNAVAILABLE, _) => ("error-try-again", page.here.clone()),
        _ if opens_again(&page.here, error) => ("error-open-again", page.here.clone()),
        (_, Some(_)) => ("error-to-apps", paths::APPS.to_owned()),
        (_, None) => ("error-to-sign-in", paths::SIGN_IN.to_owned()),
    };
    Some(Link { label: page.t(key), href }).filter(|link| !link.href.is_empty())
}

/// Whether the page that somebody came from is the way on: nothing was wrong with what they did there, only with
/// when. Guests who answer an invitation have no other page than that.
fn opens_again(here: &str, error: &PageError) -> bool {
    let of_a_form = matches!(
        error,
        PageError::FormOutOfDate | PageError::TooMany(_) | PageError::Directory(Error::Stale)
    );
    let of_an_invitation =
        matches!(error, PageError::MethodNotAllowed) && paths::invitation_of(here).is_some();
    (of_a_form || of_an_invitation) && !matches!(here, "" | paths::APPS)
}

#[cfg(test)]
mod tests {
    use directory::Timestamp;

    use super::*;

    fn way_from(here: &str, error: &PageError) -> (String, String) {
        let page = Page { here: here.to_owned(), me: None, ..Page::sample() };
        way(&page, error).map(|link| (link.label, link.href)).unwrap_or_default()
    }

    fn opens(href: &str) -> (String, String) {
        ("Open the page again".to_owned(), href.to_owned())
    }

    #[test]
    fn what_came_too_late_or_too_often_leads_back_to_its_page() {
        let too_many = PageError::TooMany(Timestamp::from_micros(0));
        for error in [PageError::FormOutOfDate, too_many, PageError::Directory(Error::Stale)] {
            assert_eq!(way_from("/groups/sales", &error), opens("/groups/sales"));
            assert_eq!(way_from("", &error).1, paths::SIGN_IN);
            assert_eq!(way_from(paths::APPS, &error).1, paths::SIGN_IN);
        }
        assert_eq!(way_from("/groups/sales", &PageError::NotFound).1, paths::SIGN_IN);
    }

    #[test]
    fn a_guest_stays_with_the_invitation() {
        assert_eq!(way_from("/invitations/abc", &PageError::MethodNotAllowed), opens("/invitations/abc"));
        assert_eq!(way_from("/groups/sales", &PageError::MethodNotAllowed).1, paths::SIGN_IN);
    }
}
