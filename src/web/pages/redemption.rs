//! Redemption (SPEC 4.5): the letter, the proof of the mailbox, Accept and Decline, and every dead end.
//!
//! Whatever a form says, what is shown and what is done come from the invitation's row (SECURITY R3). A `GET` changes
//! nothing (R1).

mod accept;
mod code;
mod dead_end;
mod decline;
mod fresh;
mod letter;
mod offer;

use actix_web::{
    HttpResponse,
    web::{self, Path, ServiceConfig},
};
use directory::{
    invitation::{Invitation, InvitationFacts},
    redemption::{self, Opened},
};

use crate::{
    text::Texts,
    web::{Flash, Form, Page, PageError, Visit, paths},
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route(&paths::invitation("{token}"), web::get().to(show))
        .route(&paths::invitation_code("{token}"), web::post().to(code::send))
        .route(&paths::invitation_accept("{token}"), web::post().to(accept::accept))
        .route(&paths::invitation_decline("{token}"), web::get().to(decline::ask))
        .route(&paths::invitation_decline("{token}"), web::post().to(decline::decline))
        .route(&paths::invitation_fresh("{token}"), web::post().to(fresh::send));
}

/// `GET /invitations/{token}`
async fn show(visit: Visit, token: Path<String>) -> Result<HttpResponse, PageError> {
    open(&visit, &token, Form::empty()).await
}

/// The page that a link opens now, with what was typed on it.
async fn open(visit: &Visit, token: &str, form: Form) -> Result<HttpResponse, PageError> {
    open_saying(visit, token, form, None).await
}

/// The same, with a note of what was just done.
async fn open_saying(
    visit: &Visit,
    token: &str,
    form: Form,
    note: Option<&Flash>,
) -> Result<HttpResponse, PageError> {
    match look(visit, token).await? {
        Opened::Offer(opened) => offer::draw(visit, token, &opened, form, note),
        Opened::Superseded(opened) => dead_end::superseded(visit, token, &opened),
        Opened::Forgotten(opened) => dead_end::forgotten(visit, token, &opened),
        Opened::Closed(opened) => dead_end::closed(visit, token, &opened).await,
        Opened::Unknown => dead_end::unknown(visit),
    }
}

async fn look(visit: &Visit, token: &str) -> Result<Opened, PageError> {
    let (token, browser) = (token.to_owned(), visit.browser_key());
    Ok(visit.read(move |tx| redemption::open(tx, &token, &browser)).await?)
}

/// The mail's language, unless the visitor has chosen one.
fn texts(visit: &Visit, invitation: &Invitation) -> Texts {
    if visit.language_chosen { visit.texts } else { Texts::new(invitation.language) }
}

/// The frame of a page about this invitation. Its own address is the one to come back to, whatever was posted.
fn frame(visit: &Visit, token: &str, facts: &InvitationFacts, title: &str) -> Page {
    let texts = texts(visit, &facts.invitation);
    Page {
        flash: visit.flash.as_ref().map(|flash| flash.say(texts)),
        here: paths::invitation(token),
        texts,
        ..visit.page_titled(texts.get(title)).alone()
    }
}

/// Whether the visitor is signed in as the invited person.
fn is_invited(visit: &Visit, facts: &InvitationFacts) -> bool {
    visit.actor.as_ref().is_some_and(|actor| actor.id == facts.guest.id)
}
