//! Lists of groups: those a person owns, those a person is in, and all for administrators.

use diesel::prelude::*;

use crate::Result;
use crate::access::{Actor, Administrator};
use crate::db::schema::{app_assignments, apps, group_members, group_owners, groups, users};
use crate::db::{Id, Tx, like_infix};
use crate::group::{Group, GroupMembership, GroupSource};
use crate::text::search_key;
use crate::user::{UserKind, UserState};

/// A group in a list, with what its row tells.
#[derive(Clone, Debug)]
pub struct GroupRow {
    /// The group.
    pub group: Group,
    /// How many people are in it.
    pub members: i64,
    /// How many of them are guests.
    pub guests: i64,
    /// How many people own it.
    pub owners: i64,
    /// The names of the enabled apps that being in it opens.
    pub opens: Vec<String>,
}

/// Which groups to list.
#[derive(Clone, Debug, Default)]
pub struct GroupFilter {
    /// Part of a name.
    pub search: String,
    /// Only assigned or only dynamic ones.
    pub membership: Option<GroupMembership>,
    /// Only those kept here or only synced ones.
    pub source: Option<GroupSource>,
    /// Only those after this name and id: the next page.
    pub after: Option<(String, Id<Group>)>,
}

/// *Groups I own*, by name.
///
/// # Errors
/// Only the database's.
pub fn owned(
    tx: &mut Tx<'_>,
    actor: &Actor,
    after: Option<&(String, Id<Group>)>,
    rows: i64,
) -> Result<Vec<GroupRow>> {
    let own = group_owners::table.filter(group_owners::user_id.eq(actor.id)).select(group_owners::group_id);
    let mut query = groups::table.filter(groups::id.eq_any(own)).select(Group::as_select()).into_boxed();
    if let Some((name, id)) = after {
        let later = groups::name_key.gt(name.clone());
        query = query.filter(later.or(groups::name_key.eq(name.clone()).and(groups::id.gt(*id))));
    }
    let found = query.order((groups::name_key, groups::id)).limit(rows + 1).load(tx.conn)?;
    described(tx, found)
}

/// Groups that the person owns and can add people to by hand: what to offer where a group is closed.
///
/// # Errors
/// Only the database's.
pub fn taking_people(tx: &mut Tx<'_>, actor: &Actor, rows: i64) -> Result<Vec<Group>> {
    let own = group_owners::table.filter(group_owners::user_id.eq(actor.id)).select(group_owners::group_id);
    let open = groups::membership
        .eq(GroupMembership::Assigned)
        .and(groups::source.eq(GroupSource::Cloud))
        .and(groups::owners_manage_membership.eq(true));
    let query = groups::table.filter(groups::id.eq_any(own)).filter(open);
    Ok(query.select(Group::as_select()).order((groups::name_key, groups::id)).limit(rows).load(tx.conn)?)
}

/// *Groups I'm in*, by name.
///
/// # Errors
/// Only the database's.
pub fn joined(
    tx: &mut Tx<'_>,
    actor: &Actor,
    after: Option<&(String, Id<Group>)>,
    rows: i64,
) -> Result<Vec<GroupRow>> {
    let of_actor =
        group_members::table.filter(group_members::user_id.eq(actor.id)).select(group_members::group_id);
    let mut query = groups::table.filter(groups::id.eq_any(of_actor)).select(Group::as_select()).into_boxed();
    if let Some((name, id)) = after {
        let later = groups::name_key.gt(name.clone());
        query = query.filter(later.or(groups::name_key.eq(name.clone()).and(groups::id.gt(*id))));
    }
    let found = query.order((groups::name_key, groups::id)).limit(rows + 1).load(tx.conn)?;
    described(tx, found)
}

/// All groups by name, for administrators.
///
/// # Errors
/// Only the database's.
pub fn all(
    tx: &mut Tx<'_>,
    _administrator: &Administrator,
    filter: &GroupFilter,
    rows: i64,
) -> Result<Vec<GroupRow>> {
    let mut query = groups::table.select(Group::as_select()).into_boxed();
    let sought = search_key(&filter.search);
    if !sought.is_empty() {
        query = query.filter(groups::name_key.like(like_infix(&sought)).escape('\\'));
    }
    if let Some(membership) = filter.membership {
        query = query.filter(groups::membership.eq(membership));
    }
    if let Some(source) = filter.source {
        query = query.filter(groups::source.eq(source));
    }
    if let Some((name, id)) = &filter.after {
        let later = groups::name_key.gt(name.clone());
        query = query.filter(later.or(groups::name_key.eq(name.clone()).and(groups::id.gt(*id))));
    }
    let found = query.order((groups::name_key, groups::id)).limit(rows + 1).load(tx.conn)?;
    described(tx, found)
}

/// Groups by name, for an administrator who looks for some to choose.
///
/// # Errors
/// Only the database's.
pub fn search(
    tx: &mut Tx<'_>,
    _administrator: &Administrator,
    sought: &str,
    rows: i64,
) -> Result<Vec<Group>> {
    let sought = search_key(sought);
    let mut query = groups::table.select(Group::as_select()).into_boxed();
    if !sought.is_empty() {
        query = query.filter(groups::name_key.like(like_infix(&sought)).escape('\\'));
    }
    Ok(query.order((groups::name_key, groups::id)).limit(rows).load(tx.conn)?)
}

/// Adds what the rows tell, in two queries however many rows there are.
fn described(tx: &mut Tx<'_>, found: Vec<Group>) -> Result<Vec<GroupRow>> {
    let ids: Vec<Id<Group>> = found.iter().map(|group| group.id).collect();
    let people: Vec<(Id<Group>, UserKind, i64)> = group_members::table
        .inner_join(users::table)
        .filter(group_members::group_id.eq_any(ids.clone()).and(users::state.ne(UserState::Deleted)))
        .group_by((group_members::group_id, users::kind))
        .select((group_members::group_id, users::kind, diesel::dsl::count_star()))
        .load(tx.conn)?;
    let owners: Vec<(Id<Group>, i64)> = group_owners::table
        .filter(group_owners::group_id.eq_any(ids.clone()))
        .group_by(group_owners::group_id)
        .select((group_owners::group_id, diesel::dsl::count_star()))
        .load(tx.conn)?;
    let nullable: Vec<Option<Id<Group>>> = ids.into_iter().map(Some).collect();
    let given = app_assignments::group_id.eq_any(nullable).and(apps::enabled.eq(true).nullable());
    let opens: Vec<(Option<Id<Group>>, String)> = app_assignments::table
        .inner_join(apps::table)
        .filter(given)
        .order((apps::name_key, apps::id))
        .select((app_assignments::group_id, apps::name))
        .load(tx.conn)?;
    let row = |group: Group| {
        let of = |kind| people.iter().filter(|p| p.0 == group.id && p.1 == kind).map(|p| p.2).sum::<i64>();
        let (employees, guests) = (of(UserKind::Member), of(UserKind::Guest));
        let owners = owners.iter().filter(|o| o.0 == group.id).map(|o| o.1).sum();
        let opens = opens
            .iter()
            .filter(|(opener, _)| *opener == Some(group.id))
            .map(|(_, app)| app.clone())
            .collect();
        GroupRow { members: employees + guests, guests, owners, opens, group }
    };
    Ok(found.into_iter().map(row).collect())
}
