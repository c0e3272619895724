//! The state of the outbox: what waits, since when, and what the relay said last. For metrics and the Health page.

use diesel::dsl::{exists, min, not};
use diesel::prelude::*;

use super::{DeliveryKind, DeliveryState};
use crate::Result;
use crate::access::Administrator;
use crate::db::schema::deliveries;
use crate::db::{Timestamp, Tx};
use crate::organisation;

/// How many of the mails that failed last are looked at to find the latest of them.
const LOOKED_AT: i64 = 40;

/// What waits in the outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outbox {
    /// Owed, not tried.
    pub queued: i64,
    /// Tried, and to be tried again.
    pub retrying: i64,
    /// Given up.
    pub failed: i64,
    /// When the mail that is due longest became due. While mail is held after a restore, only codes are.
    pub due_since: Option<Timestamp>,
    /// When the oldest mail that has not left was owed.
    pub waiting_since: Option<Timestamp>,
    /// When the mail left that, of those that left, was due last.
    pub last_sent: Option<Timestamp>,
}

/// A mail that did not leave, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setback {
    /// When it was tried.
    pub at: Timestamp,
    /// What the relay said; at most 300 characters, no address but the recipient's.
    pub answer: String,
    /// Whether it will not be tried again.
    pub given_up: bool,
}

/// Counts in one query, by the index that the courier uses: its cost grows with what waits and what failed, not with
/// what was ever sent.
///
/// # Errors
/// Only the database's.
pub fn outbox(tx: &mut Tx<'_>) -> Result<Outbox> {
    let open = || deliveries::state.eq_any([DeliveryState::Queued, DeliveryState::Retrying]);
    let many = |state: DeliveryState| deliveries::table.filter(deliveries::state.eq(state)).count();
    let counts = (
        many(DeliveryState::Queued).single_value(),
        many(DeliveryState::Retrying).single_value(),
        many(DeliveryState::Failed).single_value(),
    );
    let may_go = deliveries::kind.eq(DeliveryKind::Code).or(not(exists(organisation::held())));
    let due = open().and(may_go).and(deliveries::next_attempt_at.le(tx.now));
    let moments = (
        deliveries::table.filter(due).select(min(deliveries::next_attempt_at)).single_value(),
        deliveries::table.filter(open()).select(min(deliveries::created_at)).single_value(),
        deliveries::table
            .filter(deliveries::state.eq(DeliveryState::Sent))
            .order(deliveries::next_attempt_at.desc())
            .select(deliveries::finished_at)
            .limit(1)
            .single_value(),
    );
    let (counts, moments): (Counts, Moments) = diesel::select((counts, moments)).get_result(tx.conn)?;
    Ok(Outbox {
        queued: counts.0.unwrap_or(0),
        retrying: counts.1.unwrap_or(0),
        failed: counts.2.unwrap_or(0),
        due_since: moments.0,
        waiting_since: moments.1,
        last_sent: moments.2,
    })
}

type Counts = (Option<i64>, Option<i64>, Option<i64>);
type Moments = (Option<Timestamp>, Option<Timestamp>, Option<Timestamp>);

/// The mail that failed last, of those that are due latest.
///
/// # Errors
/// Only the database's.
pub fn last_setback(tx: &mut Tx<'_>, _administrator: &Administrator) -> Result<Option<Setback>> {
    let unhappy = [DeliveryState::Retrying, DeliveryState::Failed];
    let rows: Vec<Row> = deliveries::table
        .filter(deliveries::state.eq_any(unhappy))
        .order(deliveries::next_attempt_at.desc())
        .select((deliveries::state, deliveries::lease_until, deliveries::finished_at, deliveries::answer))
        .limit(LOOKED_AT)
        .load(tx.conn)?;
    let now = tx.now;
    let told = rows.into_iter().filter_map(|(state, lease_until, finished_at, answer)| {
        let given_up = state == DeliveryState::Failed;
        // A lease that lasts is a try under way, of which nothing is known yet.
        let at = if given_up { finished_at? } else { Some(lease_until).filter(|until| *until <= now)? };
        Some(Setback { at, answer, given_up })
    });
    Ok(told.max_by_key(|setback| setback.at))
}

type Row = (DeliveryState, Timestamp, Option<Timestamp>, String);
