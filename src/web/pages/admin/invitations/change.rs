//! What administrators do with an invitation: send it again, take it back, answer for it.

use actix_web::{HttpResponse, web::Path};
use directory::{
    Actor, Error, Id, Manager, Tx,
    invitation::{self, Invitation},
};

use super::super::{
    confirm::{self, Question},
    id, mail_is_held,
};
use crate::web::{Administrating, Flash, PageError, Posted, asked::Asked, paths};

pub(super) async fn ask(visit: Administrating, path: Path<String>) -> Result<HttpResponse, PageError> {
    let invitation = id(&path)?;
    let found = visit.read(move |tx| Invitation::find(tx, invitation)).await?;
    let question = Question {
        heading: visit.texts.get("admin-revoke-title"),
        text: visit.texts.with("admin-revoke-text", &[("address", found.address_key.into())]),
        action: paths::invitation_revoke(paths::ADMIN, invitation),
        button: visit.texts.get("admin-invitation-revoke"),
        cancel: paths::ADMIN_INVITATIONS.to_owned(),
    };
    confirm::ask(&visit, "invitations", question)
}

pub(super) async fn revoke(
    visit: Administrating,
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
    visit: Administrating,
    path: Path<String>,
    Asked(asked): Asked,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let seen = asked.value("generation").parse().ok();
    let resend = move |tx: &mut Tx<'_>, actor: &Actor, id| {
        let manager = invitation::manager_of(tx, actor, id)?;
        invitation::resend(tx, &manager, id, seen)
    };
    let held = mail_is_held(&visit);
    let done = if held { "admin-invitation-was-resent-held" } else { "admin-invitation-was-resent" };
    change(&visit, &path, done, resend).await
}

pub(super) async fn approve(
    visit: Administrating,
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
    visit: &Administrating,
    path: &str,
    done: &str,
    verb: impl Fn(&mut Tx<'_>, &Actor, Id<Invitation>) -> directory::Result<Invitation> + Send + 'static,
) -> Result<HttpResponse, PageError> {
    let id = id(path)?;
    let flash = match visit.write(move |tx, administrator| verb(tx, administrator.actor(), id)).await {
        Ok(invitation) => {
            visit.state.courier.wake();
            Flash::ok(done).with("address", invitation.address_key)
        }
        Err(Error::Refused(refusal) | Error::Forbidden(refusal)) => {
            Flash::bad("admin-invitation-not-done").with("reason", visit.sentence(&refusal))
        }
        Err(error) => return Err(error.into()),
    };
    let from_here = visit.here.starts_with(paths::ADMIN) && !visit.here.ends_with("/revoke");
    let back = if from_here { visit.here.as_str() } else { paths::ADMIN_INVITATIONS };
    Ok(visit.see_other(back, flash))
}
