//! Owners of a group: members of the organisation who manage it. An owner is not thereby in the group (SPEC 1).

use diesel::prelude::*;

use crate::access::{Administrator, Refusal, rules};
use crate::activity::{self, Action, Change};
use crate::db::schema::{apps, group_owners, groups, users};
use crate::db::{Id, Tx};
use crate::group::{Group, takes_people};
use crate::user::{User, UserState};
use crate::{Error, Result};

/// The owners of a group by name.
///
/// # Errors
/// Only the database's.
pub fn list(tx: &mut Tx<'_>, group: Id<Group>) -> Result<Vec<User>> {
    let owners = group_owners::table.inner_join(users::table).filter(group_owners::group_id.eq(group));
    Ok(owners.select(User::as_select()).order((users::name_key, users::id)).load(tx.conn)?)
}

/// Owners who may sign in: no others count (SPEC 5.1).
#[diesel::dsl::auto_type]
pub(crate) fn active() -> _ {
    let active: UserState = UserState::Active;
    group_owners::table.inner_join(users::table).filter(users::state.eq(active))
}

/// The ownership of groups that their owners fill. The tenant's switch is not asked.
#[diesel::dsl::auto_type]
pub(crate) fn managing() -> _ {
    let open = groups::table.filter(groups::owners_manage_membership.eq(true)).filter(takes_people());
    group_owners::table.filter(group_owners::group_id.eq_any(open.select(groups::id)))
}

/// People who may sign in and own a group that its owners fill. The tenant's switch is not asked.
#[diesel::dsl::auto_type(no_type_alias)]
pub(crate) fn managers() -> _ {
    let active: UserState = UserState::Active;
    let owns = users::id.eq_any(managing().select(group_owners::user_id));
    users::table.filter(users::state.eq(active)).filter(owns)
}

/// This person's ownership of the target group of the app in question.
#[diesel::dsl::auto_type(no_type_alias)]
pub(crate) fn owners_of_target(user: Id<User>) -> _ {
    let of_target = apps::target_group_id.eq(group_owners::group_id.nullable());
    group_owners::table.filter(of_target.and(group_owners::user_id.eq(user)))
}

/// Every ownership of the person in question.
#[diesel::dsl::auto_type]
pub(crate) fn of_person() -> _ {
    group_owners::table.filter(group_owners::user_id.eq(users::id))
}

/// Makes a member owner of a group.
///
/// # Errors
/// [`Refusal::GuestCannotOwn`]; [`Refusal::BlockedUser`] for somebody who is not active.
pub fn add(tx: &mut Tx<'_>, administrator: &Administrator, group: &Group, user: Id<User>) -> Result<()> {
    let user = User::find(tx, user)?;
    rules::own(user.kind)?;
    if user.state != UserState::Active {
        return Err(Refusal::BlockedUser.into());
    }
    let existing = group_owners::table.find((group.id, user.id)).count().get_result::<i64>(tx.conn)?;
    if existing > 0 {
        return Ok(());
    }
    let row = (
        group_owners::group_id.eq(group.id),
        group_owners::user_id.eq(user.id),
        group_owners::created_at.eq(tx.now),
    );
    diesel::insert_into(group_owners::table).values(row).execute(tx.conn)?;
    let detail = serde_json::json!({ "owner": user.name });
    activity::record(
        tx,
        administrator.actor(),
        Action::OwnerAdded,
        &group.as_object(),
        &Change::made(&detail),
    )
}

/// Takes ownership from a person; a group keeps at least one owner, and one who is active if it has one.
///
/// # Errors
/// [`Refusal::LastOwner`]; [`Error::Hidden`] when the person is no owner.
pub fn remove(tx: &mut Tx<'_>, administrator: &Administrator, group: &Group, user: Id<User>) -> Result<()> {
    let owners = list(tx, group.id)?;
    let owner = owners.iter().find(|owner| owner.id == user).ok_or(Error::Hidden)?;
    let is_active = |owner: &User| owner.state == UserState::Active;
    let another_acts = owners.iter().any(|other| other.id != user && is_active(other));
    if owners.len() == 1 || (is_active(owner) && !another_acts) {
        return Err(Refusal::LastOwner.into());
    }
    diesel::delete(group_owners::table.find((group.id, user))).execute(tx.conn)?;
    let detail = serde_json::json!({ "owner": owner.name });
    activity::record(
        tx,
        administrator.actor(),
        Action::OwnerRemoved,
        &group.as_object(),
        &Change::removed(&detail),
    )
}
