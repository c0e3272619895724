//! Self-service of an app: the three prerequisites, what is missing, and one verb that does it all (SPEC 2, J0).

use diesel::prelude::*;
use serde::Serialize;

use crate::access::{Administrator, Refusal};
use crate::app::{App, SignOn};
use crate::app_assignment::{self, Assignee};
use crate::db::schema::{app_assignments, apps, group_members, group_owners, groups};
use crate::db::{Id, Tx};
use crate::group::{Group, GroupKind, GroupMembership, GroupProfile, GroupSource};
use crate::organisation::Organisation;
use crate::text::{Description, Name};
use crate::user::{User, UserState};
use crate::{Result, group_owner};

/// What the Self-service page writes.
#[derive(Clone, Debug)]
pub struct SelfService {
    /// Whether owners manage access.
    pub on: bool,
    /// *To which group should assigned users be added?*
    pub target_group: Option<Id<Group>>,
    /// The administrator has read which other apps the group opens and confirms (SECURITY R8).
    pub other_apps_confirmed: bool,
}

/// Switches self-service on or off, and chooses the target group.
///
/// # Errors
/// [`crate::Error::Stale`]; [`Refusal::UnsuitableTargetGroup`] for a dynamic or synced group;
/// [`Refusal::GroupOpensMore`] until the administrator confirms what else the group opens.
pub fn change(
    tx: &mut Tx<'_>,
    administrator: &Administrator,
    slug: &str,
    wanted: &SelfService,
    version: i64,
) -> Result<App> {
    let before = App::at_version(tx, slug, version)?;
    if let Some(group) = wanted.target_group {
        may_be_target(tx, &before, group, wanted.other_apps_confirmed)?;
    }
    diesel::update(apps::table.find(before.id))
        .set((
            apps::self_service.eq(wanted.on),
            apps::target_group_id.eq(wanted.target_group),
            apps::version.eq(version + 1),
        ))
        .execute(tx.conn)?;
    before.recorded(tx, administrator)
}

fn may_be_target(tx: &mut Tx<'_>, app: &App, group: Id<Group>, confirmed: bool) -> Result<()> {
    let group = Group::find(tx, group)?;
    if group.membership == GroupMembership::Dynamic || group.source == GroupSource::Synced {
        return Err(Refusal::UnsuitableTargetGroup.into());
    }
    if confirmed || app.target_group_id == Some(group.id) {
        return Ok(());
    }
    let others = other_apps(tx, app.id, group.id)?;
    if others.is_empty() { Ok(()) } else { Err(Refusal::GroupOpensMore { apps: others }.into()) }
}

/// The other apps that a group opens: who fills the group gives these too.
///
/// # Errors
/// Only the database's.
pub fn other_apps(tx: &mut Tx<'_>, app: Id<App>, group: Id<Group>) -> Result<Vec<String>> {
    let opened = app_assignments::table.inner_join(apps::table).filter(app_assignments::group_id.eq(group));
    let others = opened.filter(apps::id.ne(app)).select(apps::name).order(apps::name_key);
    Ok(others.limit(50).load(tx.conn)?)
}

/// The groups that can be a target: assigned, made here, and with an owner.
///
/// # Errors
/// Only the database's.
pub fn suitable_groups(tx: &mut Tx<'_>) -> Result<Vec<Group>> {
    let owned = group_owners::table.select(group_owners::group_id);
    let suitable =
        groups::membership.eq(GroupMembership::Assigned).and(groups::source.eq(GroupSource::Cloud));
    let query =
        groups::table.filter(suitable).filter(groups::id.eq_any(owned)).order((groups::name_key, groups::id));
    Ok(query.select(Group::as_select()).limit(500).load(tx.conn)?)
}

/// The set-up checklist of an app: each prerequisite, and whether it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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

impl Checklist {
    /// Owners can invite.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing() == 0
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
        let group = self.suitable_group && self.group_has_owner && self.group_switch;
        let app =
            self.sign_on && self.enabled && self.self_service && self.group_assigned && self.owner_assigned;
        [self.owners_switch, group, app].into_iter().filter(|done| *done).count()
    }
}

/// Works the checklist of an app out.
///
/// # Errors
/// Only the database's.
pub fn checklist(tx: &mut Tx<'_>, organisation: &Organisation, app: &App) -> Result<Checklist> {
    let group = app.target_group_id.map(|id| Group::find(tx, id)).transpose()?;
    let owners = match &group {
        Some(group) => group_owner::list(tx, group.id)?,
        None => Vec::new(),
    };
    let (group_assigned, assigned_users) = assigned(tx, app)?;
    let active = |owner: &&User| owner.state == UserState::Active;
    Ok(Checklist {
        owners_switch: organisation.settings.owners_manage_groups,
        suitable_group: group.as_ref().is_some_and(|group| {
            group.kind == GroupKind::Security
                && group.membership == GroupMembership::Assigned
                && group.source == GroupSource::Cloud
        }),
        group_has_owner: owners.iter().any(|owner| active(&owner)),
        group_switch: group.as_ref().is_some_and(|group| group.owners_manage_membership),
        sign_on: app.sign_on.is_some(),
        enabled: app.enabled,
        self_service: app.self_service && app.target_group_id.is_some(),
        group_assigned,
        owner_assigned: owners.iter().filter(active).any(|owner| assigned_users.contains(&owner.id)),
    })
}

/// Whether the target group is assigned to the app, and which of its owners are, directly or through a group.
fn assigned(tx: &mut Tx<'_>, app: &App) -> Result<(bool, Vec<Id<User>>)> {
    let Some(group) = app.target_group_id else { return Ok((false, Vec::new())) };
    let of_group = app_assignments::app_id.eq(app.id).and(app_assignments::group_id.eq(group));
    let count: i64 = app_assignments::table.filter(of_group.assume_not_null()).count().get_result(tx.conn)?;
    let direct = app_assignments::table
        .filter(app_assignments::app_id.eq(app.id))
        .filter(app_assignments::user_id.is_not_null())
        .select(app_assignments::user_id.assume_not_null());
    let assigned_groups = app_assignments::table
        .filter(app_assignments::app_id.eq(app.id))
        .filter(app_assignments::group_id.is_not_null())
        .select(app_assignments::group_id.assume_not_null());
    let through = group_members::table
        .filter(group_members::group_id.eq_any(assigned_groups))
        .select(group_members::user_id);
    let owners = group_owners::table.filter(group_owners::group_id.eq(group));
    let users = owners
        .filter(group_owners::user_id.eq_any(direct).or(group_owners::user_id.eq_any(through)))
        .select(group_owners::user_id)
        .load(tx.conn)?;
    Ok((count > 0, users))
}

/// What **Set up self-service** needs to be told.
#[derive(Clone, Debug)]
pub struct SetUp {
    /// The owner who shall invite.
    pub owner: Id<User>,
    /// The group to use; without one a security group named after the app is made.
    pub group: Option<Id<Group>>,
    /// The administrator has read which other apps the group opens and confirms.
    pub other_apps_confirmed: bool,
}

/// Does all that is missing in one go, and leaves what is done as it is.
///
/// # Errors
/// As [`change`]; [`Refusal::GuestCannotOwn`] when the owner is a guest; [`crate::Error::Hidden`] for an unknown owner.
pub fn set_up(tx: &mut Tx<'_>, administrator: &Administrator, slug: &str, wanted: &SetUp) -> Result<App> {
    let app = App::by_slug(tx, slug)?;
    switch_owners_on(tx, administrator)?;
    let group = match wanted.group.or(app.target_group_id) {
        Some(group) => Group::find(tx, group)?,
        None => group_for(tx, administrator, &app)?,
    };
    may_be_target(tx, &app, group.id, wanted.other_apps_confirmed)?;
    switch_group_on(tx, &group)?;
    group_owner::add(tx, administrator, &group, wanted.owner)?;
    diesel::update(apps::table.find(app.id))
        .set((
            apps::enabled.eq(true),
            apps::sign_on.eq(Some(app.sign_on.unwrap_or(SignOn::Linked))),
            apps::self_service.eq(true),
            apps::target_group_id.eq(Some(group.id)),
            apps::version.eq(app.version + 1),
        ))
        .execute(tx.conn)?;
    let changed = App::find(tx, app.id)?;
    let (group_assigned, owners_assigned) = assigned(tx, &changed)?;
    if !group_assigned {
        app_assignment::add(tx, administrator, &app, Assignee::Group(group.id), None)?;
    }
    if !owners_assigned.contains(&wanted.owner) {
        app_assignment::add(tx, administrator, &app, Assignee::User(wanted.owner), None)?;
    }
    app.recorded(tx, administrator)
}

fn switch_owners_on(tx: &mut Tx<'_>, administrator: &Administrator) -> Result<()> {
    let organisation = Organisation::load(tx)?;
    if organisation.settings.owners_manage_groups {
        return Ok(());
    }
    let mut settings = organisation.settings.clone();
    settings.owners_manage_groups = true;
    Organisation::change(tx, administrator, &organisation.profile, &settings, organisation.version)?;
    Ok(())
}

fn group_for(tx: &mut Tx<'_>, administrator: &Administrator, app: &App) -> Result<Group> {
    let name: String = app.name.chars().take(100).collect();
    let profile = GroupProfile {
        name: Name::parse(&format!("{name} access")).unwrap_or_default(),
        description: Description::default(),
        kind: GroupKind::Security,
        rule: None,
        owners_manage_membership: true,
    };
    Group::add(tx, administrator, &profile)
}

fn switch_group_on(tx: &mut Tx<'_>, group: &Group) -> Result<()> {
    let on = (groups::owners_manage_membership.eq(true), groups::version.eq(group.version + 1));
    let off = groups::table.find(group.id).filter(groups::owners_manage_membership.eq(false));
    diesel::update(off).set(on).execute(tx.conn)?;
    Ok(())
}
