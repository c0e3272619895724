//! Mails that wait: all of them after a restore, because some went out before, until an administrator has looked; and
//! those of suspended invitations.

use diesel::prelude::*;

use super::{DeliveryKind, DeliveryState};
use crate::Result;
use crate::access::Administrator;
use crate::activity::{self, Action, Object};
use crate::db::schema::{deliveries, organisation};
use crate::db::{Id, Tx};
use crate::invitation::Invitation;
use crate::organisation::Organisation;

/// The states of a mail that is still owed.
pub(super) const OWED: [DeliveryState; 3] =
    [DeliveryState::Queued, DeliveryState::Retrying, DeliveryState::OnHold];

/// Lets the mail of an invitation that was suspended go now; also one that a courier has read and is about to put on
/// hold.
pub(crate) fn off_hold(tx: &mut Tx<'_>, invitation: Id<Invitation>) -> Result<()> {
    let untried = [DeliveryState::Queued, DeliveryState::OnHold];
    let waits = deliveries::invitation_id.eq(invitation).and(deliveries::state.eq_any(untried));
    let now = (deliveries::state.eq(DeliveryState::Queued), deliveries::next_attempt_at.eq(tx.now));
    diesel::update(deliveries::table.filter(waits)).set(now).execute(tx.conn)?;
    Ok(())
}

/// Lets go of what couriers of before held, and drops the codes, which are void.
pub(crate) fn wait_for_release(tx: &mut Tx<'_>) -> Result<()> {
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

/// The organisation, if it holds its mail.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn holding() -> _ {
    organisation::table.filter(organisation::mail_held_since.is_not_null())
}

/// Lets the courier send again. Doing it twice is no mistake.
///
/// # Errors
/// Only the database's.
pub fn release(tx: &mut Tx<'_>, administrator: &Administrator) -> Result<()> {
    let none = organisation::mail_held_since.eq(None::<crate::db::Timestamp>);
    if diesel::update(holding()).set(none).execute(tx.conn)? == 0 {
        return Ok(());
    }
    let name = Organisation::load(tx)?.profile.name;
    activity::note(tx, administrator.actor(), Action::MailReleased, &Object::organisation(&name))
}
