//! What lists of invitations are asked for, and what their rows tell.

use super::loaded::{Ground, Row};
use super::{Invitation, InvitationState, Standing};
use crate::access::TargetKind;
use crate::db::{ByName, Id, Timestamp};
use crate::delivery::Progress;
use crate::organisation::Organisation;
use crate::user::User;

/// An invitation in a list.
#[derive(Clone, Debug)]
pub struct InvitationRow {
    /// The invitation.
    pub invitation: Invitation,
    /// The guest.
    pub guest: User,
    /// Who invited.
    pub inviter_name: String,
    /// What it is for, by name; empty for the directory.
    pub target_name: String,
    /// Its part of the address of the target's page; empty for the directory.
    pub target_slug: String,
    /// Where it stands.
    pub standing: Standing,
    /// How far its newest mail is.
    pub mail: Option<Progress>,
}

impl InvitationRow {
    /// What a list tells of this invitation, under the settings that hold.
    pub(super) fn of(row: Row, organisation: &Organisation, now: Timestamp) -> Self {
        let (invitation, guest, answerable, inviter_name, app, group, ties, mail) = row;
        let ground = Ground::of(&invitation, answerable, app.as_ref(), group.as_ref(), ties);
        let standing = ground.standing(&invitation, &guest, organisation, now);
        let (target_name, target_slug) = match (invitation.target_kind, app, group) {
            (TargetKind::App, Some(app), _) => (app.name, app.slug),
            (TargetKind::Group, _, Some(group)) => (group.name, group.slug),
            _ => (String::new(), String::new()),
        };
        Self { invitation, guest, inviter_name, target_name, target_slug, standing, mail }
    }
}

/// Whether the time of an invitation is over. It matters as long as nobody has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// It is not.
    Valid,
    /// It is.
    Expired,
}

/// Which invitations to list.
#[derive(Clone, Debug, Default)]
pub struct InvitationFilter {
    /// Part of the address.
    pub search: String,
    /// Only these.
    pub state: Option<InvitationState>,
    /// Only those whose time is over, or is not.
    pub validity: Option<Validity>,
    /// Only those before this one: the next page.
    pub before: Option<Id<Invitation>>,
}

/// Which open invitations a target's page lists.
pub(crate) struct Scope<'a> {
    /// The targets, at least one.
    pub(crate) keys: &'a [String],
    /// Only guests after this name and id.
    pub(crate) after: Option<&'a ByName<User>>,
    /// Only guests up to this name.
    pub(crate) until: Option<&'a str>,
    /// Part of a name or address.
    pub(crate) search: &'a str,
    /// Only those whose time is over, or is not.
    pub(crate) validity: Option<Validity>,
    /// The settings that hold.
    pub(crate) organisation: &'a Organisation,
}

impl Scope<'_> {
    /// Nothing is sought, and all that are open are listed.
    pub(super) fn is_whole(&self) -> bool {
        self.search.is_empty() && self.validity.is_none()
    }
}
