//! What will happen to each address, in words (UX section 8).

use directory::access::{Refusal, TargetKind};
use directory::email_address::EmailAddress;
use directory::invitation::Verdict;
use directory::user::{User, UserKind};

use super::fields::shown;
use crate::web::view::{self, Tone};
use crate::web::{SignedIn, refusals};

/// One address of the list.
pub(super) struct Listed {
    pub(super) address: String,
    pub(super) verdict: view::Verdict,
    /// The invitation that can be sent again, and which of its mails was the last.
    pub(super) resend: Option<String>,
    /// Whether it is no address: it can be put back into the box and mended.
    pub(super) mendable: bool,
}

/// The row of an address.
pub(super) fn listed(visit: &SignedIn, kind: TargetKind, address: &str, verdict: &Verdict) -> Listed {
    let mendable = matches!(verdict, Verdict::Refused(Refusal::InvalidAddress { .. }));
    let (verdict, resend) = match verdict {
        Verdict::Invite(known) => (new_guest(visit, known), None),
        Verdict::Add(user) => (at_once(visit, kind, user), None),
        Verdict::AlreadyIn(user) => (already_in(visit, user), None),
        Verdict::AlreadyInvited(invitation) => {
            let when = visit.texts.date_short(invitation.created_at, visit.zone());
            let verdict = view::Verdict {
                tone: Tone::Warn,
                subject: invitation.address_key.clone(),
                headline: visit.texts.with("verdict-already-invited", &[("when", when.into())]),
                explanation: visit.texts.get("verdict-already-invited-why"),
            };
            (verdict, Some(format!("{}:{}", invitation.id, invitation.generation)))
        }
        Verdict::Refused(refusal) => (refused(visit, address, refusal), None),
    };
    Listed { address: address.to_owned(), verdict, resend, mendable }
}

fn new_guest(visit: &SignedIn, address: &EmailAddress) -> view::Verdict {
    // A domain in another script stands in its ASCII form; what it looks like is said beside it (SPEC 3.4).
    let looks = address
        .unicode_domain()
        .map(|domain| visit.texts.with("verdict-domain-looks", &[("domain", domain.into())]));
    view::Verdict {
        tone: Tone::Plain,
        subject: address.to_string(),
        headline: visit.texts.get("verdict-new-guest"),
        explanation: looks.unwrap_or_default(),
    }
}

fn at_once(visit: &SignedIn, kind: TargetKind, user: &User) -> view::Verdict {
    let to_app = kind == TargetKind::App;
    let headline = match (user.kind, user.redeemed_at) {
        (UserKind::Guest, Some(since)) => {
            let since = visit.texts.date(since, visit.zone());
            let key = if to_app { "verdict-guest-app" } else { "verdict-guest-group" };
            visit.texts.with(key, &[("since", since.into())])
        }
        _ => visit.texts.get(if to_app { "verdict-colleague-app" } else { "verdict-colleague-group" }),
    };
    view::Verdict {
        tone: Tone::Plain,
        subject: user.name.clone(),
        headline: format!("{} · {headline}", user.address),
        explanation: String::new(),
    }
}

fn already_in(visit: &SignedIn, user: &User) -> view::Verdict {
    view::Verdict {
        tone: Tone::Warn,
        subject: user.name.clone(),
        headline: visit.texts.get("verdict-already-in"),
        explanation: user.address.clone(),
    }
}

fn refused(visit: &SignedIn, address: &str, refusal: &Refusal) -> view::Verdict {
    view::Verdict {
        tone: Tone::Bad,
        subject: shown(address),
        headline: visit.sentence(refusal),
        explanation: refusals::mended_by(visit.texts, refusal),
    }
}
