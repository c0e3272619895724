//! The overview: what needs attention, what is still to set up, and how much there is.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{self, ServiceConfig},
};
use askama::Template;
use directory::{
    Administrator, Count, Organisation, Tx,
    app::App,
    app_self_service::{self, Checklist},
    invitation,
    overview::{self, Counts},
};

use super::mail_goes::Goes;
use crate::text::Texts;
use crate::web::{
    Administrating, Page, PageError, filters, paths,
    view::{Fix, Link, Step, StepState, Tone},
};

/// How many open invitations and apps are looked at for the overview.
const LOOKED_AT: i64 = 500;

/// The routes of the overview.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route(paths::ADMIN, web::get().to(show));
}

#[derive(Template)]
#[template(path = "admin/overview.html")]
struct OverviewPage {
    page: Page,
    wants: Vec<Want>,
    steps: Vec<Step>,
    progress: String,
    figures: Vec<Figure>,
}

/// Something that needs attention, and where it is mended.
struct Want {
    tone: Tone,
    title: String,
    text: String,
    link: Link,
}

struct Figure {
    number: String,
    label: String,
    href: String,
}

struct Facts {
    counts: Counts,
    suspended: usize,
    apps: Vec<(App, Checklist)>,
    owners_switch: bool,
    mail_held: bool,
}

impl Facts {
    fn load(
        tx: &mut Tx<'_>,
        administrator: &Administrator,
        organisation: &Organisation,
    ) -> directory::Result<Facts> {
        Ok(Facts {
            counts: overview::counts(tx, administrator)?,
            suspended: invitation::count_suspended(tx, administrator, organisation, LOOKED_AT)?,
            apps: app_self_service::with_self_service(tx, administrator, organisation, LOOKED_AT)?,
            owners_switch: organisation.settings.owners_manage_groups,
            mail_held: organisation.restoration.mail_held_since.is_some(),
        })
    }

    fn incomplete(&self) -> Vec<&App> {
        self.apps.iter().filter(|(_, checklist)| !checklist.is_complete()).map(|(app, _)| app).collect()
    }
}

async fn show(visit: Administrating) -> Result<HttpResponse, PageError> {
    let organisation = visit.organisation.clone();
    let facts = visit.oversee(move |tx, administrator| Facts::load(tx, administrator, &organisation)).await?;
    let texts = visit.texts;
    let steps = steps(texts, &facts);
    let done = steps.iter().filter(|step| step.state.is_done()).count();
    let view = OverviewPage {
        page: visit.page("admin-overview").administering(paths::ADMIN),
        wants: wants(texts, &facts, Goes::of(&visit).arrives()),
        progress: texts.count("admin-overview-steps-done", done),
        steps,
        figures: figures(texts, &facts.counts),
    };
    visit.html(StatusCode::OK, &view)
}

fn wants(texts: Texts, facts: &Facts, relay: bool) -> Vec<Want> {
    let want = |tone, key: &str, count: Count, href: String| {
        (!count.is_none()).then(|| Want {
            tone,
            title: texts.count(&format!("admin-want-{key}"), count),
            text: texts.get(&format!("admin-want-{key}-text")),
            link: Link { label: texts.get(&format!("admin-want-{key}-link")), href },
        })
    };
    let shown = |path: &str, show: &str| paths::with_query(path, &[("show", show)]);
    let incomplete = facts.incomplete();
    let apps = match incomplete.as_slice() {
        [app] => paths::admin_app(&app.slug),
        _ => shown(paths::ADMIN_APPS, "missing"),
    };
    let count = |count: usize| Count::of(i64::try_from(count).unwrap_or(i64::MAX));
    let (mail, invitations) = (paths::ADMIN_MAIL, paths::ADMIN_INVITATIONS);
    let wants = [
        want(Tone::Bad, "mail-held", count(usize::from(facts.mail_held)), shown(mail, "queued")),
        want(Tone::Bad, "failed-mails", facts.counts.failed_mails, shown(mail, "failed")),
        want(Tone::Warn, "suspended", count(facts.suspended), shown(invitations, "suspended")),
        want(Tone::Warn, "incomplete-apps", count(incomplete.len()), apps),
        want(Tone::Plain, "expired", facts.counts.expired_invitations, shown(invitations, "expired")),
        want(Tone::Plain, "no-relay", count(usize::from(!relay)), mail.to_owned()),
    ];
    wants.into_iter().flatten().collect()
}

/// The three prerequisites of the organisation, each leading to where it is done.
fn steps(texts: Texts, facts: &Facts) -> Vec<Step> {
    let complete = facts.apps.iter().any(|(_, checklist)| checklist.is_complete());
    let switched = facts.owners_switch;
    let group = !facts.counts.owned_groups.is_none();
    let blocked = if switched && group { StepState::Missing } else { StepState::Blocked };
    let state = |done: bool, otherwise| if done { StepState::Done } else { otherwise };
    let app = match facts.incomplete().first() {
        Some(app) => paths::admin_app(&app.slug),
        None => paths::ADMIN_APPS.to_owned(),
    };
    let step = |key: &str, state: StepState, href: String| Step {
        state,
        title: texts.get(&format!("admin-step-{key}")),
        detail: texts.get(&format!("admin-step-{key}-text")),
        missing: String::new(),
        checks: Vec::new(),
        fix: Some(Fix::Link(Link { label: texts.get(&format!("admin-step-{key}-link")), href })),
    };
    vec![
        step(
            "switch",
            state(switched, StepState::Missing),
            format!("{}#self-service", paths::ADMIN_SETTINGS),
        ),
        step("group", state(group, StepState::Missing), paths::ADMIN_GROUPS.to_owned()),
        step("app", state(complete, blocked), app),
    ]
}

fn figures(texts: Texts, counts: &Counts) -> Vec<Figure> {
    [
        ("members", counts.members, paths::ADMIN_USERS, "members"),
        ("guests", counts.guests, paths::ADMIN_USERS, "guests"),
        ("open-invitations", counts.open_invitations, paths::ADMIN_INVITATIONS, "open"),
        ("groups", counts.groups, paths::ADMIN_GROUPS, ""),
        ("apps", counts.apps, paths::ADMIN_APPS, ""),
        ("self-service-apps", counts.self_service_apps, paths::ADMIN_APPS, ""),
    ]
    .map(|(key, count, path, show)| Figure {
        number: texts.count("admin-number", count),
        label: texts.count(&format!("admin-figure-{key}"), count),
        href: if show.is_empty() { path.to_owned() } else { paths::with_query(path, &[("show", show)]) },
    })
    .into()
}
