//! Mails as administrators and managers see them.

use diesel::prelude::*;

use super::{Delivery, DeliveryState};
use crate::Result;
use crate::access::Administrator;
use crate::db::schema::deliveries;
use crate::db::{Id, Tx, like_infix, word};
use crate::page::{Page, limit_for};
use crate::text::search_key;

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
