//! What an administrator looks at first: how much there is, and what needs attention (SPEC 6, `/admin`).

use diesel::prelude::*;

use crate::Result;
use crate::access::Administrator;
use crate::db::Tx;
use crate::db::schema::{apps, deliveries, group_owners, groups, invitations, users};
use crate::delivery::DeliveryState;
use crate::group::{GroupKind, GroupMembership, GroupSource};
use crate::invitation::is_pending;
use crate::user::{UserKind, UserState};

/// How many there are of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Members who may sign in.
    pub members: i64,
    /// Guests who may sign in.
    pub guests: i64,
    /// Groups of any kind.
    pub groups: i64,
    /// Security groups with assigned membership, kept here, that have an owner.
    pub owned_groups: i64,
    /// Apps.
    pub apps: i64,
    /// Apps with self-service on.
    pub self_service_apps: i64,
    /// People who own a group in which owners manage membership.
    pub owners: i64,
    /// Invitations that can be answered, those on hold among them.
    pub open_invitations: i64,
    /// Invitations nobody answered in time.
    pub expired_invitations: i64,
    /// Mails that were given up.
    pub failed_mails: i64,
}

/// Counts everything, in one query.
///
/// # Errors
/// Only the database's.
pub fn counts(tx: &mut Tx<'_>, _administrator: &Administrator) -> Result<Counts> {
    let active = |kind| users::state.eq(UserState::Active).and(users::kind.eq(kind));
    let suitable = groups::kind
        .eq(GroupKind::Security)
        .and(groups::membership.eq(GroupMembership::Assigned))
        .and(groups::source.eq(GroupSource::Cloud));
    let has_owner = groups::id.eq_any(group_owners::table.select(group_owners::group_id));
    let switched_on = groups::table.filter(groups::owners_manage_membership.eq(true)).select(groups::id);
    let owns =
        group_owners::table.filter(group_owners::group_id.eq_any(switched_on)).select(group_owners::user_id);
    let pending = || is_pending();
    let people = (
        users::table.filter(active(UserKind::Member)).count().single_value(),
        users::table.filter(active(UserKind::Guest)).count().single_value(),
        users::table
            .filter(users::state.eq(UserState::Active))
            .filter(users::id.eq_any(owns))
            .count()
            .single_value(),
    );
    let things = (
        groups::table.count().single_value(),
        groups::table.filter(suitable).filter(has_owner).count().single_value(),
        apps::table.count().single_value(),
        apps::table.filter(apps::self_service.eq(true)).count().single_value(),
    );
    let events = (
        invitations::table.filter(pending().and(invitations::expires_at.gt(tx.now))).count().single_value(),
        invitations::table.filter(pending().and(invitations::expires_at.le(tx.now))).count().single_value(),
        deliveries::table.filter(deliveries::state.eq(DeliveryState::Failed)).count().single_value(),
    );
    let (people, things, events): (Three, Four, Three) =
        diesel::select((people, things, events)).get_result(tx.conn)?;
    let whole = |count: Option<i64>| count.unwrap_or(0);
    Ok(Counts {
        members: whole(people.0),
        guests: whole(people.1),
        owners: whole(people.2),
        groups: whole(things.0),
        owned_groups: whole(things.1),
        apps: whole(things.2),
        self_service_apps: whole(things.3),
        open_invitations: whole(events.0),
        expired_invitations: whole(events.1),
        failed_mails: whole(events.2),
    })
}

type Three = (Option<i64>, Option<i64>, Option<i64>);
type Four = (Option<i64>, Option<i64>, Option<i64>, Option<i64>);
