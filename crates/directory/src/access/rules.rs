//! Who may see, manage and be added to what: small functions over plain facts, no I/O (SPEC 3.1 to 3.5).
//!
//! Pages, lists, redemption, the simulator and the set-up checklist all ask here. Refusals that hang on the rows of one
//! noun, such as a group's last owner or a name that is taken, are decided beside that noun.

mod facts;
mod limits;
mod password;
mod seeing;
mod target;

pub use self::facts::{AddressFacts, AppFacts, GroupFacts, PersonFacts, TargetFacts, TenantFacts};
pub(crate) use self::limits::frees_at;
pub use self::password::{have_password, lose_password, set_password};
pub use self::seeing::{Side, search_people, see_fellows};
pub(crate) use self::seeing::{see_app, see_directory, see_group, see_groups_page, see_people};
pub(crate) use self::target::obstacle;

use crate::access::refusal::{NotManager, Refusal};
use crate::group::{GroupMembership, GroupSource};
use crate::organisation::{DomainRule, InvitePolicy};
use crate::user::{UserKind, UserState};

/// A rule's answer.
pub type Answer = Result<(), Refusal>;

/// May this person manage this target? (SPEC 3.1)
///
/// # Errors
/// [`Refusal::NotManager`] with the condition that fails.
pub fn manage(person: &PersonFacts, target: &TargetFacts, tenant: &TenantFacts) -> Answer {
    let condition = match target {
        TargetFacts::Directory => manage_directory(person),
        TargetFacts::Group(group) => manage_group(person, group, tenant),
        TargetFacts::App(app) => manage_app(person, app, tenant),
    };
    condition.map_err(|why| Refusal::NotManager { why })
}

fn manage_directory(person: &PersonFacts) -> Result<(), NotManager> {
    acts(person)?;
    require(person.administrator || person.guest_inviter, NotManager::NotAdministrator)
}

fn manage_group(person: &PersonFacts, group: &GroupFacts, tenant: &TenantFacts) -> Result<(), NotManager> {
    acts(person)?;
    if person.administrator {
        return Ok(());
    }
    require(person.owns_group, NotManager::NotOwner)?;
    require(tenant.owners_manage_groups, NotManager::OwnersSwitchOff)?;
    require(group.owners_manage_membership, NotManager::GroupSwitchOff)
}

fn manage_app(person: &PersonFacts, app: &AppFacts, tenant: &TenantFacts) -> Result<(), NotManager> {
    acts(person)?;
    require(app.enabled, NotManager::AppDisabled)?;
    require(app.self_service, NotManager::NotSelfService)?;
    let group = app.target_group.as_ref().ok_or(NotManager::NoTargetGroup)?;
    require(app.target_assigned, NotManager::TargetNotAssigned)?;
    manage_group(person, group, tenant)?;
    require(person.administrator || person.assigned, NotManager::NotAssigned)
}

fn acts(person: &PersonFacts) -> Result<(), NotManager> {
    require(person.active, NotManager::NotActive)?;
    require(person.kind == UserKind::Member, NotManager::Guest)
}

fn require(holds: bool, why: NotManager) -> Result<(), NotManager> {
    if holds { Ok(()) } else { Err(why) }
}

/// May people be added to this group by hand at all? Holds for administrators too (SPEC 3.2).
///
/// # Errors
/// [`Refusal::SyncedGroup`] or [`Refusal::DynamicGroup`].
pub fn take_people(group: &GroupFacts) -> Answer {
    not_dynamic(group).and_then(|()| not_synced(group))
}

fn not_dynamic(group: &GroupFacts) -> Answer {
    match group.membership {
        GroupMembership::Assigned => Ok(()),
        GroupMembership::Dynamic => {
            Err(Refusal::DynamicGroup { rule: group.rule.clone().unwrap_or_default() })
        }
    }
}

/// Is the group kept here, so that people here decide about it?
pub(crate) fn not_synced(group: &GroupFacts) -> Answer {
    match group.source {
        GroupSource::Cloud => Ok(()),
        GroupSource::Synced => Err(Refusal::SyncedGroup {
            source: group.synced_from.clone().unwrap_or_default(),
            last_sync: group.synced_at,
        }),
    }
}

/// One rule of SPEC 3.2, in the order of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// 3.1 holds.
    Manager,
    /// Membership is assigned.
    AssignedGroup,
    /// The source is this directory.
    CloudGroup,
    /// The address is one.
    Address,
    /// Not a colleague without an account.
    OwnDomain,
    /// Not a blocked user.
    Blocked,
    /// The invite policy admits the inviter.
    InvitePolicy,
    /// The domain rule admits the address.
    Domain,
    /// No limit is reached.
    Limits,
}

impl Rule {
    /// The catalogue's word for the rule.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::AssignedGroup => "assigned-group",
            Self::CloudGroup => "cloud-group",
            Self::Address => "address",
            Self::OwnDomain => "own-domain",
            Self::Blocked => "blocked",
            Self::InvitePolicy => "invite-policy",
            Self::Domain => "domain",
            Self::Limits => "limits",
        }
    }
}

/// Every rule of SPEC 3.2 with its answer, in order: what the simulator shows.
#[must_use]
pub fn chain(
    person: &PersonFacts,
    target: &TargetFacts,
    tenant: &TenantFacts,
    address: &AddressFacts,
) -> Vec<(Rule, Answer)> {
    let group = group_of(target);
    vec![
        (Rule::Manager, manage(person, target, tenant)),
        (Rule::AssignedGroup, group.map_or(Ok(()), not_dynamic)),
        (Rule::CloudGroup, group.map_or(Ok(()), not_synced)),
        (Rule::Address, well_formed(address)),
        (Rule::OwnDomain, not_a_missing_colleague(tenant, address)),
        (Rule::Blocked, not_blocked(address)),
        (Rule::InvitePolicy, policy_admits(person, tenant, address)),
        (Rule::Domain, domain_admitted(tenant, address)),
        (Rule::Limits, within_limits(address)),
    ]
}

/// May this address be added to this target by this person? The first rule that fails is the reason (SPEC 3.2).
///
/// # Errors
/// That rule's refusal.
pub fn add(
    person: &PersonFacts,
    target: &TargetFacts,
    tenant: &TenantFacts,
    address: &AddressFacts,
) -> Answer {
    chain(person, target, tenant, address).into_iter().try_for_each(|(_, answer)| answer)
}

/// Does an invitation still stand on the authority of the person who answers for it? (SPEC 4.2, SECURITY R6)
///
/// Limits are not asked again: they bound sending, not accepting. After a restore none stands until an administrator has
/// had a look: those that were taken back since the backup are open again.
///
/// # Errors
/// The refusal that suspends the invitation.
pub fn stand(
    answerable: &PersonFacts,
    target: &TargetFacts,
    tenant: &TenantFacts,
    address: &AddressFacts,
) -> Answer {
    add(answerable, target, tenant, &AddressFacts { limit: None, ..address.clone() })?;
    if tenant.restored { Err(Refusal::Restored) } else { Ok(()) }
}

fn group_of(target: &TargetFacts) -> Option<&GroupFacts> {
    match target {
        TargetFacts::Directory => None,
        TargetFacts::Group(group) => Some(group),
        TargetFacts::App(app) => app.target_group.as_ref(),
    }
}

fn well_formed(address: &AddressFacts) -> Answer {
    address.address.as_ref().map(|_| ()).map_err(|part| Refusal::InvalidAddress { part: *part })
}

fn not_a_missing_colleague(tenant: &TenantFacts, address: &AddressFacts) -> Answer {
    match &address.address {
        Ok(known) if address.user.is_none() && tenant.own_domains.iter().any(|own| own == known.domain()) => {
            Err(Refusal::OwnDomain { domain: known.domain().to_owned() })
        }
        _ => Ok(()),
    }
}

fn not_blocked(address: &AddressFacts) -> Answer {
    match address.user {
        Some((_, UserState::Blocked | UserState::Deleted)) => Err(Refusal::BlockedUser),
        _ => Ok(()),
    }
}

/// Whether the policy admits somebody of this kind, with or without a role (SPEC 3.3).
pub(crate) fn admits(policy: InvitePolicy, kind: UserKind, has_role: bool) -> bool {
    match policy {
        InvitePolicy::Anyone => true,
        InvitePolicy::Members => kind == UserKind::Member,
        InvitePolicy::Inviters => has_role,
        InvitePolicy::Nobody => false,
    }
}

fn policy_admits(person: &PersonFacts, tenant: &TenantFacts, address: &AddressFacts) -> Answer {
    let has_role = person.administrator || person.guest_inviter;
    if admits(tenant.invite_policy, person.kind, has_role) || !address.is_guest_or_unknown() {
        Ok(())
    } else {
        Err(Refusal::InvitingOff { policy: tenant.invite_policy })
    }
}

fn domain_admitted(tenant: &TenantFacts, address: &AddressFacts) -> Answer {
    let Ok(known) = &address.address else { return Ok(()) };
    let admitted = match tenant.domain_rule {
        DomainRule::Any => true,
        DomainRule::AllBut => !listed(&tenant.refused_domains, known.domain()),
        DomainRule::Only => listed(&tenant.accepted_domains, known.domain()),
    };
    if admitted || !address.is_guest_or_unknown() {
        Ok(())
    } else {
        Err(Refusal::DomainNotAllowed { domain: known.domain().to_owned() })
    }
}

/// Sub-domains are not implied unless written `*.example.org` (SPEC 3.3).
fn listed(domains: &[String], domain: &str) -> bool {
    domains.iter().any(|entry| match entry.strip_prefix("*.") {
        Some(parent) => domain.strip_suffix(parent).is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')),
        None => entry == domain,
    })
}

fn within_limits(address: &AddressFacts) -> Answer {
    match address.limit {
        Some(limit) if address.needs_invitation() => Err(Refusal::LimitReached(limit)),
        _ => Ok(()),
    }
}

/// May this person own a group or hold a role? Guests may own nothing (SPEC 3.1).
///
/// # Errors
/// [`Refusal::GuestCannotOwn`].
pub fn own(kind: UserKind) -> Answer {
    match kind {
        UserKind::Member => Ok(()),
        UserKind::Guest => Err(Refusal::GuestCannotOwn),
    }
}

/// May this person open this app? Only while it is enabled; members also without an assignment when none is required.
#[must_use]
pub(crate) fn open_app(enabled: bool, assignment_required: bool, kind: UserKind, assigned: bool) -> bool {
    enabled && (assigned || (!assignment_required && kind == UserKind::Member))
}

#[cfg(test)]
mod tests;
