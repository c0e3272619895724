//! `POST …/members`: **Add**. Each address is decided again and done in a transaction of its own (SPEC 4.1).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use directory::access::{Limit, LimitReached, Refusal};
use directory::invitation::{self, Invitation, Outcome};
use directory::{Error, Id, Timestamp};

use super::super::place::Place;
use super::fields::{self, Order, shown};
use super::sheet::{self, Sheet};
use crate::text::Texts;
use crate::web::{Flash, Form, PageError, Posted, SignedIn, paths};

/// How many people a note names.
const NAMED: usize = 5;
/// How many letters their names may have in all: what a note carries, without the commas and the words after them.
const ROOM: usize = 260;

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
        if !list.is_empty() {
            visit.count_a_look(list.len()).await?;
        }
        let sheet = Sheet { changed: form.sends("changed"), ..Sheet::new(form, list) };
        return sheet::draw(&visit, &place, sheet, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if order.is_for_many() {
        visit.count_a_look(order.addresses().count()).await?;
    }
    let done = carry_out(&visit, &place, &order).await?;
    if done.refused.is_empty() && done.unfinished.is_empty() && order.waiting.is_empty() {
        return Ok(visit.see_other(&done.next(&place), done.note(&visit)));
    }
    back_to_the_sheet(&visit, &place, form, &order, &done).await
}

async fn carry_out(visit: &SignedIn, place: &Place, order: &Order) -> Result<Done, PageError> {
    let mut done = Done::default();
    let mut addresses = order.addresses();
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
    let (address, draft) = (address.to_owned(), order.draft.clone());
    place.manage(visit, move |tx, manager| invitation::add(tx, manager, &address, &draft)).await
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

    /// What is said above the sheet. After something was done it is not said again what the rows of the list say.
    fn to_tell(&self, order: &Order) -> impl Iterator<Item = &(String, Refusal)> {
        let in_its_row = move |address: &String, refusal: &Refusal| {
            self.changed_something() && order.listed.contains(address) && is_foreseen(refusal)
        };
        self.refused.iter().filter(move |(address, refusal)| !in_its_row(address, refusal))
    }

    fn somebody_was_there(&self) -> bool {
        !self.already_in.is_empty() || !self.already_invited.is_empty()
    }

    /// The list; one fresh invitation can be taken back there, one that was there before is shown.
    fn next(&self, place: &Place) -> String {
        let already: Vec<&String> = self.already_in.iter().chain(&self.already_invited).collect();
        match (self.invited.as_slice(), self.added.as_slice(), already.as_slice()) {
            ([(_, id)], [], _) => paths::with_query(&place.path(), &[("sent", &id.to_string())]),
            ([], [], [address]) => paths::with_query(&place.path(), &[("q", address)]),
            _ => place.path(),
        }
    }

    fn note(&self, visit: &SignedIn) -> Flash {
        let until = self.until.map(|until| visit.texts.date_time_zone(until, visit.zone()));
        let until = until.unwrap_or_default();
        let invited = few(visit.texts, self.invited.iter().map(|(address, _)| address.as_str()));
        let added = few(visit.texts, self.added.iter().map(String::as_str));
        let held = visit.organisation.is_held();
        match (self.invited.is_empty(), self.added.is_empty()) {
            (false, true) if held => Flash::ok("added-invited-held").with("people", invited),
            (false, true) => Flash::ok("added-invited").with("people", invited).with("until", until),
            (true, false) => Flash::ok("added-at-once").with("people", added),
            (false, false) => {
                let key = if held { "added-both-held" } else { "added-both" };
                Flash::ok(key).with("invited", invited).with("added", added)
            }
            (true, true) => self.note_of_nothing(visit.texts),
        }
    }

    /// How many are in, and how many came back.
    fn outcome(&self, texts: Texts) -> String {
        let done = self.invited.len() + self.added.len();
        let left = self.refused.len() + self.unfinished.len();
        let counted = |key: &str, count: usize| (count > 0).then(|| texts.count(key, count));
        let parts = [counted("add-outcome-done", done), counted("add-outcome-left", left)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn note_of_a_part(&self) -> Flash {
        let (done, left) =
            (self.invited.len() + self.added.len(), self.unfinished.len() + self.refused.len());
        Flash::bad("added-partly").with("done", done).with("left", left)
    }

    fn note_of_nothing(&self, texts: Texts) -> Flash {
        let already_in = few(texts, self.already_in.iter().map(String::as_str));
        let invited = few(texts, self.already_invited.iter().map(String::as_str));
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
    // A refusal tells of people too; of many it was counted before.
    if !order.is_for_many() {
        visit.count_a_look(1).await?;
    }
    let list: Vec<String> = order.listed.iter().filter(|address| done.is_left(address)).cloned().collect();
    let typed: Vec<&str> =
        order.typed.iter().filter(|address| done.is_left(address)).map(String::as_str).collect();
    form.set("email", typed.join(", "));
    fields::put_in_box(&mut form, &order.waiting);
    for (address, refusal) in done.to_tell(order) {
        let (field, sentence) = (field_of(refusal), visit.explained(refusal));
        let named = if field == "message" { sentence } else { format!("{}: {sentence}", shown(address)) };
        if form.error(field).is_none() || field == "email" {
            form.refuse(field, named);
        }
    }
    if !done.unfinished.is_empty() {
        form.refuse("", "add-unfinished");
    }
    let changed = done.changed_something();
    let note = (changed || done.somebody_was_there()).then(|| done.note(visit).say(visit.texts).text);
    let status = if changed { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let sheet = Sheet {
        done: note.unwrap_or_default(),
        outcome: done.outcome(visit.texts),
        changed: changed || form.sends("changed"),
        ..Sheet::new(form, list)
    };
    match sheet::draw(visit, place, sheet, status).await {
        // The note travels with the browser: what was done is told even where nothing can be read any more.
        Err(PageError::Directory(Error::Unavailable(_))) if changed => {
            Ok(visit.see_other(&place.path(), done.note_of_a_part()))
        }
        drawn => drawn,
    }
}

/// Whether the row of an address says it before the press, and so after it: all but what has to do with the message, or
/// with how many people were put in.
fn is_foreseen(refusal: &Refusal) -> bool {
    match refusal {
        Refusal::WelcomeMessagesOff => false,
        Refusal::LimitReached(LimitReached { limit, .. }) => *limit != Limit::ChangesHour,
        _ => true,
    }
}

/// The field beside which a refusal stands.
fn field_of(refusal: &Refusal) -> &'static str {
    if *refusal == Refusal::WelcomeMessagesOff { "message" } else { "email" }
}

/// The first of these people, and how many there are besides: a note that names fifty is cut off in the middle of
/// an address.
fn few<'a>(texts: Texts, people: impl ExactSizeIterator<Item = &'a str>) -> String {
    let (all, mut length) = (people.len(), 0);
    let has_room = |person: &&str| {
        length += person.chars().count();
        length <= ROOM
    };
    let named: Vec<&str> = people.take(NAMED).take_while(has_room).collect();
    match all - named.len() {
        0 => named.join(", "),
        more => format!("{} {}", named.join(", "), texts.count("and-more", more)),
    }
}

#[cfg(test)]
mod tests {
    use super::few;
    use crate::text::{Language, Texts};

    fn told(people: &[String]) -> String {
        few(Texts::new(Language::English), people.iter().map(String::as_str))
    }

    #[test]
    fn a_note_names_five_people_and_counts_the_others() {
        let people: Vec<String> = (1..=7).map(|number| format!("guest{number}@partner.test")).collect();
        assert_eq!(told(&people[..2]), "guest1@partner.test, guest2@partner.test");
        assert!(!told(&people[..5]).contains("more"));
        assert!(told(&people).ends_with(", guest5@partner.test and 2 more"), "{}", told(&people));
    }

    #[test]
    fn a_note_names_nobody_by_half() {
        let people = ["x".repeat(254), "y".repeat(254)];
        assert_eq!(told(&people), format!("{} and 1 more", people[0]));
        assert_eq!(told(&[]), "");
    }
}
