//! The groups: one of nearly everybody, a team, a project, and others of which few are large and most are small.

use serde_json::json;

use super::people::{FIRST_OTHER, FIRST_OWNER, PERSONS_NUMBER};
use super::rows::{Ownership, Writing, parts};
use super::{AGE, Sample};
use crate::Result;
use crate::activity::{Action, Activity, Change};
use crate::group::{Group, GroupKind, GroupMembership, GroupSource};
use crate::group_member::Membership;
use crate::text::{search_key, slug};
use crate::user::User;

/// The fewest groups that a plan can have.
pub const FEWEST_GROUPS: u32 = 10;

pub(super) const EVERYBODY: u32 = 0;
pub(super) const TEAM: u32 = 1;
pub(super) const PROJECT: u32 = 2;
pub(super) const FIRST_GROUP: u32 = 3;

/// How many people the largest group has at most.
const MOST: u32 = 100_000;
/// How many colleagues are in the team and in the project.
const COLLEAGUES: u32 = 50;
/// How many people the largest of the other groups has at most, and how few the smallest.
const OTHERS: (u32, u32) = (3, 25_000);
/// A prime, so that steps of it meet nobody twice.
const STEP: u32 = 7_919;

const PLACES: [&str; 8] =
    ["Antwerp", "Berlin", "Ghent", "Kraków", "Leiden", "Rotterdam", "Utrecht", "Zürich"];
const CAUSES: [&str; 8] =
    ["Archive", "Budget", "Events", "Field work", "Intake", "Planning", "Research", "Support"];

impl Sample<'_> {
    /// The group of this number.
    pub(super) fn group(&self, number: u32) -> Group {
        let mut dice = self.dice("group", number);
        let at = self.between((AGE, 100), number, self.plan.groups);
        let name = match number {
            EVERYBODY => "Everybody".to_owned(),
            TEAM => "Field team".to_owned(),
            PROJECT => "Harbour project".to_owned(),
            _ => format!("{} {} {number:05}", dice.one_of(&CAUSES), dice.one_of(&PLACES)),
        };
        Group {
            id: dice.id(at),
            slug: slug(&name),
            name_key: search_key(&name),
            description: format!("Those of {name}"),
            name,
            kind: GroupKind::Security,
            membership: GroupMembership::Assigned,
            source: GroupSource::Cloud,
            rule: None,
            rule_evaluated_at: None,
            synced_from: None,
            synced_at: None,
            owners_manage_membership: true,
            created_at: at,
            version: 1,
        }
    }

    /// The numbers of the members who own a group; the first invites to it.
    pub(super) fn owners_of(&self, group: u32) -> Vec<u32> {
        match group {
            EVERYBODY | TEAM => (FIRST_OWNER..FIRST_OTHER).collect(),
            PROJECT => vec![FIRST_OWNER],
            _ => vec![self.dice("owner", group).within(FIRST_OTHER..self.plan.members)],
        }
    }

    /// The numbers of the members who are in a group.
    fn members_of(&self, group: u32) -> Vec<u32> {
        match group {
            EVERYBODY => (FIRST_OWNER..self.plan.members.min(FIRST_OWNER + MOST)).collect(),
            TEAM => (FIRST_OWNER..FIRST_OTHER + COLLEAGUES).collect(),
            PROJECT => [PERSONS_NUMBER].into_iter().chain(FIRST_OTHER..FIRST_OTHER + COLLEAGUES).collect(),
            _ => self.some_of_the_others(group),
        }
    }

    /// The first of the other groups has a quarter of all, the second half of that, the third a third of it …
    fn some_of_the_others(&self, group: u32) -> Vec<u32> {
        let others = self.plan.members - FIRST_OTHER;
        let many = (others / (4 * (group - FIRST_GROUP + 1))).clamp(OTHERS.0, OTHERS.1);
        let step = if others.is_multiple_of(STEP) { 1 } else { u64::from(STEP) };
        let first = u64::from(self.dice("members", group).within(0..others));
        let place = |turn: u32| (first + u64::from(turn) * step) % u64::from(others);
        (0..many)
            .filter_map(|turn| u32::try_from(place(turn)).ok())
            .map(|place| FIRST_OTHER + place)
            .collect()
    }

    pub(super) fn write_groups(&self, writing: &mut Writing<'_>) -> Result<()> {
        for numbers in parts(self.plan.groups) {
            let groups: Vec<(u32, Group)> = numbers.map(|number| (number, self.group(number))).collect();
            writing.write(&groups.iter().map(|(_, group)| group.clone()).collect::<Vec<_>>())?;
            let (mut owned, mut noted) = (Vec::new(), Vec::new());
            for (number, group) in &groups {
                let owners: Vec<User> = self
                    .owners_of(*number)
                    .into_iter()
                    .map(|owner| self.member(owner))
                    .collect::<Result<_>>()?;
                owned.extend(owners.iter().map(|owner| Ownership {
                    group_id: group.id,
                    user_id: owner.id,
                    created_at: group.created_at,
                }));
                noted.extend(self.group_notes(*number, group, &owners));
            }
            writing.write(&owned)?;
            writing.write(&noted)?;
        }
        (0..self.plan.groups).try_for_each(|group| self.write_memberships(group, writing))
    }

    fn group_notes(&self, number: u32, group: &Group, owners: &[User]) -> Vec<Activity> {
        let mut dice = self.dice("group added", number);
        let (at, object) = (group.created_at, group.as_object());
        let mut notes =
            vec![self.administered((&mut dice, at), (Action::GroupAdded, &object), &Change::made(group))];
        for owner in owners {
            let detail = Change::made(&json!({ "owner": owner.name }));
            notes.push(self.administered((&mut dice, at), (Action::OwnerAdded, &object), &detail));
        }
        notes
    }

    fn write_memberships(&self, number: u32, writing: &mut Writing<'_>) -> Result<()> {
        let group = self.group(number);
        for numbers in self.members_of(number).chunks(1_000) {
            let membership = |number: &u32| {
                let member = self.member(*number)?;
                Ok(Membership::new(group.id, &member, group.created_at))
            };
            writing.write(&numbers.iter().map(membership).collect::<Result<Vec<_>>>()?)?;
        }
        Ok(())
    }
}
