//! What lists of invitations read of each: the row itself, its guest, and of everybody and everything else the few
//! columns that the rules and the list ask for.

use diesel::prelude::*;

use super::{Invitation, Standing, authority};
use crate::access::TargetKind;
use crate::access::rules::{AppFacts, GroupFacts, PersonFacts, TargetFacts};
use crate::db::Timestamp;
use crate::db::schema::{apps, groups};
use crate::delivery::Progress;
use crate::group::{GroupMembership, GroupSource};
use crate::organisation::Organisation;
use crate::user::{User, UserKind, UserState};

/// Who answers for an invitation, as far as the rules ask. Read as columns in this order.
#[derive(Clone, Copy, Queryable)]
pub(super) struct Answerable {
    kind: UserKind,
    state: UserState,
    administrator: bool,
    guest_inviter: bool,
}

/// How that person stands to the target. Read as columns in this order.
#[derive(Clone, Copy, Queryable)]
pub(super) struct Ties {
    /// Owns the group.
    owns_group: bool,
    /// Is assigned to the app.
    assigned: bool,
    /// The group is assigned to the app.
    pub(super) target_assigned: bool,
}

pub(super) type Loaded =
    (Invitation, User, Answerable, String, Option<InvitedApp>, Option<InvitedGroup>, Ties);
/// What a row of a list tells and asks, of the target and of its newest mail: of many columns the few that matter.
pub(super) type Row =
    (Invitation, User, Answerable, String, Option<InvitedApp>, Option<InvitedGroup>, Ties, Option<Progress>);

#[derive(Queryable, Selectable)]
#[diesel(table_name = apps)]
pub(super) struct InvitedApp {
    pub(super) name: String,
    pub(super) slug: String,
    enabled: bool,
    self_service: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = groups)]
pub(super) struct InvitedGroup {
    pub(super) name: String,
    pub(super) slug: String,
    owners_manage_membership: bool,
    membership: GroupMembership,
    source: GroupSource,
    rule: Option<String>,
    synced_from: Option<String>,
    synced_at: Option<Timestamp>,
}

/// What an invitation stands on, as the rules see it: who answers for it, and what it is for.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    answerable: PersonFacts,
    target: TargetFacts,
}

impl Ground {
    pub(super) fn of(
        invitation: &Invitation,
        answerable: Answerable,
        app: Option<&InvitedApp>,
        group: Option<&InvitedGroup>,
        ties: Ties,
    ) -> Self {
        Self {
            answerable: answerable.facts(ties),
            target: target_facts(invitation, app, group, ties.target_assigned),
        }
    }

    /// Where the invitation stands, or would stand, under the settings of this organisation.
    pub(super) fn standing(
        &self,
        invitation: &Invitation,
        guest: &User,
        organisation: &Organisation,
        now: Timestamp,
    ) -> Standing {
        invitation.standing(authority(&self.answerable, &self.target, organisation, guest), now)
    }
}

impl Answerable {
    /// Whether the person manages every target, whoever owns it.
    pub(super) fn is_administrator(self) -> bool {
        self.administrator
    }

    /// The person as the rules see them.
    pub(super) fn facts(self, ties: Ties) -> PersonFacts {
        PersonFacts {
            active: self.state == UserState::Active,
            kind: self.kind,
            administrator: self.administrator,
            guest_inviter: self.guest_inviter,
            owns_group: ties.owns_group,
            assigned: ties.assigned,
        }
    }
}

/// What an invitation is for, as the rules see it.
fn target_facts(
    invitation: &Invitation,
    app: Option<&InvitedApp>,
    group: Option<&InvitedGroup>,
    target_assigned: bool,
) -> TargetFacts {
    let group = group.map(InvitedGroup::facts);
    match (invitation.target_kind, app, group) {
        (TargetKind::App, Some(app), target_group) => TargetFacts::App(AppFacts {
            enabled: app.enabled,
            self_service: app.self_service,
            target_group,
            target_assigned,
        }),
        (TargetKind::Group, _, Some(group)) => TargetFacts::Group(group),
        _ => TargetFacts::Directory,
    }
}

impl InvitedGroup {
    fn facts(&self) -> GroupFacts {
        GroupFacts {
            owners_manage_membership: self.owners_manage_membership,
            membership: self.membership,
            source: self.source,
            rule: self.rule.clone(),
            synced_from: self.synced_from.clone(),
            synced_at: self.synced_at,
        }
    }
}
