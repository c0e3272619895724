//! Sessions: when they end, and who may end them (SPEC 5.2, SECURITY C2 to C4, D9).

use chrono::TimeDelta;
use directory::Error;
use directory::session::{self, Session};
use directory::user::{User, UserKind, UserProfile};

use crate::cast::{Cast, name};
use crate::on_both;

on_both!(
    a_session_is_over_at_its_last_moment_and_not_before,
    being_seen_keeps_a_session_for_twelve_hours_at_most,
    going_on_alone_makes_no_session_younger_d9,
    people_end_their_own_sessions_and_nobody_elses,
    a_change_of_roles_ends_sessions,
    only_sessions_that_are_over_are_taken_away,
);

fn begin(cast: &Cast, key: &str) {
    cast.write(|tx| Session::begin(tx, key, &cast.mia, "Fire\nfox"));
}

fn found(cast: &Cast, key: &str) -> Option<Session> {
    cast.read(|tx| Session::visitor(tx, key)).map(|visitor| visitor.session)
}

fn a_session_is_over_at_its_last_moment_and_not_before(cast: &Cast) {
    begin(cast, "key");
    assert_eq!(found(cast, "key").unwrap().user_agent, "Firefox");
    cast.clock.advance(TimeDelta::hours(8) - TimeDelta::microseconds(1));
    assert!(found(cast, "key").is_some());
    cast.clock.advance(TimeDelta::microseconds(1));
    assert!(found(cast, "key").is_none());
}

fn being_seen_keeps_a_session_for_twelve_hours_at_most(cast: &Cast) {
    begin(cast, "key");
    assert!(!found(cast, "key").unwrap().is_to_be_seen(cast.clock.now()));
    cast.clock.advance(TimeDelta::hours(7));
    let session = found(cast, "key").unwrap();
    assert!(session.is_to_be_seen(cast.clock.now()));
    cast.write(|tx| session.seen(tx, UserKind::Member));
    cast.clock.advance(TimeDelta::hours(5) - TimeDelta::microseconds(1));
    assert!(found(cast, "key").is_some());
    cast.clock.advance(TimeDelta::microseconds(1));
    assert!(found(cast, "key").is_none());
}

/// SECURITY D9: nobody stays in for ever by signing out everywhere else.
fn going_on_alone_makes_no_session_younger_d9(cast: &Cast) {
    begin(cast, "key");
    begin(cast, "another");
    let before = found(cast, "key").unwrap();
    cast.clock.advance(TimeDelta::hours(7));
    cast.write(|tx| {
        before.end_others(tx)?;
        before.go_on(tx, "a new key")
    });
    assert!(found(cast, "key").is_none() && found(cast, "another").is_none());
    let after = found(cast, "a new key").unwrap();
    assert_eq!((after.created_at, after.expires_at), (before.created_at, before.expires_at));
    assert_eq!(cast.read(|tx| session::list_of(tx, cast.mia.id)).len(), 1);
}

fn people_end_their_own_sessions_and_nobody_elses(cast: &Cast) {
    begin(cast, "key");
    begin(cast, "another");
    let listed = cast.read(|tx| session::list_of(tx, cast.mia.id));
    assert_eq!(listed.len(), 2);
    let another = listed.iter().find(|session| session.key_hash == "another").unwrap();
    let by_olivia = cast.directory.write(|tx| session::end_one_of(tx, &cast.olivia, another.id));
    assert!(matches!(by_olivia, Err(Error::Hidden)));
    assert!(found(cast, "another").is_some());
    cast.write(|tx| session::end_one_of(tx, &cast.mia, another.id));
    assert!(found(cast, "another").is_none() && found(cast, "key").is_some());
    cast.write(|tx| Session::end(tx, "key"));
    assert!(found(cast, "key").is_none());
}

/// SPEC 5.2: a new session for other rights. Whoever is only called something else stays signed in.
fn a_change_of_roles_ends_sessions(cast: &Cast) {
    cast.set_password(&cast.mia, "a hash").unwrap();
    for (called, administrator, guest_inviter, stays) in [
        ("Zoë", false, false, true),
        ("Guest inviter", false, true, false),
        ("Still guest inviter", false, true, true),
        ("Guest inviter no more", false, false, false),
        ("Administrator", true, false, false),
        ("Guest inviter too", true, true, false),
        ("Administrator no more", false, true, false),
    ] {
        begin(cast, called);
        cast.as_administrator(|tx, by| {
            let mia = User::find(tx, cast.mia.id)?;
            let profile = UserProfile { administrator, guest_inviter, ..UserProfile::named(name(called)) };
            User::change(tx, by, mia.id, &profile, mia.version)
        })
        .unwrap();
        assert_eq!(found(cast, called).is_some(), stays, "{called}");
    }
}

fn only_sessions_that_are_over_are_taken_away(cast: &Cast) {
    begin(cast, "older");
    cast.clock.advance(TimeDelta::hours(6));
    begin(cast, "newer");
    cast.clock.advance(TimeDelta::hours(6) + TimeDelta::minutes(1));
    let clean_up = || cast.write(session::clean_up);
    assert_eq!((clean_up(), clean_up()), (1, 0));
    assert!(found(cast, "newer").is_some());
}
