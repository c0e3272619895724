//! Before a rule or a directory elsewhere decides who is in a group: no guest may be in it, and none on the
//! way to it (SPEC 3.2).

use std::iter;

use diesel::prelude::*;

use super::{Group, GroupSource};
use crate::Result;
use crate::access::{Refusal, app_key, group_key};
use crate::app::App;
use crate::db::schema::{group_members, groups, invitations, users};
use crate::db::{Id, Tx};
use crate::group_member::is_listed;
use crate::invitation::is_pending;
use crate::text::Name;
use crate::user::{UserKind, UserState};

/// How many of each are named.
const SHOWN: i64 = 20;

impl Group {
    /// Turns a group into one that a directory on the premises keeps. Deleted guests are taken out of it.
    ///
    /// # Errors
    /// [`Refusal::GuestsInGroup`] with guests or open invitations in it (SPEC 3.2).
    pub fn hand_to_directory(tx: &mut Tx<'_>, id: Id<Group>, synced_from: &Name) -> Result<()> {
        refuse_guests(tx, id)?;
        forget_deleted_guests(tx, id)?;
        diesel::update(groups::table.find(id))
            .set((
                groups::source.eq(GroupSource::Synced),
                groups::synced_from.eq(Some(synced_from.as_str())),
                groups::synced_at.eq(Some(tx.now)),
            ))
            .execute(tx.conn)?;
        Ok(())
    }
}

/// Refuses a group with guests in it or on the way to it.
///
/// # Errors
/// [`Refusal::GuestsInGroup`] with the guests and open invitations that are in the way.
pub(super) fn refuse_guests(tx: &mut Tx<'_>, id: Id<Group>) -> Result<()> {
    let mut people = guests(tx, id)?;
    people.extend(invited(tx, id)?);
    if people.is_empty() { Ok(()) } else { Err(Refusal::GuestsInGroup { people }.into()) }
}

/// Takes out the guests who are deleted. No list shows them, so that they are in nobody's way; but once restored they
/// would be in a group that takes no guests, and a rule that is worked out later would take them out too late.
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
    let apps = App::ids_targeting(tx, id)?.into_iter().map(app_key);
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
