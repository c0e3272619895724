//! Which way a person can go from one state to another (SPEC 5.1), whoever asks.

use directory::user::{User, UserChange, UserProfile, UserState};
use directory::{Actor, Error, Refusal, group_owner};

use crate::cast::{Cast, name};
use crate::inviting::{invited, redeem};
use crate::on_both;

on_both!(
    a_person_goes_from_state_to_state_by_no_other_way,
    who_is_deleted_is_not_blocked_and_who_is_active_not_unblocked,
    nobody_shuts_themselves_out,
    a_guest_who_has_not_redeemed_is_let_back_to_the_door_only,
    nobody_who_is_shut_out_becomes_owner_of_a_group,
    a_form_that_was_open_while_somebody_was_shut_out_is_out_of_date,
);

fn apply(cast: &Cast, change: UserChange, to: &Actor) -> Result<User, Error> {
    cast.as_administrator(|tx, administrator| change.apply(tx, administrator, to.id))
}

fn state(cast: &Cast) -> UserState {
    cast.read(|tx| User::find(tx, cast.mia.id)).state
}

/// Each step with the state that it leads to; everything that does not suit is refused before it.
fn a_person_goes_from_state_to_state_by_no_other_way(cast: &Cast) {
    for (step, leads_to) in [
        (UserChange::Block, UserState::Blocked),
        (UserChange::Unblock, UserState::Active),
        (UserChange::Block, UserState::Blocked),
        (UserChange::Delete, UserState::Deleted),
        (UserChange::Restore, UserState::Blocked),
        (UserChange::Unblock, UserState::Active),
        (UserChange::Delete, UserState::Deleted),
        (UserChange::Restore, UserState::Active),
    ] {
        let before = state(cast);
        for other in UserChange::ALL.into_iter().filter(|other| !other.suits(before)) {
            let refused = apply(cast, other, &cast.mia);
            assert!(matches!(refused, Err(Error::Stale)), "{other:?} of {before}: {refused:?}");
        }
        assert_eq!(state(cast), before);
        assert_eq!(apply(cast, step, &cast.mia).unwrap().state, before, "{step:?}");
        assert_eq!(state(cast), leads_to, "{step:?}");
    }
}

fn who_is_deleted_is_not_blocked_and_who_is_active_not_unblocked(cast: &Cast) {
    let id = cast.mia.id;
    let unblocked = cast.as_administrator(|tx, administrator| User::unblock(tx, administrator, id));
    assert!(matches!(unblocked, Err(Error::Stale)), "{unblocked:?}");
    cast.as_administrator(|tx, administrator| User::delete(tx, administrator, id)).unwrap();
    let blocked = cast.as_administrator(|tx, administrator| User::block(tx, administrator, id));
    assert!(matches!(blocked, Err(Error::Stale)), "{blocked:?}");
    assert_eq!(state(cast), UserState::Deleted);
}

fn nobody_shuts_themselves_out(cast: &Cast) {
    for change in [UserChange::Block, UserChange::Delete] {
        let refused = apply(cast, change, &cast.adam);
        assert!(matches!(refused, Err(Error::Refused(Refusal::NotYourself))), "{change:?}: {refused:?}");
    }
}

/// Being let back stands in for no redemption: only whoever has proved the mailbox is active.
fn a_guest_who_has_not_redeemed_is_let_back_to_the_door_only(cast: &Cast) {
    let ann = invited(cast, "ann@partner.test");
    let round = |out: UserChange, back: UserChange| {
        let change = |change: UserChange| {
            cast.as_administrator(|tx, administrator| change.apply(tx, administrator, ann.user_id)).unwrap();
        };
        change(out);
        change(back);
        cast.read(|tx| User::find(tx, ann.user_id)).state
    };
    let ways = [(UserChange::Block, UserChange::Unblock), (UserChange::Delete, UserChange::Restore)];
    for (out, back) in ways {
        assert_eq!(round(out, back), UserState::Invited, "{back:?}");
    }
    redeem(cast, &ann);
    for (out, back) in ways {
        assert_eq!(round(out, back), UserState::Active, "{back:?}");
    }
}

fn nobody_who_is_shut_out_becomes_owner_of_a_group(cast: &Cast) {
    let add = || {
        cast.as_administrator(|tx, administrator| {
            group_owner::add(tx, administrator, &cast.group, cast.mia.id)
        })
    };
    for (out, back) in [(UserChange::Block, UserChange::Unblock), (UserChange::Delete, UserChange::Restore)] {
        apply(cast, out, &cast.mia).unwrap();
        let refused = add();
        assert!(matches!(refused, Err(Error::Refused(Refusal::BlockedUser))), "{out:?}: {refused:?}");
        apply(cast, back, &cast.mia).unwrap();
    }
    let owners = cast.read(|tx| group_owner::list(tx, cast.group.id));
    assert!(owners.iter().all(|owner| owner.id != cast.mia.id));
    add().unwrap();
}

/// Also once somebody else has changed them afterwards.
fn a_form_that_was_open_while_somebody_was_shut_out_is_out_of_date(cast: &Cast) {
    let version = || cast.read(|tx| User::find(tx, cast.mia.id)).version;
    let save = |opened_at: i64| {
        let profile = UserProfile::named(name("Mia Marsh"));
        cast.as_administrator(|tx, administrator| {
            User::change(tx, administrator, cast.mia.id, &profile, opened_at)
        })
    };
    let opened_at = version();
    apply(cast, UserChange::Block, &cast.mia).unwrap();
    assert!(matches!(save(opened_at), Err(Error::Stale)));
    save(version()).unwrap();
    assert!(matches!(save(opened_at), Err(Error::Stale)));
}
