//! What the Self-service page shows.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use directory::app::App;
use directory::app_self_service::{self, Candidate, Progress};
use directory::user::User;
use directory::{Administrator, Count, Organisation, Tx, invitation};

use super::super::reading::{answer, version_to_show};
use super::super::switch_hint;
use super::checklist::{self, ChecklistView, reason_key};
use super::confirmation;
use super::frame::{self, Head, Screen};
use crate::text::Texts;
use crate::web::view::{Choice, Fix, Link};
use crate::web::{Administrating, Form, Page, PageError, filters, paths};

/// How many unsuitable groups are named.
const NAMED: usize = 20;

/// What was typed into the two forms of the page, and what came of it.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) form: Option<Form>,
    pub(super) set_up: Option<Form>,
    pub(super) found: Vec<User>,
    pub(super) searched: bool,
    /// The other apps that the group chosen in the settings opens, to be confirmed; empty with none. What is ticked
    /// already stays in sight.
    pub(super) opens_more: String,
    /// The same in the form that sets up.
    pub(super) set_up_opens_more: String,
}

impl Draft {
    /// What was typed into the settings.
    pub(super) fn of(form: Form) -> Self {
        let opens_more = form.value(confirmation::OF_SETTINGS).to_owned();
        Self { form: Some(form), opens_more, ..Self::default() }
    }

    /// What was typed into the form that sets up.
    pub(super) fn of_set_up(form: Form) -> Self {
        let set_up_opens_more = form.value(confirmation::OF_SET_UP).to_owned();
        Self { set_up: Some(form), set_up_opens_more, ..Self::default() }
    }
}

#[derive(Template)]
#[template(path = "admin/apps/self_service.html")]
struct SelfServicePage {
    page: Page,
    head: Head,
    checklist: ChecklistView,
    form: Form,
    set_up: Form,
    version: i64,
    switch_hint: String,
    groups: Vec<Choice>,
    group_hint: String,
    unsuitable: Vec<Unsuitable>,
    unnamed: usize,
    owners: Vec<Choice>,
    nobody: bool,
    set_up_groups: Vec<Choice>,
    set_up_action: String,
    opens_more: String,
    set_up_opens_more: String,
}

/// A group that cannot be chosen, and why.
struct Unsuitable {
    group: Link,
    reason: String,
}

struct Facts {
    app: App,
    progress: Progress,
    candidates: Vec<Candidate>,
    /// How many open invitations would be put on hold if self-service were off.
    open: Count,
}

fn facts(
    tx: &mut Tx<'_>,
    administrator: &Administrator,
    organisation: &Organisation,
    slug: &str,
) -> directory::Result<Facts> {
    let (app, progress) = checklist::load(tx, organisation, slug)?;
    let open = invitation::count_open_to_app(tx, administrator, organisation, app.id)?;
    Ok(Facts { app, progress, candidates: app_self_service::candidates(tx)?, open })
}

/// The page with what was typed.
pub(super) async fn page(
    visit: &Administrating,
    slug: String,
    draft: Draft,
) -> Result<HttpResponse, PageError> {
    let organisation = visit.organisation.clone();
    let facts = visit.read(move |tx, administrator| facts(tx, administrator, &organisation, &slug)).await?;
    let (texts, app) = (visit.texts, &facts.app);
    let mut form = draft.form.unwrap_or_else(|| filled(app));
    form.set_beside(&filled(app));
    let set_up = draft.set_up.unwrap_or_else(|| set_up_filled(&facts.progress));
    let unsuitable = unsuitable(texts, &facts.candidates);
    let owners = owners(&facts.progress, &draft.found);
    let sent = if form.status() == StatusCode::OK { &set_up } else { &form };
    let status = sent.status();
    let view = SelfServicePage {
        page: frame::page(visit, app, Screen::SelfService).showing(sent),
        head: frame::head(texts, app, Screen::SelfService),
        checklist: checklist::view(texts, app, &facts.progress),
        version: version_to_show(&form, app.version),
        switch_hint: switch_hint(texts, "admin-app-owners-manage-hint", facts.open),
        groups: groups(texts, &facts),
        group_hint: texts.get("admin-app-target-hint"),
        unnamed: unsuitable.len().saturating_sub(NAMED),
        unsuitable: unsuitable.into_iter().take(NAMED).collect(),
        nobody: draft.searched && draft.found.is_empty(),
        owners,
        set_up_groups: set_up_groups(texts, &facts),
        set_up_action: paths::admin_app_set_up(&app.slug),
        opens_more: draft.opens_more,
        set_up_opens_more: draft.set_up_opens_more,
        form,
        set_up,
    };
    visit.html(status, &view)
}

fn filled(app: &App) -> Form {
    let target = app.target_group_id.map(|id| id.to_string()).unwrap_or_default();
    Form::filled(&[("self_service", answer(app.self_service)), ("target_group", target)])
}

fn set_up_filled(progress: &Progress) -> Form {
    let owner = progress.owners.first().map(|owner| owner.id.to_string()).unwrap_or_default();
    Form::filled(&[("owner", owner)])
}

fn suitable(facts: &Facts) -> impl Iterator<Item = Choice> + '_ {
    let suitable = facts.candidates.iter().filter(|one| one.obstacle.is_none());
    suitable.map(|one| Choice::new(one.group.id.to_string(), one.group.name.clone()))
}

/// The groups to choose from. One that was chosen before stays in sight, whether it does not suit any more or is not
/// among those that are offered: a form without it would take it away.
fn groups(texts: Texts, facts: &Facts) -> Vec<Choice> {
    let chosen = facts.candidates.iter().filter(|one| one.obstacle.is_some());
    let chosen = chosen.filter(|one| facts.app.target_group_id == Some(one.group.id));
    let unsuitable = chosen.map(|one| {
        let label = texts.with("admin-app-target-unsuitable", &[("group", one.group.name.as_str().into())]);
        Choice::new(one.group.id.to_string(), label)
    });
    let kept = facts.progress.group.iter();
    let kept = kept.filter(|group| facts.candidates.iter().all(|one| one.group.id != group.id));
    let kept = kept.map(|group| Choice::new(group.id.to_string(), group.name.clone()));
    let none = Choice::new("", texts.get("admin-app-target-none"));
    std::iter::once(none).chain(unsuitable).chain(kept).chain(suitable(facts)).collect()
}

fn set_up_groups(texts: Texts, facts: &Facts) -> Vec<Choice> {
    let kept = facts.progress.group.as_ref().filter(|_| facts.progress.checklist.suitable_group);
    let first = match kept {
        Some(group) => texts.with("admin-app-set-up-group-kept", &[("group", group.name.as_str().into())]),
        None => texts.with("admin-app-set-up-group-new", &[("app", facts.app.name.as_str().into())]),
    };
    let others = suitable(facts).filter(|one| kept.is_none_or(|group| one.value != group.id.to_string()));
    std::iter::once(Choice::new("", first)).chain(others).collect()
}

fn owners(progress: &Progress, found: &[User]) -> Vec<Choice> {
    let new = found.iter().filter(|user| progress.owners.iter().all(|owner| owner.id != user.id));
    let person = |user: &User| Choice::new(user.id.to_string(), user.name.clone()).hint(user.address.clone());
    progress.owners.iter().chain(new).map(person).collect()
}

fn unsuitable(texts: Texts, candidates: &[Candidate]) -> Vec<Unsuitable> {
    let one = |candidate: &Candidate| {
        let reason = candidate.obstacle?;
        let name = candidate.group.name.as_str();
        Some(Unsuitable {
            group: Link { label: name.to_owned(), href: paths::admin_group(&candidate.group.slug) },
            reason: texts.get(&reason_key(reason)),
        })
    };
    candidates.iter().filter_map(one).collect()
}
