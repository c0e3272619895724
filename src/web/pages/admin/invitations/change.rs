//! What is done with an invitation: send it again, take it back, answer for it. Administrators do so with each of them,
//! guest inviters with those to nothing but the organisation (SPEC 3.1): these pages ask for the directory's manager.

use actix_web::{HttpResponse, web::Path};
use directory::{
    Actor, Error, Id, Manager, Tx,
    invitation::{self, Invitation},
};

use super::super::{
    confirm::{self, Question},
    id, mail_is_held,
};
use crate::web::{Flash, PageError, Posted, SignedIn, asked::Asked, paths};

pub(super) async fn ask(visit: SignedIn, path: Path<String>) -> Result<HttpResponse, PageError> {
    let (actor, id) = (visit.actor.clone(), id(&path)?);
    let found = visit
        .read(move |tx| {
            let manager = Manager::of_directory(tx, &actor)?;
            invitation::managed(tx, &manager, id)
        })
        .await?;
    let question = Question {
        heading: visit.texts.get("admin-revoke-title"),
        text: visit.texts.with("admin-revoke-text", &[("address", found.address_key.into())]),
        action: paths::invitation_revoke(paths::ADMIN, id),
        button: visit.texts.get("admin-invitation-revoke"),
        cancel: list_for(&visit).to_owned(),
    };
    confirm::ask(&visit, paths::ADMIN_INVITATIONS, question)
}

pub(super) async fn revoke(
    visit: SignedIn,
    path: Path<String>,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let revoke = |tx: &mut Tx<'_>, actor: &Actor, id| {
        let manager = Manager::of_directory(tx, actor)?;
        invitation::revoke(tx, &manager, id)
    };
    change(&visit, &path, "admin-invitation-was-revoked", revoke).await
}

pub(super) async fn resend(
    visit: SignedIn,
    path: Path<String>,
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
    change(&visit, &path, done, resend).await
}

pub(super) async fn approve(
    visit: SignedIn,
    path: Path<String>,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let approve = |tx: &mut Tx<'_>, actor: &Actor, id| {
        let manager = Manager::of_directory(tx, actor)?;
        invitation::approve(tx, &manager, id)
    };
    change(&visit, &path, "admin-invitation-was-approved", approve).await
}

/// One change, then back to the list the button stood in, with how it went.
async fn change(
    visit: &SignedIn,
    path: &str,
    done: &str,
    verb: impl Fn(&mut Tx<'_>, &Actor, Id<Invitation>) -> directory::Result<Invitation> + Send + 'static,
) -> Result<HttpResponse, PageError> {
    let (actor, id) = (visit.actor.clone(), id(path)?);
    let flash = match visit.write(move |tx| verb(tx, &actor, id)).await {
        Ok(invitation) => {
            visit.state.courier.wake();
            Flash::ok(done).with("address", invitation.address_key)
        }
        Err(Error::Refused(refusal) | Error::Forbidden(refusal)) => {
            Flash::bad("admin-invitation-not-done").with("reason", visit.sentence(&refusal))
        }
        Err(error) => return Err(error.into()),
    };
    let pages = if visit.actor.administrator { paths::ADMIN } else { paths::ADMIN_USERS_INVITE };
    let from_here = visit.here.starts_with(pages) && !visit.here.ends_with("/revoke");
    let back = if from_here { visit.here.as_str() } else { list_for(visit) };
    Ok(visit.see_other(back, flash))
}

/// The list that these invitations stand in: guest inviters have theirs below the form they were sent with.
fn list_for(visit: &SignedIn) -> &'static str {
    if visit.actor.administrator { paths::ADMIN_INVITATIONS } else { paths::ADMIN_USERS_INVITE }
}
