//! What holds before an administrator has chosen anything (SPEC 3.3, 3.5).

use directory::Organisation;
use directory::organisation::{DomainRule, GuestVisibility, InvitePolicy, TenantSettings};

use crate::cast::Cast;
use crate::on_both;

on_both!(a_new_organisation_has_the_defaults);

/// Every field is named here, so that none is added without a default that somebody looked up in the contract.
#[test]
fn the_defaults_are_those_of_the_contract() {
    let contract = TenantSettings {
        owners_manage_groups: false,
        invite_policy: InvitePolicy::Members,
        domain_rule: DomainRule::Any,
        refused_domains: String::new(),
        accepted_domains: String::new(),
        guests_see: GuestVisibility::Own,
        invitation_days: 7,
        welcome_messages: true,
        members_search: true,
        groups_page_restricted: false,
        inviter_hourly_limit: 50,
        inviter_daily_limit: 500,
        organisation_hourly_limit: 2_000,
        recipient_daily_limit: 5,
    };
    assert_eq!(TenantSettings::default(), contract);
}

/// But for the switch, which setting an app up for self-service has turned on.
fn a_new_organisation_has_the_defaults(cast: &Cast) {
    let settings = cast.read(Organisation::load).settings;
    assert_eq!(settings, TenantSettings { owners_manage_groups: true, ..TenantSettings::default() });
}
