//! What stands above the people of a target: its name, why the reader may manage it, and why nobody can be added.

use directory::Count;
use directory::access::{Refusal, SeenTarget, Target};
use directory::app::App;
use directory::group::Group;

use super::place::Place;
use crate::web::view::{Fact, Link, Logo, Membership};
use crate::web::{Page, SignedIn, logos, paths, refusals};

/// The head of a page about a target.
pub(super) struct Head {
    pub(super) back: Link,
    pub(super) name: String,
    pub(super) logo: Logo,
    pub(super) kind: Option<Membership>,
    pub(super) why: String,
    pub(super) group: Option<Link>,
    pub(super) description: String,
    pub(super) open: Option<Link>,
    /// The target in Administration, for administrators.
    pub(super) administration: Option<Link>,
}

/// Why nobody can be added, and what to do instead.
pub(super) struct Banner {
    pub(super) icon: &'static str,
    pub(super) heading: String,
    pub(super) text: String,
    pub(super) about: String,
    pub(super) rule: Option<String>,
    pub(super) facts: Vec<Fact>,
    pub(super) ways: Vec<Alternative>,
}

/// Something else that leads to the same end.
pub(super) struct Alternative {
    pub(super) icon: &'static str,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) href: String,
}

/// The name of a target.
pub(super) fn name(target: &Target) -> &str {
    match target {
        Target::App { app, .. } => &app.name,
        Target::Group(group) => &group.name,
        Target::Directory => "",
    }
}

/// The head for somebody who manages the target, or at least sees its people.
pub(super) fn of(page: &Page, seen: &SeenTarget) -> Head {
    match seen.target().app() {
        Some(app) => of_app(page, seen, app, seen.target().group()),
        None => of_group(page, seen, seen.target().group()),
    }
}

fn of_app(page: &Page, seen: &SeenTarget, app: &App, group: Option<&Group>) -> Head {
    let why = match (group, seen.owns_group()) {
        (None, _) => "people-why-no-group",
        (Some(_), true) => "people-why-owner",
        (Some(_), false) => "people-why-administrator",
    };
    let open = Link { label: page.with("people-open", "app", &app.name), href: paths::app_open(&app.slug) };
    Head {
        back: Link { label: page.t("nav-apps"), href: paths::APPS.to_owned() },
        name: app.name.clone(),
        logo: logos::of(app),
        kind: group.map(Membership::from).filter(|kind| *kind != Membership::Assigned),
        why: page.t(why),
        group: group.map(|group| Link { label: group.name.clone(), href: paths::group(&group.slug) }),
        description: String::new(),
        open: app.enabled.then_some(open),
        administration: in_administration(page, seen, paths::admin_app(&app.slug)),
    }
}

fn of_group(page: &Page, seen: &SeenTarget, group: Option<&Group>) -> Head {
    let why = match (seen.owns_group(), seen.actor().administrator) {
        (true, _) => "people-why-group-owner",
        (false, true) => "people-why-group-administrator",
        (false, false) => "people-why-group-member",
    };
    let back = match &page.me {
        Some(me) if !me.groups => Link { label: page.t("nav-apps"), href: paths::APPS.to_owned() },
        _ => Link { label: page.t("nav-groups"), href: paths::GROUPS.to_owned() },
    };
    Head {
        back,
        name: name(seen.target()).to_owned(),
        logo: Logo::plain("users-round"),
        kind: group.map(Membership::from),
        why: page.t(why),
        group: None,
        description: group.map(|group| group.description.clone()).unwrap_or_default(),
        open: None,
        administration: group
            .and_then(|group| in_administration(page, seen, paths::admin_group(&group.slug))),
    }
}

/// Where an administrator finds the target in Administration.
fn in_administration(page: &Page, seen: &SeenTarget, href: String) -> Option<Link> {
    let link = || Link { label: page.t("people-in-administration"), href };
    seen.actor().administrator.then(link)
}

/// Why nobody can be added here, in words; `people` is how many there are in the group.
pub(super) fn banner(
    visit: &SignedIn,
    seen: &SeenTarget,
    refusal: &Refusal,
    people: Count,
    instead: &[Group],
) -> Banner {
    let page = visit.page("nav-groups");
    let ways = ways(&page, seen, instead);
    let plain = |icon, heading| Banner {
        icon,
        heading,
        text: refusals::mended_by(page.texts, refusal),
        about: String::new(),
        rule: None,
        facts: Vec::new(),
        ways,
    };
    match refusal {
        Refusal::DynamicGroup { rule } => Banner {
            about: page.t("people-rule"),
            rule: Some(rule.clone()),
            text: worked_out(visit, seen, people),
            ..plain("workflow", page.t("refusal-dynamic_group"))
        },
        Refusal::SyncedGroup { source, last_sync } => {
            let synced = last_sync.map(|at| {
                Fact::new(page.t("people-synced-last"), page.texts.date_time_zone(at, visit.zone()))
            });
            let facts = [Fact::new(page.t("people-synced-directory"), source.clone())];
            Banner {
                about: page.t("people-synced-from"),
                facts: facts.into_iter().chain(synced).collect(),
                ..plain("refresh-cw", page.with("people-synced", "source", source))
            }
        }
        _ => plain("lock", visit.sentence(refusal)),
    }
}

fn worked_out(visit: &SignedIn, seen: &SeenTarget, people: Count) -> String {
    let matching = visit.texts.count("people-rule-matches", people);
    match seen.target().group().map(|group| group.rule_evaluated_at) {
        Some(Some(at)) => {
            let when = visit.texts.date_time_zone(at, visit.zone());
            let when = visit.texts.with("people-rule-worked-out", &[("when", when.into())]);
            format!("{when} · {matching}")
        }
        // Those who are in it may not be those whom the rule takes.
        Some(None) => visit.texts.get("people-rule-being-worked-out"),
        None => matching,
    }
}

fn ways(page: &Page, seen: &SeenTarget, instead: &[Group]) -> Vec<Alternative> {
    let other = |group: &Group| Alternative {
        icon: "user-round-plus",
        label: page.with("people-instead-group", "group", &group.name),
        hint: page.t("people-instead-group-hint"),
        href: paths::add(&paths::group(&group.slug)),
    };
    let mut ways: Vec<Alternative> = instead.iter().map(other).collect();
    if seen.actor().administrator {
        ways.extend(administration(page, seen));
    }
    ways
}

/// Where an administrator mends it: the app's self-service when that is what is missing, else the group.
fn administration(page: &Page, seen: &SeenTarget) -> Option<Alternative> {
    let way =
        |label, hint, href| Alternative { icon: "settings", label: page.t(label), hint: page.t(hint), href };
    match (seen.target().app(), seen.target().group()) {
        (Some(app), _) if seen.manage().is_err() => {
            let href = paths::admin_app_self_service(&app.slug);
            Some(way("people-instead-set-up", "people-instead-set-up-hint", href))
        }
        (_, Some(group)) => {
            let href = paths::admin_group(&group.slug);
            Some(way("people-instead-change", "people-instead-change-hint", href))
        }
        _ => None,
    }
}

/// The frame of a page about this target.
pub(super) fn page(visit: &SignedIn, place: &Place, title: String) -> Page {
    visit.page_titled(title).under(place.section())
}
