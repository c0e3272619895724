//! What **Add** does, and what it would do: the same decision before and after the press (SPEC 3.2, 4.1).

use serde::Serialize;

use super::known::{Known, how_many};
use super::limits::{self, Usage};
use super::{Invitation, InvitationState, expiry, number};
use crate::access::{Manager, Refusal, Target, TargetKind};
use crate::activity::{self, Action, Change};
use crate::db::{Id, Tx};
use crate::email_address::EmailAddress;
use crate::group::Group;
use crate::language::Language;
use crate::text::Message;
use crate::user::User;
use crate::{Error, Result, delivery, group_member};

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
    let number = number::last(tx)?.saturating_add(how_many(typed));
    let known = known.with(Usage::load(tx, manager, how_many(typed), number)?);
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
/// What is written first is looked for last: under PostgreSQL's SERIALIZABLE, of two that look into the same page of an
/// index and then write there, one has to begin again. So the row of a guest comes before the rules, which undo it when
/// they say no, and the limits count what is written.
///
/// # Errors
/// [`Error::Refused`] with the first rule that fails; what was written must then be undone.
pub fn add(tx: &mut Tx<'_>, manager: &Manager, typed: &str, draft: &Draft) -> Result<Outcome> {
    let allowed = manager.organisation().settings.welcome_messages;
    if !allowed && !draft.message.as_str().is_empty() {
        return Err(Refusal::WelcomeMessagesOff.into());
    }
    let address = EmailAddress::parse(typed).ok();
    let new = match &address {
        Some(address) => User::add_guest(tx, address, manager.actor().id)?,
        None => None,
    };
    let known = match &new {
        Some(_) => Known::nothing(tx.now),
        None => Known::load(tx, manager, &[typed.to_owned()])?,
    };
    match known.verdict(manager, typed, 0) {
        Verdict::Refused(refusal) => Err(Error::Refused(refusal)),
        Verdict::AlreadyIn(user) => Ok(Outcome::AlreadyIn(user)),
        Verdict::AlreadyInvited(invitation) => Ok(Outcome::AlreadyInvited(invitation)),
        Verdict::Add(user) => {
            group_member::put_in(tx, manager, &user, draft.language)?;
            Ok(Outcome::Added(user))
        }
        Verdict::Invite(address) => {
            let guest = new.as_ref().or_else(|| known.user(&address)).ok_or(Error::Stale)?;
            let (invitation, number) = invite(tx, manager, guest, draft)?;
            limits::check(tx, manager, number)?;
            Ok(Outcome::Invited(Box::new(invitation)))
        }
    }
}

/// Writes an invitation and what goes with it, and answers its number, too.
fn invite(tx: &mut Tx<'_>, manager: &Manager, guest: &User, draft: &Draft) -> Result<(Invitation, i64)> {
    let (inviter, target, organisation) = (manager.actor(), manager.target(), manager.organisation());
    let invitation = Invitation {
        id: tx.new_id(),
        target_kind: target.kind(),
        app_id: target.app().map(|app| app.id),
        group_id: invited_group(target),
        target_key: target.key(),
        user_id: guest.id,
        name_key: guest.name_key.clone(),
        address_key: guest.address_key.clone(),
        inviter_id: inviter.id,
        sender_id: inviter.id,
        answerable_id: inviter.id,
        message: Some(draft.message.as_str()).filter(|text| !text.is_empty()).map(str::to_owned),
        language: draft.language.or(guest.language).unwrap_or(organisation.profile.default_language),
        state: InvitationState::Pending,
        generation: 1,
        expires_at: expiry(organisation, tx.now),
        created_at: tx.now,
        sent_at: tx.now,
        decided_at: None,
        decline_reason: None,
    };
    let number = number::write(tx, &invitation)?;
    delivery::queue_invitation(tx, &invitation, guest)?;
    let object = invitation.as_object();
    activity::record(tx, inviter, Action::Invited, &object, &recorded(&invitation, target))?;
    Ok((invitation, number))
}

/// What the audit says of a new invitation: all of it, and what the app or the group was called.
pub(crate) fn recorded(invitation: &Invitation, target: &Target) -> Change {
    #[derive(Serialize)]
    struct Made<'a> {
        #[serde(flatten)]
        invitation: &'a Invitation,
        target: Option<&'a str>,
    }
    Change::made(&Made { invitation, target: target.name() })
}

fn invited_group(target: &Target) -> Option<Id<Group>> {
    match target.kind() {
        TargetKind::Group => target.group().map(|group| group.id),
        TargetKind::App | TargetKind::Directory => None,
    }
}

impl Verdict {
    /// Pressing **Add** would change something.
    #[must_use]
    pub fn is_addable(&self) -> bool {
        matches!(self, Self::Invite(_) | Self::Add(_))
    }
}
