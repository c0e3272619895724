//! What administrators do with an invitation: send it again, take it back, answer for it.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use askama::Template;
use directory::{
    Error, Manager,
    invitation::{self, Invitation},
};

use super::super::id;
use crate::web::{Administrating, Flash, Page, PageError, Posted, filters, paths};

#[derive(Template)]
#[template(path = "admin/confirm.html")]
struct RevokePage {
    page: Page,
    text: String,
    action: String,
    button: String,
    back: String,
}

pub(super) async fn ask(visit: Administrating, path: Path<String>) -> Result<HttpResponse, PageError> {
    let invitation = id(&path)?;
    let found = visit.read(move |tx| Invitation::find(tx, invitation)).await?;
    let address = found.address_key;
    let view = RevokePage {
        page: visit.page_at("invitations", "admin-revoke-title"),
        text: visit.texts.with("admin-revoke-text", &[("address", address.into())]),
        action: paths::invitation_revoke(paths::ADMIN, invitation),
        button: visit.texts.get("admin-invitation-revoke"),
        back: paths::ADMIN_INVITATIONS.to_owned(),
    };
    visit.html(StatusCode::OK, &view)
}

pub(super) async fn revoke(
    visit: Administrating,
    path: Path<String>,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let (id, actor) = (id(&path)?, visit.actor.clone());
    let done = visit.write(move |tx| {
        let manager = Manager::of_directory(tx, &actor)?;
        invitation::revoke(tx, &manager, id)
    });
    finish(&visit, done.await, "admin-invitation-was-revoked")
}

pub(super) async fn resend(
    visit: Administrating,
    path: Path<String>,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let (id, actor) = (id(&path)?, visit.actor.clone());
    let done = visit.write(move |tx| {
        let manager = invitation::manager_of(tx, &actor, id)?;
        invitation::resend(tx, &manager, id)
    });
    finish(&visit, done.await, "admin-invitation-was-resent")
}

pub(super) async fn approve(
    visit: Administrating,
    path: Path<String>,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let (id, actor) = (id(&path)?, visit.actor.clone());
    let done = visit.write(move |tx| {
        let manager = Manager::of_directory(tx, &actor)?;
        invitation::approve(tx, &manager, id)
    });
    finish(&visit, done.await, "admin-invitation-was-approved")
}

/// Back to the list the button stood in, with how it went.
fn finish(
    visit: &Administrating,
    outcome: directory::Result<Invitation>,
    done: &str,
) -> Result<HttpResponse, PageError> {
    let flash = match outcome {
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
