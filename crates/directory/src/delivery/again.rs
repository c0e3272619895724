//! A second chance for a mail that was given up.

use diesel::prelude::*;

use super::{Delivery, DeliveryKind, DeliveryState};
use crate::access::Administrator;
use crate::activity::{self, Action, Object, ObjectKind};
use crate::db::schema::deliveries;
use crate::db::{Id, Timestamp, Tx};
use crate::{Error, Result};

/// Queues again a mail that was given up, and answers what it tells.
///
/// # Errors
/// [`Error::Hidden`] when there is none; [`Error::Stale`] unless it was given up.
pub fn queue_again(tx: &mut Tx<'_>, administrator: &Administrator, id: Id<Delivery>) -> Result<DeliveryKind> {
    let delivery: Option<Delivery> =
        deliveries::table.find(id).select(Delivery::as_select()).first(tx.conn).optional()?;
    let delivery = delivery.ok_or(Error::Hidden)?;
    if delivery.state != DeliveryState::Failed {
        return Err(Error::Stale);
    }
    diesel::update(deliveries::table.find(id))
        .set((
            deliveries::state.eq(DeliveryState::Queued),
            deliveries::attempts.eq(0),
            deliveries::next_attempt_at.eq(tx.now),
            // The courier that gave it up may still hold it for a while.
            deliveries::lease_until.eq(tx.now),
            deliveries::finished_at.eq(None::<Timestamp>),
        ))
        .execute(tx.conn)?;
    tx.owe_mail();
    let object = Object::new(ObjectKind::Mail, id, &delivery.recipient);
    activity::note(tx, administrator.actor(), Action::MailRetried, &object)?;
    Ok(delivery.kind)
}
