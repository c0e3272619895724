//! Before a rule or a directory elsewhere decides who is in a group: no guest may be in it, and none on the
//! way to it (SPEC 3.2).

use diesel::prelude::*;

use super::Group;
use crate::Result;
use crate::access::Refusal;
use crate::app::App;
use crate::db::schema::{group_members, invitations, users};
use crate::db::{Id, Tx};
use crate::group_member::is_listed;
use crate::invitation::is_pending;
use crate::user::{UserKind, UserState};

/// How many of each are named.
const SHOWN: i64 = 20;

/// Lets something else than people decide about this group.
///
/// # Errors
/// [`Refusal::GuestsInGroup`] with the guests and open invitations that are in the way.
pub(super) fn without_guests(tx: &mut Tx<'_>, id: Id<Group>) -> Result<()> {
    let mut people = guests(tx, id)?;
    people.extend(invited(tx, id)?);
    if people.is_empty() { Ok(()) } else { Err(Refusal::GuestsInGroup { people }.into()) }
}

/// Takes guests out who are in the bin. They are in nobody's way, because no list shows them; but restored
/// they would be in a group that takes no guests. Where a rule decides, working it out takes them out: it
/// begins with an empty group.
pub(super) fn forget_deleted_guests(tx: &mut Tx<'_>, id: Id<Group>) -> Result<()> {
    let deleted = group_members::kind.eq(UserKind::Guest).and(group_members::state.eq(UserState::Deleted));
    diesel::delete(group_members::table.filter(group_members::group_id.eq(id).and(deleted)))
        .execute(tx.conn)?;
    Ok(())
}

/// The guests whom the list of the group shows.
fn guests(tx: &mut Tx<'_>, id: Id<Group>) -> Result<Vec<String>> {
    Ok(group_members::table
        .inner_join(users::table)
        .filter(group_members::group_id.eq(id).and(group_members::kind.eq(UserKind::Guest)))
        .filter(is_listed())
        .select(users::name)
        .order(users::name_key)
        .limit(SHOWN)
        .load(tx.conn)?)
}

/// Open invitations to the group or to an app it is the target of.
fn invited(tx: &mut Tx<'_>, id: Id<Group>) -> Result<Vec<String>> {
    let of_target = invitations::group_id.eq(id).or(invitations::app_id.eq_any(App::served_by(tx, id)?));
    Ok(invitations::table
        .filter(is_pending().and(of_target.assume_not_null()))
        .select(invitations::address_key)
        .order(invitations::address_key)
        .limit(SHOWN)
        .load(tx.conn)?)
}
