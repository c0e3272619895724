use super::*;
use crate::access::{Limit, LimitReached};
use crate::db::Timestamp;
use crate::email_address::EmailAddress;

fn person() -> PersonFacts {
    PersonFacts {
        active: true,
        kind: UserKind::Member,
        administrator: false,
        guest_inviter: false,
        owns_group: true,
        assigned: true,
    }
}

fn group() -> GroupFacts {
    GroupFacts {
        owners_manage_membership: true,
        membership: GroupMembership::Assigned,
        source: GroupSource::Cloud,
        rule: None,
        synced_from: None,
        synced_at: None,
    }
}

fn app() -> AppFacts {
    AppFacts { enabled: true, self_service: true, target_group: Some(group()), target_assigned: true }
}

fn tenant() -> TenantFacts {
    TenantFacts {
        owners_manage_groups: true,
        invite_policy: InvitePolicy::Members,
        domain_rule: DomainRule::Any,
        refused_domains: vec![],
        accepted_domains: vec![],
        own_domains: vec!["meridian.test".into()],
        restored: false,
    }
}

fn address(typed: &str) -> AddressFacts {
    AddressFacts { address: EmailAddress::parse(typed), user: None, limit: None }
}

fn why(person: &PersonFacts, target: &TargetFacts, tenant: &TenantFacts) -> Option<NotManager> {
    match manage(person, target, tenant) {
        Err(Refusal::NotManager { why }) => Some(why),
        _ => None,
    }
}

#[test]
fn an_owner_manages_the_app_when_every_condition_holds() {
    assert_eq!(manage(&person(), &TargetFacts::App(app()), &tenant()), Ok(()));
}

#[test]
fn each_missing_condition_is_the_reason() {
    let owner = person();
    let on = tenant();
    let off = TenantFacts { owners_manage_groups: false, ..tenant() };
    let app = |change: fn(&mut AppFacts)| {
        let mut facts = app();
        change(&mut facts);
        TargetFacts::App(facts)
    };
    let whole = app(|_| {});
    for (person, target, tenant, reason) in [
        (PersonFacts { active: false, ..person() }, &whole, &on, NotManager::NotActive),
        (PersonFacts { kind: UserKind::Guest, ..person() }, &whole, &on, NotManager::Guest),
        (PersonFacts { owns_group: false, ..person() }, &whole, &on, NotManager::NotOwner),
        (PersonFacts { assigned: false, ..person() }, &whole, &on, NotManager::NotAssigned),
        (owner.clone(), &whole, &off, NotManager::OwnersSwitchOff),
        (owner.clone(), &app(|a| a.enabled = false), &on, NotManager::AppDisabled),
        (owner.clone(), &app(|a| a.self_service = false), &on, NotManager::NotSelfService),
        (owner.clone(), &app(|a| a.target_group = None), &on, NotManager::NoTargetGroup),
        (owner.clone(), &app(|a| a.target_assigned = false), &on, NotManager::TargetNotAssigned),
    ] {
        assert_eq!(why(&person, target, tenant), Some(reason));
    }
    let own_switch_off = TargetFacts::Group(GroupFacts { owners_manage_membership: false, ..group() });
    assert_eq!(why(&owner, &own_switch_off, &on), Some(NotManager::GroupSwitchOff));
}

#[test]
fn an_administrator_manages_without_owning_or_switches() {
    let administrator = PersonFacts { administrator: true, owns_group: false, assigned: false, ..person() };
    let off = TenantFacts { owners_manage_groups: false, ..tenant() };
    assert_eq!(manage(&administrator, &TargetFacts::App(app()), &off), Ok(()));
    assert_eq!(manage(&administrator, &TargetFacts::Directory, &off), Ok(()));
    let no_group = TargetFacts::App(AppFacts { target_group: None, ..app() });
    assert_eq!(why(&administrator, &no_group, &off), Some(NotManager::NoTargetGroup));
}

#[test]
fn only_administrators_and_guest_inviters_invite_to_the_directory() {
    let inviter = PersonFacts { guest_inviter: true, ..person() };
    assert_eq!(manage(&inviter, &TargetFacts::Directory, &tenant()), Ok(()));
    assert_eq!(why(&person(), &TargetFacts::Directory, &tenant()), Some(NotManager::NotAdministrator));
}

#[test]
fn nobody_is_added_by_hand_to_a_dynamic_or_synced_group_not_even_by_an_administrator() {
    let administrator = PersonFacts { administrator: true, ..person() };
    let dynamic = GroupFacts { membership: GroupMembership::Dynamic, rule: Some("true".into()), ..group() };
    let synced = GroupFacts { source: GroupSource::Synced, synced_from: Some("AD".into()), ..group() };
    for (group, code) in [(dynamic, "dynamic_group"), (synced, "synced_group")] {
        for target in [
            TargetFacts::Group(group.clone()),
            TargetFacts::App(AppFacts { target_group: Some(group.clone()), ..app() }),
        ] {
            let refusal = add(&administrator, &target, &tenant(), &address("ann@partner.test")).unwrap_err();
            assert_eq!(refusal.code(), code);
        }
    }
}

#[test]
fn the_first_rule_that_fails_is_the_reason() {
    let target = TargetFacts::App(app());
    let code = |tenant: &TenantFacts, address: &AddressFacts| {
        add(&person(), &target, tenant, address).map_err(|refusal| refusal.code())
    };
    let nobody = TenantFacts { invite_policy: InvitePolicy::Nobody, ..tenant() };
    let only = TenantFacts {
        domain_rule: DomainRule::Only,
        accepted_domains: vec!["other.test".into()],
        ..tenant()
    };
    let frees_at = Timestamp::from_micros(0);
    let limit = Some(LimitReached { limit: Limit::InviterHour, max: 50, frees_at });
    let blocked =
        AddressFacts { user: Some((UserKind::Guest, UserState::Blocked)), ..address("a@partner.test") };
    assert_eq!(code(&tenant(), &address("ann@partner.test")), Ok(()));
    assert_eq!(code(&tenant(), &address("ann")), Err("invalid_address"));
    assert_eq!(code(&tenant(), &address("ann@meridian.test")), Err("own_domain"));
    assert_eq!(code(&nobody, &blocked), Err("blocked_user"));
    assert_eq!(code(&nobody, &address("ann@partner.test")), Err("inviting_off"));
    assert_eq!(
        code(&only, &AddressFacts { limit, ..address("ann@partner.test") }),
        Err("domain_not_allowed")
    );
    assert_eq!(code(&tenant(), &AddressFacts { limit, ..address("ann@partner.test") }), Err("limit_reached"));
}

#[test]
fn rules_about_guests_do_not_hold_for_colleagues() {
    let closed =
        TenantFacts { invite_policy: InvitePolicy::Nobody, domain_rule: DomainRule::Only, ..tenant() };
    let colleague =
        AddressFacts { user: Some((UserKind::Member, UserState::Active)), ..address("mia@meridian.test") };
    assert_eq!(add(&person(), &TargetFacts::App(app()), &closed, &colleague), Ok(()));
    let guest =
        AddressFacts { user: Some((UserKind::Guest, UserState::Active)), ..address("gus@partner.test") };
    assert!(add(&person(), &TargetFacts::App(app()), &closed, &guest).is_err());
}

#[test]
fn sub_domains_are_not_implied() {
    let list = |entry: &str| vec![entry.to_owned()];
    assert!(listed(&list("partner.test"), "partner.test"));
    assert!(!listed(&list("partner.test"), "eu.partner.test"));
    assert!(listed(&list("*.partner.test"), "eu.partner.test"));
    assert!(!listed(&list("*.partner.test"), "partner.test"));
    assert!(!listed(&list("*.partner.test"), "evilpartner.test"));
    assert!(!listed(&list("*.partner.test"), ".partner.test"));
}

#[test]
fn an_app_opens_only_for_those_it_is_given_to() {
    assert!(open_app(true, true, UserKind::Guest, true));
    assert!(!open_app(false, false, UserKind::Member, true));
    assert!(open_app(true, false, UserKind::Member, false));
    assert!(!open_app(true, false, UserKind::Guest, false));
    assert!(!open_app(true, true, UserKind::Member, false));
}

#[test]
fn who_answers_for_a_target_sees_its_people_while_a_switch_is_off() {
    let off = TenantFacts { owners_manage_groups: false, ..tenant() };
    let (group, app) = (TargetFacts::Group(group()), TargetFacts::App(app()));
    let administrator = PersonFacts { administrator: true, owns_group: false, ..person() };
    for responsible in [person(), administrator] {
        assert_eq!(see_people(&responsible, &group, &off), Ok(Side::People));
        assert_eq!(see_people(&responsible, &app, &off), Ok(Side::People));
    }
    let user = PersonFacts { owns_group: false, ..person() };
    assert_eq!(see_people(&user, &group, &off), Ok(Side::Fellows));
    let not_owner = Refusal::NotManager { why: NotManager::NotOwner };
    assert_eq!(see_people(&user, &app, &off), Err(not_owner));
}

#[test]
fn the_invite_policy_asks_for_the_kind_or_for_a_role() {
    for has_role in [false, true] {
        for kind in [UserKind::Member, UserKind::Guest] {
            assert!(admits(InvitePolicy::Anyone, kind, has_role));
            assert_eq!(admits(InvitePolicy::Members, kind, has_role), kind == UserKind::Member);
            assert_eq!(admits(InvitePolicy::Inviters, kind, has_role), has_role);
            assert!(!admits(InvitePolicy::Nobody, kind, has_role));
        }
    }
}

#[test]
fn after_a_restore_no_invitation_stands_and_people_are_added_as_ever() {
    let restored = TenantFacts { restored: true, ..tenant() };
    let (target, ann) = (TargetFacts::App(app()), address("ann@partner.test"));
    assert_eq!(stand(&person(), &target, &tenant(), &ann), Ok(()));
    assert_eq!(stand(&person(), &target, &restored, &ann), Err(Refusal::Restored));
    assert_eq!(add(&person(), &target, &restored, &ann), Ok(()));
    let gone = PersonFacts { owns_group: false, ..person() };
    assert_eq!(stand(&gone, &target, &restored, &ann), stand(&gone, &target, &tenant(), &ann));
}
