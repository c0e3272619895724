//! Whom a change of the settings touches, before it is saved (SPEC 3.3).

use directory::app::App;
use directory::app_self_service::{self, SelfService};
use directory::group::{Group, GroupProfile};
use directory::organisation::{InvitePolicy, TenantSettings};
use directory::settings_impact::{self, Impact, Loss};
use directory::user::{User, UserProfile};
use directory::{Dialect, Organisation, group_owner};

use crate::cast::{Cast, app_properties, group_profile, name, second_owner};
use crate::inviting::invited;
use crate::on_both;

on_both!(
    owners_who_may_invite_no_more_are_named_with_their_apps,
    what_guests_may_not_do_anyway_is_no_loss,
    apps_and_owners_that_could_not_invite_before_are_not_named,
    an_app_of_which_one_owner_may_still_invite_is_not_touched,
    owners_who_manage_nothing_lose_no_right_to_invite,
    of_more_invitations_than_are_looked_at_it_is_said_that_there_may_be_more,
);

fn foreseen(cast: &Cast, change: impl Fn(&mut TenantSettings)) -> Impact {
    let impact = cast.as_administrator(|tx, administrator| {
        let before = Organisation::load(tx)?;
        let mut after = before.clone();
        change(&mut after.settings);
        settings_impact::foresee(tx, administrator, &before, &after)
    });
    impact.unwrap()
}

/// The owners and the apps that are touched when so many may invite.
fn touched(cast: &Cast, policy: InvitePolicy) -> (Vec<String>, Vec<String>) {
    let impact = foreseen(cast, |settings| settings.invite_policy = policy);
    assert_eq!(impact.losses, [Loss::Inviting]);
    assert_eq!(usize::try_from(impact.owners.count), Ok(impact.owners.first.len()));
    assert_eq!(usize::try_from(impact.apps.count), Ok(impact.apps.first.len()));
    (impact.owners.first, impact.apps.first)
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn owners_who_may_invite_no_more_are_named_with_their_apps(cast: &Cast) {
    cast.settings(|settings| settings.owners_manage_groups = true);
    let olivias = (names(&["Olivia"]), names(&["Salesforce"]));
    assert_eq!(touched(cast, InvitePolicy::Nobody), olivias);
    assert_eq!(touched(cast, InvitePolicy::Inviters), olivias);
    cast.settings(|settings| settings.invite_policy = InvitePolicy::Inviters);
    assert_eq!(touched(cast, InvitePolicy::Nobody), (names(&[]), names(&[])), "she could not before");
}

/// A guest manages nothing to invite to (SPEC 3.1).
fn what_guests_may_not_do_anyway_is_no_loss(cast: &Cast) {
    cast.settings(|settings| settings.invite_policy = InvitePolicy::Anyone);
    let impact = foreseen(cast, |settings| settings.invite_policy = InvitePolicy::Members);
    assert_eq!(impact, Impact::default());
    assert_eq!(touched(cast, InvitePolicy::Inviters), (names(&["Olivia"]), names(&["Salesforce"])));
}

/// Mia owns nothing but a synced group and one that only administrators fill, Oscar nothing but a dynamic one, and the
/// group that Box would add people to is not assigned to it.
fn apps_and_owners_that_could_not_invite_before_are_not_named(cast: &Cast) {
    cast.as_administrator(|tx, administrator| {
        let synced = Group::add(tx, administrator, &group_profile("Site managers", None))?;
        group_owner::add(tx, administrator, &synced, cast.mia.id)?;
        Group::hand_to_directory(tx, synced.id, &name("ad.meridian.test"))?;
        let closed = GroupProfile { owners_manage_membership: false, ..group_profile("Board", None) };
        let closed = Group::add(tx, administrator, &closed)?;
        group_owner::add(tx, administrator, &closed, cast.mia.id)?;
        let dynamic = Group::add(tx, administrator, &group_profile("Everybody", Some("true")))?;
        group_owner::add(tx, administrator, &dynamic, cast.oscar.id)?;
        let group = Group::add(tx, administrator, &group_profile("Box guests", None))?;
        group_owner::add(tx, administrator, &group, cast.olivia.id)?;
        let app = App::add(tx, administrator, &app_properties("Box"), None)?;
        let wanted = SelfService { on: true, target_group: Some(group.id), other_apps_confirmed: false };
        app_self_service::change(tx, administrator, &app.slug, &wanted, app.version)
    })
    .unwrap();
    let olivias = (names(&["Olivia"]), names(&["Salesforce"]));
    assert_eq!(touched(cast, InvitePolicy::Nobody), olivias);
    let impact = foreseen(cast, |settings| settings.owners_manage_groups = false);
    assert_eq!(impact.losses, [Loss::OwnersManage]);
    assert_eq!((impact.owners.count, impact.apps.count), (1, 1));
    assert_eq!((impact.owners.first, impact.apps.first), olivias);
}

fn an_app_of_which_one_owner_may_still_invite_is_not_touched(cast: &Cast) {
    cast.settings(|settings| settings.owners_manage_groups = true);
    second_owner(cast);
    cast.as_administrator(|tx, administrator| {
        let olivia = User::find(tx, cast.olivia.id)?;
        let profile = UserProfile { guest_inviter: true, ..UserProfile::named(name("Olivia")) };
        User::change(tx, administrator, olivia.id, &profile, olivia.version)
    })
    .unwrap();
    assert_eq!(touched(cast, InvitePolicy::Inviters), (names(&["Oscar"]), names(&[])));
    assert_eq!(touched(cast, InvitePolicy::Nobody), (names(&["Olivia", "Oscar"]), names(&["Salesforce"])));
}

fn owners_who_manage_nothing_lose_no_right_to_invite(cast: &Cast) {
    cast.settings(|settings| settings.owners_manage_groups = false);
    assert_eq!(touched(cast, InvitePolicy::Nobody), (names(&[]), names(&[])));
}

/// Makes so many invitations like the one that there is.
fn multiply(cast: &Cast, invitations: u32) {
    let id = match cast.directory.dialect() {
        Dialect::Sqlite => "printf('00000000-0000-7000-8000-%012d', n)",
        Dialect::Postgres => "('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid",
    };
    let same = "target_kind, app_id, group_id, target_key, user_id, name_key, inviter_id, sender_id, \
                answerable_id, language, state, generation, expires_at, created_at, sent_at";
    let numbers = format!("SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {invitations}");
    cast.database.tell(&format!(
        "INSERT INTO invitations (id, address_key, number, {same}) \
         WITH RECURSIVE numbers (n) AS ({numbers}) \
         SELECT {id}, address_key || n, number + n, {same} FROM invitations, numbers"
    ));
}

fn of_more_invitations_than_are_looked_at_it_is_said_that_there_may_be_more(cast: &Cast) {
    invited(cast, "ann@partner.test");
    let held = || {
        let invitations =
            foreseen(cast, |settings| settings.invite_policy = InvitePolicy::Nobody).invitations;
        (invitations.count, invitations.or_more)
    };
    assert_eq!(held(), (1, false));
    multiply(cast, 2_000);
    assert_eq!(held(), (2_000, true));
}
