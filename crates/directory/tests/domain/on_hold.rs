//! The mail of an invitation that is suspended when its time comes (SPEC 4.2).

use chrono::TimeDelta;
use directory::access::NotManager;
use directory::activity::{self, Action, Filter};
use directory::delivery::{self, DeliveryState};
use directory::invitation::{self, Draft};
use directory::organisation::TenantSettings;
use directory::{Error, Id, Refusal, invitation::Invitation, redemption};

use crate::cast::{Cast, second_owner};
use crate::inviting::{invited, newest_mail};
use crate::on_both;

on_both!(
    a_mail_waits_while_its_invitation_is_suspended_and_leaves_afterwards,
    a_mail_that_waited_leaves_at_once_when_somebody_approves,
    a_mail_that_waited_is_dropped_once_its_invitation_is_over,
    an_invitation_on_hold_does_not_expire_before_it_was_sent,
    mails_on_hold_are_in_nobodys_way,
    what_is_on_hold_is_not_renewed_until_it_can_leave,
    no_fresh_link_is_sent_of_what_is_suspended,
    who_approves_one_sends_none_again_and_none_of_others_h6,
    a_mail_that_waits_for_nothing_any_more_leaves_at_once_when_somebody_approves,
    no_more_are_claimed_than_there_are_places_for,
);

const ANN: &str = "ann@partner.test";

fn state(cast: &Cast, invitation: Id<Invitation>) -> DeliveryState {
    newest_mail(cast, invitation).state
}

fn owners_manage(cast: &Cast, on: bool) {
    cast.settings(|settings: &mut TenantSettings| settings.owners_manage_groups = on);
}

fn a_mail_waits_while_its_invitation_is_suspended_and_leaves_afterwards(cast: &Cast) {
    let id = invited(cast, ANN).id;
    owners_manage(cast, false);
    assert!(cast.letters_to(ANN).is_empty());
    assert_eq!(state(cast, id), DeliveryState::OnHold);
    owners_manage(cast, true);
    cast.clock.advance(TimeDelta::minutes(5));
    assert_eq!(cast.letters_to(ANN).len(), 1);
    assert_eq!(state(cast, id), DeliveryState::Sent);
    assert!(cast.letters_to(ANN).is_empty(), "once");
}

fn a_mail_that_waited_leaves_at_once_when_somebody_approves(cast: &Cast) {
    second_owner(cast);
    let id = invited(cast, ANN).id;
    cast.as_administrator(|tx, administrator| {
        directory::group_owner::remove(tx, administrator, &cast.group, cast.olivia.id)
    })
    .unwrap();
    assert!(cast.letters_to(ANN).is_empty());
    cast.as_manager(&cast.oscar, |tx, manager| invitation::approve(tx, manager, id)).unwrap();
    assert_eq!(cast.letters_to(ANN).len(), 1);
}

fn a_mail_that_waited_is_dropped_once_its_invitation_is_over(cast: &Cast) {
    let id = invited(cast, ANN).id;
    owners_manage(cast, false);
    assert!(cast.letters_to(ANN).is_empty());
    cast.as_administrator(|tx, administrator| {
        let manager = directory::Manager::of_app(tx, administrator.actor(), &cast.app.slug)?;
        invitation::revoke(tx, &manager, id)
    })
    .unwrap();
    cast.clock.advance(TimeDelta::minutes(5));
    owners_manage(cast, true);
    assert!(cast.letters_to(ANN).is_empty());
    assert_eq!(state(cast, id), DeliveryState::Dropped);
}

fn an_invitation_on_hold_does_not_expire_before_it_was_sent(cast: &Cast) {
    let id = invited(cast, ANN).id;
    owners_manage(cast, false);
    assert!(cast.letters_to(ANN).is_empty());
    cast.clock.advance(TimeDelta::days(8));
    assert!(cast.letters_to(ANN).is_empty());
    assert_eq!(state(cast, id), DeliveryState::OnHold);
    cast.clock.advance(TimeDelta::minutes(5));
    owners_manage(cast, true);
    assert_eq!(cast.letters_to(ANN).len(), 1);
}

fn mails_on_hold_are_in_nobodys_way(cast: &Cast) {
    second_owner(cast);
    for number in 0..60 {
        invite_from_olivia(cast, number);
    }
    cast.as_administrator(|tx, administrator| {
        directory::group_owner::remove(tx, administrator, &cast.group, cast.olivia.id)
    })
    .unwrap();
    assert!(cast.letters_to(ANN).is_empty());
    cast.clock.advance(TimeDelta::minutes(5));
    cast.as_manager(&cast.oscar, |tx, manager| invitation::add(tx, manager, ANN, &Draft::default())).unwrap();
    let claimed = cast.write(|tx| delivery::claim_some(tx, "test", TimeDelta::minutes(1), 8)).claimed;
    assert_eq!(claimed.iter().map(|claimed| claimed.to.as_str()).collect::<Vec<_>>(), [ANN]);
}

fn invite_from_olivia(cast: &Cast, number: u32) {
    if number == 45 {
        cast.clock.advance(TimeDelta::hours(1));
    }
    invited(cast, &format!("guest-{number}@partner.test"));
}

/// A renewal that nobody is mailed would only fill the audit.
fn what_is_on_hold_is_not_renewed_until_it_can_leave(cast: &Cast) {
    let before = invited(cast, ANN);
    let now = || cast.read(|tx| Invitation::find(tx, before.id));
    let resent = Filter { action: Some(Action::Resent), ..Filter::default() };
    let resent = || cast.read(|tx| activity::list(tx, &resent, 10)).rows.len();
    owners_manage(cast, false);
    for _ in 0..3 {
        cast.clock.advance(TimeDelta::days(8));
        assert!(cast.letters_to(ANN).is_empty());
        assert_eq!(state(cast, before.id), DeliveryState::OnHold);
        let now = now();
        assert_eq!((now.generation, now.expires_at), (before.generation, before.expires_at));
        assert_eq!(resent(), 0);
    }
    owners_manage(cast, true);
    cast.clock.advance(TimeDelta::minutes(5));
    assert_eq!(cast.letters_to(ANN).len(), 1);
    let now = now();
    assert!(now.generation > before.generation);
    assert_eq!((now.expires_at, resent()), (cast.clock.now() + TimeDelta::days(7), 1));
}

/// Whether its link is still valid or not.
fn no_fresh_link_is_sent_of_what_is_suspended(cast: &Cast) {
    let before = invited(cast, ANN);
    let token = cast.token_for(ANN);
    let fresh = || cast.directory.write(|tx| redemption::send_fresh_link(tx, &token));
    owners_manage(cast, false);
    for days in [0, 8] {
        cast.clock.advance(TimeDelta::days(days));
        match fresh() {
            Err(Error::Refused(Refusal::NotManager { why })) => assert_eq!(why, NotManager::OwnersSwitchOff),
            other => panic!("after {days} days: {other:?}"),
        }
        let now = cast.read(|tx| Invitation::find(tx, before.id));
        assert_eq!((now.generation, now.expires_at), (before.generation, before.expires_at));
    }
    owners_manage(cast, true);
    assert!(fresh().is_ok());
    assert_eq!(cast.letters_to(ANN).len(), 1);
}

/// What has left does not leave again, and what is another's to answer for waits on.
fn who_approves_one_sends_none_again_and_none_of_others_h6(cast: &Cast) {
    const BOB: &str = "bob@partner.test";
    const CAM: &str = "cam@partner.test";
    second_owner(cast);
    let ann = invited(cast, ANN).id;
    assert_eq!(cast.letters_to(ANN).len(), 1);
    let (bob, cam) = (invited(cast, BOB).id, invited(cast, CAM).id);
    cast.as_administrator(|tx, administrator| {
        directory::group_owner::remove(tx, administrator, &cast.group, cast.olivia.id)
    })
    .unwrap();
    assert!(cast.letters_to(BOB).is_empty());
    let states = || [ann, bob, cam].map(|id| state(cast, id));
    assert_eq!(states(), [DeliveryState::Sent, DeliveryState::OnHold, DeliveryState::OnHold]);
    for id in [ann, bob] {
        cast.as_manager(&cast.oscar, |tx, manager| invitation::approve(tx, manager, id)).unwrap();
    }
    assert_eq!(states(), [DeliveryState::Sent, DeliveryState::Queued, DeliveryState::OnHold]);
    assert_eq!(cast.letters_to(BOB).len(), 1);
    assert_eq!(states(), [DeliveryState::Sent, DeliveryState::Sent, DeliveryState::OnHold]);
}

fn a_mail_that_waits_for_nothing_any_more_leaves_at_once_when_somebody_approves(cast: &Cast) {
    let id = invited(cast, ANN).id;
    owners_manage(cast, false);
    assert!(cast.letters_to(ANN).is_empty());
    owners_manage(cast, true);
    assert!(cast.letters_to(ANN).is_empty(), "nobody has looked at it again");
    cast.as_manager(&cast.olivia, |tx, manager| invitation::approve(tx, manager, id)).unwrap();
    assert_eq!(cast.letters_to(ANN).len(), 1);
}

/// Those that were on hold are looked at many at a time, and may all be free to leave.
fn no_more_are_claimed_than_there_are_places_for(cast: &Cast) {
    for number in 0..5 {
        invite_from_olivia(cast, number);
    }
    owners_manage(cast, false);
    assert!(cast.letters_to(ANN).is_empty());
    owners_manage(cast, true);
    cast.clock.advance(TimeDelta::minutes(5));
    let claim = || cast.write(|tx| delivery::claim_some(tx, "test", TimeDelta::minutes(1), 3)).claimed.len();
    assert_eq!([claim(), claim(), claim()], [3, 2, 0]);
}
