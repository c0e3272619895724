//! What a person has: the groups they are in or own, and the apps they are assigned to, for administrators.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::{User, UserState};
use crate::Result;
use crate::access::Administrator;
use crate::app::App;
use crate::db::schema::{app_assignments, app_roles, apps, group_members, group_owners, groups, users};
use crate::db::{Id, Tx};
use crate::group::Group;
use crate::page::{Page, limit_for};

/// A group with how the person stands to it.
#[derive(Clone, Debug)]
pub struct HeldGroup {
    /// The group.
    pub group: Group,
    /// The person owns it.
    pub owned: bool,
    /// The person is in it.
    pub joined: bool,
}

/// The groups a person is in or owns, by name.
///
/// # Errors
/// Only the database's.
pub fn groups(
    tx: &mut Tx<'_>,
    _administrator: &Administrator,
    user: Id<User>,
    rows: i64,
) -> Result<Vec<HeldGroup>> {
    let owned = exists(
        group_owners::table.filter(group_owners::group_id.eq(groups::id).and(group_owners::user_id.eq(user))),
    );
    let joined = exists(
        group_members::table
            .filter(group_members::group_id.eq(groups::id).and(group_members::user_id.eq(user))),
    );
    let found: Vec<(Group, bool, bool)> = groups::table
        .filter(owned.or(joined))
        .select((Group::as_select(), owned, joined))
        .order((groups::name_key, groups::id))
        .limit(rows)
        .load(tx.conn)?;
    Ok(found.into_iter().map(|(group, owned, joined)| HeldGroup { group, owned, joined }).collect())
}

/// An app with the ways in which the person has it.
#[derive(Clone, Debug)]
pub struct HeldApp {
    /// The app.
    pub app: App,
    /// Each assignment that gives it to them, those to the person first.
    pub ways: Vec<Way>,
}

/// One assignment of an app that gives it to a person.
#[derive(Clone, Debug)]
pub struct Way {
    /// The name of the group it goes through; none when it is assigned to the person.
    pub group: Option<String>,
    /// The name of the role; none for "Default access".
    pub role: Option<String>,
}

/// How many assignments are read for each app that is shown: seldom has somebody an app in more ways.
const WAYS: i64 = 4;

/// An assignment: of which app, through which group, in which role.
type Loaded = (App, Option<String>, Option<String>);

/// The apps a person is assigned to, directly or through a group, by name and each with all its ways.
///
/// # Errors
/// Only the database's.
pub fn apps(
    tx: &mut Tx<'_>,
    _administrator: &Administrator,
    user: Id<User>,
    rows: i64,
) -> Result<Page<HeldApp>> {
    let loaded = Page::of(assignments(tx, user, rows * WAYS)?, rows * WAYS);
    let mut held: Vec<HeldApp> = Vec::new();
    for (app, group, role) in loaded.rows {
        let way = Way { group, role };
        match held.last_mut() {
            Some(last) if last.app.id == app.id => last.ways.push(way),
            _ => held.push(HeldApp { app, ways: vec![way] }),
        }
    }
    let held = Page::of(held, rows);
    Ok(Page { more: held.more || loaded.more, ..held })
}

/// The first assignments that give a person anything, in the order of the apps.
fn assignments(tx: &mut Tx<'_>, user: Id<User>, rows: i64) -> Result<Vec<Loaded>> {
    let groups_of_user = group_members::table
        .filter(group_members::user_id.eq(user))
        .select(group_members::group_id.nullable());
    let holds = app_assignments::user_id.eq(user).or(app_assignments::group_id.eq_any(groups_of_user));
    Ok(app_assignments::table
        .inner_join(apps::table)
        .left_join(groups::table.on(app_assignments::group_id.eq(groups::id.nullable())))
        .left_join(app_roles::table.on(app_assignments::role_id.eq(app_roles::id.nullable())))
        .filter(holds)
        .select((App::as_select(), groups::name.nullable(), app_roles::name.nullable()))
        .order((apps::name_key, apps::id, app_assignments::group_id.is_not_null(), app_assignments::id))
        .limit(limit_for(rows))
        .load(tx.conn)?)
}

/// How many of a person's groups are looked at to find those that nobody else manages.
const LOOKED_AT: i64 = 500;

/// The names of the groups that nobody would manage without this person: no other owner of them may sign in.
///
/// # Errors
/// Only the database's.
pub fn groups_managed_alone(
    tx: &mut Tx<'_>,
    _administrator: &Administrator,
    user: Id<User>,
) -> Result<Vec<String>> {
    let owned: Vec<(Id<Group>, String)> = group_owners::table
        .inner_join(groups::table)
        .filter(group_owners::user_id.eq(user))
        .select((groups::id, groups::name))
        .order((groups::name_key, groups::id))
        .limit(LOOKED_AT)
        .load(tx.conn)?;
    let ids: Vec<Id<Group>> = owned.iter().map(|(id, _)| *id).collect();
    let managed_by_others: Vec<Id<Group>> = group_owners::table
        .inner_join(users::table)
        .filter(group_owners::group_id.eq_any(ids))
        .filter(group_owners::user_id.ne(user).and(users::state.eq(UserState::Active)))
        .select(group_owners::group_id)
        .load(tx.conn)?;
    let alone = owned.into_iter().filter(|(id, _)| !managed_by_others.contains(id));
    Ok(alone.map(|(_, name)| name).collect())
}
