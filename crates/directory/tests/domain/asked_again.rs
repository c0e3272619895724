//! Every rule is asked once more when a guest accepts, as it holds at that moment (SECURITY A10, A14, R6).

use directory::app::{App, AppProperties};
use directory::app_assignment::{self, Assignee, Assignment};
use directory::app_self_service::{self, SelfService};
use directory::group::{Group, GroupProfile};
use directory::organisation::{DomainRule, InvitePolicy};
use directory::redemption::Accepted;
use directory::user::User;
use directory::{Count, Error, group_member, group_owner, invitation};

use crate::cast::{Cast, app_properties, group_profile, second_owner};
use crate::on_both;
use crate::redeeming::{accept, code, door, invited, offer_id};

on_both!(
    every_rule_is_asked_again_at_redemption,
    what_is_on_hold_is_redeemed_once_somebody_has_approved_it_a14,
);

/// Makes a condition of an invitation hold, or hold no longer.
pub(crate) type Set = fn(&Cast, bool);

/// What Olivia's invitation to Salesforce stands on.
const CONDITIONS: [(&str, Set); 11] = [
    ("owners manage groups", |cast, holds| cast.settings(|settings| settings.owners_manage_groups = holds)),
    ("members invite", |cast, holds| {
        let policy = if holds { InvitePolicy::Members } else { InvitePolicy::Nobody };
        cast.settings(|settings| settings.invite_policy = policy);
    }),
    ("the guest's domain is admitted", |cast, holds| {
        cast.settings(|settings| {
            settings.domain_rule = if holds { DomainRule::Any } else { DomainRule::AllBut };
            settings.refused_domains = "partner.test".into();
        });
    }),
    ("the inviter is active", set_active),
    ("the inviter owns the group", set_owner),
    ("the inviter is assigned to the app", |cast, holds| assign(cast, Assignee::User(cast.olivia.id), holds)),
    ("the group lets its owners manage it", set_switch),
    ("the group is assigned to the app", |cast, holds| assign(cast, Assignee::Group(cast.group.id), holds)),
    ("the app is enabled", set_enabled),
    ("the app is self-service", |cast, holds| set_self_service(cast, holds, true)),
    ("the app has a target group", |cast, holds| set_self_service(cast, true, holds)),
];

pub(crate) fn set_active(cast: &Cast, active: bool) {
    let (olivia, set) = (cast.olivia.id, if active { User::unblock } else { User::block });
    cast.as_administrator(|tx, administrator| set(tx, administrator, olivia)).unwrap();
}

pub(crate) fn set_owner(cast: &Cast, owner: bool) {
    let set = if owner { group_owner::add } else { group_owner::remove };
    cast.as_administrator(|tx, administrator| set(tx, administrator, &cast.group, cast.olivia.id)).unwrap();
}

pub(crate) fn assign(cast: &Cast, to: Assignee, assigned: bool) {
    cast.as_administrator(|tx, administrator| {
        if assigned {
            return app_assignment::add(tx, administrator, &cast.app, &Assignment::to(to));
        }
        for row in app_assignment::list(tx, cast.app.id, None, 50)?.rows {
            if app_assignment::find(tx, &cast.app, row.id)? == to {
                app_assignment::remove(tx, administrator, &cast.app, row.id)?;
            }
        }
        Ok(())
    })
    .unwrap();
}

pub(crate) fn set_switch(cast: &Cast, on: bool) {
    cast.as_administrator(|tx, administrator| {
        let group = Group::find(tx, cast.group.id)?;
        let profile = GroupProfile { owners_manage_membership: on, ..group_profile(&group.name, None) };
        Group::change(tx, administrator, &group.slug, &profile, group.version)
    })
    .unwrap();
}

fn set_enabled(cast: &Cast, enabled: bool) {
    cast.as_administrator(|tx, administrator| {
        let app = App::find(tx, cast.app.id)?;
        let properties = AppProperties { enabled, ..app_properties(&app.name) };
        App::change(tx, administrator, &app.slug, &properties, app.version)
    })
    .unwrap();
}

fn set_self_service(cast: &Cast, on: bool, with_a_group: bool) {
    cast.as_administrator(|tx, administrator| {
        let app = App::find(tx, cast.app.id)?;
        let target_group = with_a_group.then_some(cast.group.id);
        let wanted = SelfService { on, target_group, other_apps_confirmed: false };
        app_self_service::change(tx, administrator, &app.slug, &wanted, app.version)
    })
    .unwrap();
}

/// SECURITY A10, R6.
fn every_rule_is_asked_again_at_redemption(cast: &Cast) {
    second_owner(cast);
    let token = invited(cast);
    let code = code(cast, &token, "hers");
    for (condition, set) in CONDITIONS {
        set(cast, false);
        let refused = accept(cast, &token, &door("hers", &code));
        assert!(matches!(refused, Err(Error::Stale)), "not any more: {condition}: {refused:?}");
        set(cast, true);
    }
    assert!(matches!(accept(cast, &token, &door("hers", &code)).unwrap(), Accepted::In(_)));
}

/// SECURITY A14.
fn what_is_on_hold_is_redeemed_once_somebody_has_approved_it_a14(cast: &Cast) {
    let token = invited(cast);
    let code = code(cast, &token, "hers");
    let id = cast.read(|tx| offer_id(tx, &token));
    let members = || cast.read(|tx| group_member::count(tx, cast.group.id));
    set_active(cast, false);
    let skipped = accept(cast, &token, &door("hers", &code));
    assert!(matches!(skipped, Err(Error::Stale)), "{skipped:?}");
    assert!(members().is_zero());
    cast.as_manager(&cast.adam, |tx, manager| invitation::approve(tx, manager, id)).unwrap();
    assert!(matches!(accept(cast, &token, &door("hers", &code)).unwrap(), Accepted::In(_)));
    assert_eq!(members(), Count::of(1));
}
