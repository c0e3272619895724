//! What a person has: the groups they are in or own, and the apps they are assigned to, for administrators.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::Result;
use crate::access::{Administrator, assigned_to_app};
use crate::app::App;
use crate::db::schema::{apps, group_members, group_owners, groups};
use crate::db::{Id, Tx};
use crate::group::Group;
use crate::user::User;

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

/// The apps a person is assigned to, directly or through a group, by name.
///
/// # Errors
/// Only the database's.
pub fn apps(tx: &mut Tx<'_>, _administrator: &Administrator, user: Id<User>, rows: i64) -> Result<Vec<App>> {
    let query = apps::table.filter(exists(assigned_to_app(user))).select(App::as_select());
    Ok(query.order((apps::name_key, apps::id)).limit(rows).load(tx.conn)?)
}
