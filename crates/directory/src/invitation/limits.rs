//! How many new invitations there may be: an inviter's in an hour and a day, the organisation's in an hour (SPEC 3.5).

use chrono::TimeDelta;
use diesel::dsl::max;
use diesel::prelude::*;

use super::joined::earlier;
use super::number;
use crate::access::rules::frees_at;
use crate::access::{Limit, LimitReached, Manager, Refusal};
use crate::db::schema::invitations;
use crate::db::{Id, Timestamp, Tx, each_dialect};
use crate::organisation::{Organisation, TenantSettings};
use crate::user::User;
use crate::{Result, delivery};

const HOUR: TimeDelta = TimeDelta::hours(1);
const DAY: TimeDelta = TimeDelta::days(1);

/// An invitation that is written is among those that are counted.
const ITSELF: i64 = 1;

/// When the invitations were made that count against the limits, oldest first; none where no limit is near.
#[derive(Default)]
pub(super) struct Usage {
    by_inviter: Vec<Timestamp>,
    by_organisation: Vec<Timestamp>,
}

impl Usage {
    /// What is known before up to `more` new invitations of this manager, of which the last would have this number.
    pub(super) fn load(tx: &mut Tx<'_>, manager: &Manager, more: i64, number: i64) -> Result<Self> {
        Self::of(tx, manager.actor().id, &manager.organisation().settings, more, number)
    }

    /// The same of any inviter.
    fn of(
        tx: &mut Tx<'_>,
        inviter: Id<User>,
        settings: &TenantSettings,
        more: i64,
        number: i64,
    ) -> Result<Self> {
        let near = Near::load(tx, settings, number)?;
        let mut usage = Self::default();
        if near.of_one && is_near(tx, inviter, settings, more)? {
            usage.by_inviter = times_of(tx, inviter, settings)?;
        }
        if near.of_all {
            usage.by_organisation = times_of_all(tx, settings)?;
        }
        Ok(usage)
    }

    /// The limit that one more would break after `new` others that are not counted yet.
    pub(super) fn limit(&self, settings: &TenantSettings, now: Timestamp, new: i64) -> Option<LimitReached> {
        let bounds = [
            (Limit::InviterHour, settings.inviter_hourly_limit, &self.by_inviter, HOUR),
            (Limit::InviterDay, settings.inviter_daily_limit, &self.by_inviter, DAY),
            (Limit::OrganisationHour, settings.organisation_hourly_limit, &self.by_organisation, HOUR),
        ];
        bounds.into_iter().find_map(|(limit, max, times, window)| {
            let reached = |frees_at| LimitReached { limit, max, frees_at };
            frees_at(times, now, window, max - new).map(reached)
        })
    }
}

/// Checks the limits once the invitation with this number is written, itself included.
///
/// # Errors
/// [`Refusal::LimitReached`] when it is one too many.
pub(super) fn check(tx: &mut Tx<'_>, manager: &Manager, number: i64) -> Result<()> {
    let usage = Usage::load(tx, manager, 0, number)?;
    match usage.limit(&manager.organisation().settings, tx.now, -ITSELF) {
        Some(limit) => Err(Refusal::LimitReached(limit).into()),
        None => Ok(()),
    }
}

/// Whether a limit can have been reached at all. Numbers rise: if the invitation `limit` numbers back is older than the
/// window, the organisation, and so each inviter, has made fewer since. Only that old row is read, which no other
/// transaction changes. Missing numbers make this true too early, never too late.
struct Near {
    of_one: bool,
    of_all: bool,
}

impl Near {
    fn load(tx: &mut Tx<'_>, settings: &TenantSettings, number: i64) -> Result<Self> {
        // Not the first of a descending list: PostgreSQL plans anew for each number that a list is bound to.
        let made_before = |limit: i64| {
            let newest = earlier
                .filter(earlier.field(invitations::number).le(number - limit))
                .select(max(earlier.field(invitations::number)))
                .single_value();
            let made = invitations::table.filter(invitations::number.nullable().eq(newest).assume_not_null());
            made.select(invitations::created_at).single_value()
        };
        let asked = diesel::select((
            made_before(settings.inviter_hourly_limit),
            made_before(settings.inviter_daily_limit),
            made_before(settings.organisation_hourly_limit),
        ));
        let (hour, day, all): (Option<Timestamp>, Option<Timestamp>, Option<Timestamp>) =
            each_dialect!(tx.conn, c => asked.get_result(c))?;
        let within = |made: Option<Timestamp>, window| made.is_some_and(|made| tx.now - made < window);
        Ok(Self { of_one: within(hour, HOUR) || within(day, DAY), of_all: within(all, HOUR) })
    }
}

/// Whether this person has made as many as one person may, with `more` of them.
fn is_near(tx: &mut Tx<'_>, inviter: Id<User>, settings: &TenantSettings, more: i64) -> Result<bool> {
    let (hour, day) = counts(tx, inviter)?;
    Ok(hour.saturating_add(more) > settings.inviter_hourly_limit
        || day.saturating_add(more) > settings.inviter_daily_limit)
}

/// How many invitations this person made within the last hour and the last day.
fn counts(tx: &mut Tx<'_>, inviter: Id<User>) -> Result<(i64, i64)> {
    let since = |window| {
        invitations::table
            .filter(invitations::inviter_id.eq(inviter).and(invitations::created_at.gt(tx.now - window)))
            .count()
            .single_value()
    };
    let (hour, day): (Option<i64>, Option<i64>) =
        diesel::select((since(HOUR), since(DAY))).get_result(tx.conn)?;
    Ok((hour.unwrap_or(0), day.unwrap_or(0)))
}

fn times_of(tx: &mut Tx<'_>, inviter: Id<User>, settings: &TenantSettings) -> Result<Vec<Timestamp>> {
    let times = invitations::table
        .filter(invitations::inviter_id.eq(inviter).and(invitations::created_at.gt(tx.now - DAY)))
        .select(invitations::created_at)
        .order(invitations::created_at.desc())
        .limit(settings.inviter_daily_limit + ITSELF)
        .load(tx.conn)?;
    Ok(oldest_first(times))
}

fn times_of_all(tx: &mut Tx<'_>, settings: &TenantSettings) -> Result<Vec<Timestamp>> {
    let times = invitations::table
        .filter(invitations::created_at.gt(tx.now - HOUR))
        .select(invitations::created_at)
        .order((invitations::created_at.desc(), invitations::id.desc()))
        .limit(settings.organisation_hourly_limit + ITSELF)
        .load(tx.conn)?;
    Ok(oldest_first(times))
}

fn oldest_first(mut times: Vec<Timestamp>) -> Vec<Timestamp> {
    times.reverse();
    times
}

/// How many more guests a person may invite today, and in this hour, in which others invite too: shown where
/// the limit binds.
///
/// # Errors
/// Only the database's.
pub fn left_today(tx: &mut Tx<'_>, manager: &Manager) -> Result<i64> {
    let settings = &manager.organisation().settings;
    let (now, inviter) = (tx.now, manager.actor().id);
    let by_all = |window: TimeDelta| invitations::table.filter(invitations::created_at.gt(now - window));
    let by_one = |window: TimeDelta| by_all(window).filter(invitations::inviter_id.eq(inviter)).count();
    let made = (by_one(HOUR).single_value(), by_one(DAY).single_value(), by_all(HOUR).count().single_value());
    let (hour, day, all): (Option<i64>, Option<i64>, Option<i64>) =
        diesel::select(made).get_result(tx.conn)?;
    let left = [
        settings.inviter_hourly_limit - hour.unwrap_or(0),
        settings.inviter_daily_limit - day.unwrap_or(0),
        settings.organisation_hourly_limit - all.unwrap_or(0),
    ];
    Ok(left.into_iter().min().unwrap_or(0).max(0))
}

/// The limit that one more invitation by this person to this address would break now.
pub(crate) fn ahead(
    tx: &mut Tx<'_>,
    inviter: Id<User>,
    address_key: &str,
    organisation: &Organisation,
) -> Result<Option<LimitReached>> {
    if let Some(limit) = delivery::recipient_limit(tx, address_key, organisation)? {
        return Ok(Some(limit));
    }
    let settings = &organisation.settings;
    let number = number::last(tx)?.saturating_add(1);
    Ok(Usage::of(tx, inviter, settings, 1, number)?.limit(settings, tx.now, 0))
}
