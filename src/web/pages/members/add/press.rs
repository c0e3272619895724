//! `POST …/members`: **Add**. Each address is decided again and done in a transaction of its own (SPEC 4.1).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use directory::access::Refusal;
use directory::invitation::{self, Invitation, Outcome};
use directory::{Error, Id, Timestamp};

use super::super::place::Place;
use super::fields::{self, Order, shown};
use super::sheet::{self, Sheet};
use crate::web::{Flash, Form, PageError, Posted, SignedIn, paths};

/// What became of a press.
#[derive(Default)]
struct Done {
    invited: Vec<(String, Id<Invitation>)>,
    added: Vec<String>,
    already_in: Vec<String>,
    already_invited: Vec<String>,
    refused: Vec<(String, Refusal)>,
    /// What nothing could be saved of any more, as far as is known.
    unfinished: Vec<String>,
    until: Option<Timestamp>,
}

pub(in super::super) async fn add(
    visit: SignedIn,
    place: Place,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let Some(order) = fields::order(&mut form) else {
        let list = fields::listed(&form);
        // What will happen to an address tells as much as a name that is found.
        if !list.is_empty() {
            visit.count_a_look().await?;
        }
        let sheet = Sheet::new(form, list);
        return sheet::draw(&visit, &place, sheet, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let done = carry_out(&visit, &place, &order).await?;
    visit.state.courier.wake();
    if done.refused.is_empty() && done.unfinished.is_empty() {
        return Ok(visit.see_other(&done.next(&place), done.note(&visit)));
    }
    back_to_the_sheet(&visit, &place, form, &order, &done).await
}

async fn carry_out(visit: &SignedIn, place: &Place, order: &Order) -> Result<Done, PageError> {
    let mut done = Done::default();
    let mut addresses = order.listed.iter().chain(&order.typed);
    while let Some(address) = addresses.next() {
        match one(visit, place, address, order).await {
            Ok(outcome) => done.keep(address, outcome),
            Err(Error::Refused(refusal)) => done.refused.push((address.clone(), refusal)),
            Err(Error::Unavailable(_)) if done.changed_something() => {
                done.unfinished.push(address.clone());
                done.unfinished.extend(addresses.by_ref().cloned());
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(done)
}

async fn one(visit: &SignedIn, place: &Place, address: &str, order: &Order) -> directory::Result<Outcome> {
    let (actor, place) = (visit.actor.clone(), place.clone());
    let (address, draft) = (address.to_owned(), order.draft.clone());
    visit
        .write(move |tx| {
            let manager = place.manager(tx, &actor)?;
            invitation::add(tx, &manager, &address, &draft)
        })
        .await
}

impl Done {
    fn keep(&mut self, address: &str, outcome: Outcome) {
        match outcome {
            Outcome::Invited(invitation) => {
                self.until = Some(invitation.expires_at);
                self.invited.push((invitation.address_key, invitation.id));
            }
            Outcome::Added(user) => self.added.push(user.name),
            Outcome::AlreadyIn(_) => self.already_in.push(address.to_owned()),
            Outcome::AlreadyInvited(_) => self.already_invited.push(address.to_owned()),
        }
    }

    fn changed_something(&self) -> bool {
        !self.invited.is_empty() || !self.added.is_empty()
    }

    fn is_left(&self, address: &String) -> bool {
        self.unfinished.contains(address) || self.refused.iter().any(|(other, _)| other == address)
    }

    fn somebody_was_there(&self) -> bool {
        !self.already_in.is_empty() || !self.already_invited.is_empty()
    }

    fn invited_names(&self) -> String {
        self.invited.iter().map(|(address, _)| address.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// The list; one fresh invitation can be taken back there, one that was there before is shown.
    fn next(&self, place: &Place) -> String {
        let already: Vec<&String> = self.already_in.iter().chain(&self.already_invited).collect();
        match (self.invited.as_slice(), self.added.as_slice(), already.as_slice()) {
            ([(_, id)], [], _) => paths::asking(&place.path(), &[("sent", &id.to_string())]),
            ([], [], [address]) => paths::asking(&place.path(), &[("q", address)]),
            _ => place.path(),
        }
    }

    fn note(&self, visit: &SignedIn) -> Flash {
        let until = self.until.map(|until| visit.texts.date(until, visit.zone())).unwrap_or_default();
        let (invited, added) = (self.invited_names(), self.added.join(", "));
        match (self.invited.is_empty(), self.added.is_empty()) {
            (false, true) => Flash::ok("added-invited").with("people", invited).with("until", until),
            (true, false) => Flash::ok("added-at-once").with("people", added),
            (false, false) => Flash::ok("added-both").with("invited", invited).with("added", added),
            (true, true) => self.note_of_nothing(),
        }
    }

    fn note_of_a_part(&self) -> Flash {
        let (done, left) =
            (self.invited.len() + self.added.len(), self.unfinished.len() + self.refused.len());
        Flash::bad("added-partly").with("done", done).with("left", left)
    }

    fn note_of_nothing(&self) -> Flash {
        let (already_in, invited) = (self.already_in.join(", "), self.already_invited.join(", "));
        match (already_in.is_empty(), invited.is_empty()) {
            (true, _) => Flash::ok("added-nothing-invited").with("invited", invited),
            (false, true) => Flash::ok("added-nothing-in").with("in", already_in),
            (false, false) => Flash::ok("added-nothing").with("in", already_in).with("invited", invited),
        }
    }
}

/// What was refused comes back where it was, with the reason, and so does what was not come to; what was done is said,
/// and is not there any more.
async fn back_to_the_sheet(
    visit: &SignedIn,
    place: &Place,
    mut form: Form,
    order: &Order,
    done: &Done,
) -> Result<HttpResponse, PageError> {
    // Refusals tell of people too; what was done has limits of its own.
    if !done.changed_something() {
        visit.count_a_look().await?;
    }
    let list: Vec<String> = order.listed.iter().filter(|address| done.is_left(address)).cloned().collect();
    let typed: Vec<&str> =
        order.typed.iter().filter(|address| done.is_left(address)).map(String::as_str).collect();
    form.set("email", typed.join(", "));
    for (address, refusal) in &done.refused {
        let (field, sentence) = (field_of(refusal), visit.explained(refusal));
        let named = if field == "message" { sentence } else { format!("{}: {sentence}", shown(address)) };
        if form.error(field).is_none() || field == "email" {
            form.refuse(field, named);
        }
    }
    if !done.unfinished.is_empty() {
        form.refuse("", "add-unfinished");
    }
    let tells = done.changed_something() || done.somebody_was_there();
    let note = tells.then(|| done.note(visit).say(visit.texts).text);
    let status = if done.changed_something() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let sheet = Sheet { done: note.unwrap_or_default(), ..Sheet::new(form, list) };
    match sheet::draw(visit, place, sheet, status).await {
        // The note travels with the browser: what was done is told even where nothing can be read any more.
        Err(PageError::Directory(Error::Unavailable(_))) if done.changed_something() => {
            Ok(visit.see_other(&place.path(), done.note_of_a_part()))
        }
        drawn => drawn,
    }
}

/// The field beside which a refusal stands.
fn field_of(refusal: &Refusal) -> &'static str {
    if *refusal == Refusal::WelcomeMessagesOff { "message" } else { "email" }
}
