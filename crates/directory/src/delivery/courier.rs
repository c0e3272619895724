//! The courier's side: claim under a lease, then say how it went. Every later write checks that the mail is still held
//! by the same courier (SECURITY H7).

use chrono::TimeDelta;
use diesel::prelude::*;

use super::due::{LONGEST_WAIT, due};
use super::letter::{self, Letter, Written};
use super::{Delivery, DeliveryState};
use crate::db::schema::deliveries;
use crate::db::{Id, Timestamp, Tx, prepared_update};
use crate::{Error, Result, invitation};

/// A mail that this courier, and nobody else, may send now.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The delivery.
    pub id: Id<Delivery>,
    /// The courier that claimed it: nobody else can say how it went.
    pub holder: String,
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

/// How long the mail of a suspended invitation waits before it is looked at again.
const HOLD: TimeDelta = TimeDelta::minutes(4);

/// What came of asking for mails to send.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// What this courier, and nobody else, may send now.
    pub claimed: Vec<Claimed>,
    /// How many mails were looked at; with none there is nothing more to do for now.
    pub looked_at: usize,
}

/// Claims the mail that is due longest, whatever has to be looked at on the way. See [`claim_some`].
///
/// # Errors
/// Only the database's.
pub fn claim(tx: &mut Tx<'_>, holder: &str, lease: TimeDelta) -> Result<Option<Claimed>> {
    loop {
        let mut claims = claim_some(tx, holder, lease, 1)?;
        if claims.looked_at == 0 || !claims.claimed.is_empty() {
            return Ok(claims.claimed.pop());
        }
    }
}

/// Claims mails that are due, at most so many: codes first, then those that have waited longest; while mail is held
/// after a restore, only codes. Mails whose reason is gone are dropped on the way (SECURITY H8), those of suspended
/// invitations are put off.
///
/// May run beside others of its kind ([`crate::Directory::write_rows`]): each mail is claimed by one courier only. It
/// looks at a few mails and ends, so that others can write, however many mails have become void.
///
/// # Errors
/// Only the database's.
pub fn claim_some(tx: &mut Tx<'_>, holder: &str, lease: TimeDelta, most: i64) -> Result<Claims> {
    let due = due(tx, lease, most)?;
    let most = usize::try_from(most).unwrap_or(0);
    let mut claims = Claims::default();
    for delivery in due {
        if claims.claimed.len() == most {
            break;
        }
        claims.looked_at += 1;
        let (delivery, written) = written(tx, delivery)?;
        match written {
            Written::Letter(letter) => claims.claimed.extend(take(tx, delivery, *letter, holder, lease)?),
            Written::OnHold => put_off(tx, &delivery)?,
            Written::Late | Written::Nothing => drop_it(tx, &delivery)?,
        }
    }
    Ok(claims)
}

/// What a mail says. One that had to wait for longer than its invitation was valid carries the next generation of it,
/// because no invitation expires before it was sent (SECURITY H2).
fn written(tx: &mut Tx<'_>, mut delivery: Delivery) -> Result<(Delivery, Written)> {
    let mut written = letter::write(tx, &delivery)?;
    if matches!(written, Written::Late)
        && let Some(invitation) = invitation::renew_unsent(tx, &delivery)?
    {
        let renewed = deliveries::generation.eq(invitation.generation);
        let row = as_it_was(&delivery);
        if diesel::update(row).set(renewed).execute(tx.conn)? == 0 {
            // Another courier sends it as it was read: the renewal would leave that link dead.
            return Err(Error::overtaken());
        }
        delivery.generation = invitation.generation;
        written = letter::write(tx, &delivery)?;
    }
    Ok((delivery, written))
}

fn put_off(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<()> {
    let later = (
        deliveries::state.eq(DeliveryState::OnHold),
        deliveries::next_attempt_at.eq(tx.now + HOLD),
        deliveries::lease_until.eq(tx.now),
        deliveries::lease_holder.eq(""),
    );
    let row = as_it_was(delivery);
    diesel::update(row).set(later).execute(tx.conn)?;
    Ok(())
}

fn drop_it(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<()> {
    let over = (deliveries::state.eq(DeliveryState::Dropped), deliveries::finished_at.eq(Some(tx.now)));
    let row = as_it_was(delivery);
    diesel::update(row).set(over).execute(tx.conn)?;
    Ok(())
}

/// A mail, unless somebody has claimed or changed it since it was read: every claim counts one more attempt.
#[diesel::dsl::auto_type(no_type_alias)]
fn as_it_was(delivery: &Delivery) -> _ {
    let id: Id<Delivery> = delivery.id;
    let attempts: i64 = delivery.attempts;
    let state: DeliveryState = delivery.state;
    let next_attempt_at: Timestamp = delivery.next_attempt_at;
    let untouched = deliveries::attempts
        .eq(attempts)
        .and(deliveries::state.eq(state))
        .and(deliveries::next_attempt_at.eq(next_attempt_at));
    deliveries::table.find(id).filter(untouched)
}

/// A mail, unless its lease has ended and somebody, perhaps the same courier, has claimed it again.
#[diesel::dsl::auto_type(no_type_alias)]
fn still_held<'a>(claimed: &'a Claimed) -> _ {
    let holder: &'a str = claimed.holder.as_str();
    let id: Id<Delivery> = claimed.id;
    let attempts: i64 = claimed.attempts + 1;
    let of_holder = deliveries::lease_holder.eq(holder).and(deliveries::attempts.eq(attempts));
    deliveries::table.find(id).filter(of_holder)
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
    let row = as_it_was(&delivery);
    if prepared_update(row, claim).execute(tx.conn)? == 0 {
        return Ok(None);
    }
    let message_id = match delivery.invitation_id {
        Some(invitation) => format!("{invitation}.{}", delivery.generation),
        None => delivery.id.to_string(),
    };
    Ok(Some(Claimed {
        id: delivery.id,
        holder: holder.to_owned(),
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
pub fn sent(tx: &mut Tx<'_>, claimed: &Claimed, answer: &str) -> Result<()> {
    finish(tx, claimed, DeliveryState::Sent, answer)
}

/// The mail is given up.
///
/// # Errors
/// Only the database's.
pub fn failed(tx: &mut Tx<'_>, claimed: &Claimed, answer: &str) -> Result<()> {
    finish(tx, claimed, DeliveryState::Failed, answer)
}

/// The mail is tried again at `next`, or in five minutes if that is sooner.
///
/// # Errors
/// Only the database's.
pub fn retry(tx: &mut Tx<'_>, claimed: &Claimed, answer: &str, next: Timestamp) -> Result<()> {
    let row = still_held(claimed);
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

fn finish(tx: &mut Tx<'_>, claimed: &Claimed, state: DeliveryState, answer: &str) -> Result<()> {
    let end = (
        deliveries::state.eq(state),
        deliveries::answer.eq(shortened(answer)),
        deliveries::finished_at.eq(Some(tx.now)),
        deliveries::lease_holder.eq(""),
    );
    let row = still_held(claimed);
    prepared_update(row, end).execute(tx.conn)?;
    Ok(())
}

fn shortened(answer: &str) -> String {
    answer.chars().filter(|c| !c.is_control()).take(300).collect()
}
