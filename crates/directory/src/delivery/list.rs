//! Mails as administrators and managers see them.

use diesel::prelude::*;

use super::{Delivery, DeliveryKind, DeliveryState};
use crate::access::{Administrator, Refusal};
use crate::activity::{self, Action, Object, ObjectKind};
use crate::db::schema::deliveries;
use crate::db::{Id, Tx, like_infix, word};
use crate::page::{Page, limit_for};
use crate::text::search_key;
use crate::{Error, Result};

/// Which mails to list.
#[derive(Clone, Debug, Default)]
pub struct DeliveryFilter {
    /// Part of the recipient's address.
    pub search: String,
    /// Only these.
    pub state: Option<DeliveryState>,
    /// Only those before this one: the next page.
    pub before: Option<Id<Delivery>>,
}

/// All mails, newest first.
///
/// # Errors
/// Only the database's.
pub fn list(
    tx: &mut Tx<'_>,
    _administrator: &Administrator,
    filter: &DeliveryFilter,
    rows: i64,
) -> Result<Page<Delivery>> {
    let mut query = deliveries::table.select(Delivery::as_select()).into_boxed();
    let sought = search_key(&filter.search);
    if !sought.is_empty() {
        query = query.filter(deliveries::recipient_key.like(like_infix(&sought)).escape('\\'));
    }
    query = match filter.state {
        None => query,
        // Most are: they are met along the way, from the newest on. Of an index by state SQLite would sort all of them.
        Some(DeliveryState::Sent) => DeliveryState::ALL
            .iter()
            .filter(|state| **state != DeliveryState::Sent)
            .fold(query, |query, other| query.filter(deliveries::state.ne(word(other.as_str())))),
        Some(state) => query.filter(deliveries::state.eq(word(state.as_str()))),
    };
    if let Some(before) = filter.before {
        query = query.filter(deliveries::id.lt(before));
    }
    Ok(Page::of(query.order(deliveries::id.desc()).limit(limit_for(rows)).load(tx.conn)?, rows))
}

/// Queues a mail that was given up once more, and tells what it is.
///
/// # Errors
/// [`Error::Hidden`] when there is none; [`Refusal::AlreadyDecided`] unless it failed.
pub fn queue_again(tx: &mut Tx<'_>, administrator: &Administrator, id: Id<Delivery>) -> Result<DeliveryKind> {
    let delivery: Option<Delivery> =
        deliveries::table.find(id).select(Delivery::as_select()).first(tx.conn).optional()?;
    let delivery = delivery.ok_or(Error::Hidden)?;
    if delivery.state != DeliveryState::Failed {
        return Err(Refusal::AlreadyDecided.into());
    }
    diesel::update(deliveries::table.find(id))
        .set((
            deliveries::state.eq(DeliveryState::Queued),
            deliveries::attempts.eq(0),
            deliveries::next_attempt_at.eq(tx.now),
            // The courier that gave it up may still hold it for a while.
            deliveries::lease_until.eq(tx.now),
            deliveries::finished_at.eq(None::<crate::db::Timestamp>),
        ))
        .execute(tx.conn)?;
    let object = Object::new(ObjectKind::Mail, id, &delivery.recipient);
    activity::note(tx, administrator.actor(), Action::MailRetried, &object)?;
    Ok(delivery.kind)
}
