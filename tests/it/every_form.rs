//! Every form of every page, filled in badly: a clear error beside the field, nothing typed lost, nothing written,
//! never an error of ours.

use chrono::TimeDelta;
use directory::testing::Contents;

use crate::support::bad_input::{self, Expected, NEVER_KEPT, Trial};
use crate::support::form::select;
use crate::support::panel::Panel;
use crate::support::press::Press;
use crate::support::stage::{self, Audience};
use crate::support::visitor::Visitor;
use crate::support::{cast, crawl};

/// One form, as somebody tries it in every way.
struct Ordeal<'a> {
    panel: &'a Panel,
    who: &'a str,
    visitor: &'a mut Visitor,
    page: String,
    press: Press,
    known: Contents,
    complaints: Vec<String>,
}

impl Ordeal<'_> {
    async fn go(&mut self, others: &str) {
        let count = bad_input::trials(&self.press, others).len();
        for number in 0..count {
            // The form may have changed with what was taken; the trials are made anew from it.
            let trials = bad_input::trials(&self.press, others);
            let Some(trial) = trials.get(number) else { break };
            self.send(trial).await;
            let written = self.panel.contents();
            self.judge(trial, &written);
            let recovered = self.recover().await;
            if recovered || without_refused_sign_ins(written) != self.known {
                self.known = without_refused_sign_ins(self.panel.contents());
                self.reload().await;
            }
        }
    }

    /// Back to where trials make sense, after one that signed out or met a limit.
    async fn recover(&mut self) -> bool {
        let signed_out = self.visitor.location().is_some_and(|to| to.starts_with("/sign-in"));
        if !signed_out && self.visitor.status() != 429 {
            return false;
        }
        // So long that every limit is free again, the one for mailed codes too.
        self.panel.clock.advance(TimeDelta::minutes(61));
        if signed_out && !self.who.is_empty() {
            self.panel.sign_in(self.visitor, self.who).await;
        }
        true
    }

    async fn send(&mut self, trial: &Trial) {
        let (kind, body) = trial.body();
        let mut headers = vec![("content-type", kind.as_str())];
        headers.extend(trial.origin.map(|origin| ("origin", origin)));
        let action = if self.press.form.action.is_empty() { &self.page } else { &self.press.form.action };
        self.visitor.send_raw(trial.method.clone(), action, &headers, body).await;
    }

    async fn reload(&mut self) {
        let shape = self.press.shape();
        self.visitor.get(&self.page).await;
        let found = Press::all(&self.visitor.page()).into_iter().find(|press| press.shape() == shape);
        self.press = found.unwrap_or_else(|| self.press.clone());
    }

    fn judge(&mut self, trial: &Trial, written: &Contents) {
        let status = self.visitor.status();
        let has_written = without_refused_sign_ins(written.clone()) != self.known;
        let mut wrong = Vec::new();
        let fits = match trial.expected {
            Expected::Status(expected) => expected.contains(&status),
            // Steps such as a search or a preview show the form again and do nothing yet.
            Expected::Refusal => (400..500).contains(&status) || (status == 200 && !has_written),
            Expected::NoHarm => status < 500,
        };
        if !fits {
            wrong.push(format!("is answered with {status}"));
        }
        if has_written && (status >= 400 || matches!(trial.expected, Expected::Status(_))) {
            wrong.push(format!("is refused with {status}, and something is written"));
        }
        wrong.extend(kept(written).map(|what| format!("is kept: {what:?}")));
        if status == 422 {
            wrong.extend(told(self.visitor).filter(|_| !trial.tampered));
            wrong.extend(self.lost(trial));
        }
        let form = self.press.shape();
        self.complaints.extend(wrong.into_iter().map(|wrong| format!("{form}: {} {wrong}", trial.wrong)));
    }

    /// What was typed and is not on the page any more.
    fn lost(&self, trial: &Trial) -> Option<String> {
        let shown: Vec<(String, String)> =
            self.visitor.forms().into_iter().flat_map(|form| form.fields).collect();
        let typed = self.press.fields.iter().filter(|field| field.is_typed() && !field.is_secret());
        let mut typed = typed.filter(|field| trial.mangled.as_ref() != Some(&field.name));
        let lost = typed.find(|field| {
            let sent = trial.fields.iter().find(|(name, _)| *name == field.name);
            sent.is_some_and(|sent| !shown.contains(sent))
        });
        lost.map(|field| format!("is refused, and what was typed into {} is gone", field.name))
    }
}

/// A wrong password is written down, and nothing else of it.
fn without_refused_sign_ins(mut contents: Contents) -> Contents {
    if let Some(activities) = contents.get_mut("activities") {
        activities.retain(|row| !row.contains("user.sign_in_refused"));
    }
    contents
}

fn kept(contents: &Contents) -> Option<&'static str> {
    let holds = |what: &&str| contents.values().flatten().any(|row| row.contains(*what));
    NEVER_KEPT.into_iter().find(holds)
}

/// What is missing on the page of a refused form.
fn told(visitor: &Visitor) -> Option<String> {
    let page = visitor.page();
    let beside = !select(&page, "[aria-invalid=true]").is_empty();
    let above = !select(&page, "[role=alert] li").is_empty();
    (!beside && !above).then(|| "is refused, and the page does not say what is wrong".to_owned())
}

/// Takes away what others need: last.
fn takes_away(press: &Press) -> usize {
    const WORDS: [&str; 8] =
        ["/end", "remove", "revoke", "decline", "block", "delete", "accept", "/sign-out"];
    WORDS.iter().position(|word| press.form.action.contains(word)).map_or(0, |place| place + 1)
}

async fn walk(panel: &Panel, who: &str, visitor: &mut Visitor, mut presses: Vec<(String, Press)>) {
    let mut stranger = panel.visitor();
    let others = stranger.open("/sign-in").await.token();
    presses.sort_by_key(|(_, press)| takes_away(press));
    assert!(presses.len() > 1, "there are forms");
    let mut complaints = Vec::new();
    for (page, press) in presses {
        let known = without_refused_sign_ins(panel.contents());
        let mut ordeal = Ordeal { panel, who, visitor, page, press, known, complaints: Vec::new() };
        ordeal.reload().await;
        ordeal.go(&others).await;
        complaints.append(&mut ordeal.complaints);
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// Walks the forms whose address begins like this, and with none of the others.
async fn walk_as(audience: Audience, who: &str, below: &str, but: &[&str]) {
    let panel = stage::set();
    let mut visitor = audience.visitor(&panel).await;
    let pages = crawl::pages(&panel, audience, &mut visitor).await;
    let mut presses = crawl::presses(&mut visitor, &pages).await;
    presses.retain(|(_, press)| {
        let action = press.form.action.as_str();
        action.starts_with(below) && but.iter().all(|other| !action.starts_with(other))
    });
    walk(&panel, who, &mut visitor, presses).await;
}

#[actix_web::test]
async fn no_form_about_the_apps_of_an_organisation_takes_bad_input() {
    walk_as(Audience::Administrator, cast::ADAM, "/admin/apps", &[]).await;
}

#[actix_web::test]
async fn no_form_about_the_groups_of_an_organisation_takes_bad_input() {
    walk_as(Audience::Administrator, cast::ADAM, "/admin/groups", &[]).await;
}

#[actix_web::test]
async fn no_other_form_of_administration_takes_bad_input() {
    walk_as(Audience::Administrator, cast::ADAM, "/admin", &["/admin/apps", "/admin/groups"]).await;
}

#[actix_web::test]
async fn no_form_of_an_owner_takes_bad_input() {
    walk_as(Audience::Owner, cast::OLIVIA, "/", &[]).await;
}

#[actix_web::test]
async fn no_form_of_a_guest_takes_bad_input() {
    walk_as(Audience::Guest, cast::GUS, "/", &[]).await;
}

/// Those at the door stand on pages that only a form leads to.
#[actix_web::test]
async fn no_form_at_the_door_takes_bad_input() {
    let panel = stage::set();
    let mut visitor = panel.visitor();
    let pages = crawl::pages(&panel, Audience::Anonymous, &mut visitor).await;
    let mut presses = crawl::presses(&mut visitor, &pages).await;
    visitor.open("/sign-in").await;
    for step in [vec![("email", cast::MIA)], vec![("email", cast::MIA), ("way", "code")]] {
        if visitor.post("/sign-in", &step).await.status() == 303 {
            visitor.follow().await;
        }
        presses.extend(Press::all(&visitor.page()).into_iter().map(|press| ("/sign-in".to_owned(), press)));
    }
    let link = format!("/invitations/{}", stage::olivias(&panel)["token"]);
    visitor.open(&link).await.post(&format!("{link}/code"), &[]).await;
    visitor.open(&link).await;
    presses.extend(Press::all(&visitor.page()).into_iter().map(|press| (link.clone(), press)));
    walk(&panel, "", &mut visitor, presses).await;
}

#[actix_web::test]
async fn the_form_of_the_set_up_link_takes_no_bad_input() {
    let panel = Panel::start_empty();
    let token = panel.write(|tx| directory::setup_link::create(tx, [7; 32])).unwrap();
    let link = format!("/set-up/{token}");
    let mut visitor = panel.visitor();
    visitor.open(&link).await;
    let presses = Press::all(&visitor.page()).into_iter().map(|press| (link.clone(), press)).collect();
    walk(&panel, "", &mut visitor, presses).await;
}
