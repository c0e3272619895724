//! What is done to somebody of the list: remove, send again, take back, answer for.

use actix_web::HttpResponse;
use directory::invitation::{self, Invitation};
use directory::user::User;
use directory::{Error, group_member};

use super::head;
use super::part::Part;
use super::place::Place;
use crate::web::asked::{Asked, PathId};
use crate::web::{Flash, PageError, Posted, SignedIn};

pub(super) async fn remove(
    visit: SignedIn,
    place: Place,
    PathId(user): PathId<User>,
    Asked(asked): Asked,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let removed = place
        .manage(&visit, move |tx, manager| {
            let user = group_member::remove(tx, manager, user)?;
            Ok((user, head::name(manager.target()).to_owned()))
        })
        .await;
    answer(&visit, &Part::of(&asked).back(&place), removed, |(user, name)| {
        Flash::ok("people-removed").with("person", &user.name).with("name", name)
    })
}

pub(super) async fn resend(
    visit: SignedIn,
    place: Place,
    PathId(id): PathId<Invitation>,
    Asked(asked): Asked,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let seen = asked.value("generation").parse().ok();
    let resent = place.manage(&visit, move |tx, manager| invitation::resend(tx, manager, id, seen)).await;
    answer(&visit, &Part::of(&asked).back(&place), resent, |invitation| {
        if visit.organisation.is_held() {
            return Flash::ok("people-sent-again-held").with("address", &invitation.address_key);
        }
        let until = visit.texts.date_time_zone(invitation.expires_at, visit.zone());
        Flash::ok("people-sent-again").with("address", &invitation.address_key).with("until", until)
    })
}

pub(super) async fn revoke(
    visit: SignedIn,
    place: Place,
    PathId(id): PathId<Invitation>,
    Asked(asked): Asked,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let revoked = place.manage(&visit, move |tx, manager| invitation::revoke(tx, manager, id)).await;
    answer(&visit, &Part::of(&asked).back(&place), revoked, |invitation| {
        Flash::ok("people-taken-back").with("address", &invitation.address_key)
    })
}

pub(super) async fn approve(
    visit: SignedIn,
    place: Place,
    PathId(id): PathId<Invitation>,
    Asked(asked): Asked,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let approved = place.manage(&visit, move |tx, manager| invitation::approve(tx, manager, id)).await;
    answer(&visit, &Part::of(&asked).back(&place), approved, |invitation| {
        Flash::ok("people-approved").with("address", &invitation.address_key)
    })
}

/// Back to the list, which says how it went. A rule's "no" is said there as well: the row it is about is there.
fn answer<T>(
    visit: &SignedIn,
    back: &str,
    outcome: directory::Result<T>,
    note: impl FnOnce(T) -> Flash,
) -> Result<HttpResponse, PageError> {
    let flash = match outcome {
        Ok(done) => note(done),
        Err(Error::Refused(refusal)) => {
            Flash::bad("people-refused").with("reason", visit.explained(&refusal))
        }
        Err(error) => return Err(error.into()),
    };
    Ok(visit.see_other(back, flash))
}
