//! "Could Olivia invite ann@partner.test to Salesforce?": every rule with its answer, and nothing sent (SPEC 3.2).

use actix_web::HttpResponse;
use askama::Template;
use directory::{
    Administrator, Tx,
    access::rules::{Answer, Rule},
    simulation::{self, Question, Targets},
    user::{self, User, UserFilter},
};

use crate::text::Texts;
use crate::web::{
    Administrating, Form, Page, PageError, Posted,
    asked::{Asked, sought_in},
    filters, paths,
    view::{Check, Choice, Tone},
};

/// How many apps and groups there are to choose from.
const CHOICES: i64 = 500;
/// How many people of that name there are to choose from.
const NAMESAKES: i64 = 10;

#[derive(Template)]
#[template(path = "admin/invitations/check.html")]
struct CheckPage {
    page: Page,
    form: Form,
    action: &'static str,
    people: Vec<Choice>,
    targets: Vec<Choice>,
    outcome: Option<Outcome>,
}

/// The answer with the rules that lead to it.
struct Outcome {
    tone: Tone,
    title: String,
    checks: Vec<Check>,
}

/// What the database says about the form.
#[derive(Default)]
struct Found {
    people: Vec<User>,
    targets: Targets,
    chain: Vec<(Rule, Answer)>,
}

pub(super) async fn show(visit: Administrating, Asked(asked): Asked) -> Result<HttpResponse, PageError> {
    let targets = visit.read(|tx, administrator| simulation::targets(tx, administrator, CHOICES)).await?;
    page(&visit, asked, &Found { targets, ..Found::default() })
}

pub(super) async fn ask(visit: Administrating, Posted(mut form): Posted) -> Result<HttpResponse, PageError> {
    for field in ["who", "email", "target"] {
        form.parse(field, |typed| if typed.trim().is_empty() { Err("field-required") } else { Ok(()) });
    }
    let (asked, valid) = (form.clone(), form.is_valid());
    let found = visit.read(move |tx, administrator| look_up(tx, administrator, &asked, valid)).await?;
    if form.error("who").is_none() {
        match found.people.len() {
            0 => form.refuse("who", "admin-check-nobody"),
            1 => {}
            _ => form.refuse("person", "admin-check-several"),
        }
    }
    page(&visit, form, &found)
}

fn look_up(
    tx: &mut Tx<'_>,
    administrator: &Administrator,
    form: &Form,
    valid: bool,
) -> directory::Result<Found> {
    let targets = simulation::targets(tx, administrator, CHOICES)?;
    let filter = UserFilter { search: sought_in(form, "who"), ..UserFilter::default() };
    let mut people = if valid { user::list(tx, &filter, NAMESAKES)?.rows } else { Vec::new() };
    if let Some(chosen) = people.iter().find(|one| form.value("person") == one.id.to_string()).cloned() {
        people = vec![chosen];
    }
    let chain = match (people.as_slice(), question(form.value("target"))) {
        ([person], Some(question)) => {
            simulation::ask(tx, administrator, person.id, form.value("email"), question)?
        }
        _ => Vec::new(),
    };
    Ok(Found { people, targets, chain })
}

fn question(target: &str) -> Option<Question<'_>> {
    match target.split_once(':')? {
        ("app", slug) => Some(Question::App(slug)),
        ("group", slug) => Some(Question::Group(slug)),
        _ => None,
    }
}

fn page(visit: &Administrating, form: Form, found: &Found) -> Result<HttpResponse, PageError> {
    let (status, outcome) = (form.status(), outcome(visit, &form, found));
    let page = visit.page("admin-check-title").administering(paths::ADMIN_INVITATIONS).showing(&form);
    let said = outcome.as_ref().map(|outcome| outcome.title.clone());
    let view = CheckPage {
        page: Page { outcome: said.unwrap_or_default(), ..page },
        action: paths::ADMIN_INVITATIONS_CHECK,
        people: people(&found.people),
        targets: targets(visit.texts, &found.targets),
        outcome,
        form,
    };
    visit.html(status, &view)
}

fn people(found: &[User]) -> Vec<Choice> {
    let choice = |user: &User| Choice::new(user.id.to_string(), &user.name).hint(&user.address);
    if found.len() > 1 { found.iter().map(choice).collect() } else { Vec::new() }
}

fn targets(texts: Texts, targets: &Targets) -> Vec<Choice> {
    let choice = |kind: &'static str| {
        move |(slug, name): &(String, String)| {
            let label = texts.with(&format!("admin-check-{kind}"), &[("name", name.as_str().into())]);
            Choice::new(format!("{kind}:{slug}"), label)
        }
    };
    let apps = targets.apps.iter().map(choice("app"));
    apps.chain(targets.groups.iter().map(choice("group"))).collect()
}

fn outcome(visit: &Administrating, form: &Form, found: &Found) -> Option<Outcome> {
    let [person] = found.people.as_slice() else { return None };
    if found.chain.is_empty() {
        return None;
    }
    let target = targets(visit.texts, &found.targets)
        .into_iter()
        .find(|choice| choice.value == form.value("target"))
        .map_or_else(String::new, |choice| choice.label);
    let holds = found.chain.iter().all(|(_, answer)| answer.is_ok());
    let variables = [
        ("person", person.name.as_str().into()),
        ("address", form.value("email").trim().into()),
        ("target", target.into()),
    ];
    let key = if holds { "admin-check-yes" } else { "admin-check-no" };
    Some(Outcome {
        tone: if holds { Tone::Ok } else { Tone::Bad },
        title: visit.texts.with(key, &variables),
        checks: found.chain.iter().map(|(rule, answer)| check(visit, person, *rule, answer)).collect(),
    })
}

/// A rule that fails is told in the words the person would read.
fn check(visit: &Administrating, person: &User, rule: Rule, answer: &Answer) -> Check {
    let name = visit.texts.get(&format!("admin-check-rule-{}", rule.code()));
    let text = match answer {
        Ok(()) => name,
        Err(refusal) => visit.texts.with(
            "admin-check-fails",
            &[
                ("rule", name.into()),
                ("person", person.name.as_str().into()),
                ("sentence", visit.sentence(refusal).into()),
            ],
        ),
    };
    Check { holds: answer.is_ok(), text }
}
