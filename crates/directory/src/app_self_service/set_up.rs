//! **Set up self-service**: one verb that does all that is missing, and one that mends a single prerequisite.

use diesel::prelude::*;

use super::checklist::{Prerequisite, progress};
use super::{Obstacle, may_be_target};
use crate::access::{Administrator, Refusal};
use crate::activity::{self, Action, Change};
use crate::app::{App, SignOn};
use crate::app_assignment::{self, Assignee};
use crate::db::schema::{app_assignments, apps, groups};
use crate::db::{Id, Tx};
use crate::group::{Group, GroupKind, GroupProfile};
use crate::organisation::Organisation;
use crate::text::{Description, Name};
use crate::user::User;
use crate::{Result, group_owner};

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
/// As [`super::change`]; [`crate::Refusal::GuestCannotOwn`] when the owner is a guest; [`crate::Error::Hidden`] for an
/// unknown owner.
pub fn set_up(tx: &mut Tx<'_>, administrator: &Administrator, slug: &str, wanted: &SetUp) -> Result<App> {
    let app = App::by_slug(tx, slug)?;
    switch_owners_on(tx, administrator)?;
    let group = match wanted.group {
        Some(group) => Group::find(tx, group)?,
        None => match suitable_target(tx, &app)? {
            Some(group) => group,
            None => group_for(tx, administrator, &app)?,
        },
    };
    may_be_target(tx, administrator, &app, group.id, wanted.other_apps_confirmed)?;
    switch_group_on(tx, administrator, &group)?;
    group_owner::add(tx, administrator, &group, wanted.owner)?;
    complete(tx, administrator, &app, &group, Some(wanted.owner))
}

/// Does what is missing of one prerequisite, as far as nothing has to be chosen for it.
///
/// # Errors
/// [`crate::Error::Hidden`] when there is no such app; [`Refusal::UnsuitableTargetGroup`] when (b) or (c) needs a
/// group to be chosen first.
pub fn mend(
    tx: &mut Tx<'_>,
    administrator: &Administrator,
    slug: &str,
    prerequisite: Prerequisite,
) -> Result<App> {
    let app = App::by_slug(tx, slug)?;
    if prerequisite == Prerequisite::Tenant {
        switch_owners_on(tx, administrator)?;
        return Ok(app);
    }
    let group = Group::find(tx, app.target_group_id.ok_or(Refusal::UnsuitableTargetGroup)?)?;
    may_be_target(tx, administrator, &app, group.id, false)?;
    if prerequisite == Prerequisite::Group {
        switch_group_on(tx, administrator, &group)?;
        return Ok(app);
    }
    let organisation = Organisation::load(tx)?;
    let so_far = progress(tx, &organisation, std::slice::from_ref(&app))?.into_iter().next();
    let unassigned = so_far.filter(|so_far| !so_far.checklist.owner_assigned);
    let owner = unassigned.and_then(|so_far| so_far.owners.first().map(|owner| owner.id));
    complete(tx, administrator, &app, &group, owner)
}

/// Prerequisite (c): the app opens, asks its owners, and both the group and an owner have it.
fn complete(
    tx: &mut Tx<'_>,
    administrator: &Administrator,
    app: &App,
    group: &Group,
    owner: Option<Id<User>>,
) -> Result<App> {
    let after = switch_app_on(tx, administrator, app, group)?;
    let of_group = app_assignments::group_id.eq(group.id).and(app_assignments::app_id.eq(app.id));
    let given = app_assignments::table.filter(of_group.assume_not_null());
    if given.count().get_result::<i64>(tx.conn)? == 0 {
        app_assignment::assign(tx, administrator, app, Assignee::Group(group.id), None)?;
    }
    if let Some(owner) = owner
        && !app_assignment::is_given_to(tx, app.id, owner)?
    {
        app_assignment::assign(tx, administrator, app, Assignee::User(owner), None)?;
    }
    Ok(after)
}

/// Lets owners manage the app through this group. What is so already is left as it is: no form about it becomes stale,
/// and the audit has nothing to tell.
fn switch_app_on(tx: &mut Tx<'_>, administrator: &Administrator, app: &App, group: &Group) -> Result<App> {
    let on = App {
        enabled: true,
        sign_on: Some(app.sign_on.unwrap_or(SignOn::Linked)),
        self_service: true,
        target_group_id: Some(group.id),
        ..app.clone()
    };
    if on == *app {
        return Ok(on);
    }
    diesel::update(apps::table.find(app.id))
        .set((
            apps::enabled.eq(on.enabled),
            apps::sign_on.eq(on.sign_on),
            apps::self_service.eq(on.self_service),
            apps::target_group_id.eq(on.target_group_id),
            apps::version.eq(app.version + 1),
        ))
        .execute(tx.conn)?;
    app.clone().recorded(tx, administrator)
}

/// The target group that the app has, when it can stay.
fn suitable_target(tx: &mut Tx<'_>, app: &App) -> Result<Option<Group>> {
    let group = app.target_group_id.map(|group| Group::find(tx, group)).transpose()?;
    Ok(group.filter(|group| Obstacle::of(group).is_none()))
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
        name: Name::parse(&format!("{name} access")).map_err(|_| Refusal::UnsuitableTargetGroup)?,
        description: Description::default(),
        kind: GroupKind::Security,
        rule: None,
        owners_manage_membership: true,
    };
    Group::add(tx, administrator, &profile)
}

fn switch_group_on(tx: &mut Tx<'_>, administrator: &Administrator, group: &Group) -> Result<()> {
    if group.owners_manage_membership {
        return Ok(());
    }
    let on = (groups::owners_manage_membership.eq(true), groups::version.eq(group.version + 1));
    diesel::update(groups::table.find(group.id)).set(on).execute(tx.conn)?;
    let after = Group::find(tx, group.id)?;
    let object = after.as_object();
    activity::record(
        tx,
        administrator.actor(),
        Action::GroupChanged,
        &object,
        &Change::between(group, &after),
    )
}
