//! Mails that wait: after a restore all of them, because some may have left already, until an administrator releases
//! them; and those of suspended invitations.

use diesel::prelude::*;

use super::{DeliveryKind, DeliveryState};
use crate::Result;
use crate::access::Administrator;
use crate::activity::{self, Action, Object};
use crate::db::schema::deliveries;
use crate::db::{Id, Tx};
use crate::invitation::Invitation;
use crate::organisation::{Organisation, end_hold};

/// The states of a mail that is still owed.
pub(super) const OWED: [DeliveryState; 3] =
    [DeliveryState::Queued, DeliveryState::Retrying, DeliveryState::OnHold];

/// Makes the mail of an invitation that was suspended due now, also where a courier has read it and is about to put it
/// on hold.
pub(crate) fn off_hold(tx: &mut Tx<'_>, invitation: Id<Invitation>) -> Result<()> {
    let untried = [DeliveryState::Queued, DeliveryState::OnHold];
    let waits = deliveries::invitation_id.eq(invitation).and(deliveries::state.eq_any(untried));
    let now = (deliveries::state.eq(DeliveryState::Queued), deliveries::next_attempt_at.eq(tx.now));
    if diesel::update(deliveries::table.filter(waits)).set(now).execute(tx.conn)? > 0 {
        tx.owe_mail();
    }
    Ok(())
}

/// Makes the outbox of a restored directory its own: ends the leases of couriers that were at work at the time of the
/// backup, and drops the mails with codes, which are void.
pub(crate) fn reset_outbox(tx: &mut Tx<'_>) -> Result<()> {
    let owed = deliveries::table.filter(deliveries::state.eq_any(OWED));
    diesel::update(owed.clone())
        .set((deliveries::lease_until.eq(deliveries::created_at), deliveries::lease_holder.eq("")))
        .execute(tx.conn)?;
    diesel::update(owed.filter(deliveries::kind.eq(DeliveryKind::Code)))
        .set((deliveries::state.eq(DeliveryState::Dropped), deliveries::finished_at.eq(Some(tx.now))))
        .execute(tx.conn)?;
    Ok(())
}

/// How many mails are owed.
pub(crate) fn count_waiting(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(deliveries::table.filter(deliveries::state.eq_any(OWED)).count().get_result(tx.conn)?)
}

/// Ends what a restore began: held mail leaves, and people get in again who are no administrators. Where nothing is
/// held, nothing happens.
///
/// # Errors
/// Only the database's.
pub fn release(tx: &mut Tx<'_>, administrator: &Administrator) -> Result<()> {
    if !end_hold(tx)? {
        return Ok(());
    }
    tx.owe_mail();
    let name = Organisation::load(tx)?.profile.name;
    activity::note(tx, administrator.actor(), Action::MailReleased, &Object::organisation(&name))
}
