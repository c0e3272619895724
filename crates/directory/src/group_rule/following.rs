//! When a person is added or changes, every dynamic group follows at once, also those whose rule is still being worked
//! out.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::expression::Expression;
use super::person::Person;
use super::put_in;
use crate::Result;
use crate::db::schema::{group_members, groups};
use crate::db::{Id, Tx};
use crate::group::{Group, GroupMembership, GroupSource};
use crate::user::User;

/// A dynamic group, its rule, and whether a certain person is in it.
type Standing = (Id<Group>, Option<String>, bool);

/// Puts somebody who is new into the groups whose rules say so.
pub(crate) fn evaluate_user(tx: &mut Tx<'_>, user: &User) -> Result<()> {
    bring_in_line(tx, &Person::from(user))
}

/// Updates somebody's membership of every dynamic group, unless nothing has changed that rules look at.
pub(crate) fn follow(tx: &mut Tx<'_>, before: &User, after: &User) -> Result<()> {
    let (before, after) = (Person::from(before), Person::from(after));
    if before.attributes() == after.attributes() {
        return Ok(());
    }
    bring_in_line(tx, &after)
}

/// Asks for all groups in one query, and writes what differs.
fn bring_in_line(tx: &mut Tx<'_>, person: &Person) -> Result<()> {
    let (mut new, mut gone) = (Vec::new(), Vec::new());
    for (group, rule, is_in) in standings(tx, person.id)? {
        let rule = rule.and_then(|rule| Expression::parse(&rule).ok());
        match (person.is_taken_by(rule.as_ref()), is_in) {
            (true, false) => new.push(person.membership(group, tx.now)),
            (false, true) => gone.push(group),
            (true, true) | (false, false) => {}
        }
    }
    put_in(tx, &new)?;
    if !gone.is_empty() {
        let own = group_members::table.filter(group_members::user_id.eq(person.id));
        diesel::delete(own.filter(group_members::group_id.eq_any(gone))).execute(tx.conn)?;
    }
    Ok(())
}

fn standings(tx: &mut Tx<'_>, user: Id<User>) -> Result<Vec<Standing>> {
    let membership = group_members::table
        .filter(group_members::group_id.eq(groups::id).and(group_members::user_id.eq(user)));
    Ok(groups::table
        .filter(groups::membership.eq(GroupMembership::Dynamic).and(groups::source.eq(GroupSource::Cloud)))
        .select((groups::id, groups::rule, exists(membership)))
        .load(tx.conn)?)
}
