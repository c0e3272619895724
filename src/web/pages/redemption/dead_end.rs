//! Links that cannot be accepted: each page helps its owner and tells a stranger neither the address nor the target nor
//! who invited (SPEC 4.5).

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use directory::{invitation::Standing, redemption::Offer};

use super::{frame, is_invited, letter};
use crate::web::{Page, PageError, Visit, filters, paths, view::Link};

#[derive(Template)]
#[template(path = "redemption/dead-end.html")]
struct DeadEnd {
    page: Page,
    icon: &'static str,
    text: String,
    /// What follows below the buttons.
    hint: Option<String>,
    /// Where a fresh link is asked for.
    fresh: Option<String>,
    way: Option<Link>,
}

/// A newer mail was sent.
pub(super) fn superseded(visit: &Visit, token: &str, offer: &Offer) -> Result<HttpResponse, PageError> {
    let page =
        DeadEnd::of(frame(visit, token, &offer.facts, "dead-superseded-title"), "mails", "dead-superseded");
    visit.html(StatusCode::GONE, &page.with_fresh(token))
}

/// Decided, expired or on hold.
pub(super) fn closed(visit: &Visit, token: &str, offer: &Offer) -> Result<HttpResponse, PageError> {
    let page = |title| frame(visit, token, &offer.facts, title);
    let drawn = match offer.facts.standing {
        Standing::Accepted if is_invited(visit, &offer.facts) => {
            DeadEnd::of(page("dead-yours-title"), "circle-check", "dead-yours")
                .with_way("dead-yours-open", letter::way_in(&offer.facts.target))
        }
        Standing::Accepted => DeadEnd::of(page("dead-accepted-title"), "circle-check", "dead-accepted")
            .with_way("sign-in", paths::SIGN_IN.to_owned()),
        Standing::Declined => DeadEnd::of(page("dead-declined-title"), "circle-slash", "dead-declined"),
        Standing::Revoked => DeadEnd::of(page("dead-revoked-title"), "unlink", "dead-revoked"),
        Standing::Expired => {
            DeadEnd::of(page("dead-expired-title"), "timer-off", "dead-expired").with_fresh(token)
        }
        Standing::Open | Standing::Suspended(_) => {
            DeadEnd::of(page("dead-suspended-title"), "hourglass", "dead-suspended")
                .with_way("error-try-again", paths::invitation(token))
        }
    };
    visit.html(StatusCode::GONE, &drawn)
}

/// Forged, cut off, or of an invitation that never was: all the same.
pub(super) fn unknown(visit: &Visit) -> Result<HttpResponse, PageError> {
    let page = visit.page("dead-unknown-title").alone();
    let drawn = DeadEnd::of(page, "search-x", "dead-unknown").with_way("sign-in", paths::SIGN_IN.to_owned());
    visit.html(StatusCode::NOT_FOUND, &drawn)
}

impl DeadEnd {
    fn of(page: Page, icon: &'static str, text: &str) -> DeadEnd {
        DeadEnd { text: page.t(text), icon, hint: None, fresh: None, way: None, page }
    }

    /// The one way on from a link that is too old; those who accepted before sign in.
    fn with_fresh(self, token: &str) -> DeadEnd {
        DeadEnd {
            fresh: Some(paths::invitation_fresh(token)),
            hint: Some(self.page.t("dead-fresh-hint")),
            ..self
        }
        .with_way("dead-sign-in-instead", paths::SIGN_IN.to_owned())
    }

    fn with_way(self, label: &str, href: String) -> DeadEnd {
        DeadEnd { way: Some(Link { label: self.page.t(label), href }), ..self }
    }
}
