//! Lists of groups: those a person owns, those a person is in, and all for administrators.

use diesel::dsl::{AsSelect, IntoBoxed, Select};
use diesel::prelude::*;

use super::{Group, GroupMembership, GroupSource, takes_people};
use crate::Result;
use crate::access::{Actor, Administrator};
use crate::db::schema::{app_assignments, apps, group_members, group_owners, groups};
use crate::db::{ByName, Count, Id, MultiBackend, Tx, comes_after, count_of, like_infix};
use crate::group_member::is_listed;
use crate::group_owner;
use crate::page::{Page, limit_for};
use crate::text::search_key;
use crate::user::{User, UserKind};

/// A group in a list, with what its row tells.
#[derive(Clone, Debug)]
pub struct GroupRow {
    /// The group.
    pub group: Group,
    /// How many people are in it.
    pub members: Count,
    /// How many of them are guests.
    pub guests: Count,
    /// How many people who may sign in own it.
    pub owners: Count,
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
    pub after: Option<ByName<Group>>,
}

type Query<'a> = IntoBoxed<'a, Select<groups::table, AsSelect<Group, MultiBackend>>, MultiBackend>;

/// *Groups I own*, by name.
///
/// # Errors
/// Only the database's.
pub fn owned(
    tx: &mut Tx<'_>,
    actor: &Actor,
    after: Option<&ByName<Group>>,
    rows: i64,
) -> Result<Page<GroupRow>> {
    let query =
        groups::table.select(Group::as_select()).filter(groups::id.eq_any(owned_by(actor.id))).into_boxed();
    page(tx, query, after, rows)
}

/// Groups that the person owns and can add people to by hand: what to offer where a group is closed.
///
/// # Errors
/// Only the database's.
pub fn taking_people(tx: &mut Tx<'_>, actor: &Actor, rows: i64) -> Result<Vec<Group>> {
    let open = takes_people().and(groups::owners_manage_membership.eq(true));
    let query = groups::table.filter(groups::id.eq_any(owned_by(actor.id))).filter(open);
    Ok(query.select(Group::as_select()).order((groups::name_key, groups::id)).limit(rows).load(tx.conn)?)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn owned_by(user: Id<User>) -> _ {
    group_owners::table.filter(group_owners::user_id.eq(user)).select(group_owners::group_id)
}

/// *Groups I'm in*, by name.
///
/// # Errors
/// Only the database's.
pub fn joined(
    tx: &mut Tx<'_>,
    actor: &Actor,
    after: Option<&ByName<Group>>,
    rows: i64,
) -> Result<Page<GroupRow>> {
    let of_actor =
        group_members::table.filter(group_members::user_id.eq(actor.id)).select(group_members::group_id);
    let query = groups::table.select(Group::as_select()).filter(groups::id.eq_any(of_actor)).into_boxed();
    page(tx, query, after, rows)
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
) -> Result<Page<GroupRow>> {
    let mut query = named(&filter.search);
    if let Some(membership) = filter.membership {
        query = query.filter(groups::membership.eq(membership));
    }
    if let Some(source) = filter.source {
        query = query.filter(groups::source.eq(source));
    }
    page(tx, query, filter.after.as_ref(), rows)
}

fn page(
    tx: &mut Tx<'_>,
    query: Query<'_>,
    after: Option<&ByName<Group>>,
    rows: i64,
) -> Result<Page<GroupRow>> {
    let next = comes_after(groups::name_key, groups::id, after);
    let found: Vec<Group> =
        query.filter(next).order((groups::name_key, groups::id)).limit(limit_for(rows)).load(tx.conn)?;
    let Page { rows: shown, more } = Page::of(found, rows);
    Ok(Page { rows: described(tx, shown)?, more })
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
    Ok(named(sought).order((groups::name_key, groups::id)).limit(rows).load(tx.conn)?)
}

/// Groups with this in their name; all of them where nothing is sought.
fn named<'a>(sought: &str) -> Query<'a> {
    let query = groups::table.select(Group::as_select()).into_boxed();
    let sought = search_key(sought);
    if sought.is_empty() {
        return query;
    }
    query.filter(groups::name_key.like(like_infix(&sought)).escape('\\'))
}

/// Adds what the rows tell, in two queries however many rows there are.
fn described(tx: &mut Tx<'_>, found: Vec<Group>) -> Result<Vec<GroupRow>> {
    let ids: Vec<Id<Group>> = found.iter().map(|group| group.id).collect();
    let people = |kind: UserKind| {
        let of_group = group_members::table.filter(group_members::group_id.eq(groups::id));
        count_of(
            of_group.filter(group_members::kind.eq(kind).and(is_listed())).select(group_members::user_id),
        )
    };
    let owners = group_owner::active().filter(group_owners::group_id.eq(groups::id));
    let owners = count_of(owners.select(group_owners::user_id));
    let counted: Vec<(Id<Group>, Count, Count, Count)> = groups::table
        .filter(groups::id.eq_any(ids.clone()))
        .select((groups::id, people(UserKind::Member), people(UserKind::Guest), owners))
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
        let counts = counted.iter().find(|row| row.0 == group.id);
        let (employees, guests, owners) = counts.map_or_else(Default::default, |row| (row.1, row.2, row.3));
        let opens = opens
            .iter()
            .filter(|(opener, _)| *opener == Some(group.id))
            .map(|(_, app)| app.clone())
            .collect();
        GroupRow { members: employees + guests, guests, owners, opens, group }
    };
    Ok(found.into_iter().map(row).collect())
}
