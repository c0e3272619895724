//! Setting or changing one's password.

use actix_web::HttpResponse;
use chrono::TimeDelta;
use directory::access::rules;
use directory::rate_limit::RateLimit;
use directory::{Error, sign_in, user};

use super::draw;
use crate::web::{Flash, Form, PageError, Posted, SignedIn, passwords, paths};

const TRIES: RateLimit = RateLimit::new("password-change", 10, TimeDelta::minutes(15));

/// `POST /account/password`: other browsers are signed out, and this one goes on under a new key (SECURITY C1). Guests,
/// who are shown no such form, are told why.
pub(super) async fn change(visit: SignedIn, Posted(mut form): Posted) -> Result<HttpResponse, PageError> {
    rules::have_password(visit.actor.kind).map_err(Error::Forbidden)?;
    visit.limit(vec![TRIES.of(visit.actor.id.to_string())]).await?;
    let Some(new) = read(&visit, &mut form).await? else { return draw(&visit, form).await };
    let Some(hashed) = passwords::hash(&mut form, "new_password", new).await? else {
        return draw(&visit, form).await;
    };
    let set = visit.keep_only_this_session(move |tx, visitor| user::set_password(tx, visitor, &hashed));
    match set.await {
        Ok(()) => Ok(visit.see_other(paths::ACCOUNT, Flash::ok("account-password-set"))),
        Err(PageError::Directory(Error::Refused(refusal))) => {
            form.refuse("new_password", visit.sentence(&refusal));
            draw(&visit, form).await
        }
        Err(error) => Err(error),
    }
}

async fn read(visit: &SignedIn, form: &mut Form) -> Result<Option<String>, PageError> {
    let actor = &visit.actor;
    // What is wrong is told in the order of the page.
    let knows = !actor.has_password || knows_current(visit, form).await?;
    let address = actor.address.to_string();
    let organisation = visit.organisation.profile.name.as_str();
    let new = passwords::chosen(form, "new_password", &[&address, &actor.name, organisation]);
    Ok(new.filter(|_| knows))
}

async fn knows_current(visit: &SignedIn, form: &mut Form) -> Result<bool, PageError> {
    let Some(typed) = passwords::typed(form, "current_password") else { return Ok(false) };
    let address = visit.actor.address.clone();
    let hashed = visit.read(move |tx| sign_in::password_hash(tx, &address)).await?;
    let right = passwords::is_right(typed, hashed).await?;
    if !right {
        form.refuse("current_password", "account-password-wrong");
    }
    Ok(right)
}
