//! What is known of a set of addresses before they are added, and the decision about each (SPEC 3.2, 3.5).

use chrono::TimeDelta;
use diesel::prelude::*;

use super::limits::Usage;
use super::{Invitation, Verdict, is_pending};
use crate::Result;
use crate::access::rules::{self, AddressFacts};
use crate::access::{LimitReached, Manager, Refusal, TargetKind};
use crate::db::schema::{deliveries, group_members, invitations, users};
use crate::db::{Id, Timestamp, Tx, planned_anew};
use crate::delivery;
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

impl Known {
    /// Nobody has any of the addresses.
    pub(super) fn nothing(now: Timestamp) -> Self {
        Self {
            users: Vec::new(),
            in_group: Vec::new(),
            pending: Vec::new(),
            mails: Vec::new(),
            usage: Usage::default(),
            now,
        }
    }

    /// What the directory tells of them.
    pub(super) fn load(tx: &mut Tx<'_>, manager: &Manager, typed: &[String]) -> Result<Self> {
        let keys: Vec<String> =
            typed.iter().filter_map(|a| EmailAddress::parse(a).ok()).map(|a| a.key()).collect();
        let (users, in_group) = people(tx, manager, keys)?;
        // Invitations and mails go to people only, whose addresses never change.
        if users.is_empty() {
            return Ok(Self::nothing(tx.now));
        }
        Ok(Self {
            in_group,
            pending: pending(tx, manager, &users)?,
            mails: mails(tx, &users)?,
            users,
            ..Self::nothing(tx.now)
        })
    }

    /// With what counts against the limits on new invitations.
    pub(super) fn with(self, usage: Usage) -> Self {
        Self { usage, ..self }
    }

    /// Who has this address.
    pub(super) fn user(&self, address: &EmailAddress) -> Option<&User> {
        let key = address.key();
        self.users.iter().find(|user| user.address_key == key)
    }

    /// The decision of SPEC 3.2 about one address, when `new` invitations of the same press go before it.
    pub(super) fn verdict(&self, manager: &Manager, typed: &str, new: i64) -> Verdict {
        let address = EmailAddress::parse(typed);
        let key = address.as_ref().map(EmailAddress::key).unwrap_or_default();
        let user = address.as_ref().ok().and_then(|address| self.user(address));
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
        let passable = matches!(answer, Ok(()) | Err(Refusal::LimitReached(_)));
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
    fn limit(&self, organisation: &Organisation, key: &str, new: i64) -> Option<LimitReached> {
        let mails: Vec<Timestamp> =
            self.mails.iter().filter(|(to, _)| to == key).map(|(_, at)| *at).collect();
        delivery::spent(&mails, self.now, organisation)
            .or_else(|| self.usage.limit(&organisation.settings, self.now, new))
    }
}

/// Who has these addresses, and which of them are in the group in question. Asked of each by itself: PostgreSQL would
/// read a whole group to find a few of a list in it.
fn people(tx: &mut Tx<'_>, manager: &Manager, keys: Vec<String>) -> Result<(Vec<User>, Vec<Id<User>>)> {
    let group = manager.target().group().map(|group| group.id);
    let of_group = group_members::group_id.nullable().eq(group).assume_not_null();
    let membership = group_members::table
        .filter(of_group.and(group_members::user_id.eq(users::id)))
        .select(group_members::user_id);
    let found: Vec<(User, Option<Id<User>>)> = users::table
        .filter(users::address_key.eq_any(keys))
        .select((User::as_select(), membership.single_value()))
        .load(tx.conn)?;
    let (users, members): (Vec<User>, Vec<Option<Id<User>>>) = found.into_iter().unzip();
    Ok((users, members.into_iter().flatten().collect()))
}

fn pending(tx: &mut Tx<'_>, manager: &Manager, users: &[User]) -> Result<Vec<Invitation>> {
    let to_them = invitations::address_key.eq_any(users.iter().map(|user| &user.address_key));
    Ok(invitations::table
        .filter(
            invitations::target_key.eq(manager.target().key()).and(planned_anew(to_them)).and(is_pending()),
        )
        .select(Invitation::as_select())
        .load(tx.conn)?)
}

/// When each was sent something within the last day that counts, oldest first.
fn mails(tx: &mut Tx<'_>, users: &[User]) -> Result<Vec<(String, Timestamp)>> {
    let to_them = deliveries::recipient_key.eq_any(users.iter().map(|user| &user.address_key));
    Ok(deliveries::table
        .filter(to_them.and(deliveries::created_at.gt(tx.now - TimeDelta::days(1))))
        .filter(delivery::counts_for_recipient())
        .select((deliveries::recipient_key, deliveries::created_at))
        .order(deliveries::created_at)
        .load(tx.conn)?)
}

/// How many addresses these are.
pub(super) fn how_many(typed: &[String]) -> i64 {
    i64::try_from(typed.len()).unwrap_or(i64::MAX)
}
