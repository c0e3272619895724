//! Membership of assigned groups, by hand: through a manager's proof only.

use diesel::prelude::*;

use crate::access::{Actor, Manager, Target, rules};
use crate::activity::{self, Action, Change, ObjectKind};
use crate::db::schema::{group_members, users};
use crate::db::{Id, Tx};
use crate::delivery;
use crate::group::Group;
use crate::language::Language;
use crate::user::User;
use crate::{Error, Result};

/// Puts an active person into the managed group and owes the mail that says so.
pub(crate) fn put_in(
    tx: &mut Tx<'_>,
    manager: &Manager,
    user: &User,
    language: Option<Language>,
) -> Result<()> {
    let target = manager.target();
    let group = target.group().ok_or(Error::Hidden)?;
    insert(tx, group, user)?;
    let language = language.or(user.language).unwrap_or(manager.organisation().profile.default_language);
    delivery::queue_added(tx, target, user, manager.actor(), language)?;
    record(tx, manager.actor(), Action::MemberAdded, group, user)
}

/// Puts a guest who redeems into the invited group. Whoever is in it already stays in it.
pub(crate) fn redeem_into(tx: &mut Tx<'_>, target: &Target, guest: &Actor, user: &User) -> Result<()> {
    let Some(group) = target.group() else { return Ok(()) };
    rules::take_people(&group.facts())?;
    if contains(tx, group, user.id)? {
        return Ok(());
    }
    insert(tx, group, user)?;
    record(tx, guest, Action::MemberAdded, group, user)
}

/// Takes a person out of the managed group: from the next request on, everywhere.
///
/// # Errors
/// [`Error::Refused`] for a dynamic or synced group (SPEC 3.2); [`Error::Hidden`] when the person is not in it.
pub fn remove(tx: &mut Tx<'_>, manager: &Manager, user: Id<User>) -> Result<User> {
    let group = manager.target().group().ok_or(Error::Hidden)?;
    rules::take_people(&group.facts())?;
    let user = User::find(tx, user)?;
    if diesel::delete(group_members::table.find((group.id, user.id))).execute(tx.conn)? == 0 {
        return Err(Error::Hidden);
    }
    record(tx, manager.actor(), Action::MemberRemoved, group, &user)?;
    Ok(user)
}

/// The person, if in the managed group: for the page that confirms the removal.
///
/// # Errors
/// [`Error::Hidden`] when the person is not in it.
pub fn find(tx: &mut Tx<'_>, manager: &Manager, user: Id<User>) -> Result<User> {
    let group = manager.target().group().ok_or(Error::Hidden)?;
    if contains(tx, group, user)? { User::find(tx, user) } else { Err(Error::Hidden) }
}

/// How many people are in a group.
///
/// # Errors
/// Only the database's.
pub fn count(tx: &mut Tx<'_>, group: Id<Group>) -> Result<i64> {
    Ok(group_members::table.filter(group_members::group_id.eq(group)).count().get_result(tx.conn)?)
}

/// Fellow members of a group by name, for those who may see them.
///
/// # Errors
/// Only the database's.
pub fn list(
    tx: &mut Tx<'_>,
    group: Id<Group>,
    after: Option<&(String, Id<User>)>,
    rows: i64,
) -> Result<Vec<User>> {
    let mut query = group_members::table
        .inner_join(users::table)
        .filter(group_members::group_id.eq(group))
        .select(User::as_select())
        .into_boxed();
    if let Some((name, id)) = after {
        let later = users::name_key.gt(name.clone());
        query = query.filter(later.or(users::name_key.eq(name.clone()).and(users::id.gt(*id))));
    }
    Ok(query.order((users::name_key, users::id)).limit(rows + 1).load(tx.conn)?)
}

/// Fills a group from the sample data, which stands in for the directory that a synced group comes from.
///
/// # Errors
/// Only the database's.
pub fn fill(tx: &mut Tx<'_>, group: &Group, people: &[Id<User>]) -> Result<()> {
    for person in people {
        let user = User::find(tx, *person)?;
        if !contains(tx, group, user.id)? {
            insert(tx, group, &user)?;
        }
    }
    Ok(())
}

fn contains(tx: &mut Tx<'_>, group: &Group, user: Id<User>) -> Result<bool> {
    Ok(group_members::table.find((group.id, user)).count().get_result::<i64>(tx.conn)? > 0)
}

fn insert(tx: &mut Tx<'_>, group: &Group, user: &User) -> Result<()> {
    let row = (
        group_members::group_id.eq(group.id),
        group_members::user_id.eq(user.id),
        group_members::created_at.eq(tx.now),
    );
    diesel::insert_into(group_members::table).values(row).execute(tx.conn)?;
    Ok(())
}

fn record(tx: &mut Tx<'_>, actor: &Actor, action: Action, group: &Group, user: &User) -> Result<()> {
    let member = serde_json::json!({ "member": user.name, "address": user.address });
    let object = activity::Object::new(ObjectKind::Group, group.id, &group.name);
    let change =
        if action == Action::MemberRemoved { Change::removed(&member) } else { Change::made(&member) };
    activity::record(tx, actor, action, &object, &change)
}
