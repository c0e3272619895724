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

use crate::text::Texts;
use crate::web::{
    Administrating, Page, PageError, filters,
    mail_route::MailRoute,
    paths,
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
    /// Whether one of the steps is still to take.
    unfinished: bool,
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
        let mail_held = organisation.is_held();
        let suspended = if mail_held {
            // All of them are, and for one reason that is told by itself.
            0
        } else {
            invitation::count_suspended(tx, administrator, organisation, LOOKED_AT)?
        };
        Ok(Facts {
            counts: overview::counts(tx, administrator)?,
            suspended,
            apps: app_self_service::with_self_service(tx, administrator, organisation, LOOKED_AT)?,
            owners_switch: organisation.settings.owners_manage_groups,
            mail_held,
        })
    }

    fn apps_that(&self, holds: impl Fn(&Checklist) -> bool) -> Vec<&App> {
        self.apps.iter().filter(|(_, checklist)| holds(checklist)).map(|(app, _)| app).collect()
    }

    /// Apps whose owners cannot invite yet.
    fn incomplete(&self) -> Vec<&App> {
        self.apps_that(|checklist| !checklist.lets_owners_invite())
    }

    /// Apps that owners can invite to, and nobody can open.
    fn unopened(&self) -> Vec<&App> {
        self.apps_that(|checklist| checklist.lets_owners_invite() && !checklist.is_complete())
    }
}

async fn show(visit: Administrating) -> Result<HttpResponse, PageError> {
    let organisation = visit.organisation.clone();
    let facts = visit.read(move |tx, administrator| Facts::load(tx, administrator, &organisation)).await?;
    let texts = visit.texts;
    let steps = steps(texts, &facts);
    let done = steps.iter().filter(|step| step.state.is_done()).count();
    let view = OverviewPage {
        page: visit.page("admin-overview").administering(paths::ADMIN),
        wants: wants(texts, &facts, MailRoute::of(&visit).arrives()),
        unfinished: done < steps.len(),
        progress: texts.count("admin-overview-steps-done", done),
        steps,
        figures: figures(texts, &facts.counts),
    };
    visit.html(StatusCode::OK, &view)
}

fn wants(texts: Texts, facts: &Facts, relay: bool) -> Vec<Want> {
    let want = |tone, key: &str, count: Count, href: String| {
        (!count.is_zero()).then(|| Want {
            tone,
            title: texts.count(&format!("admin-want-{key}"), count),
            text: texts.get(&format!("admin-want-{key}-text")),
            link: Link { label: texts.get(&format!("admin-want-{key}-link")), href },
        })
    };
    let shown = |path: &str, show: &str| paths::with_query(path, &[("show", show)]);
    let (incomplete, unopened) = (facts.incomplete(), facts.unopened());
    let apps = |missing: &[&App]| match missing {
        [app] => paths::admin_app(&app.slug),
        _ => shown(paths::ADMIN_APPS, "missing"),
    };
    let count = |count: usize| Count::of(i64::try_from(count).unwrap_or(i64::MAX));
    let (mail, invitations) = (paths::ADMIN_MAIL, paths::ADMIN_INVITATIONS);
    let wants = [
        want(Tone::Bad, "mail-held", count(usize::from(facts.mail_held)), shown(mail, "queued")),
        want(Tone::Bad, "failed-mails", facts.counts.failed_mails, shown(mail, "failed")),
        want(Tone::Warn, "suspended", count(facts.suspended), shown(invitations, "suspended")),
        want(Tone::Warn, "incomplete-apps", count(incomplete.len()), apps(&incomplete)),
        want(Tone::Warn, "unopened-apps", count(unopened.len()), apps(&unopened)),
        want(Tone::Plain, "expired", facts.counts.expired_invitations, shown(invitations, "expired")),
        want(Tone::Plain, "no-relay", count(usize::from(!relay)), mail.to_owned()),
    ];
    wants.into_iter().flatten().collect()
}

/// The three prerequisites of the organisation, each leading to where it is done. None waits for another: setting an
/// app up for self-service does all three.
fn steps(texts: Texts, facts: &Facts) -> Vec<Step> {
    let complete = facts.apps.iter().any(|(_, checklist)| checklist.is_complete());
    let unfinished = facts.apps_that(|checklist| !checklist.is_complete());
    let (app_link, app) = match unfinished.first() {
        Some(app) => ("admin-step-app-link", paths::admin_app(&app.slug)),
        None if facts.counts.apps.is_zero() => ("apps-none-add", paths::ADMIN_APPS_NEW.to_owned()),
        None => ("admin-step-app-choose", paths::ADMIN_APPS.to_owned()),
    };
    let step = |key: &str, done: bool, label: &str, href: String| Step {
        state: if done { StepState::Done } else { StepState::Missing },
        title: texts.get(&format!("admin-step-{key}")),
        detail: texts.get(&format!("admin-step-{key}-text")),
        missing: String::new(),
        checks: Vec::new(),
        fix: Some(Fix::Link(Link { label: texts.get(label), href })),
    };
    let settings = format!("{}#self-service", paths::ADMIN_SETTINGS);
    let group = !facts.counts.owned_groups.is_zero();
    vec![
        step("switch", facts.owners_switch, "admin-step-switch-link", settings),
        step("group", group, "admin-step-group-link", paths::ADMIN_GROUPS.to_owned()),
        step("app", complete, app_link, app),
    ]
}

fn figures(texts: Texts, counts: &Counts) -> Vec<Figure> {
    [
        ("members", counts.members, paths::ADMIN_USERS, "members"),
        ("guests", counts.guests, paths::ADMIN_USERS, "guests"),
        ("open-invitations", counts.open_invitations, paths::ADMIN_INVITATIONS, "open"),
        ("groups", counts.groups, paths::ADMIN_GROUPS, ""),
        ("apps", counts.apps, paths::ADMIN_APPS, ""),
        ("self-service-apps", counts.self_service_apps, paths::ADMIN_APPS, "on"),
    ]
    .map(|(key, count, path, show)| Figure {
        number: texts.count("admin-number", count),
        label: texts.count(&format!("admin-figure-{key}"), count),
        href: paths::with_query(path, &[("show", show)]),
    })
    .into()
}
