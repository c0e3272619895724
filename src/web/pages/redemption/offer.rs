//! An offer that can be accepted: how the mailbox is proved, then Accept and Decline.

use actix_web::HttpResponse;
use askama::Template;
use directory::redemption::Offer;

use super::{frame, is_invited, letter::Letter};
use crate::web::{Flash, Form, Page, PageError, Visit, filters, paths};

/// A way of proving that the invited mailbox is one's own, in the order they are offered.
#[derive(Clone, Copy)]
enum Way {
    Code,
}

impl Way {
    const ALL: &'static [Way] = &[Way::Code];
}

/// How far the person is.
enum Step {
    /// The mailbox is to be proved.
    Prove(&'static [Way]),
    /// A code is on its way.
    Enter,
    /// It is proved: one press is left.
    Accept,
    /// Somebody else is signed in, at this address.
    SomebodyElse(String),
}

#[derive(Template)]
#[template(path = "redemption/offer.html")]
struct OfferPage {
    page: Page,
    form: Form,
    letter: Letter,
    step: Step,
    /// Masked until the mailbox is proved.
    address: String,
    code: String,
    accept: String,
    decline: String,
    here: String,
    /// A guest of before keeps the name.
    asks_name: bool,
}

/// Page 1 or 2, as far as this browser is; `note` is what was just done.
pub(super) fn draw(
    visit: &Visit,
    token: &str,
    offer: &Offer,
    mut form: Form,
    note: Option<&Flash>,
) -> Result<HttpResponse, PageError> {
    let proved = offer.proved || is_invited(visit, &offer.facts);
    let step = step(visit, offer, proved);
    if !matches!(step, Step::Enter | Step::Accept) {
        form.forgive("name");
    }
    let title = if matches!(step, Step::Enter) { "redeem-enter-title" } else { "redeem-title" };
    let mut page = frame(visit, token, &offer.facts, title).showing(&form);
    if let Some(note) = note {
        page.flash = Some(note.say(page.texts));
    }
    let drawn = OfferPage {
        letter: Letter::of(page.texts, offer),
        step,
        address: if proved { offer.address.to_string() } else { offer.address.masked() },
        code: paths::invitation_code(token),
        accept: paths::invitation_accept(token),
        decline: paths::invitation_decline(token),
        here: paths::invitation(token),
        asks_name: page.me.is_none() && offer.facts.guest.redeemed_at.is_none(),
        page,
        form,
    };
    let status = drawn.form.status();
    visit.html(status, &drawn)
}

fn step(visit: &Visit, offer: &Offer, proved: bool) -> Step {
    match &visit.actor {
        Some(actor) if actor.id != offer.facts.guest.id => Step::SomebodyElse(actor.address.to_string()),
        _ if proved => Step::Accept,
        _ if offer.awaited.is_some() => Step::Enter,
        _ => Step::Prove(Way::ALL),
    }
}
