use directory::access::Manager;
use directory::group::{Group, GroupMembership};
use directory::invitation::{self, Draft};
use directory::text::Label;
use directory::user::{User, UserProfile};
use directory::{Count, Error, Id, Refusal, group_member, group_owner};

use crate::cast::{Cast, group_profile, name};
use crate::inviting::{invited, redeem};
use crate::on_both;

on_both!(
    a_rule_fills_its_group_and_follows_the_people,
    who_comes_out_of_the_bin_is_where_a_rule_says,
    nobody_is_added_to_or_taken_from_a_dynamic_group_by_hand,
    a_synced_group_is_closed_for_administrators_too,
    a_guest_in_the_bin_keeps_no_rule_away_and_never_comes_back_into_its_group,
    a_guest_in_the_bin_keeps_no_directory_away_and_never_comes_back_into_its_group,
    a_group_with_guests_is_not_handed_to_a_directory,
    of_more_guests_than_are_named_a_conversion_names_twenty_and_is_refused,
    a_group_keeps_an_owner,
    a_group_keeps_an_owner_who_can_act,
    a_group_lists_its_people_as_they_are_now,
    a_stale_form_changes_nothing,
    the_audit_cannot_be_changed,
);

pub(crate) fn members(cast: &Cast, group: &Group) -> Vec<String> {
    let listed = cast.read(|tx| group_member::list(tx, group.id, None, 50));
    listed.rows.into_iter().map(|user| user.name).collect()
}

fn dynamic(cast: &Cast) -> Group {
    let profile = group_profile("Sales people", Some(r#"department == "Sales""#));
    cast.as_administrator(|tx, administrator| Group::add(tx, administrator, &profile)).unwrap()
}

fn a_rule_fills_its_group_and_follows_the_people(cast: &Cast) {
    let group = dynamic(cast);
    assert_eq!(group.membership, GroupMembership::Dynamic);
    assert_eq!(members(cast, &group), ["Mia", "Olivia", "Oscar"]);
    let mia = cast.read(|tx| User::find(tx, cast.mia.id));
    let moved =
        UserProfile { department: Label::parse("Finance").unwrap(), ..UserProfile::named(name("Mia")) };
    cast.as_administrator(|tx, administrator| User::change(tx, administrator, mia.id, &moved, mia.version))
        .unwrap();
    assert_eq!(members(cast, &group), ["Olivia", "Oscar"]);
    let finance = group_profile("Sales people", Some(r#"department == "Finance""#));
    cast.as_administrator(|tx, administrator| {
        Group::change(tx, administrator, &group.slug, &finance, group.version)
    })
    .unwrap();
    assert_eq!(members(cast, &group), ["Mia"]);
}

fn who_comes_out_of_the_bin_is_where_a_rule_says(cast: &Cast) {
    let group = dynamic(cast);
    let same = group_profile("Sales people", Some(r#"department == "Sales""#));
    cast.as_administrator(|tx, administrator| {
        User::delete(tx, administrator, cast.mia.id)?;
        Group::change(tx, administrator, &group.slug, &same, group.version)?;
        User::unblock(tx, administrator, cast.mia.id)
    })
    .unwrap();
    assert_eq!(members(cast, &group), ["Mia", "Olivia", "Oscar"]);
}

fn nobody_is_added_to_or_taken_from_a_dynamic_group_by_hand(cast: &Cast) {
    let group = dynamic(cast);
    let add = cast.directory.write(|tx| {
        let manager = Manager::of_group(tx, &cast.adam, &group.slug)?;
        invitation::add(tx, &manager, "ann@partner.test", &Draft::default())
    });
    assert!(matches!(add, Err(Error::Refused(Refusal::DynamicGroup { .. }))), "{add:?}");
    let remove = cast.directory.write(|tx| {
        let manager = Manager::of_group(tx, &cast.adam, &group.slug)?;
        group_member::remove(tx, &manager, cast.mia.id)
    });
    assert!(matches!(remove, Err(Error::Refused(Refusal::DynamicGroup { .. }))));
}

/// The rows of the list repeat what they are ordered by; the database keeps that true.
fn a_group_lists_its_people_as_they_are_now(cast: &Cast) {
    for person in ["mia@meridian.test", "oscar@meridian.test"] {
        cast.as_manager(&cast.olivia, |tx, manager| invitation::add(tx, manager, person, &Draft::default()))
            .unwrap();
    }
    assert_eq!(members(cast, &cast.group), ["Mia", "Oscar"]);
    let mia = cast.read(|tx| User::find(tx, cast.mia.id));
    let married = UserProfile::named(name("Zoë"));
    cast.as_administrator(|tx, administrator| User::change(tx, administrator, mia.id, &married, mia.version))
        .unwrap();
    assert_eq!(members(cast, &cast.group), ["Oscar", "Zoë"]);
    let first = cast.read(|tx| group_member::list(tx, cast.group.id, None, 1)).rows.remove(0);
    let after = (first.name_key, first.id);
    let rest = cast.read(|tx| group_member::list(tx, cast.group.id, Some(&after), 50));
    assert_eq!(rest.rows.iter().map(|user| user.id).collect::<Vec<_>>(), [mia.id]);
    cast.as_administrator(|tx, administrator| User::delete(tx, administrator, mia.id)).unwrap();
    assert_eq!(members(cast, &cast.group), ["Oscar"]);
    assert_eq!(cast.read(|tx| group_member::count(tx, cast.group.id)), Count::of(1));
}

fn a_synced_group_is_closed_for_administrators_too(cast: &Cast) {
    let profile = group_profile("Site managers", None);
    let group = cast.as_administrator(|tx, administrator| Group::add(tx, administrator, &profile)).unwrap();
    cast.write(|tx| Group::hand_to_directory(tx, group.id, &name("ad.meridian.test")));
    let add = cast.directory.write(|tx| {
        let manager = Manager::of_group(tx, &cast.adam, &group.slug)?;
        invitation::add(tx, &manager, "mia@meridian.test", &Draft::default())
    });
    assert!(matches!(add, Err(Error::Refused(Refusal::SyncedGroup { .. }))), "{add:?}");
}

/// Ann, who has redeemed, is in the group of the cast and was deleted.
pub(crate) fn deleted_guest(cast: &Cast) -> Id<User> {
    let invitation = invited(cast, "ann@partner.test");
    redeem(cast, &invitation);
    assert_eq!(members(cast, &cast.group), ["ann"]);
    cast.as_administrator(|tx, administrator| User::delete(tx, administrator, invitation.user_id)).unwrap();
    invitation.user_id
}

fn a_guest_in_the_bin_keeps_no_rule_away_and_never_comes_back_into_its_group(cast: &Cast) {
    let ann = deleted_guest(cast);
    let group = cast.read(|tx| Group::find(tx, cast.group.id));
    let profile = group_profile(&group.name, Some(r#"department == "Sales""#));
    cast.as_administrator(|tx, administrator| {
        Group::change(tx, administrator, &group.slug, &profile, group.version)?;
        User::unblock(tx, administrator, ann)
    })
    .unwrap();
    assert_eq!(members(cast, &group), ["Mia", "Olivia", "Oscar"]);
}

fn a_guest_in_the_bin_keeps_no_directory_away_and_never_comes_back_into_its_group(cast: &Cast) {
    let ann = deleted_guest(cast);
    cast.write(|tx| Group::hand_to_directory(tx, cast.group.id, &name("ad.meridian.test")));
    cast.as_administrator(|tx, administrator| User::unblock(tx, administrator, ann)).unwrap();
    assert!(members(cast, &cast.group).is_empty());
}

/// SECURITY B12.
fn a_group_with_guests_is_not_handed_to_a_directory(cast: &Cast) {
    let hand = || {
        let elsewhere = name("ad.meridian.test");
        cast.directory.write(|tx| Group::hand_to_directory(tx, cast.group.id, &elsewhere))
    };
    let in_the_way = || match hand() {
        Err(Error::Refused(Refusal::GuestsInGroup { people })) => people,
        other => panic!("{other:?}"),
    };
    let ann = invited(cast, "ann@partner.test");
    assert_eq!(in_the_way(), ["ann@partner.test"]);
    redeem(cast, &ann);
    assert_eq!(in_the_way(), ["ann"]);
    cast.as_manager(&cast.olivia, |tx, manager| group_member::remove(tx, manager, ann.user_id)).unwrap();
    hand().unwrap();
}

/// SECURITY B12.
fn of_more_guests_than_are_named_a_conversion_names_twenty_and_is_refused(cast: &Cast) {
    let guests = (10..32).map(|number| invited(cast, &format!("guest{number}@partner.test")));
    let guests: Vec<_> = guests.collect();
    let dynamic = group_profile(&cast.group.name, Some("true"));
    let in_the_way = || {
        let to_a_rule = cast.as_administrator(|tx, administrator| {
            Group::change(tx, administrator, &cast.group.slug, &dynamic, cast.group.version)
        });
        let elsewhere = name("ad.meridian.test");
        let to_a_directory =
            cast.directory.write(|tx| Group::hand_to_directory(tx, cast.group.id, &elsewhere));
        [to_a_rule.map(drop), to_a_directory].map(|refused| match refused {
            Err(Error::Refused(Refusal::GuestsInGroup { people })) => people,
            other => panic!("{other:?}"),
        })
    };
    let first = |domain: &str| (10..30).map(|number| format!("guest{number}{domain}")).collect::<Vec<_>>();
    assert_eq!(in_the_way(), [first("@partner.test"), first("@partner.test")]);
    for guest in &guests {
        redeem(cast, guest);
    }
    assert_eq!(in_the_way(), [first(""), first("")]);
    let group = cast.read(|tx| Group::find(tx, cast.group.id));
    assert_eq!(group, cast.group, "it is as it was");
}

fn a_group_keeps_an_owner(cast: &Cast) {
    let remove = || {
        cast.as_administrator(|tx, administrator| {
            group_owner::remove(tx, administrator, &cast.group, cast.olivia.id)
        })
    };
    assert!(matches!(remove(), Err(Error::Refused(Refusal::LastOwner))));
    cast.as_administrator(|tx, administrator| {
        group_owner::add(tx, administrator, &cast.group, cast.oscar.id)
    })
    .unwrap();
    assert!(remove().is_ok());
}

/// SECURITY B7.
fn a_group_keeps_an_owner_who_can_act(cast: &Cast) {
    let remove = |owner| {
        cast.as_administrator(|tx, administrator| group_owner::remove(tx, administrator, &cast.group, owner))
    };
    cast.as_administrator(|tx, administrator| {
        group_owner::add(tx, administrator, &cast.group, cast.oscar.id)?;
        User::delete(tx, administrator, cast.oscar.id)
    })
    .unwrap();
    assert!(matches!(remove(cast.olivia.id), Err(Error::Refused(Refusal::LastOwner))));
    assert!(remove(cast.oscar.id).is_ok(), "who cannot act may go");
}

fn a_stale_form_changes_nothing(cast: &Cast) {
    let profile = group_profile("Renamed", None);
    let change = |version| {
        cast.as_administrator(|tx, administrator| {
            Group::change(tx, administrator, &cast.group.slug, &profile, version)
        })
    };
    let version = cast.read(|tx| Group::find(tx, cast.group.id)).version;
    assert!(change(version).is_ok());
    assert!(matches!(change(version), Err(Error::Stale)));
}

fn the_audit_cannot_be_changed(cast: &Cast) {
    use diesel::connection::SimpleConnection;
    for statement in ["UPDATE activities SET actor_name = 'x'", "DELETE FROM activities"] {
        let changed = cast.directory.write(|tx| Ok(tx.conn.batch_execute(statement)?));
        assert!(changed.is_err(), "{statement}");
    }
}
