//! What an administrator looks at first: how much there is, and what needs attention (SPEC 6, `/admin`).

use diesel::prelude::*;

use crate::Result;
use crate::access::Administrator;
use crate::db::schema::{apps, deliveries, group_owners, groups, invitations, users};
use crate::db::{Count, Tx, count_of};
use crate::delivery::DeliveryState;
use crate::group::{GroupKind, takes_people};
use crate::group_owner;
use crate::invitation::is_pending;
use crate::user::{UserKind, UserState};

/// How many there are of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Members who may sign in.
    pub members: Count,
    /// Guests who may sign in.
    pub guests: Count,
    /// Groups of any kind.
    pub groups: Count,
    /// Security groups with assigned membership, kept here, that have an owner who may sign in.
    pub owned_groups: Count,
    /// Apps.
    pub apps: Count,
    /// Apps with self-service on.
    pub self_service_apps: Count,
    /// People who own a group that its owners fill, and manage it for no other reason, as administrators do.
    pub owners: Count,
    /// Invitations that can be answered, those on hold among them.
    pub open_invitations: Count,
    /// Invitations nobody answered in time.
    pub expired_invitations: Count,
    /// Mails that were given up.
    pub failed_mails: Count,
}

/// Counts everything, in one query.
///
/// # Errors
/// Only the database's.
pub fn counts(tx: &mut Tx<'_>, _administrator: &Administrator) -> Result<Counts> {
    let active = |kind: UserKind| {
        let of_kind = users::table.filter(users::kind.eq(kind).and(users::state.eq(UserState::Active)));
        count_of(of_kind.select(users::id))
    };
    // What `rules::obstacle` asks of each.
    let suitable = groups::kind.eq(GroupKind::Security).and(takes_people());
    let has_owner = groups::id.eq_any(group_owner::active().select(group_owners::group_id));
    let owners = group_owner::managers().filter(users::administrator.eq(false));
    let people = (active(UserKind::Member), active(UserKind::Guest), count_of(owners.select(users::id)));
    let things = (
        count_of(groups::table.select(groups::id)),
        count_of(groups::table.filter(suitable).filter(has_owner).select(groups::id)),
        count_of(apps::table.select(apps::id)),
        count_of(apps::table.filter(apps::self_service.eq(true)).select(apps::id)),
    );
    let open = invitations::table.filter(is_pending()).select(invitations::id);
    let failed = deliveries::table.filter(deliveries::state.eq(DeliveryState::Failed));
    let events = (
        count_of(open.filter(invitations::expires_at.gt(tx.now))),
        count_of(open.filter(invitations::expires_at.le(tx.now))),
        count_of(failed.select(deliveries::id)),
    );
    let (people, things, events): (Three, Four, Three) =
        diesel::select((people, things, events)).get_result(tx.conn)?;
    let (members, guests, owners) = people;
    let (groups, owned_groups, apps, self_service_apps) = things;
    let (open_invitations, expired_invitations, failed_mails) = events;
    Ok(Counts {
        members,
        guests,
        groups,
        owned_groups,
        apps,
        self_service_apps,
        owners,
        open_invitations,
        expired_invitations,
        failed_mails,
    })
}

type Three = (Count, Count, Count);
type Four = (Count, Count, Count, Count);
