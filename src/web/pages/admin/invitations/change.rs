//! What is done with an invitation: send it again, take it back, answer for it. Administrators do so with each of them,
//! guest inviters with those to nothing but the organisation (SPEC 3.1): these pages ask for the directory's manager.

use actix_web::HttpResponse;
use directory::{
    Actor, Error, Id, Manager, Tx,
    invitation::{self, Invitation},
};

use super::super::{
    confirm::{self, Question},
    mail_is_held,
};
use crate::web::{
    Flash, PageError, Posted, SignedIn,
    asked::{Asked, PathId},
    paths,
};

pub(super) async fn ask(
    visit: SignedIn,
    PathId(id): PathId<Invitation>,
    Asked(asked): Asked,
) -> Result<HttpResponse, PageError> {
    let actor = visit.actor.clone();
    let found = visit
        .read(move |tx| {
            let manager = Manager::of_directory(tx, &actor)?;
            invitation::managed(tx, &manager, id)
        })
        .await?;
    let back = page_of(&visit, paths::safe_next(asked.value("back"))).to_owned();
    let question = Question {
        heading: visit.texts.get("admin-revoke-title"),
        text: visit.texts.with("admin-revoke-text", &[("address", found.address_key.into())]),
        action: paths::invitation_revoke_behind(&back, id),
        button: visit.texts.get("admin-invitation-revoke"),
        cancel: back,
    };
    confirm::ask(&visit, paths::ADMIN_INVITATIONS, question)
}

pub(super) async fn revoke(
    visit: SignedIn,
    PathId(id): PathId<Invitation>,
    Asked(asked): Asked,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let revoke = |tx: &mut Tx<'_>, actor: &Actor, id| {
        let manager = Manager::of_directory(tx, actor)?;
        invitation::revoke(tx, &manager, id)
    };
    // The page that sent this only asked.
    let back = paths::safe_next(asked.value("back"));
    change(&visit, id, (back, "admin-invitation-was-revoked"), revoke).await
}

pub(super) async fn resend(
    visit: SignedIn,
    PathId(id): PathId<Invitation>,
    Asked(asked): Asked,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let seen = asked.value("generation").parse().ok();
    let resend = move |tx: &mut Tx<'_>, actor: &Actor, id| {
        // Whoever may not find it here does not learn that it is there, as its own manager would tell.
        let directory = Manager::of_directory(tx, actor)?;
        invitation::managed(tx, &directory, id)?;
        let manager = invitation::manager_of(tx, actor, id)?;
        invitation::resend(tx, &manager, id, seen)
    };
    let held = mail_is_held(&visit);
    let done = if held { "admin-invitation-was-resent-held" } else { "admin-invitation-was-resent" };
    change(&visit, id, (visit.here.as_str(), done), resend).await
}

pub(super) async fn approve(
    visit: SignedIn,
    PathId(id): PathId<Invitation>,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let approve = |tx: &mut Tx<'_>, actor: &Actor, id| {
        let manager = Manager::of_directory(tx, actor)?;
        invitation::approve(tx, &manager, id)
    };
    change(&visit, id, (visit.here.as_str(), "admin-invitation-was-approved"), approve).await
}

/// One change, then back to the page that the button stood in, with how it went.
async fn change(
    visit: &SignedIn,
    id: Id<Invitation>,
    (back, done): (&str, &str),
    verb: impl Fn(&mut Tx<'_>, &Actor, Id<Invitation>) -> directory::Result<Invitation> + Send + 'static,
) -> Result<HttpResponse, PageError> {
    let actor = visit.actor.clone();
    let flash = match visit.write(move |tx| verb(tx, &actor, id)).await {
        Ok(invitation) => Flash::ok(done).with("address", invitation.address_key),
        Err(Error::Refused(refusal) | Error::Forbidden(refusal)) => {
            Flash::bad("admin-invitation-not-done").with("reason", visit.sentence(&refusal))
        }
        Err(error) => return Err(error.into()),
    };
    Ok(visit.see_other(page_of(visit, back), flash))
}

/// The page that a button stood in, if invitations stand in it; otherwise their list.
fn page_of<'a>(visit: &SignedIn, back: &'a str) -> &'a str {
    let pages = if visit.actor.administrator { paths::ADMIN } else { paths::ADMIN_USERS_INVITE };
    if back.starts_with(pages) { back } else { list_for(visit) }
}

/// The list that these invitations stand in: guest inviters have theirs below the form they were sent with.
fn list_for(visit: &SignedIn) -> &'static str {
    if visit.actor.administrator { paths::ADMIN_INVITATIONS } else { paths::ADMIN_USERS_INVITE }
}
