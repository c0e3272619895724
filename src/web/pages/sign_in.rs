//! Signing in (SPEC 5.2): the address first, then the same ways for everybody, then a code where one is wanted.
//!
//! One address; a form's field `way` says which way is taken. What was proved before is in the database, bound to this
//! browser; the form carries the address alone.

mod attempt;
mod screens;

use actix_web::{
    HttpResponse,
    web::{self, ServiceConfig},
};
use directory::{EmailAddress, one_time_code};

use self::{attempt::Attempt, screens::Screen};
use crate::web::{Flash, Form, PageError, Posted, Visit, asked::Asked, paths};

/// A way of proving who one is, in the order they are offered. Each is a part of the second screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Password,
    Code,
}

impl Way {
    const ALL: &'static [Way] = &[Way::Password, Way::Code];

    /// How forms spell it.
    const fn name(self) -> &'static str {
        match self {
            Way::Password => "password",
            Way::Code => "code",
        }
    }

    fn of_name(name: &str) -> Option<Way> {
        Way::ALL.iter().copied().find(|way| way.name() == name)
    }
}

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route(paths::SIGN_IN, web::get().to(show))
        .route(paths::SIGN_IN, web::post().to(go_on))
        .route(paths::SIGN_OUT, web::post().to(sign_out));
}

/// `GET /sign-in?next=`, and `step=code` once a code was asked for: whoever comes back from reading it, or reloads the page,
/// asks for no other.
async fn show(visit: Visit, Asked(asked): Asked) -> Result<HttpResponse, PageError> {
    let next = asked.value("next");
    if visit.actor.is_some() {
        return Ok(visit.see_other(next, None));
    }
    let mut form = Form::filled(&[("next", paths::safe_next(next))]);
    if asked.value("step") == "code" {
        let browser = visit.browser_key();
        let awaited = visit.read(move |tx| one_time_code::awaited_address(tx, &browser)).await?;
        if let Some(address) = awaited {
            form.set("email", address);
            return screens::draw(&visit, form, Screen::Code);
        }
    }
    screens::draw(&visit, form, Screen::Address)
}

/// `POST /sign-in`: the next step of whoever is signing in.
async fn go_on(visit: Visit, Posted(mut form): Posted) -> Result<HttpResponse, PageError> {
    let Some(address) = form.parse("email", EmailAddress::parse) else {
        return screens::draw(&visit, form, Screen::Address);
    };
    form.set("email", address.to_string());
    let way = Way::of_name(form.value("way"));
    let enters_code = form.sends("code");
    let attempt = Attempt { visit, form, address };
    match way {
        None => screens::draw(&attempt.visit, attempt.form, Screen::Ways(Way::ALL)),
        Some(Way::Password) => attempt.with_password().await,
        Some(Way::Code) if enters_code => attempt.with_code().await,
        Some(Way::Code) => attempt.for_code().await,
    }
}

/// `POST /sign-out`: `next` keeps an invitation for the person who comes back as somebody else.
async fn sign_out(visit: Visit, Posted(form): Posted) -> Result<HttpResponse, PageError> {
    visit.sign_out().await?;
    Ok(match form.value("next") {
        "" => visit.see_other(paths::SIGN_IN, Flash::ok("signed-out")),
        next => visit.see_other(next, None),
    })
}

#[cfg(test)]
mod tests {
    use super::Way;

    #[test]
    fn every_way_has_a_name_of_its_own() {
        for way in Way::ALL {
            assert_eq!(Way::of_name(way.name()), Some(*way));
        }
        assert_eq!(Way::of_name("passkey"), None);
    }
}
