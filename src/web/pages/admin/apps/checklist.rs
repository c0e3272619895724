//! The set-up checklist of an app: what is in place, what is missing, who can mend it, and one button for it.

use directory::app::App;
use directory::app_self_service::{self, Checklist, Obstacle, Prerequisite, Progress};
use directory::{Error, Organisation, Tx};

use super::frame;
use crate::text::Texts;
use crate::web::paths;
use crate::web::view::{Check, Fix, Link, Step, StepState};

/// The checklist as it is drawn.
pub(super) struct ChecklistView {
    pub(super) heading: String,
    pub(super) ready: String,
    pub(super) steps: Vec<Step>,
    pub(super) complete: bool,
}

/// The form's word for a prerequisite.
pub(super) fn word(prerequisite: Prerequisite) -> &'static str {
    match prerequisite {
        Prerequisite::Tenant => "tenant",
        Prerequisite::Group => "group",
        Prerequisite::App => "app",
    }
}

/// An app, and how far its self-service is.
pub(super) fn load(
    tx: &mut Tx<'_>,
    organisation: &Organisation,
    slug: &str,
) -> directory::Result<(App, Progress)> {
    let app = App::by_slug(tx, slug)?;
    let progress = app_self_service::progress(tx, organisation, std::slice::from_ref(&app))?;
    Ok((app, progress.into_iter().next().ok_or(Error::Hidden)?))
}

/// What the checklist of this app shows.
pub(super) fn view(texts: Texts, app: &App, progress: &Progress) -> ChecklistView {
    let facts = Facts { texts, app, progress };
    let steps: Vec<Step> = Prerequisite::ALL.map(|one| facts.step(one)).into();
    let missing: usize = steps.iter().flat_map(|step| &step.checks).filter(|check| !check.holds).count();
    let complete = progress.checklist.is_complete();
    let done = progress.checklist.prerequisites_done();
    ChecklistView {
        heading: match (complete, progress.checklist.lets_owners_invite()) {
            (true, _) => texts.get("admin-app-ready"),
            (false, true) => texts.get("admin-app-not-open"),
            (false, false) => texts.count("admin-app-not-ready", missing),
        },
        ready: texts.count("admin-app-ready-of-three", done),
        steps,
        complete,
    }
}

struct Facts<'a> {
    texts: Texts,
    app: &'a App,
    progress: &'a Progress,
}

impl Facts<'_> {
    fn step(&self, prerequisite: Prerequisite) -> Step {
        let done = self.progress.checklist.has(prerequisite);
        let checks = match prerequisite {
            Prerequisite::Tenant => self.tenant(),
            Prerequisite::Group => self.group(),
            Prerequisite::App => self.of_app(),
        };
        let missing = checks.iter().filter(|check| !check.holds).count();
        Step {
            state: if done { StepState::Done } else { StepState::Missing },
            title: self.texts.get(&format!("admin-app-step-{}", word(prerequisite))),
            detail: if done { self.detail(prerequisite) } else { self.who(prerequisite) },
            missing: if done { String::new() } else { self.missing_of(missing, checks.len()) },
            // What is in place is told by its detail.
            checks: if done { Vec::new() } else { checks },
            fix: self.fix(prerequisite, done),
        }
    }

    fn missing_of(&self, missing: usize, all: usize) -> String {
        if all == 1 {
            return self.texts.get("step-missing");
        }
        self.texts.with(
            "admin-app-missing-of",
            &[("missing", missing.to_string().into()), ("all", all.to_string().into())],
        )
    }

    fn say(&self, key: &str) -> String {
        let group = self.progress.group.as_ref().map_or("", |group| group.name.as_str());
        let owner = self.progress.owners.first().map_or("", |owner| owner.name.as_str());
        let names: Vec<&str> = self.progress.owners.iter().map(|owner| owner.name.as_str()).collect();
        let method = self.app.sign_on.map(|one| frame::method(self.texts, one)).unwrap_or_default();
        let variables = [
            ("app", self.app.name.as_str().into()),
            ("group", group.into()),
            ("owner", owner.into()),
            ("owners", names.join(", ").into()),
            ("method", method.into()),
        ];
        self.texts.with(key, &variables)
    }

    /// One check: its key says that it holds, the same with `-missing` that it does not.
    fn check(&self, holds: bool, key: &str) -> Check {
        let text = if holds { self.say(key) } else { self.say(&format!("{key}-missing")) };
        Check { holds, text }
    }

    fn tenant(&self) -> Vec<Check> {
        vec![self.check(self.progress.checklist.owners_switch, "admin-app-check-tenant")]
    }

    fn group(&self) -> Vec<Check> {
        let checklist = &self.progress.checklist;
        let Some(group) = &self.progress.group else {
            return vec![self.check(false, "admin-app-check-group")];
        };
        let suitable = match Obstacle::of(group) {
            None => self.check(true, "admin-app-check-group"),
            Some(obstacle) => Check { holds: false, text: self.say(&obstacle_key(obstacle)) },
        };
        vec![
            suitable,
            self.check(checklist.group_has_owner, "admin-app-check-owner"),
            self.check(checklist.group_switch, "admin-app-check-switch"),
        ]
    }

    fn of_app(&self) -> Vec<Check> {
        let checklist = &self.progress.checklist;
        let mut checks = vec![
            self.check(checklist.sign_on, "admin-app-check-sign-on"),
            self.check(checklist.enabled, "admin-app-check-enabled"),
            self.check(checklist.self_service, "admin-app-check-self-service"),
        ];
        // Without a group there is nothing to assign yet.
        if self.progress.group.is_some() {
            checks.push(self.check(checklist.group_assigned, "admin-app-check-assigned"));
            checks.push(self.check(checklist.owner_assigned, "admin-app-check-owner-assigned"));
        }
        checks
    }

    fn detail(&self, prerequisite: Prerequisite) -> String {
        self.say(match prerequisite {
            Prerequisite::Tenant => "admin-app-check-tenant",
            Prerequisite::Group => "admin-app-detail-group",
            Prerequisite::App => "admin-app-detail-app",
        })
    }

    /// Who can mend it; here and now only where there is a button for it.
    fn who(&self, prerequisite: Prerequisite) -> String {
        let suitable = self.progress.checklist.suitable_group;
        self.texts.get(match (prerequisite, &self.progress.group) {
            _ if self.button(prerequisite).is_some() => "admin-app-who",
            (Prerequisite::Group, None) => "admin-app-who-group",
            (Prerequisite::Group, Some(_)) if suitable => "admin-app-who-owner",
            (Prerequisite::Group, Some(_)) => "admin-app-who-choose",
            (Prerequisite::Tenant | Prerequisite::App, _) => "admin-app-who-later",
        })
    }

    /// The button of what is missing, or the link to where it is chosen or was.
    fn fix(&self, prerequisite: Prerequisite, done: bool) -> Option<Fix> {
        let button = if done { None } else { self.button(prerequisite) };
        button.or_else(|| self.link(prerequisite, done).map(Fix::Link))
    }

    /// The button, where nothing has to be chosen first.
    fn button(&self, prerequisite: Prerequisite) -> Option<Fix> {
        let checklist = &self.progress.checklist;
        let key = match prerequisite {
            Prerequisite::Tenant => Some("admin-app-mend-tenant"),
            Prerequisite::Group if checklist.suitable_group && checklist.group_has_owner => {
                Some("admin-app-mend-switch")
            }
            Prerequisite::App if checklist.suitable_group && checklist.group_has_owner => Some(self.label()),
            _ => None,
        };
        key.map(|key| Fix::Form {
            action: paths::admin_app_mend(&self.app.slug),
            value: word(prerequisite),
            label: self.say(key),
        })
    }

    /// What the button of the app's step says: the one thing that is missing, or all of them.
    fn label(&self) -> &'static str {
        let &Checklist { sign_on, enabled, self_service, group_assigned, owner_assigned, .. } =
            &self.progress.checklist;
        match [sign_on, enabled, self_service, group_assigned, owner_assigned] {
            [false, true, true, true, true] => "admin-app-mend-sign-on",
            [true, false, true, true, true] => "admin-app-mend-enabled",
            [true, true, false, true, true] => "admin-app-mend-self-service",
            [true, true, true, false, true] => "admin-app-mend-group",
            [true, true, true, true, false] => "admin-app-mend-owner",
            _ => "admin-app-mend-all",
        }
    }

    fn link(&self, prerequisite: Prerequisite, done: bool) -> Option<Link> {
        let checklist = &self.progress.checklist;
        let link = |key: &str, href: String| Some(Link { label: self.texts.get(key), href });
        let set_up = || format!("{}#set-up", paths::admin_app_self_service(&self.app.slug));
        match (prerequisite, &self.progress.group) {
            (Prerequisite::Tenant, _) if done => {
                link("admin-app-to-settings", paths::ADMIN_SETTINGS.to_owned())
            }
            (Prerequisite::Group, Some(group)) if done => {
                link("admin-app-to-group", paths::admin_group(&group.slug))
            }
            (Prerequisite::Group, Some(group)) if checklist.suitable_group && !checklist.group_has_owner => {
                link("admin-group-add-owners", paths::add(&paths::admin_group_owners(&group.slug)))
            }
            (Prerequisite::Group, _) if !done && !checklist.suitable_group => {
                link("admin-app-set-up", set_up())
            }
            _ => None,
        }
    }
}

/// Why a group cannot be a target, as the key of a sentence that names the group.
fn obstacle_key(obstacle: Obstacle) -> String {
    format!("admin-app-obstacle-{}", word_of(obstacle))
}

/// Why a group cannot be a target, as the key of words that follow its name.
pub(super) fn reason_key(obstacle: Obstacle) -> String {
    format!("admin-app-reason-{}", word_of(obstacle))
}

/// The catalogue's word for an obstacle.
fn word_of(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Dynamic => "dynamic",
        Obstacle::Synced => "synced",
        Obstacle::Collaboration => "collaboration",
        Obstacle::NoOwner => "no-owner",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn every_obstacle_has_its_words_in_both_languages() {
        let obstacles = [Obstacle::Dynamic, Obstacle::Synced, Obstacle::Collaboration, Obstacle::NoOwner];
        for texts in Language::ALL.iter().map(|language| Texts::new(*language)) {
            for key in obstacles.into_iter().flat_map(|one| [obstacle_key(one), reason_key(one)]) {
                assert!(texts.with(&key, &[("group", "Sales".into())]) != key, "{key}");
            }
        }
    }
}
