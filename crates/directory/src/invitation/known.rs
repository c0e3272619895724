//! What is known of a set of addresses before they are added, and the decision about each (SPEC 3.2, 3.5).

use chrono::TimeDelta;
use diesel::prelude::*;

use super::{Invitation, InvitationState, Verdict};
use crate::Result;
use crate::access::rules::{self, AddressFacts};
use crate::access::{Limit, Manager, Refusal, TargetKind};
use crate::db::schema::{deliveries, group_members, invitations, users};
use crate::db::{Id, Timestamp, Tx};
use crate::email_address::EmailAddress;
use crate::organisation::Organisation;
use crate::user::{User, UserState};

/// What is known of a set of addresses: read once, however many there are.
pub(super) struct Known {
    users: Vec<User>,
    in_group: Vec<Id<User>>,
    pending: Vec<Invitation>,
    mails: Vec<(String, Timestamp)>,
    usage: Usage,
    now: Timestamp,
}

/// When invitations were made that count against the limits, oldest first.
struct Usage {
    by_inviter: Vec<Timestamp>,
    by_organisation: Vec<Timestamp>,
}

impl Known {
    pub(super) fn load(tx: &mut Tx<'_>, manager: &Manager, typed: &[String]) -> Result<Self> {
        let keys: Vec<String> =
            typed.iter().filter_map(|a| EmailAddress::parse(a).ok()).map(|a| a.key()).collect();
        let users: Vec<User> = users::table
            .filter(users::address_key.eq_any(keys.clone()))
            .select(User::as_select())
            .load(tx.conn)?;
        let ids: Vec<Id<User>> = users.iter().map(|user| user.id).collect();
        let in_group = match manager.target().group() {
            Some(group) => group_members::table
                .filter(group_members::group_id.eq(group.id).and(group_members::user_id.eq_any(ids)))
                .select(group_members::user_id)
                .load(tx.conn)?,
            None => Vec::new(),
        };
        let same_target = invitations::target_key
            .eq(manager.target().key())
            .and(invitations::address_key.eq_any(keys.clone()));
        let pending: Vec<Invitation> = invitations::table
            .filter(same_target.and(invitations::state.eq(InvitationState::Pending)))
            .select(Invitation::as_select())
            .load(tx.conn)?;
        let mailed = deliveries::recipient_key
            .eq_any(keys)
            .and(deliveries::created_at.gt(tx.now - TimeDelta::days(1)));
        let mails: Vec<(String, Timestamp)> = deliveries::table
            .filter(mailed)
            .select((deliveries::recipient_key, deliveries::created_at))
            .order(deliveries::created_at)
            .load(tx.conn)?;
        Ok(Self { users, in_group, pending, mails, usage: Usage::load(tx, manager)?, now: tx.now })
    }

    /// The decision of SPEC 3.2 about one address, when `new` invitations of the same press go before it.
    pub(super) fn verdict(&self, manager: &Manager, typed: &str, new: i64) -> Verdict {
        let address = EmailAddress::parse(typed);
        let key = address.as_ref().map(EmailAddress::key).unwrap_or_default();
        let user = self.users.iter().find(|user| user.address_key == key);
        let limit = self.limit(manager.organisation(), &key, new);
        let facts =
            AddressFacts { address: address.clone(), user: user.map(|user| (user.kind, user.state)), limit };
        let (person, target, tenant) =
            (manager.seen().person(), manager.target().facts(), manager.organisation().facts());
        let answer = rules::add(&person, &target, &tenant, &facts);
        if let Some(known) = self.already(user, &key, &answer) {
            return known;
        }
        match (answer, user, address) {
            (Err(refusal), ..) => Verdict::Refused(refusal),
            (Ok(()), Some(user), _) if user.state == UserState::Active => Self::of_active(manager, user),
            (Ok(()), _, Ok(address)) => Verdict::Invite(address),
            (Ok(()), _, Err(part)) => Verdict::Refused(Refusal::InvalidAddress { part }),
        }
    }

    /// Being there already is no refusal, even when a limit or the domain rule would refuse somebody new.
    fn already(&self, user: Option<&User>, key: &str, answer: &rules::Answer) -> Option<Verdict> {
        let passable = matches!(answer, Ok(()) | Err(Refusal::LimitReached { .. }));
        let invited = self.pending.iter().find(|invitation| invitation.address_key == key);
        match (user, invited) {
            (Some(user), _) if passable && self.in_group.contains(&user.id) => {
                Some(Verdict::AlreadyIn(Box::new(user.clone())))
            }
            (_, Some(invitation)) if passable => Some(Verdict::AlreadyInvited(Box::new(invitation.clone()))),
            _ => None,
        }
    }

    fn of_active(manager: &Manager, user: &User) -> Verdict {
        match manager.target().kind() {
            TargetKind::Directory => Verdict::AlreadyIn(Box::new(user.clone())),
            TargetKind::App | TargetKind::Group => Verdict::Add(Box::new(user.clone())),
        }
    }

    /// The limit that the next new invitation to this address would break (SPEC 3.5).
    fn limit(&self, organisation: &Organisation, key: &str, new: i64) -> Option<(Limit, i64, Timestamp)> {
        let settings = &organisation.settings;
        let (hour, day) = (TimeDelta::hours(1), TimeDelta::days(1));
        let mails: Vec<Timestamp> =
            self.mails.iter().filter(|(to, _)| to == key).map(|(_, at)| *at).collect();
        let bounds = [
            (Limit::InviterHour, settings.inviter_hourly_limit, &self.usage.by_inviter, hour, new),
            (Limit::InviterDay, settings.inviter_daily_limit, &self.usage.by_inviter, day, new),
            (
                Limit::OrganisationHour,
                settings.organisation_hourly_limit,
                &self.usage.by_organisation,
                hour,
                new,
            ),
            (Limit::RecipientDay, settings.recipient_daily_limit, &mails, day, 0),
        ];
        bounds.into_iter().find_map(|(limit, max, times, window, new)| {
            frees_at(times, self.now, window, max - new).map(|at| (limit, max, at))
        })
    }
}

impl Usage {
    fn load(tx: &mut Tx<'_>, manager: &Manager) -> Result<Self> {
        let settings = &manager.organisation().settings;
        let by_inviter: Vec<Timestamp> = invitations::table
            .filter(invitations::inviter_id.eq(manager.actor().id))
            .filter(invitations::created_at.gt(tx.now - TimeDelta::days(1)))
            .select(invitations::created_at)
            .order(invitations::created_at.desc())
            .limit(settings.inviter_daily_limit)
            .load(tx.conn)?;
        let by_organisation: Vec<Timestamp> = invitations::table
            .filter(invitations::created_at.gt(tx.now - TimeDelta::hours(1)))
            .select(invitations::created_at)
            .order((invitations::created_at.desc(), invitations::id.desc()))
            .limit(settings.organisation_hourly_limit)
            .load(tx.conn)?;
        Ok(Self { by_inviter: oldest_first(by_inviter), by_organisation: oldest_first(by_organisation) })
    }
}

fn oldest_first(mut times: Vec<Timestamp>) -> Vec<Timestamp> {
    times.reverse();
    times
}

/// When one more is possible, if `max` were made within the window that ends now.
fn frees_at(times: &[Timestamp], now: Timestamp, window: TimeDelta, max: i64) -> Option<Timestamp> {
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
    let usage = Usage::load(tx, manager)?;
    let settings = &manager.organisation().settings;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let hour = usage.by_inviter.iter().filter(|at| tx.now - **at < TimeDelta::hours(1)).count();
    let today = settings.inviter_daily_limit - count(usage.by_inviter.len());
    Ok(today.min(settings.inviter_hourly_limit - count(hour)).max(0))
}
