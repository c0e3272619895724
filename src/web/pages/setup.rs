//! The one-time set-up link: the organisation and its first administrator (SPEC 5.2, SECURITY J9).
//!
//! Whoever reads the console of a fresh deployment holds it, so using it signs in: the first administrator must not
//! need mail before mail is set up.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{self, Path, ServiceConfig},
};
use askama::Template;
use chrono_tz::{TZ_VARIANTS, Tz};
use directory::{
    Actor, EmailAddress, Error, Tx,
    organisation::{Profile, parse_domains},
    session::Entrance,
    setup_link::{self, FirstAdministrator},
    text::Name,
};

use crate::{
    text::Language,
    web::{
        Flash, Form, Page, PageError, Posted, Visit, filters,
        form::{Complaint, choice},
        mail_route::MailRoute,
        passwords, paths,
        view::Choice,
    },
};

#[derive(Template)]
#[template(path = "setup/setup.html")]
struct SetUpPage {
    page: Page,
    form: Form,
    action: String,
    time_zones: Vec<Choice>,
    languages: Vec<Choice>,
    /// Where mail goes.
    mail: String,
}

#[derive(Template)]
#[template(path = "setup/dead-end.html")]
struct DeadEnd {
    page: Page,
}

/// What the form makes.
struct Founding {
    organisation: Profile,
    name: Name,
    address: EmailAddress,
    password: String,
}

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route(&paths::set_up("{token}"), web::get().to(show))
        .route(&paths::set_up("{token}"), web::post().to(create));
}

/// `GET /set-up/{token}`
async fn show(visit: Visit, token: Path<String>) -> Result<HttpResponse, PageError> {
    let link = token.to_string();
    match visit.read(move |tx| setup_link::check(tx, &link)).await {
        Ok(()) => {
            let language = visit.texts.language().tag();
            draw(&visit, &token, Form::filled(&[("time_zone", Tz::Etc__UTC.name()), ("language", language)]))
        }
        Err(error) => dead_end(&visit, error),
    }
}

/// `POST /set-up/{token}`
async fn create(
    visit: Visit,
    token: Path<String>,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let link = token.to_string();
    if let Err(error) = visit.read(move |tx| setup_link::check(tx, &link)).await {
        return dead_end(&visit, error);
    }
    let Some(founding) = read(&mut form) else { return draw(&visit, &token, form) };
    let Some(password_hash) = passwords::hash(&mut form, "password", founding.password).await? else {
        return draw(&visit, &token, form);
    };
    let first = FirstAdministrator { name: founding.name, address: founding.address, password_hash };
    let (link, organisation) = (token.to_string(), founding.organisation);
    let note = Flash::ok("setup-done").with("organisation", &organisation.name);
    let redeem = move |tx: &mut Tx<'_>| setup_link::redeem(tx, &link, &organisation, &first);
    match visit.sign_in(redeem, |user| Actor::of(user).map(Box::new).map(Entrance::Proved)).await {
        Ok(_) => Ok(visit.see_other(paths::ADMIN, note)),
        Err(Error::Refused(refusal)) => {
            form.refuse("email", visit.sentence(&refusal));
            draw(&visit, &token, form)
        }
        Err(error) => dead_end(&visit, error),
    }
}

fn read(form: &mut Form) -> Option<Founding> {
    let organisation = form.parse("organisation", Name::parse);
    let domain = form.parse("domain", one_domain);
    let zone = form.parse("time_zone", choice::<Tz>);
    let language = form.parse("language", choice::<Language>);
    let name = form.parse("name", Name::parse);
    let address = form.parse("email", EmailAddress::parse);
    let guessable = [form.value("organisation"), form.value("name"), form.value("email")].map(str::to_owned);
    let password = passwords::chosen(form, "password", &guessable.each_ref().map(String::as_str));
    let profile = Profile {
        name: organisation?.into_string(),
        primary_domain: domain?,
        other_domains: String::new(),
        time_zone: zone?.name().to_owned(),
        default_language: language?,
        privacy_url: None,
    };
    Some(Founding { organisation: profile, name: name?, address: address?, password: password? })
}

fn one_domain(typed: &str) -> Result<String, Complaint> {
    let wrong = || Complaint::key("setup-domain-wrong");
    let domain = parse_domains(typed.trim().trim_start_matches('@')).map_err(|_| wrong())?;
    if domain.is_empty() || domain.contains('\n') { Err(wrong()) } else { Ok(domain) }
}

fn draw(visit: &Visit, token: &str, form: Form) -> Result<HttpResponse, PageError> {
    let status = form.status();
    let page = Page { here: paths::set_up(token), ..visit.page("setup-title").alone().showing(&form) };
    let view = SetUpPage {
        mail: where_mail_goes(visit, &page),
        action: paths::set_up(token),
        time_zones: time_zones(),
        languages: Choice::languages(),
        page,
        form,
    };
    visit.html(status, &view)
}

/// The zones that are named after a place, and UTC.
fn time_zones() -> Vec<Choice> {
    const PLACES: [&str; 9] = [
        "Africa/",
        "America/",
        "Antarctica/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    ];
    let names = TZ_VARIANTS.iter().map(|zone| zone.name());
    let places = names.filter(|name| PLACES.iter().any(|place| name.starts_with(place)));
    let utc = Tz::Etc__UTC.name();
    std::iter::once(utc).chain(places).map(|name| Choice::new(name, name.replace('_', " "))).collect()
}

fn where_mail_goes(visit: &Visit, page: &Page) -> String {
    match MailRoute::of(visit) {
        MailRoute::Relay(relay) => page.with("setup-mail-relay", "relay", relay),
        MailRoute::Demo => page.t("demo-mail-goes"),
        MailRoute::Folder(folder) => page.with("setup-mail-folder", "folder", folder),
    }
}

/// The link was used, is too old, or never was one: all the same.
fn dead_end(visit: &Visit, error: Error) -> Result<HttpResponse, PageError> {
    match error {
        Error::Hidden => {
            visit.html(StatusCode::NOT_FOUND, &DeadEnd { page: visit.page("setup-dead-title").alone() })
        }
        error => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_zones_begins_with_utc_and_has_each_place_once() {
        let zones = time_zones();
        assert_eq!(zones[0].value, "Etc/UTC");
        assert!(zones.iter().any(|zone| zone.value == "Europe/Amsterdam"));
        assert!(zones.iter().all(|zone| zone.value.parse::<Tz>().is_ok()));
    }

    #[test]
    fn one_domain_is_wanted() {
        assert_eq!(one_domain(" @Meridian.Example ").as_deref(), Ok("meridian.example"));
        for typed in ["", "meridian", "a.example b.example", "*.a.example"] {
            assert_eq!(one_domain(typed), Err(Complaint::key("setup-domain-wrong")), "{typed}");
        }
    }
}
