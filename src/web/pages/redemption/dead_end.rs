//! Links that cannot be accepted: each page helps its owner and tells a stranger neither the address nor the target nor
//! who invited (SPEC 4.5).

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use directory::{
    Error, Refusal,
    access::{SeenTarget, Target},
    invitation::Standing,
    panel,
    redemption::Offer,
};

use super::{frame, fresh, is_invited, letter};
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
    /// Whether that is not what most people should do next.
    quiet: bool,
}

/// A newer mail was sent.
pub(super) fn superseded(visit: &Visit, token: &str, offer: &Offer) -> Result<HttpResponse, PageError> {
    let page =
        DeadEnd::of(frame(visit, token, &offer.facts, "dead-superseded-title"), "mails", "dead-superseded");
    visit.html(StatusCode::GONE, &page.with_fresh(visit, token))
}

/// Its mail is of after the backup that the directory was restored from, and no newer one was sent.
pub(super) fn forgotten(visit: &Visit, token: &str, offer: &Offer) -> Result<HttpResponse, PageError> {
    let page =
        DeadEnd::of(frame(visit, token, &offer.facts, "dead-forgotten-title"), "unlink", "dead-forgotten");
    visit.html(StatusCode::GONE, &page.with_fresh(visit, token))
}

/// Decided, expired or on hold.
pub(super) async fn closed(visit: &Visit, token: &str, offer: &Offer) -> Result<HttpResponse, PageError> {
    let page = |title| frame(visit, token, &offer.facts, title);
    let drawn = match offer.facts.standing {
        Standing::Accepted if is_invited(visit, &offer.facts) => {
            let shared = is_still_shared(visit, &offer.facts.target).await?;
            DeadEnd::of_accepted(page("dead-yours-title"), offer, shared)
        }
        Standing::Accepted => DeadEnd::of(page("dead-accepted-title"), "circle-check", "dead-accepted")
            .with_way("sign-in", paths::SIGN_IN.to_owned()),
        Standing::Declined => DeadEnd::of(page("dead-declined-title"), "circle-slash", "dead-declined"),
        Standing::Revoked => DeadEnd::of(page("dead-revoked-title"), "unlink", "dead-revoked"),
        Standing::Expired => {
            DeadEnd::of(page("dead-expired-title"), "timer-off", "dead-expired").with_fresh(visit, token)
        }
        Standing::Suspended(Refusal::Restored) => {
            DeadEnd::of(page("dead-suspended-title"), "hourglass", "panel-restored")
                .with_way("error-try-again", paths::invitation(token))
        }
        Standing::Open | Standing::Suspended(_) => {
            DeadEnd::of(page("dead-suspended-title"), "hourglass", "dead-suspended")
                .with_way("error-try-again", paths::invitation(token))
        }
    };
    visit.html(StatusCode::GONE, &drawn)
}

/// Whether whoever is signed in still has what was shared, as what it opens would say.
async fn is_still_shared(visit: &Visit, target: &Target) -> Result<bool, PageError> {
    let Some(actor) = visit.actor.clone() else { return Ok(false) };
    let target = target.clone();
    let shared = visit.read(move |tx| match &target {
        Target::Directory => Ok(true),
        Target::App { app, .. } => Ok(panel::open(tx, &actor, &app.slug)?.is_some()),
        Target::Group(group) => match SeenTarget::group(tx, &actor, &group.slug) {
            Ok(_) => Ok(true),
            Err(Error::Hidden) => Ok(false),
            Err(error) => Err(error),
        },
    });
    Ok(shared.await?)
}

/// Forged, cut off, or of an invitation that never was: all the same.
pub(super) fn unknown(visit: &Visit) -> Result<HttpResponse, PageError> {
    let page = visit.page("dead-unknown-title").alone();
    let drawn = DeadEnd::of(page, "search-x", "dead-unknown").with_way("sign-in", paths::SIGN_IN.to_owned());
    visit.html(StatusCode::NOT_FOUND, &drawn)
}

impl DeadEnd {
    fn of(page: Page, icon: &'static str, text: &str) -> DeadEnd {
        DeadEnd { text: page.t(text), icon, hint: None, fresh: None, way: None, quiet: false, page }
    }

    /// What the invited person accepted before. Whoever was taken out since is told whom to ask: no door is open.
    fn of_accepted(page: Page, offer: &Offer, shared: bool) -> DeadEnd {
        if shared {
            return DeadEnd::of(page, "circle-check", "dead-yours")
                .with_way("dead-yours-open", letter::way_in(&offer.facts.target));
        }
        let text = page.with("dead-yours-gone", "inviter", &offer.facts.sender.name);
        DeadEnd { text, ..DeadEnd::of(page, "circle-slash", "dead-yours") }
    }

    /// The one way on from a link that is too old; those who accepted before sign in. Right after a fresh one was sent
    /// there is nothing to ask for: it is in the mailbox.
    fn with_fresh(self, visit: &Visit, token: &str) -> DeadEnd {
        let was_sent = visit.flash == Some(fresh::sent(visit));
        let ask = (!was_sent).then(|| (paths::invitation_fresh(token), self.page.t("dead-fresh-hint")));
        let (fresh, hint) = ask.unzip();
        DeadEnd { fresh, hint, quiet: true, ..self }
            .with_way("dead-sign-in-instead", paths::SIGN_IN.to_owned())
    }

    fn with_way(self, label: &str, href: String) -> DeadEnd {
        DeadEnd { way: Some(Link { label: self.page.t(label), href }), ..self }
    }
}
