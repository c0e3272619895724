//! Sessions: when they end, and who may end them (SPEC 5.2, SECURITY C2 to C4, D9).

use chrono::TimeDelta;
use directory::activity::{self, Action, Filter};
use directory::one_time_code::Shown;
use directory::session::{self, Session};
use directory::sign_in::{self, Progress};
use directory::user::{User, UserKind, UserProfile};
use directory::{Error, Language};

use crate::cast::{Cast, address, let_in, name};
use crate::codes::{ask, enter_as};
use crate::on_both;

on_both!(
    a_session_is_over_at_its_last_moment_and_not_before,
    being_seen_keeps_a_session_for_twelve_hours_at_most,
    going_on_alone_makes_no_session_younger_d9,
    people_end_their_own_sessions_and_nobody_elses,
    a_change_of_roles_ends_sessions,
    only_sessions_that_are_over_are_taken_away,
    an_administrator_ends_all_sessions_of_one_person,
    only_live_sessions_are_listed,
    a_session_is_only_its_owners_c4,
    who_goes_on_alone_ends_nobody_elses_session,
    ending_the_codes_of_one_ends_nobody_elses,
);

const OLIVIA: &str = "olivia@meridian.test";

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
    assert!(!found(cast, "key").unwrap().is_due_for_touch(cast.clock.now()));
    cast.clock.advance(TimeDelta::hours(7));
    let session = found(cast, "key").unwrap();
    assert!(session.is_due_for_touch(cast.clock.now()));
    cast.write(|tx| session.touch(tx, UserKind::Member));
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
        before.rotate_key(tx, "a new key")
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
    let by_olivia = cast.directory.write(|tx| session::end_own(tx, &cast.olivia, another.id));
    assert!(matches!(by_olivia, Err(Error::Hidden)));
    assert!(found(cast, "another").is_some());
    cast.write(|tx| session::end_own(tx, &cast.mia, another.id));
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

/// Those that are about to begin end too.
fn an_administrator_ends_all_sessions_of_one_person(cast: &Cast) {
    let mia = address("mia@meridian.test");
    begin(cast, "key");
    begin(cast, "another");
    cast.write(|tx| Session::begin(tx, "Olivia's", &cast.olivia, ""));
    cast.write(|tx| sign_in::ask_for_code(tx, &mia, "hers", Shown::Nothing, Language::English));
    let code = cast.code_for("mia@meridian.test");
    cast.as_administrator(|tx, administrator| session::end_all_by(tx, administrator, cast.mia.id)).unwrap();
    assert!(found(cast, "key").is_none() && found(cast, "another").is_none());
    assert!(found(cast, "Olivia's").is_some(), "she is somebody else");
    let entered = cast.write(|tx| sign_in::enter_code(tx, &mia, "hers", &code, None));
    assert_eq!(entered, Progress::CodeOver);
    let ended = Filter { action: Some(Action::SessionsEnded), ..Filter::default() };
    let noted = cast.read(|tx| activity::list(tx, &ended, 10)).rows;
    let [entry] = noted.as_slice() else { panic!("{noted:?}") };
    let (by, whose) = (entry.activity.actor_id, entry.activity.target_id);
    assert_eq!((by, whose), (Some(cast.adam.id), Some(cast.mia.id.cast())));
}

fn only_live_sessions_are_listed(cast: &Cast) {
    let listed = || {
        let sessions = cast.read(|tx| session::list_of(tx, cast.mia.id));
        sessions.into_iter().map(|session| session.key_hash).collect::<Vec<_>>()
    };
    begin(cast, "seen");
    begin(cast, "idle");
    cast.clock.advance(TimeDelta::hours(7));
    let seen = found(cast, "seen").unwrap();
    cast.write(|tx| seen.touch(tx, UserKind::Member));
    assert_eq!(listed().len(), 2);
    cast.clock.advance(TimeDelta::hours(1));
    assert_eq!(listed(), ["seen"], "nothing was asked for in the other for eight hours");
    cast.clock.advance(TimeDelta::hours(4));
    assert!(listed().is_empty(), "twelve hours after it began, whatever was asked for");
}

fn a_session_is_only_its_owners_c4(cast: &Cast) {
    begin(cast, "key");
    let visitor_of = |user| cast.read(|tx| Session::visitor_of(tx, "key", user));
    assert!(visitor_of(cast.olivia.id).is_none());
    assert_eq!(visitor_of(cast.mia.id).unwrap().actor.id, cast.mia.id);
}

fn who_goes_on_alone_ends_nobody_elses_session(cast: &Cast) {
    begin(cast, "key");
    cast.write(|tx| Session::begin(tx, "Olivia's", &cast.olivia, ""));
    let session = found(cast, "key").unwrap();
    cast.write(|tx| session.end_others(tx));
    assert!(found(cast, "key").is_some() && found(cast, "Olivia's").is_some());
}

/// A new password ends those of whoever set it.
fn ending_the_codes_of_one_ends_nobody_elses(cast: &Cast) {
    ask(cast, OLIVIA, "hers");
    let code = cast.code_for(OLIVIA);
    cast.set_password(&cast.mia, "a hash").unwrap();
    assert_eq!(let_in(enter_as(cast, OLIVIA, "hers", &code)), Some(cast.olivia.id));
}
