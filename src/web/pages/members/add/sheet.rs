//! The sheet itself.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use directory::Manager;
use directory::invitation::{self, Verdict};
use directory::text::MAX_MESSAGE;

use super::super::head;
use super::super::list;
use super::super::place::Place;
use super::foot::Foot;
use super::search::{self, Found, FoundRow};
use super::verdicts::{self, Listed};
use super::{fields, letter};
use crate::letter::Written;
use crate::text::Texts;
use crate::web::view::{Choice, Fact, Link};
use crate::web::{Form, Page, PageError, SignedIn, filters, paths};

/// What a sheet is drawn from: the form as it was sent, and its list.
pub(super) struct Sheet {
    pub(super) form: Form,
    pub(super) list: Vec<String>,
    pub(super) sought: Option<String>,
    pub(super) done: String,
    /// What came of **Add**, in a few words for the window's title; empty where it was not pressed.
    pub(super) outcome: String,
    /// Whether something was done that leaving does not undo.
    pub(super) changed: bool,
}

#[derive(Template)]
#[template(path = "members/add.html")]
struct Shown {
    page: Page,
    form: Form,
    back: Link,
    close: String,
    action: String,
    edit: String,
    question: String,
    /// The ids of what is said below the box about what was typed there.
    described: &'static str,
    done: String,
    /// Whether something was done that leaving does not undo.
    changed: bool,
    listed: Vec<Listed>,
    found: Option<FoundShown>,
    messages: bool,
    languages: Vec<Choice>,
    left: String,
    foot: Foot,
    preview: String,
    preview_action: String,
    facts: Vec<Fact>,
}

/// The result of a search.
struct FoundShown {
    /// As it was typed.
    sought: String,
    sentence: String,
    rows: Vec<FoundRow>,
}

/// What the database tells.
struct Facts {
    manager: Manager,
    verdicts: Vec<Verdict>,
    found: Option<Found>,
    of_found: Vec<Verdict>,
    left: i64,
}

impl Sheet {
    /// A form with its list.
    pub(super) fn new(form: Form, list: Vec<String>) -> Self {
        Self { form, list, sought: None, done: String::new(), outcome: String::new(), changed: false }
    }
}

/// Draws the sheet for those who may add somebody; others get the reason.
pub(super) async fn draw(
    visit: &SignedIn,
    place: &Place,
    sheet: Sheet,
    status: StatusCode,
) -> Result<HttpResponse, PageError> {
    let facts = facts(visit, place, &sheet).await?;
    if facts.manager.seen().add().is_err() {
        return list::closed(visit, place).await;
    }
    let address = letter::first_invited(&facts.verdicts);
    let draft = fields::draft_as_it_is(&sheet.form);
    let written = letter::written(visit, &facts.manager, address.as_deref(), &draft)?;
    visit.html(status, &shown(visit, place, sheet, &facts, &written))
}

async fn facts(visit: &SignedIn, place: &Place, sheet: &Sheet) -> Result<Facts, PageError> {
    let (actor, from) = (visit.actor.clone(), place.clone());
    let (list, sought) = (sheet.list.clone(), sheet.sought.clone());
    let facts = visit.read(move |tx| {
        let manager = from.manager(tx, &actor)?;
        let found = sought.as_deref().map(|text| search::look(tx, &manager, text)).transpose()?;
        let mut asked = list.clone();
        if let Some(Found::People(people)) = &found {
            asked.extend(people.rows.iter().map(|person| person.address.clone()));
        }
        let mut verdicts =
            if asked.is_empty() { Vec::new() } else { invitation::foresee(tx, &manager, &asked)? };
        let of_found = verdicts.split_off(list.len());
        Ok(Facts { left: invitation::left_today(tx, &manager)?, manager, verdicts, found, of_found })
    });
    Ok(facts.await?)
}

fn shown(visit: &SignedIn, place: &Place, sheet: Sheet, facts: &Facts, written: &Written) -> Shown {
    let (texts, path, target) = (visit.texts, place.path(), facts.manager.target());
    let name = head::name(target);
    let title = texts.with("add-title", &[("name", name.into())]);
    let found = facts.found.as_ref().map(|found| found_shown(visit, found, facts, &sheet));
    let foot = Foot::of(texts, &facts.verdicts);
    let page = head::page(visit, place, title).behind_sheet().showing(&sheet.form);
    let page = Page { outcome: outcome(texts, &sheet, found.as_ref(), &foot), ..page };
    let question = if target.app().is_some() { "add-question-app" } else { "add-question-group" };
    let listed =
        |(address, verdict): (&String, &Verdict)| verdicts::listed(visit, target.kind(), address, verdict);
    Shown {
        question: page.with(question, "name", name),
        listed: sheet.list.iter().zip(&facts.verdicts).map(listed).collect(),
        described: described(found.is_some(), !sheet.list.is_empty()),
        found,
        messages: facts.manager.organisation().settings.welcome_messages,
        languages: languages(&page),
        left: texts.count("add-left", facts.left),
        foot,
        facts: headers(visit, written),
        back: Link { label: name.to_owned(), href: path.clone() },
        action: paths::members(&path),
        edit: paths::add(&path),
        preview_action: paths::add_preview(&path),
        preview: preview(&path, &sheet.form, facts),
        close: path,
        done: sheet.done,
        changed: sheet.changed,
        form: sheet.form,
        page,
    }
}

/// What came of the last press, in a few words.
fn outcome(texts: Texts, sheet: &Sheet, found: Option<&FoundShown>, foot: &Foot) -> String {
    if !sheet.outcome.is_empty() {
        return sheet.outcome.clone();
    }
    let found = found.and_then(|found| match found.rows.len() {
        0 => sheet.list.is_empty().then(|| found.sentence.clone()),
        count => Some(texts.count("add-found-count", count)),
    });
    let listed = Some(foot.short.clone()).filter(|short| !short.is_empty());
    listed.into_iter().chain(found).collect::<Vec<_>>().join(" · ")
}

/// The ids of the sentences about what was found, and about the list, as far as there are any.
const fn described(found: bool, listed: bool) -> &'static str {
    match (found, listed) {
        (true, true) => "found-said list-sum",
        (true, false) => "found-said",
        (false, true) => "list-sum",
        (false, false) => "",
    }
}

/// The address of the mail as this form would send it, for the frame before anybody presses *Update preview*.
fn preview(path: &str, form: &Form, facts: &Facts) -> String {
    let address = letter::first_invited(&facts.verdicts).unwrap_or_default();
    let (language, message) = (form.value("language"), form.value("message"));
    let message: String = message.chars().take(MAX_MESSAGE).collect();
    let pairs = [("for", address.as_str()), ("language", language), ("message", &message)];
    paths::with_query(&paths::add_preview(path), &pairs)
}

fn found_shown(visit: &SignedIn, found: &Found, facts: &Facts, sheet: &Sheet) -> FoundShown {
    let texts = visit.texts;
    let asked = sheet.sought.clone().unwrap_or_default();
    let sought = fields::shown(&asked);
    let (sentence, rows) = match found {
        Found::Off => (texts.get("add-search-off"), Vec::new()),
        Found::TooShort => (texts.get("add-search-short"), Vec::new()),
        Found::People(people) if people.rows.is_empty() => {
            (texts.with("add-search-none", &[("q", sought.as_str().into())]), Vec::new())
        }
        Found::People(people) => {
            let key = if people.more { "add-search-more" } else { "add-search-hint" };
            (texts.get(key), search::rows(&people.rows, &facts.of_found, &sheet.list))
        }
    };
    FoundShown { sought: asked, sentence, rows }
}

fn languages(page: &Page) -> Vec<Choice> {
    [Choice::new("", page.t("add-language-own"))].into_iter().chain(Choice::languages()).collect()
}

/// The headers of the mail that a guest sees.
fn headers(visit: &SignedIn, written: &Written) -> Vec<Fact> {
    let texts = visit.texts;
    let answers = written.reply_to.as_ref().map(|person| {
        Fact::new(texts.get("add-preview-reply"), format!("{} <{}>", person.name, person.address))
    });
    [Fact::new(texts.get("add-preview-from"), written.sender_name.clone())]
        .into_iter()
        .chain(answers)
        .chain([Fact::new(texts.get("add-preview-subject"), written.subject.clone())])
        .collect()
}
