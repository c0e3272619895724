//! What **Add** does, and what it would do: the same decision before and after the press (SPEC 3.2, 4.1).

use chrono::TimeDelta;
use diesel::prelude::*;

use super::{Invitation, InvitationState, expiry};
use crate::access::rules::{self, AddressFacts};
use crate::access::{Limit, Manager, Refusal, Target, TargetKind};
use crate::activity::{self, Action};
use crate::db::schema::{deliveries, group_members, invitations, users};
use crate::db::{Id, Timestamp, Tx};
use crate::delivery;
use crate::email_address::EmailAddress;
use crate::group_member;
use crate::language::Language;
use crate::organisation::Organisation;
use crate::text::Message;
use crate::user::{User, UserKind, UserState};
use crate::{Error, Result};

/// What would happen to an address.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// A new guest, or one who has not redeemed: gets an invitation.
    Invite(EmailAddress),
    /// A colleague or redeemed guest: is in the group at once, told by mail.
    Add(Box<User>),
    /// Is in the group already; nothing changes.
    AlreadyIn(Box<User>),
    /// Has an open invitation to this target; nothing changes.
    AlreadyInvited(Box<Invitation>),
    /// A rule says no.
    Refused(Refusal),
}

/// What happened to an address.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// An invitation was made and its mail queued.
    Invited(Box<Invitation>),
    /// The person is in the group; a mail that says so is queued.
    Added(Box<User>),
    /// The person was in the group before.
    AlreadyIn(Box<User>),
    /// There was an open invitation before.
    AlreadyInvited(Box<Invitation>),
}

/// What goes with an address.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The welcome message; empty for none.
    pub message: Message,
    /// The language of the mail; the person's or the organisation's when none is chosen.
    pub language: Option<Language>,
}

/// What would happen to each of these addresses, in their order. Nothing is written and nothing is sent.
///
/// # Errors
/// Only the database's.
pub fn foresee(tx: &mut Tx<'_>, manager: &Manager, typed: &[String]) -> Result<Vec<Verdict>> {
    let known = Known::load(tx, manager, typed)?;
    let mut new = 0;
    let mut verdicts = Vec::with_capacity(typed.len());
    for address in typed {
        let verdict = known.verdict(manager, address, new);
        new += i64::from(matches!(verdict, Verdict::Invite(_)));
        verdicts.push(verdict);
    }
    Ok(verdicts)
}

/// Adds one address to the managed target (SPEC 4.1).
///
/// # Errors
/// [`Error::Refused`] with the first rule that fails.
pub fn add(tx: &mut Tx<'_>, manager: &Manager, typed: &str, draft: &Draft) -> Result<Outcome> {
    let allowed = manager.organisation().settings.welcome_messages;
    if !allowed && !draft.message.as_str().is_empty() {
        return Err(Refusal::WelcomeMessagesOff.into());
    }
    let known = Known::load(tx, manager, &[typed.to_owned()])?;
    match known.verdict(manager, typed, 0) {
        Verdict::Refused(refusal) => Err(Error::Refused(refusal)),
        Verdict::AlreadyIn(user) => Ok(Outcome::AlreadyIn(user)),
        Verdict::AlreadyInvited(invitation) => Ok(Outcome::AlreadyInvited(invitation)),
        Verdict::Add(user) => {
            group_member::put_in(tx, manager, &user, draft.language)?;
            Ok(Outcome::Added(user))
        }
        Verdict::Invite(address) => {
            invite(tx, manager, &address, draft).map(|i| Outcome::Invited(Box::new(i)))
        }
    }
}

fn invite(tx: &mut Tx<'_>, manager: &Manager, address: &EmailAddress, draft: &Draft) -> Result<Invitation> {
    let inviter = manager.actor();
    let guest = match User::by_address(tx, address)? {
        Some(guest) => guest,
        None => User::add_guest(tx, address, inviter.id)?,
    };
    let id = tx.new_id::<Invitation>();
    let target = manager.target();
    let language =
        draft.language.or(guest.language).unwrap_or(manager.organisation().profile.default_language);
    let message = Some(draft.message.as_str()).filter(|text| !text.is_empty());
    diesel::insert_into(invitations::table)
        .values((
            (
                invitations::id.eq(id),
                invitations::target_kind.eq(target.kind()),
                invitations::target_key.eq(target.key()),
            ),
            (
                invitations::app_id.eq(target.app().map(|app| app.id)),
                invitations::group_id.eq(invited_group(target)),
            ),
            (invitations::user_id.eq(guest.id), invitations::address_key.eq(&guest.address_key)),
            (
                invitations::inviter_id.eq(inviter.id),
                invitations::sender_id.eq(inviter.id),
                invitations::answerable_id.eq(inviter.id),
            ),
            (invitations::message.eq(message), invitations::language.eq(language)),
            (invitations::state.eq(InvitationState::Pending), invitations::generation.eq(1)),
            (
                invitations::expires_at.eq(expiry(manager.organisation(), tx.now)),
                invitations::created_at.eq(tx.now),
                invitations::sent_at.eq(tx.now),
            ),
        ))
        .execute(tx.conn)?;
    let invitation = Invitation::find(tx, id)?;
    delivery::queue_invitation(tx, &invitation, &guest)?;
    let object = invitation.as_object();
    activity::record(tx, inviter, Action::Invited, &object, None::<&()>, Some(&invitation))?;
    Ok(invitation)
}

fn invited_group(target: &Target) -> Option<Id<crate::group::Group>> {
    match target.kind() {
        TargetKind::Group => target.group().map(|group| group.id),
        TargetKind::App | TargetKind::Directory => None,
    }
}

/// What is known of a set of addresses: read once, however many there are.
struct Known {
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
    fn load(tx: &mut Tx<'_>, manager: &Manager, typed: &[String]) -> Result<Self> {
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
    fn verdict(&self, manager: &Manager, typed: &str, new: i64) -> Verdict {
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
            (Ok(()), Some(user), _) if user.state == UserState::Active => self.of_active(manager, user),
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

    fn of_active(&self, manager: &Manager, user: &User) -> Verdict {
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

impl Verdict {
    /// Pressing **Add** would change something.
    #[must_use]
    pub fn is_addable(&self) -> bool {
        matches!(self, Self::Invite(_) | Self::Add(_))
    }

    /// The user the verdict is about, when known.
    #[must_use]
    pub fn colleague(&self) -> bool {
        matches!(self, Self::Add(user) if user.kind == UserKind::Member)
    }
}
