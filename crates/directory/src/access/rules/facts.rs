//! What the rules are told: plain facts, read by others.

use crate::access::refusal::LimitReached;
use crate::db::Timestamp;
use crate::email_address::{AddressError, EmailAddress};
use crate::group::{GroupMembership, GroupSource};
use crate::organisation::{DomainRule, InvitePolicy};
use crate::user::{UserKind, UserState};

/// What the rules need to know of a person who acts on a target.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that a rule asks for")]
pub struct PersonFacts {
    /// Only active people act.
    pub active: bool,
    /// Member or guest.
    pub kind: UserKind,
    /// Holds the role of administrator.
    pub administrator: bool,
    /// Holds the role of guest inviter.
    pub guest_inviter: bool,
    /// Owns the group in question.
    pub owns_group: bool,
    /// Is assigned to the app in question, directly or through a group.
    pub assigned: bool,
}

/// What the rules need to know of a group.
#[derive(Clone, Debug)]
pub struct GroupFacts {
    /// The group's own switch, "owners manage membership".
    pub owners_manage_membership: bool,
    /// Assigned or dynamic.
    pub membership: GroupMembership,
    /// Made here or synced.
    pub source: GroupSource,
    /// The rule of a dynamic group.
    pub rule: Option<String>,
    /// Where a synced group comes from.
    pub synced_from: Option<String>,
    /// When it was read last.
    pub synced_at: Option<Timestamp>,
}

/// What the rules need to know of an app.
#[derive(Clone, Debug)]
pub struct AppFacts {
    /// Enabled for users to sign in.
    pub enabled: bool,
    /// Self-service is on.
    pub self_service: bool,
    /// The target group, when there is one.
    pub target_group: Option<GroupFacts>,
    /// The target group is assigned to the app.
    pub target_assigned: bool,
}

/// What is managed.
#[derive(Clone, Debug)]
pub enum TargetFacts {
    /// The organisation itself.
    Directory,
    /// A group.
    Group(GroupFacts),
    /// An app, through its target group.
    App(AppFacts),
}

/// The tenant's settings that the rules ask for.
#[derive(Clone, Debug)]
pub struct TenantFacts {
    /// *Owners can manage group membership requests in the Access Panel*.
    pub owners_manage_groups: bool,
    /// Who may invite guests.
    pub invite_policy: InvitePolicy,
    /// Which of the two lists holds.
    pub domain_rule: DomainRule,
    /// Domains under "all but these".
    pub refused_domains: Vec<String>,
    /// Domains under "only these".
    pub accepted_domains: Vec<String>,
    /// The organisation's own domains.
    pub own_domains: Vec<String>,
    /// It was restored from a backup, and no administrator has released it yet.
    pub restored: bool,
}

/// What is known of the address that is to be added.
#[derive(Clone, Debug)]
pub struct AddressFacts {
    /// The address, or its wrong part.
    pub address: Result<EmailAddress, AddressError>,
    /// The user who has it.
    pub user: Option<(UserKind, UserState)>,
    /// The limit that is reached, if one is.
    pub limit: Option<LimitReached>,
}

impl AddressFacts {
    /// The address is a guest's or unknown: the rules about guests hold.
    pub(super) fn is_guest_or_unknown(&self) -> bool {
        !matches!(self.user, Some((UserKind::Member, _)))
    }

    /// Adding it would make a new invitation.
    pub(super) fn needs_invitation(&self) -> bool {
        !matches!(self.user, Some((_, UserState::Active)))
    }
}
