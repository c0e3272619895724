//! The courier's side: claim by lease, then say how it went. Every later write checks the holder (SECURITY H7).

use chrono::TimeDelta;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::hold::PROMPT;
use super::letter::{self, Letter, Written};
use super::{Delivery, DeliveryKind, DeliveryState};
use crate::Result;
use crate::db::schema::{deliveries, organisation};
use crate::db::{Id, Timestamp, Tx};

/// A mail that this courier, and nobody else, may send now.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The delivery.
    pub id: Id<Delivery>,
    /// How often it was tried before.
    pub attempts: i64,
    /// When it was owed: mails are given up after days.
    pub created_at: Timestamp,
    /// To whom.
    pub to: String,
    /// What it says.
    pub letter: Letter,
    /// The same at every try, so that a duplicate is recognisable: `<invitation>.<generation>` or the delivery's id.
    pub message_id: String,
}

/// No mail is put off for longer.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(5);

/// How long the mail of a suspended invitation waits before it is looked at again.
const HOLD: TimeDelta = TimeDelta::minutes(4);

/// How many of those are looked at together.
const LOOKED_AT: i64 = 50;

/// By how much two couriers may disagree about the time, one of which began its transaction before the other: only a
/// lease that ends later still is of a clock that has jumped.
const DISAGREEMENT: TimeDelta = TimeDelta::minutes(1);

/// Claims the mail that is due longest. See [`claim_some`].
///
/// # Errors
/// Only the database's.
pub fn claim(tx: &mut Tx<'_>, holder: &str, lease: TimeDelta) -> Result<Option<Claimed>> {
    Ok(claim_some(tx, holder, lease, 1)?.pop())
}

/// Claims the mails that are due longest, at most so many; while mail is held after a restore, only codes. Mails whose
/// reason is gone are dropped on the way (SECURITY H8), those of suspended invitations are put off; of them some are
/// looked at again whenever nothing else is due. A wait or a lease that ends later than any that is given
/// now, by whatever courier, is of a clock that has been set right since, and holds nothing (SECURITY J4).
///
/// May run beside others of its kind ([`crate::Directory::write_rows`]): each mail is one courier's.
///
/// # Errors
/// Only the database's.
pub fn claim_some(tx: &mut Tx<'_>, holder: &str, lease: TimeDelta, most: i64) -> Result<Vec<Claimed>> {
    loop {
        let due = due(tx, &PROMPT, lease, most)?;
        if due.is_empty() {
            break;
        }
        let claimed = take_all(tx, due, holder, lease, most)?;
        if !claimed.is_empty() {
            return Ok(claimed);
        }
    }
    let on_hold = due(tx, &[DeliveryState::OnHold], lease, LOOKED_AT)?;
    take_all(tx, on_hold, holder, lease, most)
}

fn take_all(
    tx: &mut Tx<'_>,
    due: Vec<Delivery>,
    holder: &str,
    lease: TimeDelta,
    most: i64,
) -> Result<Vec<Claimed>> {
    let most = usize::try_from(most).unwrap_or(0);
    let mut claimed = Vec::new();
    for delivery in due {
        if claimed.len() == most {
            break;
        }
        match letter::write(tx, &delivery)? {
            Written::Letter(letter) => claimed.extend(take(tx, delivery, *letter, holder, lease)?),
            Written::OnHold => put_off(tx, &delivery)?,
            Written::Nothing => drop_it(tx, &delivery)?,
        }
    }
    Ok(claimed)
}

fn put_off(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<()> {
    let later = (
        deliveries::state.eq(DeliveryState::OnHold),
        deliveries::next_attempt_at.eq(tx.now + HOLD),
        deliveries::lease_until.eq(tx.now),
        deliveries::lease_holder.eq(""),
    );
    let row = as_it_was(delivery.id, delivery.attempts, delivery.state);
    diesel::update(row).set(later).execute(tx.conn)?;
    Ok(())
}

fn drop_it(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<()> {
    let over = (deliveries::state.eq(DeliveryState::Dropped), deliveries::finished_at.eq(Some(tx.now)));
    let row = as_it_was(delivery.id, delivery.attempts, delivery.state);
    diesel::update(row).set(over).execute(tx.conn)?;
    Ok(())
}

/// A mail, unless somebody has claimed or changed it since it was read: every claim counts one more attempt.
#[diesel::dsl::auto_type(no_type_alias)]
fn as_it_was(id: Id<Delivery>, attempts: i64, state: DeliveryState) -> _ {
    let untouched = deliveries::attempts.eq(attempts).and(deliveries::state.eq(state));
    deliveries::table.find(id).filter(untouched)
}

fn due(tx: &mut Tx<'_>, states: &[DeliveryState], lease: TimeDelta, most: i64) -> Result<Vec<Delivery>> {
    let (now, at) = (tx.now, deliveries::next_attempt_at);
    let held = organisation::table.filter(organisation::mail_held_since.is_not_null());
    // Without a code nobody could sign in to release the mail.
    let may_go = deliveries::kind.eq(DeliveryKind::Code).or(not(exists(held)));
    let free = deliveries::table
        .filter(deliveries::state.eq_any(states).and(may_go))
        .filter(deliveries::lease_until.le(now).or(deliveries::lease_until.gt(now + lease + DISAGREEMENT)))
        .order((at, deliveries::id))
        .select(Delivery::as_select())
        .limit(most);
    // Each question walks along one stretch of the index; what waits lies between the two.
    let due = free.clone().filter(at.le(now)).load(tx.conn)?;
    if !due.is_empty() {
        return Ok(due);
    }
    Ok(free.filter(at.gt(now + LONGEST_WAIT)).load(tx.conn)?)
}

/// None when another courier took it meanwhile.
fn take(
    tx: &mut Tx<'_>,
    delivery: Delivery,
    letter: Letter,
    holder: &str,
    lease: TimeDelta,
) -> Result<Option<Claimed>> {
    let claim = (
        deliveries::lease_until.eq(tx.now + lease),
        deliveries::lease_holder.eq(holder),
        deliveries::attempts.eq(delivery.attempts + 1),
    );
    let row = as_it_was(delivery.id, delivery.attempts, delivery.state);
    if diesel::update(row).set(claim).execute(tx.conn)? == 0 {
        return Ok(None);
    }
    let message_id = match delivery.invitation_id {
        Some(invitation) => format!("{invitation}.{}", delivery.generation),
        None => delivery.id.to_string(),
    };
    Ok(Some(Claimed {
        id: delivery.id,
        attempts: delivery.attempts,
        created_at: delivery.created_at,
        to: delivery.recipient,
        letter,
        message_id,
    }))
}

/// The relay accepted the mail.
///
/// # Errors
/// Only the database's.
pub fn sent(tx: &mut Tx<'_>, id: Id<Delivery>, holder: &str, answer: &str) -> Result<()> {
    finish(tx, id, holder, DeliveryState::Sent, answer)
}

/// The mail is given up.
///
/// # Errors
/// Only the database's.
pub fn failed(tx: &mut Tx<'_>, id: Id<Delivery>, holder: &str, answer: &str) -> Result<()> {
    finish(tx, id, holder, DeliveryState::Failed, answer)
}

/// The mail is tried again at `next`, or in five minutes if that is sooner.
///
/// # Errors
/// Only the database's.
pub fn retry(tx: &mut Tx<'_>, id: Id<Delivery>, holder: &str, answer: &str, next: Timestamp) -> Result<()> {
    let row = deliveries::table.find(id).filter(deliveries::lease_holder.eq(holder));
    diesel::update(row)
        .set((
            deliveries::state.eq(DeliveryState::Retrying),
            deliveries::answer.eq(shortened(answer)),
            deliveries::next_attempt_at.eq(next.min(tx.now + LONGEST_WAIT)),
            deliveries::lease_until.eq(tx.now),
            deliveries::lease_holder.eq(""),
        ))
        .execute(tx.conn)?;
    Ok(())
}

fn finish(tx: &mut Tx<'_>, id: Id<Delivery>, holder: &str, state: DeliveryState, answer: &str) -> Result<()> {
    let row = deliveries::table.find(id).filter(deliveries::lease_holder.eq(holder));
    diesel::update(row)
        .set((
            deliveries::state.eq(state),
            deliveries::answer.eq(shortened(answer)),
            deliveries::finished_at.eq(Some(tx.now)),
            deliveries::lease_holder.eq(""),
        ))
        .execute(tx.conn)?;
    Ok(())
}

fn shortened(answer: &str) -> String {
    answer.chars().filter(|c| !c.is_control()).take(300).collect()
}
