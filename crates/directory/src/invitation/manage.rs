//! What managers do with an invitation afterwards: send it again, take it back, answer for it.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::{Invitation, InvitationFacts, InvitationState, Standing, expiry, is_pending};
use crate::access::{Actor, Manager, Refusal, Target, TargetKind};
use crate::activity::{self, Action};
use crate::app::App;
use crate::db::schema::invitations;
use crate::db::{Id, Tx};
use crate::delivery::{self, Delivery};
use crate::group::Group;
use crate::organisation::Organisation;
use crate::user::User;
use crate::{Error, Result};

/// How soon after the first a second press is the same.
const TWICE: TimeDelta = TimeDelta::minutes(1);

/// Sends an invitation again: a new link, a new validity, the resender as sender; the old link is superseded
/// (SPEC 4.3). Where it has been sent again just now, since the generation that was `seen`, as by pressing twice, it is
/// left as it is.
///
/// # Errors
/// [`Error::Hidden`] when it is not one of the managed target; [`Refusal::AlreadyDecided`]; any refusal of SPEC 3.2
/// that holds for its address now, the limit on mails to one recipient among them; the refusal that would suspend it
/// with the resender answering for it.
pub fn resend(
    tx: &mut Tx<'_>,
    manager: &Manager,
    id: Id<Invitation>,
    seen: Option<i64>,
) -> Result<Invitation> {
    let invitation = managed(tx, manager, id)?;
    undecided(&invitation)?;
    let is_just_sent = tx.now - invitation.sent_at < TWICE;
    if is_just_sent && seen.is_some_and(|seen| seen < invitation.generation) {
        return Ok(invitation);
    }
    let facts = Invitation::facts(tx, id)?;
    may_be_sent(tx, manager, &facts.guest)?;
    let actor = manager.actor();
    let renewed = renew(tx, &invitation, &facts.guest, manager.organisation(), Some(actor))?;
    activity::note(tx, actor, Action::Resent, &renewed.as_object())?;
    Ok(renewed)
}

/// A new generation of the same offer, its mail queued. Without a sender it is the guest who asked for a fresh link.
///
/// # Errors
/// [`Refusal::AlreadyDecided`]; the refusal that would suspend it, since its link would be a dead end.
pub(crate) fn renew(
    tx: &mut Tx<'_>,
    invitation: &Invitation,
    guest: &User,
    organisation: &Organisation,
    sender: Option<&Actor>,
) -> Result<Invitation> {
    let facts = next(tx, invitation, organisation, sender)?.ok_or(Refusal::AlreadyDecided)?;
    // What a restore holds is released together, its mail with its link.
    if let Standing::Suspended(refusal) = facts.standing
        && refusal != Refusal::Restored
    {
        return Err(refusal.into());
    }
    delivery::queue_invitation(tx, &facts.invitation, guest)?;
    Ok(facts.invitation)
}

/// The next generation of an invitation that expired while its mail waited; that mail carries it. None when somebody
/// has decided meanwhile, or has sent it again.
pub(crate) fn renew_unsent(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<Option<Invitation>> {
    let Some(id) = delivery.invitation_id else { return Ok(None) };
    let facts = Invitation::facts(tx, id)?;
    if facts.invitation.generation != delivery.generation {
        return Ok(None);
    }
    let Some(renewed) = next(tx, &facts.invitation, &facts.organisation, None)? else { return Ok(None) };
    activity::note_of_the_system(tx, Action::Resent, &renewed.invitation.as_object())?;
    Ok(Some(renewed.invitation))
}

/// The same offer with a new link and a new validity; none when somebody was faster.
fn next(
    tx: &mut Tx<'_>,
    invitation: &Invitation,
    organisation: &Organisation,
    sender: Option<&Actor>,
) -> Result<Option<InvitationFacts>> {
    let same = invitations::table
        .find(invitation.id)
        .filter(is_pending().and(invitations::generation.eq(invitation.generation)));
    let renewed = diesel::update(same)
        .set((
            invitations::generation.eq(next_generation(invitation, organisation)),
            invitations::expires_at.eq(expiry(organisation, tx.now)),
            invitations::sent_at.eq(tx.now),
            // Without one, whoever approves meanwhile answers for it from then on.
            sender.map(|by| (invitations::sender_id.eq(by.id), invitations::answerable_id.eq(by.id))),
        ))
        .execute(tx.conn)?;
    if renewed == 0 { Ok(None) } else { Invitation::facts(tx, invitation.id).map(Some) }
}

/// Above the last, and above every generation that was given after a backup and is lost with what came after it.
fn next_generation(invitation: &Invitation, organisation: &Organisation) -> i64 {
    invitation.generation.max(organisation.restoration.generation_floor) + 1
}

/// Takes an invitation back: its link is dead from the next request on. Doing it twice is no mistake.
///
/// # Errors
/// [`Error::Hidden`] when it is not one of the managed target; [`Refusal::AlreadyDecided`] once accepted or declined.
pub fn revoke(tx: &mut Tx<'_>, manager: &Manager, id: Id<Invitation>) -> Result<Invitation> {
    let invitation = managed(tx, manager, id)?;
    if invitation.state == InvitationState::Revoked {
        return Ok(invitation);
    }
    undecided(&invitation)?;
    withdraw(tx, manager.actor(), &invitation)?;
    Invitation::find(tx, id)
}

fn withdraw(tx: &mut Tx<'_>, actor: &Actor, invitation: &Invitation) -> Result<()> {
    let pending = invitations::table.find(invitation.id).filter(is_pending());
    let changes = (invitations::state.eq(InvitationState::Revoked), invitations::decided_at.eq(Some(tx.now)));
    if diesel::update(pending).set(changes).execute(tx.conn)? == 0 {
        return Err(Refusal::AlreadyDecided.into());
    }
    activity::note(tx, actor, Action::Revoked, &invitation.as_object())
}

/// Takes back what would let a person into a group: their invitations to it and to the apps that it is the target of.
pub(crate) fn revoke_all_into(tx: &mut Tx<'_>, actor: &Actor, user: &User, group: Id<Group>) -> Result<()> {
    let into = invitations::group_id.eq(group).or(invitations::app_id.eq_any(App::ids_targeting(tx, group)?));
    let open = invitations::table.filter(invitations::user_id.eq(user.id).and(is_pending()).and(into));
    let open: Vec<Invitation> = open.select(Invitation::as_select()).load(tx.conn)?;
    open.iter().try_for_each(|invitation| withdraw(tx, actor, invitation))
}

/// Answers for a suspended invitation: it stands on this manager's authority from now on, and a mail that waited leaves
/// (SPEC 4.2). One that is open needs nobody else.
///
/// # Errors
/// [`Error::Hidden`] when it is not one of the managed target; [`Refusal::AlreadyDecided`]; the refusal that would
/// suspend it again.
pub fn approve(tx: &mut Tx<'_>, manager: &Manager, id: Id<Invitation>) -> Result<Invitation> {
    let invitation = managed(tx, manager, id)?;
    undecided(&invitation)?;
    if Invitation::facts(tx, id)?.standing == Standing::Open {
        delivery::off_hold(tx, id)?;
        return Ok(invitation);
    }
    let answerable = invitations::answerable_id.eq(manager.actor().id);
    diesel::update(invitations::table.find(id)).set(answerable).execute(tx.conn)?;
    let facts = Invitation::facts(tx, id)?;
    facts.authority.clone()?;
    delivery::off_hold(tx, id)?;
    activity::note(tx, manager.actor(), Action::Approved, &facts.invitation.as_object())?;
    Ok(facts.invitation)
}

/// The manager of whatever an invitation is for: what sending it again from a list of all invitations needs.
///
/// # Errors
/// [`Error::Hidden`] when there is none; [`Error::Forbidden`] with the reason when the person does not manage its
/// target.
pub fn manager_of(tx: &mut Tx<'_>, actor: &Actor, id: Id<Invitation>) -> Result<Manager> {
    match Invitation::facts(tx, id)?.target {
        Target::Directory => Manager::of_directory(tx, actor),
        Target::App { app, .. } => Manager::of_app(tx, actor, &app.slug),
        Target::Group(group) => Manager::of_group(tx, actor, &group.slug),
    }
}

fn undecided(invitation: &Invitation) -> Result<()> {
    if invitation.state == InvitationState::Pending { Ok(()) } else { Err(Refusal::AlreadyDecided.into()) }
}

/// The invitation, if it is one that this target's page lists: its own, or that of an app and its target group.
///
/// # Errors
/// [`Error::Hidden`] when it is not.
pub fn managed(tx: &mut Tx<'_>, manager: &Manager, id: Id<Invitation>) -> Result<Invitation> {
    let invitation = Invitation::find(tx, id)?;
    let group = manager.target().group().map(|group| group.id);
    let belongs = match (manager.target().kind(), invitation.target_kind) {
        (TargetKind::Directory, _) => {
            manager.actor().administrator || invitation.target_kind == TargetKind::Directory
        }
        (_, TargetKind::Directory) => false,
        (TargetKind::App, TargetKind::App) => invitation.app_id == manager.target().app().map(|app| app.id),
        (_, TargetKind::Group) => invitation.group_id.is_some() && invitation.group_id == group,
        (TargetKind::Group, TargetKind::App) => group.is_some() && target_group(tx, &invitation)? == group,
    };
    if belongs { Ok(invitation) } else { Err(Error::Hidden) }
}

fn target_group(tx: &mut Tx<'_>, invitation: &Invitation) -> Result<Option<Id<Group>>> {
    Ok(Invitation::facts(tx, invitation.id)?.target.group().map(|group| group.id))
}

fn may_be_sent(tx: &mut Tx<'_>, manager: &Manager, guest: &User) -> Result<()> {
    match super::foresee(tx, manager, std::slice::from_ref(&guest.address))?.pop() {
        Some(super::Verdict::Refused(refusal)) => Err(Error::Refused(refusal)),
        _ => delivery::within_recipient_limit(tx, &guest.address_key, manager.organisation()),
    }
}
