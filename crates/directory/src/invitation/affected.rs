//! How many open invitations there are to an app or a group, and would be put on hold by one of its switches.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::joined::{answerers, inviters, joined, standing};
use super::loaded::{Ground, InvitedApp, InvitedGroup, Loaded};
use super::{Invitation, Standing, is_pending};
use crate::Result;
use crate::access::{Administrator, app_key, group_key};
use crate::app::App;
use crate::db::schema::{app_assignments, apps, group_members, group_owners, groups, invitations, users};
use crate::db::{Count, Id, Tx};
use crate::group::Group;
use crate::organisation::Organisation;
use crate::page::limit_for;
use crate::user::User;

/// How many invitations to this app can be accepted now. All of them are on hold as soon as the app is not enabled, its
/// self-service is off, or its target group does not have it (SPEC 3.1).
///
/// # Errors
/// Only the database's.
pub fn count_open_to_app(
    tx: &mut Tx<'_>,
    _administrator: &Administrator,
    organisation: &Organisation,
    app: Id<App>,
) -> Result<Count> {
    let open = open_to(tx, organisation, vec![app_key(app)])?;
    Ok(count(open.len()))
}

/// How many invitations to this group, or to an app whose target it is, can be accepted now on the authority of
/// somebody who manages it as an owner only. They are on hold as soon as owners do not manage its membership.
///
/// # Errors
/// Only the database's.
pub fn count_open_by_owners(
    tx: &mut Tx<'_>,
    _administrator: &Administrator,
    organisation: &Organisation,
    group: Id<Group>,
) -> Result<Count> {
    let keys = keys_into(tx, group)?;
    let open = open_to(tx, organisation, keys)?;
    Ok(count(open.iter().filter(|(_, _, answerable, ..)| !answerable.is_administrator()).count()))
}

/// How many invitations to this group, or to an app whose target it is, can still be answered, those on hold among
/// them.
///
/// # Errors
/// Only the database's.
pub fn count_open_into(tx: &mut Tx<'_>, _administrator: &Administrator, group: Id<Group>) -> Result<Count> {
    let keys = keys_into(tx, group)?;
    let open = is_pending().and(invitations::expires_at.gt(tx.now));
    let into_it = invitations::table.filter(open).filter(invitations::target_key.eq_any(keys));
    Ok(Count::of(into_it.count().get_result(tx.conn)?))
}

/// What the invitations are for whose guests come into this group.
fn keys_into(tx: &mut Tx<'_>, group: Id<Group>) -> Result<Vec<String>> {
    let served = apps::table.filter(apps::target_group_id.eq(group)).select(apps::id);
    let served: Vec<Id<App>> = served.load(tx.conn)?;
    Ok([group_key(group)].into_iter().chain(served.into_iter().map(app_key)).collect())
}

/// The invitations to these targets that can be accepted now, as far as anybody counts them.
fn open_to(tx: &mut Tx<'_>, organisation: &Organisation, keys: Vec<String>) -> Result<Vec<Loaded>> {
    let (now, organisation) = (tx.now, &organisation.released());
    let open = is_pending().and(invitations::expires_at.gt(now));
    let loaded: Vec<Loaded> = joined!()
        .select(standing!(InvitedApp, InvitedGroup))
        .filter(open)
        .filter(invitations::target_key.eq_any(keys))
        .limit(limit_for(Count::LIMIT))
        .load(tx.conn)?;
    let stands = |(invitation, guest, answerable, _, app, group, ties): &Loaded| {
        let ground = Ground::of(invitation, *answerable, app.as_ref(), group.as_ref(), *ties);
        ground.standing(invitation, guest, organisation, now) == Standing::Open
    };
    Ok(loaded.into_iter().filter(stands).collect())
}

fn count(open: usize) -> Count {
    Count::of(i64::try_from(open).unwrap_or(i64::MAX))
}
