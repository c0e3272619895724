//! Before a rule or a directory elsewhere decides who is in a group: no guest may be in it, and none on the
//! way to it (SPEC 3.2).

use std::iter;

use diesel::prelude::*;

use super::Group;
use crate::Result;
use crate::access::{Refusal, app_key, group_key};
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
/// they would be in a group that takes no guests. A rule that is worked out later would take them out too late.
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

/// Open invitations to the group or to an app it is the target of: the first of each, from the index that lets an
/// address be invited to a target once.
fn invited(tx: &mut Tx<'_>, id: Id<Group>) -> Result<Vec<String>> {
    let apps = App::served_by(tx, id)?.into_iter().flatten().map(app_key);
    let mut invited: Vec<String> = Vec::new();
    for key in iter::once(group_key(id)).chain(apps) {
        let open = invitations::table.filter(invitations::target_key.eq(key).and(is_pending()));
        let first = open.select(invitations::address_key).order(invitations::address_key).limit(SHOWN);
        invited.extend(first.load::<String>(tx.conn)?);
    }
    invited.sort();
    invited.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
    Ok(invited)
}
