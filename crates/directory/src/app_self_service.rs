//! Self-service of an app: the three prerequisites, what is missing, and one verb that does it all (SPEC 2, J0).

mod checklist;
mod list;
mod set_up;

use diesel::dsl::exists;
use diesel::prelude::*;

pub use self::checklist::{Checklist, Prerequisite, Progress, checklist, progress};
pub use self::list::with_self_service;
pub use self::set_up::{SetUp, mend, set_up};
use crate::access::{Administrator, Refusal, rules};
use crate::app::App;
use crate::app_assignment;
use crate::db::schema::{app_assignments, apps, group_owners, groups};
use crate::db::{Id, Tx};
use crate::group::Group;
use crate::group_owner;
use crate::{Error, Result};

/// How many groups a page offers at most.
const MOST_CANDIDATES: i64 = 500;

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
        may_be_target(tx, administrator, &before, group, wanted.other_apps_confirmed)?;
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

/// Who fills the target gives all that it opens: that is said before, and who confirmed it is written down.
fn may_be_target(
    tx: &mut Tx<'_>,
    administrator: &Administrator,
    app: &App,
    group: Id<Group>,
    confirmed: bool,
) -> Result<()> {
    let group = match Group::find(tx, group) {
        Err(Error::Hidden) => return Err(Refusal::UnsuitableTargetGroup.into()),
        found => found?,
    };
    if Obstacle::of(&group).is_some() {
        return Err(Refusal::UnsuitableTargetGroup.into());
    }
    if app.target_group_id == Some(group.id) {
        return Ok(());
    }
    let apps = other_apps(tx, app.id, group.id)?;
    if apps.is_empty() {
        return Ok(());
    }
    if !confirmed {
        return Err(Refusal::GroupOpensMore { apps }.into());
    }
    app_assignment::record_confirmed(tx, administrator, app, &group, &apps)
}

/// The other apps that a group opens, or is to open: who fills the group gives these too, and who manages one of these
/// fills the group.
///
/// # Errors
/// Only the database's.
pub fn other_apps(tx: &mut Tx<'_>, app: Id<App>, group: Id<Group>) -> Result<Vec<String>> {
    let of_app = app_assignments::table.filter(app_assignments::app_id.eq(apps::id));
    let opened = exists(of_app.filter(app_assignments::group_id.eq(group)));
    let filled = apps::target_group_id.eq(group).assume_not_null();
    let others = apps::table.filter(apps::id.ne(app).and(opened.or(filled))).select(apps::name);
    Ok(others.order(apps::name_key).limit(50).load(tx.conn)?)
}

/// Why a group cannot be a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// A rule decides who is in it.
    Dynamic,
    /// A directory elsewhere decides who is in it.
    Synced,
    /// It is no security group.
    Collaboration,
    /// Nobody who may sign in owns it, so nobody could invite.
    NoOwner,
}

impl Obstacle {
    /// What keeps the group itself from being a target, whoever owns it.
    #[must_use]
    pub fn of(group: &Group) -> Option<Self> {
        rules::obstacle(group.source, group.membership, group.kind)
    }
}

/// A group that was looked at as a target.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The group.
    pub group: Group,
    /// Why it cannot be one.
    pub obstacle: Option<Obstacle>,
}

/// The groups by name, each with what keeps it from being a target.
///
/// # Errors
/// Only the database's.
pub fn candidates(tx: &mut Tx<'_>) -> Result<Vec<Candidate>> {
    let owned = group_owner::active().filter(group_owners::group_id.eq(groups::id));
    let query = groups::table.select((Group::as_select(), exists(owned)));
    let found: Vec<(Group, bool)> =
        query.order((groups::name_key, groups::id)).limit(MOST_CANDIDATES).load(tx.conn)?;
    let candidate = |(group, owned): (Group, bool)| {
        let obstacle = Obstacle::of(&group).or((!owned).then_some(Obstacle::NoOwner));
        Candidate { group, obstacle }
    };
    Ok(found.into_iter().map(candidate).collect())
}
