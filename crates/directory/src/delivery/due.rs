//! Which mails are due: codes first, then what has waited longest. Each query reads one stretch of an index and stops,
//! however much waits.

use chrono::TimeDelta;
use diesel::helper_types::IntoBoxed;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::hold::OWED;
use super::{Delivery, DeliveryKind, DeliveryState};
use crate::Result;
use crate::db::schema::deliveries;
use crate::db::{MultiBackend, Timestamp, Tx, literal};
use crate::organisation::is_held;

/// The longest time until the next try of a mail.
pub(super) const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(5);

/// How many mails of suspended invitations are looked at together.
const LOOKED_AT: i64 = 50;

/// By how much two couriers may disagree about the time, because one of them began its transaction before the other.
/// Only a lease that ends later still was given by a clock that has been corrected since.
const DISAGREEMENT: TimeDelta = TimeDelta::minutes(1);

literal!(
    /// To leave as soon as it can, in the words of the index over such mails.
    IsPrompt: Bool = "deliveries.state IN ('queued', 'retrying')"
);

type Query<'a> = IntoBoxed<
    'a,
    diesel::dsl::Select<deliveries::table, diesel::dsl::AsSelect<Delivery, MultiBackend>>,
    MultiBackend,
>;

/// Mails that may be claimed now, at most so many. Codes come first: who waits for one waits for no other mail, and
/// without one nobody could sign in to release those that are held after a restore. Mails of suspended invitations are
/// looked at when nothing else is due.
pub(super) fn due(tx: &mut Tx<'_>, lease: TimeDelta, most: i64) -> Result<Vec<Delivery>> {
    let mut found = prompt(tx, DeliveryKind::Code, lease, most)?;
    let left = most - i64::try_from(found.len()).unwrap_or(most);
    if left == 0 {
        return Ok(found);
    }
    if is_held(tx)? {
        let codes = free(tx.now, lease).filter(deliveries::kind.eq(DeliveryKind::Code));
        found.extend(put_off_too_long(tx, codes, left)?);
        return Ok(found);
    }
    let mut others = prompt(tx, DeliveryKind::Invitation, lease, left)?;
    others.extend(prompt(tx, DeliveryKind::Added, lease, left)?);
    others.sort_by_key(|delivery| delivery.next_attempt_at);
    others.truncate(usize::try_from(left).unwrap_or(0));
    found.append(&mut others);
    if found.is_empty() {
        found = put_off_too_long(tx, free(tx.now, lease), most)?;
    }
    if found.is_empty() {
        let on_hold = free(tx.now, lease).filter(deliveries::state.eq(DeliveryState::OnHold));
        found = longest_due(tx, on_hold, LOOKED_AT)?;
    }
    Ok(found)
}

fn prompt(tx: &mut Tx<'_>, kind: DeliveryKind, lease: TimeDelta, most: i64) -> Result<Vec<Delivery>> {
    longest_due(tx, free(tx.now, lease).filter(deliveries::kind.eq(kind).and(IsPrompt)), most)
}

/// Mails whose next try is further off than any courier would set it now: it was set by a clock that has been corrected
/// since, so they may go at once (SECURITY J4).
fn put_off_too_long(tx: &mut Tx<'_>, query: Query<'_>, most: i64) -> Result<Vec<Delivery>> {
    let beyond = deliveries::state.eq_any(OWED).and(deliveries::next_attempt_at.gt(tx.now + LONGEST_WAIT));
    Ok(query.filter(beyond).limit(most).load(tx.conn)?)
}

fn longest_due(tx: &mut Tx<'_>, query: Query<'_>, most: i64) -> Result<Vec<Delivery>> {
    let due = query.filter(deliveries::next_attempt_at.le(tx.now));
    Ok(due.order(deliveries::next_attempt_at).limit(most).load(tx.conn)?)
}

/// Mails that no courier has under way.
fn free<'a>(now: Timestamp, lease: TimeDelta) -> Query<'a> {
    let until = deliveries::lease_until;
    let free = until.le(now).or(until.gt(now + lease + DISAGREEMENT));
    deliveries::table.select(Delivery::as_select()).filter(free).into_boxed()
}
