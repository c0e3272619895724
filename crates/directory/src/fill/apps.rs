//! The apps: two with self-service that are known, twenty of one person, and others that belong to some groups.

use serde_json::json;

use super::groups::{EVERYBODY, FIRST_GROUP, PROJECT, TEAM};
use super::people::{FIRST_OTHER, FIRST_OWNER, PERSONS_NUMBER};
use super::rows::{Assignment, Writing, parts};
use super::{AGE, DOMAIN, Sample};
use crate::Result;
use crate::activity::{Action, Activity, Change};
use crate::app::{App, SignOn};
use crate::text::{search_key, slug};

/// The address of the app that nearly everybody has, as part of a path.
pub const EVERYBODYS_APP: &str = "everybodys-app";
/// The address of the app of a team of 58 people, as part of a path.
pub const TEAMS_APP: &str = "the-teams-app";
/// The fewest apps that a plan can have.
pub const FEWEST_APPS: u32 = 30;

/// The apps of [`super::PERSON`]: ten of the project, and ten of her own.
const PROJECTS: std::ops::Range<u32> = 2..12;
const PERSONS: std::ops::Range<u32> = 12..22;
/// Of the other apps one in so many has self-service.
const SELF_SERVICE: u32 = 10;
/// How many groups have one of the other apps, at most.
const GROUPS: u32 = 4;

const PURPOSES: [&str; 10] =
    ["Bookings", "Contracts", "Forms", "Ledger", "Library", "Maps", "Notes", "Orders", "Reports", "Tickets"];
const COLLECTIONS: [&str; 5] = ["Finance", "People", "Projects", "Reading", "Service"];
const GLYPHS: [&str; 5] = ["app-window", "archive", "book-open", "briefcase", "calculator"];

impl Sample<'_> {
    /// The app of this number.
    pub(super) fn app(&self, number: u32) -> App {
        let mut dice = self.dice("app", number);
        let at = self.between((AGE, 100), number, self.plan.apps);
        let name = match number {
            EVERYBODY => "Everybody’s app".to_owned(),
            TEAM => "The team’s app".to_owned(),
            _ => format!("{} {number:04}", dice.one_of(&PURPOSES)),
        };
        let target = self.target_of(number);
        App {
            id: dice.id(at),
            slug: match number {
                EVERYBODY => EVERYBODYS_APP.to_owned(),
                TEAM => TEAMS_APP.to_owned(),
                _ => slug(&name),
            },
            catalogue_key: None,
            name_key: search_key(&name),
            description: format!("Where work with {name} is done"),
            name,
            collection: dice.one_of(&COLLECTIONS).to_owned(),
            home_page: format!("https://app-{number}.{DOMAIN}/"),
            glyph: dice.one_of(&GLYPHS).to_owned(),
            logo_version: None,
            enabled: true,
            visible: true,
            assignment_required: true,
            sign_on: Some(SignOn::Linked),
            self_service: target.is_some(),
            target_group_id: target.map(|group| self.group(group).id),
            created_at: at,
            version: 1,
        }
    }

    /// The number of the group that an app with self-service fills.
    fn target_of(&self, app: u32) -> Option<u32> {
        match app {
            EVERYBODY | TEAM => Some(app),
            _ if PROJECTS.contains(&app) || PERSONS.contains(&app) => None,
            _ if app.is_multiple_of(SELF_SERVICE) => self.groups_with(app).first().copied(),
            _ => None,
        }
    }

    fn groups_with(&self, app: u32) -> Vec<u32> {
        let others = self.plan.groups - FIRST_GROUP;
        match app {
            EVERYBODY | TEAM => vec![app],
            _ if PROJECTS.contains(&app) => vec![PROJECT],
            _ if PERSONS.contains(&app) => Vec::new(),
            _ => {
                let mut dice = self.dice("groups with", app);
                let (first, many) = (dice.within(0..others), dice.within(1..GROUPS + 1));
                (0..many).map(|turn| FIRST_GROUP + (first + turn) % others).collect()
            }
        }
    }

    /// Who has the app without a group: with self-service the one who invites, so that the app can be managed.
    fn members_with(&self, app: u32) -> Vec<u32> {
        match self.target_of(app) {
            Some(EVERYBODY | TEAM) => vec![FIRST_OWNER],
            Some(group) => self.owners_of(group),
            None if PROJECTS.contains(&app) => Vec::new(),
            None if PERSONS.contains(&app) => vec![PERSONS_NUMBER],
            None => vec![self.dice("member with", app).within(FIRST_OTHER..self.plan.members)],
        }
    }

    pub(super) fn write_apps(&self, writing: &mut Writing<'_>) -> Result<()> {
        for numbers in parts(self.plan.apps) {
            let apps: Vec<App> = numbers.clone().map(|number| self.app(number)).collect();
            writing.write(&apps)?;
            let (mut assigned, mut noted) = (Vec::new(), Vec::new());
            for (number, app) in numbers.zip(&apps) {
                self.assign(number, app, &mut assigned, &mut noted)?;
            }
            writing.write(&assigned)?;
            writing.write(&noted)?;
        }
        Ok(())
    }

    fn assign(
        &self,
        number: u32,
        app: &App,
        assigned: &mut Vec<Assignment>,
        noted: &mut Vec<Activity>,
    ) -> Result<()> {
        let mut dice = self.dice("app added", number);
        let (at, object) = (app.created_at, app.as_object());
        noted.push(self.administered((&mut dice, at), (Action::AppAdded, &object), &Change::made(app)));
        let mut assign = |(user_id, group_id), name: &str| {
            let (app_id, id) = (app.id, dice.id(at));
            assigned.push(Assignment { id, app_id, user_id, group_id, role_id: None, created_at: at });
            let detail = Change::made(&json!({ "assigned": name }));
            noted.push(self.administered((&mut dice, at), (Action::AssignmentAdded, &object), &detail));
        };
        for group in self.groups_with(number) {
            let group = self.group(group);
            assign((None, Some(group.id)), &group.name);
        }
        for member in self.members_with(number) {
            let member = self.member(member)?;
            assign((Some(member.id), None), &member.name);
        }
        Ok(())
    }
}
