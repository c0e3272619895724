//! How many new invitations there may be: an inviter's in an hour and a day, the organisation's in an hour (SPEC 3.5).

use chrono::TimeDelta;
use diesel::prelude::*;

use crate::Result;
use crate::access::{Limit, Manager};
use crate::db::schema::invitations;
use crate::db::{Id, Timestamp, Tx};
use crate::organisation::TenantSettings;
use crate::user::User;

const HOUR: TimeDelta = TimeDelta::hours(1);
const DAY: TimeDelta = TimeDelta::days(1);

/// When the invitations were made that count against the limits, oldest first; none where no limit is near.
pub(super) struct Usage {
    by_inviter: Vec<Timestamp>,
    by_organisation: Vec<Timestamp>,
}

impl Usage {
    /// What is known before up to `more` new invitations of this manager, of which the last would have this number.
    pub(super) fn load(tx: &mut Tx<'_>, manager: &Manager, more: i64, number: i64) -> Result<Self> {
        let (settings, inviter) = (&manager.organisation().settings, manager.actor().id);
        let (hour, day) = counts(tx, inviter)?;
        let near = hour.saturating_add(more) > settings.inviter_hourly_limit
            || day.saturating_add(more) > settings.inviter_daily_limit;
        let by_inviter = if near { times_of(tx, inviter, settings)? } else { Vec::new() };
        let near = is_near_of_all(tx, settings, number)?;
        let by_organisation = if near { times_of_all(tx, settings)? } else { Vec::new() };
        Ok(Self { by_inviter, by_organisation })
    }

    /// The limit that one more would break after `new` others, how much it allows, and when it frees up.
    pub(super) fn limit(
        &self,
        settings: &TenantSettings,
        now: Timestamp,
        new: i64,
    ) -> Option<(Limit, i64, Timestamp)> {
        let bounds = [
            (Limit::InviterHour, settings.inviter_hourly_limit, &self.by_inviter, HOUR),
            (Limit::InviterDay, settings.inviter_daily_limit, &self.by_inviter, DAY),
            (Limit::OrganisationHour, settings.organisation_hourly_limit, &self.by_organisation, HOUR),
        ];
        bounds.into_iter().find_map(|(limit, max, times, window)| {
            frees_at(times, now, window, max - new).map(|at| (limit, max, at))
        })
    }
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
        .limit(settings.inviter_daily_limit)
        .load(tx.conn)?;
    Ok(oldest_first(times))
}

/// Whether the organisation may have made as many within the last hour as it may, once it has made one of this number.
/// Looks at a single old invitation, which no other transaction changes; where numbers are missing, too early.
fn is_near_of_all(tx: &mut Tx<'_>, settings: &TenantSettings, number: i64) -> Result<bool> {
    let before = number - settings.organisation_hourly_limit;
    if before < 1 {
        return Ok(false);
    }
    let made: Option<Timestamp> = invitations::table
        .filter(invitations::number.le(before))
        .order(invitations::number.desc())
        .select(invitations::created_at)
        .first(tx.conn)
        .optional()?;
    Ok(made.is_some_and(|made| tx.now - made < HOUR))
}

fn times_of_all(tx: &mut Tx<'_>, settings: &TenantSettings) -> Result<Vec<Timestamp>> {
    let times = invitations::table
        .filter(invitations::created_at.gt(tx.now - HOUR))
        .select(invitations::created_at)
        .order((invitations::created_at.desc(), invitations::id.desc()))
        .limit(settings.organisation_hourly_limit)
        .load(tx.conn)?;
    Ok(oldest_first(times))
}

fn oldest_first(mut times: Vec<Timestamp>) -> Vec<Timestamp> {
    times.reverse();
    times
}

/// When one more is possible, if `max` were made within the window that ends now.
pub(super) fn frees_at(
    times: &[Timestamp],
    now: Timestamp,
    window: TimeDelta,
    max: i64,
) -> Option<Timestamp> {
    let counted: Vec<Timestamp> = times.iter().copied().filter(|at| now - *at < window).collect();
    let max = usize::try_from(max).unwrap_or(0);
    (counted.len() >= max)
        .then(|| counted.get(counted.len() - max).map_or(now + window, |oldest| *oldest + window))
}

/// How many more guests a person may invite today, and in this hour: shown where the limit binds.
///
/// # Errors
/// Only the database's.
pub fn left_today(tx: &mut Tx<'_>, manager: &Manager) -> Result<i64> {
    let settings = &manager.organisation().settings;
    let (hour, day) = counts(tx, manager.actor().id)?;
    let left = (settings.inviter_hourly_limit - hour).min(settings.inviter_daily_limit - day);
    Ok(left.max(0))
}
