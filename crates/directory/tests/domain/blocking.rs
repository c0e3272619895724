//! Which way a person can go from one state to another (SPEC 5.1), whoever asks.

use directory::user::{User, UserChange, UserState};
use directory::{Actor, Error, Refusal};

use crate::cast::Cast;
use crate::on_both;

on_both!(
    a_person_goes_from_state_to_state_by_no_other_way,
    who_is_deleted_is_not_blocked_and_who_is_active_not_unblocked,
    nobody_shuts_themselves_out,
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
