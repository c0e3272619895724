//! An invitation in the lists of administrators, of all and of one guest's, and in that of guest inviters.

use directory::{
    access::{Refusal, TargetKind},
    delivery::DeliveryState,
    invitation::{InvitationRow, InvitationState, Standing},
    user::UserState,
};

use super::words::{self, Badge};
use crate::web::{Visit, paths};

/// What a row shows; an address that is missing means that there is no such button.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) address: String,
    /// What the colour of the guest's face comes from.
    pub(super) user: String,
    /// The guest's page, for those whom it lets in.
    pub(super) user_href: Option<String>,
    pub(super) target: String,
    pub(super) target_href: Option<String>,
    pub(super) inviter: String,
    pub(super) state: Badge,
    /// Until when the link works, when it was decided, or why it waits.
    pub(super) detail: String,
    pub(super) mail: String,
    pub(super) mail_failed: bool,
    pub(super) resend: Option<String>,
    pub(super) revoke: Option<String>,
    pub(super) approve: Option<String>,
}

/// The row of an invitation.
pub(super) fn row(visit: &Visit, row: &InvitationRow) -> Row {
    let (texts, invitation) = (visit.texts, &row.invitation);
    let undecided = invitation.state == InvitationState::Pending;
    let approvable = row.standing.awaits_approval();
    let (target, target_href) = target(visit, row);
    let (guest, administrator) = (&row.guest, visit.actor.as_ref().is_some_and(|actor| actor.administrator));
    Row {
        id: invitation.id.to_string(),
        // Guest inviters are not told the name behind an address, not even how it begins.
        name: if administrator { guest.name.clone() } else { guest.address.clone() },
        address: guest.address.clone(),
        user: guest.id.to_string(),
        user_href: administrator.then(|| paths::admin_user(guest.id)),
        target,
        target_href,
        inviter: texts.with("admin-invitation-by", &[("name", row.inviter_name.as_str().into())]),
        state: words::of_standing(texts, &row.standing),
        detail: detail(visit, row),
        mail: row.mail.as_ref().map(|mail| words::mail_sentence(visit, mail)).unwrap_or_default(),
        mail_failed: row.mail.as_ref().is_some_and(|mail| mail.state == DeliveryState::Failed),
        resend: undecided
            .then(|| paths::invitation_resend_after(paths::ADMIN, invitation.id, invitation.generation)),
        revoke: undecided.then(|| paths::invitation_revoke_behind(&visit.here, invitation.id)),
        approve: approvable.then(|| paths::invitation_approve(paths::ADMIN, invitation.id)),
    }
}

fn target(visit: &Visit, row: &InvitationRow) -> (String, Option<String>) {
    match row.invitation.target_kind {
        TargetKind::Directory => (visit.texts.get("admin-invitation-to-organisation"), None),
        TargetKind::App => (row.target_name.clone(), Some(paths::admin_app(&row.target_slug))),
        TargetKind::Group => (row.target_name.clone(), Some(paths::admin_group(&row.target_slug))),
    }
}

fn detail(visit: &Visit, row: &InvitationRow) -> String {
    let invitation = &row.invitation;
    let moment = match &row.standing {
        Standing::Suspended(refusal) => return on_hold(visit, row, refusal),
        Standing::Open | Standing::Expired => invitation.expires_at,
        Standing::Accepted | Standing::Declined | Standing::Revoked => {
            invitation.decided_at.unwrap_or(invitation.created_at)
        }
    };
    let moment = visit.texts.date_time_zone(moment, visit.zone());
    match (&row.standing, invitation.decline_reason.as_deref()) {
        (Standing::Declined, Some(reason)) if !reason.is_empty() => visit.texts.with(
            "admin-invitation-declined-because",
            &[("moment", moment.into()), ("reason", reason.into())],
        ),
        (standing, _) => visit
            .texts
            .with(&format!("admin-invitation-{}-when", standing.code()), &[("moment", moment.into())]),
    }
}

/// Why it waits. Administrators, who see the guest's page, are told what to do about a guest who is shut out; others only
/// learn that an administrator can help.
fn on_hold(visit: &Visit, row: &InvitationRow, refusal: &Refusal) -> String {
    let administrator = visit.actor.as_ref().is_some_and(|actor| actor.administrator);
    match (refusal, row.guest.state) {
        (Refusal::BlockedUser, UserState::Deleted) if administrator => {
            visit.texts.get("admin-invitation-guest-deleted")
        }
        (Refusal::BlockedUser, UserState::Blocked) if administrator => {
            visit.texts.get("admin-invitation-guest-blocked")
        }
        _ => visit.on_hold(refusal),
    }
}
