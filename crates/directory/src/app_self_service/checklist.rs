//! The set-up checklist: each prerequisite of SPEC 2 (J0), and whether it is done.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::Serialize;

use super::Obstacle;
use crate::Result;
use crate::app::App;
use crate::db::schema::{app_assignments, group_members, group_owners, groups, users};
use crate::db::{Id, Tx};
use crate::group::Group;
use crate::organisation::Organisation;
use crate::user::{User, UserState};

/// The set-up checklist of an app: each prerequisite, and whether it is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "it is a list of things done or missing")]
pub struct Checklist {
    /// (a) The tenant switch is on.
    pub owners_switch: bool,
    /// (b) The target group is a security group with assigned membership, kept here.
    pub suitable_group: bool,
    /// (b) It has an owner.
    pub group_has_owner: bool,
    /// (b) Its own switch "owners manage membership" is on.
    pub group_switch: bool,
    /// (c) Single sign-on is set.
    pub sign_on: bool,
    /// (c) The app is enabled for users to sign in.
    pub enabled: bool,
    /// (c) Self-service is on, with a target group.
    pub self_service: bool,
    /// (c) That group is assigned to the app.
    pub group_assigned: bool,
    /// (c) An owner of the group is assigned to the app.
    pub owner_assigned: bool,
}

/// What the assignments of an app and the owners of its target group come to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    pub(super) group_has_owner: bool,
    pub(super) group_assigned: bool,
    pub(super) owner_assigned: bool,
}

impl Checklist {
    /// The nine checks, from facts alone.
    pub(super) fn of(organisation: &Organisation, app: &App, group: Option<&Group>, reach: Reach) -> Self {
        Self {
            owners_switch: organisation.settings.owners_manage_groups,
            suitable_group: group.is_some_and(|group| Obstacle::of(group).is_none()),
            group_has_owner: reach.group_has_owner,
            group_switch: group.is_some_and(|group| group.owners_manage_membership),
            sign_on: app.sign_on.is_some(),
            enabled: app.enabled,
            self_service: app.self_service && app.target_group_id.is_some(),
            group_assigned: reach.group_assigned,
            owner_assigned: reach.owner_assigned,
        }
    }

    /// Whether nothing is missing: owners can invite, and whom they invite can open the app.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing() == 0
    }

    /// Whether owners can invite. Single sign-on is not asked: without it nobody can open the app, but invite they can.
    #[must_use]
    pub fn lets_owners_invite(&self) -> bool {
        self.missing() == usize::from(!self.sign_on)
    }

    /// How many of the nine checks are missing.
    #[must_use]
    pub fn missing(&self) -> usize {
        let checks = [
            self.owners_switch,
            self.suitable_group,
            self.group_has_owner,
            self.group_switch,
            self.sign_on,
            self.enabled,
            self.self_service,
            self.group_assigned,
            self.owner_assigned,
        ];
        checks.into_iter().filter(|done| !done).count()
    }

    /// How many of the three prerequisites are done.
    #[must_use]
    pub fn prerequisites_done(&self) -> usize {
        Prerequisite::ALL.into_iter().filter(|one| self.has(*one)).count()
    }

    /// Whether one of the three prerequisites is done.
    #[must_use]
    pub fn has(&self, prerequisite: Prerequisite) -> bool {
        match prerequisite {
            Prerequisite::Tenant => self.owners_switch,
            Prerequisite::Group => self.suitable_group && self.group_has_owner && self.group_switch,
            Prerequisite::App => {
                let app = self.sign_on && self.enabled && self.self_service;
                app && self.group_assigned && self.owner_assigned
            }
        }
    }
}

/// One of the three prerequisites, in the order in which they are set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prerequisite {
    /// (a) The tenant switch.
    Tenant,
    /// (b) A group with an owner.
    Group,
    /// (c) The app.
    App,
}

impl Prerequisite {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Tenant, Self::Group, Self::App];
}

/// How far an app is, with the group and the owners in question.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The checks.
    pub checklist: Checklist,
    /// The target group.
    pub group: Option<Group>,
    /// Its active owners by name.
    pub owners: Vec<User>,
}

/// Works the checklist of an app out.
///
/// # Errors
/// Only the database's.
pub fn checklist(tx: &mut Tx<'_>, organisation: &Organisation, app: &App) -> Result<Checklist> {
    let worked_out = progress(tx, organisation, std::slice::from_ref(app))?;
    Ok(worked_out.into_iter().next().map(|one| one.checklist).unwrap_or_default())
}

/// Works the checklists of many apps out, in two queries however many there are; the answers stand in the order of
/// the apps.
///
/// # Errors
/// Only the database's.
pub fn progress(tx: &mut Tx<'_>, organisation: &Organisation, apps: &[App]) -> Result<Vec<Progress>> {
    let owned = target_groups(tx, apps)?;
    let grants = grants(tx, apps, &owned)?;
    let of_app = |app: &App| {
        let target = app.target_group_id.and_then(|id| owned.get(&id));
        let (group, owners) =
            target.map_or((None, Vec::new()), |(group, owners)| (Some(group.clone()), owners.clone()));
        let grants: Vec<&Grant> = grants.iter().filter(|grant| grant.app == app.id).collect();
        Progress { checklist: check(organisation, app, group.as_ref(), &owners, &grants), group, owners }
    };
    Ok(apps.iter().map(of_app).collect())
}

fn check(
    organisation: &Organisation,
    app: &App,
    group: Option<&Group>,
    owners: &[User],
    grants: &[&Grant],
) -> Checklist {
    let has_app = |owner: &User| grants.iter().any(|grant| grant.reaches(owner.id));
    let reach = Reach {
        group_has_owner: !owners.is_empty(),
        group_assigned: group.is_some_and(|group| grants.iter().any(|grant| grant.group == Some(group.id))),
        owner_assigned: owners.iter().any(has_app),
    };
    Checklist::of(organisation, app, group, reach)
}

type Owned = HashMap<Id<Group>, (Group, Vec<User>)>;

/// The target groups of the apps with their active owners.
fn target_groups(tx: &mut Tx<'_>, apps: &[App]) -> Result<Owned> {
    let targets: Vec<Id<Group>> = apps.iter().filter_map(|app| app.target_group_id).collect();
    let rows: Vec<(Group, Option<User>)> = groups::table
        .left_join(group_owners::table.inner_join(users::table))
        .filter(groups::id.eq_any(targets))
        .select((Group::as_select(), Option::<User>::as_select()))
        .load(tx.conn)?;
    let mut owned = Owned::new();
    for (group, owner) in rows {
        let (_, owners) = owned.entry(group.id).or_insert_with(|| (group, Vec::new()));
        owners.extend(owner.filter(|owner| owner.state == UserState::Active));
    }
    for (_, owners) in owned.values_mut() {
        owners.sort_by(|one, other| (&one.name_key, one.id).cmp(&(&other.name_key, other.id)));
    }
    Ok(owned)
}

/// An assignment, and the owner whom it reaches through a group.
struct Grant {
    app: Id<App>,
    user: Option<Id<User>>,
    group: Option<Id<Group>>,
    owner_in_group: Option<Id<User>>,
}

impl Grant {
    fn reaches(&self, owner: Id<User>) -> bool {
        self.user == Some(owner) || self.owner_in_group == Some(owner)
    }
}

type GrantRow = (Id<App>, Option<Id<User>>, Option<Id<Group>>, Option<Id<User>>);

/// The assignments that matter: those of groups, and those of the owners.
fn grants(tx: &mut Tx<'_>, apps: &[App], owned: &Owned) -> Result<Vec<Grant>> {
    let ids: Vec<Id<App>> = apps.iter().map(|app| app.id).collect();
    let owners: Vec<Id<User>> =
        owned.values().flat_map(|(_, owners)| owners.iter().map(|owner| owner.id)).collect();
    let of_owner = app_assignments::group_id
        .eq(group_members::group_id.nullable())
        .and(group_members::user_id.eq_any(owners.clone()));
    let to_owner = app_assignments::user_id.eq_any(owners.into_iter().map(Some).collect::<Vec<_>>());
    let rows: Vec<GrantRow> = app_assignments::table
        .left_join(group_members::table.on(of_owner))
        .filter(app_assignments::app_id.eq_any(ids))
        .filter(app_assignments::group_id.is_not_null().or(to_owner.assume_not_null()))
        .select((
            app_assignments::app_id,
            app_assignments::user_id,
            app_assignments::group_id,
            group_members::user_id.nullable(),
        ))
        .load(tx.conn)?;
    let grant = |(app, user, group, owner_in_group)| Grant { app, user, group, owner_in_group };
    Ok(rows.into_iter().map(grant).collect())
}
