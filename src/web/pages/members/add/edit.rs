//! `GET …/add` and the buttons of the sheet that change its list; nothing is sent yet.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use directory::Error;
use directory::invitation;

use super::super::place::Place;
use super::sheet::{self, Sheet};
use super::{fields, typed};
use crate::text::Texts;
use crate::web::asked::{self, Asked};
use crate::web::form::Complaint;
use crate::web::{Form, PageError, Posted, SignedIn};

pub(in super::super) async fn show(
    visit: SignedIn,
    place: Place,
    Asked(asked): Asked,
) -> Result<HttpResponse, PageError> {
    let form = Form::filled(&[("email", fields::readable(asked.value("email")))]);
    sheet::draw(&visit, &place, Sheet::new(form, Vec::new()), StatusCode::OK).await
}

pub(in super::super) async fn change(
    visit: SignedIn,
    place: Place,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let mut list = fields::listed(&form);
    let (mut done, mut changed) = (String::new(), form.sends("changed"));
    // What was looked for stays found while people are put on the list or taken off it.
    let mut sought = form.value("sought").trim().to_owned();
    if form.sends("drop") {
        done = take_off(visit.texts, &mut list, form.value("drop"));
    } else if form.sends("put_back") {
        put_back(&mut form, &mut list);
    } else if form.sends("put") {
        list.push(form.value("put").to_owned());
        if !typed::is_address(form.value("email")) {
            form.set("email", "");
        }
    } else if form.sends("resend") {
        done = send_again(&visit, &place, &mut form).await?;
        changed |= !done.is_empty();
    } else if typed::is_address(form.value("email")) {
        list.extend(typed::addresses(form.value("email")));
        form.set("email", "");
        sought.clear();
    } else {
        sought = form.value("email").trim().to_owned();
    }
    let mut list = typed::distinct(list);
    if list.len() > typed::AT_ONCE {
        let others = list.split_off(typed::AT_ONCE);
        fields::put_in_box(&mut form, &others);
        form.refuse("email", Complaint::key("add-more-than-fit").with("max", typed::AT_ONCE));
    }
    let sought = Some(sought).filter(|text| !text.is_empty());
    if sought.is_some() || !list.is_empty() {
        visit.count_a_look(list.len().max(1)).await?;
    }
    let sheet = Sheet { sought, done, changed, ..Sheet::new(form, list) };
    let status = sheet.form.status();
    sheet::draw(&visit, &place, sheet, status).await
}

/// Takes somebody off the list, and says so.
fn take_off(texts: Texts, list: &mut Vec<String>, dropped: &str) -> String {
    let before = list.len();
    list.retain(|address| address != dropped);
    if list.len() == before {
        return String::new();
    }
    let off = texts.with("add-dropped", &[("name", fields::shown(dropped).into())]);
    format!("{off} {}", texts.count("add-still-listed", list.len()))
}

/// *Change*: what is no address goes from the list back into the box, behind the addresses that are in it.
fn put_back(form: &mut Form, list: &mut Vec<String>) {
    let wrong = form.value("put_back").to_owned();
    if !list.contains(&wrong) {
        return;
    }
    list.retain(|address| *address != wrong);
    fields::put_in_box(form, &[wrong]);
}

/// *Send that invitation again*, without losing the rest of the list.
async fn send_again(visit: &SignedIn, place: &Place, form: &mut Form) -> Result<String, PageError> {
    let asked = form.value("resend");
    // A sheet of another version, while one replaces the other, sends no generation.
    let (id, generation) = asked.split_once(':').unwrap_or((asked, ""));
    let (id, seen) = (asked::id(id)?, generation.parse().ok());
    let resent = place.manage(visit, move |tx, manager| invitation::resend(tx, manager, id, seen)).await;
    match resent {
        Ok(invitation) => {
            let until = visit.texts.date_time_zone(invitation.expires_at, visit.zone());
            let told = [("address", invitation.address_key.as_str().into()), ("until", until.into())];
            let held = visit.organisation.is_held();
            let key = if held { "people-sent-again-held" } else { "people-sent-again" };
            Ok(visit.texts.with(key, &told))
        }
        Err(Error::Refused(refusal)) => {
            form.refuse("", visit.explained(&refusal));
            Ok(String::new())
        }
        Err(error) => Err(error.into()),
    }
}
