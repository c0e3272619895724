//! What lists of invitations read of each: the row itself, its guest, and of everybody and everything else the few
//! columns that the rules and the list ask for.

use diesel::prelude::*;

use super::Invitation;
use crate::access::TargetKind;
use crate::access::rules::{AppFacts, GroupFacts, PersonFacts, TargetFacts};
use crate::db::Timestamp;
use crate::db::schema::{apps, groups};
use crate::delivery::Progress;
use crate::group::{GroupMembership, GroupSource};
use crate::user::{User, UserKind, UserState};

/// Who answers for an invitation, as far as the rules ask: kind, state, administrator, guest inviter.
pub(super) type Answerable = (UserKind, UserState, bool, bool);
/// Whether that person owns the group and is assigned to the app, and whether the group is.
pub(super) type Ties = (bool, bool, bool);
pub(super) type Loaded<A, G> = (Invitation, User, Answerable, String, Option<A>, Option<G>, Ties);
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

/// Who answers for an invitation, as the rules see them.
pub(super) fn person(
    (kind, state, administrator, guest_inviter): Answerable,
    (owns_group, assigned, _): Ties,
) -> PersonFacts {
    let active = state == UserState::Active;
    PersonFacts { active, kind, administrator, guest_inviter, owns_group, assigned }
}

/// What an invitation is for, as the rules see it.
pub(super) fn target_facts(
    invitation: &Invitation,
    app: Option<&InvitedApp>,
    group: Option<&InvitedGroup>,
    (_, _, target_assigned): Ties,
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
