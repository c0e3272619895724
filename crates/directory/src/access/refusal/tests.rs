//! Which refusals somebody else makes go away by answering for an invitation (SPEC 4.2).

use super::*;

/// Administrators manage whatever the switches say, and nobody manages an app that is not set up for it.
#[test]
fn who_manages_nothing_is_replaced_by_somebody_who_does() {
    for (why, lies_with_one) in [
        (NotManager::NotActive, true),
        (NotManager::Guest, true),
        (NotManager::OwnersSwitchOff, true),
        (NotManager::GroupSwitchOff, true),
        (NotManager::NotOwner, true),
        (NotManager::AppDisabled, false),
        (NotManager::NotSelfService, false),
        (NotManager::NoTargetGroup, false),
        (NotManager::TargetNotAssigned, false),
        (NotManager::NotAssigned, true),
        (NotManager::NotAdministrator, true),
    ] {
        assert_eq!(Refusal::NotManager { why }.lies_with_one_person(), lies_with_one, "{why:?}");
    }
}

#[test]
fn where_some_may_invite_somebody_else_may() {
    for (policy, lies_with_one) in [
        (InvitePolicy::Anyone, true),
        (InvitePolicy::Members, true),
        (InvitePolicy::Inviters, true),
        (InvitePolicy::Nobody, false),
    ] {
        assert_eq!(Refusal::InvitingOff { policy }.lies_with_one_person(), lies_with_one, "{policy:?}");
    }
}

#[test]
fn what_lies_with_the_guest_or_the_group_is_the_same_whoever_answers() {
    for refusal in [
        Refusal::DynamicGroup { rule: String::new() },
        Refusal::SyncedGroup { source: String::new(), last_sync: None },
        Refusal::BlockedUser,
        Refusal::OwnDomain { domain: String::new() },
        Refusal::DomainNotAllowed { domain: String::new() },
        Refusal::Restored,
    ] {
        assert!(!refusal.lies_with_one_person(), "{refusal:?}");
    }
}
