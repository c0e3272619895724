//! Working a rule out for a whole directory: in steps, each a transaction, so that nobody waits long for a large one.
//!
//! What is saved takes the first step in its own transaction, which is the whole way in a directory that is not large.
//! The rest is left to an errand. Until it is done the group says so ([`Group::is_being_worked_out`]), and whoever
//! comes or changes meanwhile is where the rule says at once.

use std::collections::BTreeSet;

use diesel::prelude::*;
use uuid::Uuid;

use super::expression::Expression;
use super::person::Person;
use super::{PEOPLE, put_in};
use crate::Result;
use crate::db::schema::{group_members, groups};
use crate::db::{Id, Tx};
use crate::group::{Group, GroupSource};
use crate::group_member::Membership;
use crate::user::User;

/// How many times [`PEOPLE`] one transaction looks at; others wait to write for as long as it takes.
const TIMES: usize = 2;
/// Before and after every id.
const ENDS: (Id<User>, Id<User>) = (Id::new(Uuid::nil()), Id::new(Uuid::max()));

/// How far the rule of a group is worked out.
#[derive(Clone, Debug)]
pub struct Place {
    group: Id<Group>,
    /// The version of the group. Its rule may have been changed and changed back, and people meanwhile: then all begins
    /// anew.
    version: i64,
    /// The last of the people who were looked at.
    after: Id<User>,
}

/// Takes the first step for a group that was saved with another rule, and answers the group as it is then.
pub(crate) fn begin(tx: &mut Tx<'_>, group: Group) -> Result<Group> {
    if !group.is_being_worked_out() {
        return Ok(group);
    }
    step(tx, &group, ENDS.0)?;
    Group::find(tx, group.id)
}

/// Where a rule is still to be worked out, if anywhere.
///
/// # Errors
/// Only the database's.
pub fn unfinished(tx: &mut Tx<'_>) -> Result<Option<Place>> {
    let group: Option<(Id<Group>, i64)> = groups::table
        .filter(groups::rule.is_not_null().and(groups::rule_evaluated_at.is_null()))
        .filter(groups::source.eq(GroupSource::Cloud))
        .select((groups::id, groups::version))
        .order(groups::id)
        .first(tx.conn)
        .optional()?;
    Ok(group.map(|(group, version)| Place { group, version, after: ENDS.0 }))
}

/// Takes the next step, and answers where to take the one after it. Several may do so at once, to no harm.
///
/// # Errors
/// Only the database's.
pub fn work_out(tx: &mut Tx<'_>, place: &Place) -> Result<Option<Place>> {
    let group: Option<Group> =
        groups::table.find(place.group).select(Group::as_select()).first(tx.conn).optional()?;
    let same = |group: &Group| group.version == place.version && group.is_being_worked_out();
    let Some(group) = group.filter(same) else { return unfinished(tx) };
    match step(tx, &group, place.after)? {
        Some(after) => Ok(Some(Place { after, ..*place })),
        None => unfinished(tx),
    }
}

/// Looks at the people after this one, as many as one transaction may. Answers the last of them if others follow;
/// otherwise the rule is worked out.
fn step(tx: &mut Tx<'_>, group: &Group, after: Id<User>) -> Result<Option<Id<User>>> {
    let rule = group.rule.as_deref().and_then(|rule| Expression::parse(rule).ok());
    let mut after = after;
    for _ in 0..TIMES {
        let people = Person::after(tx, after, PEOPLE)?;
        let taken: Vec<&Person> =
            people.rows.iter().filter(|person| person.is_taken_by(rule.as_ref())).collect();
        let last = people.rows.last().filter(|_| people.more).map(|person| person.id);
        bring_in_line(tx, group.id, &taken, after, last.unwrap_or(ENDS.1))?;
        match last {
            Some(last) => after = last,
            None => return finish(tx, group.id).map(|()| None),
        }
    }
    Ok(Some(after))
}

/// Writes how the group differs from those whom the rule takes, among the people beyond `after` and up to
/// `last`.
fn bring_in_line(
    tx: &mut Tx<'_>,
    group: Id<Group>,
    taken: &[&Person],
    after: Id<User>,
    last: Id<User>,
) -> Result<()> {
    let of_group = || group_members::table.filter(group_members::group_id.eq(group));
    let between = group_members::user_id.gt(after).and(group_members::user_id.le(last));
    let there: Vec<Id<User>> = of_group().filter(between).select(group_members::user_id).load(tx.conn)?;
    let there = BTreeSet::from_iter(there);
    let right: BTreeSet<Id<User>> = taken.iter().map(|person| person.id).collect();
    let missing = taken.iter().filter(|person| !there.contains(&person.id));
    let missing: Vec<Membership> = missing.map(|person| person.membership(group, tx.now)).collect();
    put_in(tx, &missing)?;
    let wrong: Vec<Id<User>> = there.difference(&right).copied().collect();
    if !wrong.is_empty() {
        diesel::delete(of_group().filter(group_members::user_id.eq_any(wrong))).execute(tx.conn)?;
    }
    Ok(())
}

fn finish(tx: &mut Tx<'_>, group: Id<Group>) -> Result<()> {
    let evaluated = groups::rule_evaluated_at.eq(Some(tx.now));
    diesel::update(groups::table.find(group)).set(evaluated).execute(tx.conn)?;
    Ok(())
}
