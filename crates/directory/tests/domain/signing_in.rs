use chrono::TimeDelta;
use directory::activity::{self, Action, Filter};
use directory::invitation::{self, Draft};
use directory::one_time_code::Shown;
use directory::rate_limit::{self, RateLimit, counting_failures};
use directory::redemption::{self, Accepted, Door};
use directory::session::{self, Session};
use directory::sign_in::{self, Factor, Progress};
use directory::user::{User, UserKind};
use directory::{Actor, Language, Timestamp};

use crate::cast::{Cast, address, let_in};
use crate::inviting::{invited, redeem};
use crate::on_both;

on_both!(
    a_member_signs_in_by_code,
    an_administrator_needs_password_and_code_in_either_order,
    a_password_that_was_changed_while_it_was_checked_is_wrong,
    a_new_password_ends_a_sign_in_that_has_shown_the_old_one_c4,
    an_unknown_address_is_asked_the_same_and_never_signs_in,
    an_invited_guest_is_led_to_the_invitation,
    a_session_dies_with_its_person_and_never_comes_back,
    a_guest_session_idles_out_sooner,
    a_limit_counts_per_window,
    who_has_failed_too_often_is_told_when_the_window_ends,
    an_honest_try_is_given_back,
    a_try_is_given_back_to_the_window_it_was_taken_from,
    a_try_is_given_back_once,
    cleaning_up_forgets_no_try_that_still_counts,
    wrong_passwords_leave_a_few_lines_in_the_audit_and_are_counted_for_everybody,
);

fn ask(cast: &Cast, to: &str, shown: Shown<'_>) {
    cast.write(|tx| sign_in::ask_for_code(tx, &address(to), "browser", shown, Language::English));
}

fn enter(cast: &Cast, to: &str, code: &str) -> Progress {
    cast.write(|tx| sign_in::enter_code(tx, &address(to), "browser", code, None))
}

fn a_member_signs_in_by_code(cast: &Cast) {
    ask(cast, "mia@meridian.test", Shown::Nothing);
    let code = cast.code_for("mia@meridian.test");
    assert_eq!(let_in(enter(cast, "mia@meridian.test", &code)), Some(cast.mia.id));
    assert_eq!(enter(cast, "mia@meridian.test", &code), Progress::CodeOver);
}

fn an_administrator_needs_password_and_code_in_either_order(cast: &Cast) {
    let adam = "adam@meridian.test";
    let password = |cast: &Cast| {
        cast.write(|tx| sign_in::password_proved(tx, &address(adam), Some("not a hash"), "browser"))
    };
    assert_eq!(password(cast), Progress::Wanted(Factor::Code));
    ask(cast, adam, Shown::Password);
    let code = cast.code_for(adam);
    assert_eq!(let_in(enter(cast, adam, &code)), Some(cast.adam.id));
    cast.clock.advance(TimeDelta::hours(1));
    ask(cast, adam, Shown::Nothing);
    let code = cast.code_for(adam);
    assert_eq!(enter(cast, adam, &code), Progress::Wanted(Factor::Password));
    assert_eq!(let_in(password(cast)), Some(cast.adam.id));
}

/// SECURITY C4.
fn a_password_that_was_changed_while_it_was_checked_is_wrong(cast: &Cast) {
    let mia = address("mia@meridian.test");
    let proved = |hash: &str| cast.write(|tx| sign_in::password_proved(tx, &mia, Some(hash), "browser"));
    cast.set_password(&cast.mia, "the hash before").unwrap();
    assert_eq!(let_in(proved("the hash before")), Some(cast.mia.id));
    cast.set_password(&cast.mia, "the hash now").unwrap();
    assert_eq!(proved("the hash before"), Progress::Refused);
}

/// SECURITY C4.
fn a_new_password_ends_a_sign_in_that_has_shown_the_old_one_c4(cast: &Cast) {
    let adam = "adam@meridian.test";
    ask(cast, adam, Shown::Password);
    let code = cast.code_for(adam);
    cast.set_password(&cast.adam, "another hash").unwrap();
    assert_eq!(enter(cast, adam, &code), Progress::CodeOver);
    ask(cast, adam, Shown::Password);
    let code = cast.code_for(adam);
    cast.as_administrator(|tx, administrator| session::end_all_by(tx, administrator, cast.adam.id)).unwrap();
    assert_eq!(enter(cast, adam, &code), Progress::CodeOver);
}

fn an_unknown_address_is_asked_the_same_and_never_signs_in(cast: &Cast) {
    ask(cast, "nobody@meridian.test", Shown::Nothing);
    assert!(cast.letters_to("nobody@meridian.test").is_empty());
    assert_eq!(enter(cast, "nobody@meridian.test", "123456"), Progress::WrongCode(4));
}

fn an_invited_guest_is_led_to_the_invitation(cast: &Cast) {
    cast.as_manager(&cast.olivia, |tx, manager| {
        invitation::add(tx, manager, "ann@partner.test", &Draft::default())
    })
    .unwrap();
    ask(cast, "ann@partner.test", Shown::Nothing);
    let code = cast.code_for("ann@partner.test");
    let Progress::Invited(token) = enter(cast, "ann@partner.test", &code) else { panic!() };
    let door = Door { browser: "browser", code: "", signed_in: None, name: None };
    assert!(matches!(cast.write(|tx| redemption::accept(tx, &token, &door)), Accepted::In(_)));
}

/// SECURITY C2, C4.
fn a_session_dies_with_its_person_and_never_comes_back(cast: &Cast) {
    cast.write(|tx| Session::begin(tx, "key", &cast.mia, "Firefox"));
    assert!(cast.read(|tx| Session::visitor(tx, "key")).is_some());
    cast.as_administrator(|tx, administrator| User::block(tx, administrator, cast.mia.id)).unwrap();
    assert!(cast.read(|tx| Session::visitor(tx, "key")).is_none());
    cast.as_administrator(|tx, administrator| User::unblock(tx, administrator, cast.mia.id)).unwrap();
    assert!(cast.read(|tx| Session::visitor(tx, "key")).is_none());
}

/// SECURITY D9.
fn a_guest_session_idles_out_sooner(cast: &Cast) {
    let ann = invited(cast, "ann@partner.test");
    redeem(cast, &ann);
    let actor = cast.read(|tx| Actor::find(tx, ann.user_id)).unwrap();
    let begin = |key| cast.write(|tx| Session::begin(tx, key, &actor, ""));
    let found = |key| cast.read(|tx| Session::visitor(tx, key)).map(|visitor| visitor.session);
    begin("idle");
    cast.clock.advance(TimeDelta::hours(1) - TimeDelta::microseconds(1));
    assert!(found("idle").is_some());
    cast.clock.advance(TimeDelta::microseconds(1));
    assert!(found("idle").is_none());
    begin("busy");
    for _ in 0..14 {
        cast.clock.advance(TimeDelta::minutes(50));
        let session = found("busy").unwrap();
        cast.write(|tx| session.touch(tx, UserKind::Guest));
    }
    cast.clock.advance(TimeDelta::minutes(20) - TimeDelta::microseconds(1));
    assert!(found("busy").is_some());
    cast.clock.advance(TimeDelta::microseconds(1));
    assert!(found("busy").is_none(), "twelve hours are over");
}

fn a_limit_counts_per_window(cast: &Cast) {
    let door = RateLimit::new("door", 2, TimeDelta::minutes(1));
    let take = || cast.write(|tx| door.of("mia").take(tx));
    assert_eq!((take(), take()), (None, None));
    assert!(take().is_some_and(|frees_at| frees_at > cast.clock.now()));
    cast.clock.advance(TimeDelta::minutes(1));
    assert_eq!(take(), None);
}

fn who_has_failed_too_often_is_told_when_the_window_ends(cast: &Cast) {
    let width = TimeDelta::minutes(10);
    let door = RateLimit::new("door", 2, width);
    let tries = [door.of("mia")];
    let attempt =
        |fails: bool| cast.write(|tx| counting_failures(tx, &tries, |_| Ok(fails), |failed| *failed));
    let micros = width.num_microseconds().unwrap();
    let ends_at = Timestamp::from_micros((cast.clock.now().micros() / micros + 1) * micros);
    for fails in [false, true, false, true] {
        assert_eq!(attempt(fails), Ok(fails));
    }
    assert_eq!((attempt(false), attempt(true)), (Err(ends_at), Err(ends_at)));
    assert_eq!(cast.write(|tx| door.of("mia").take(tx)), Some(ends_at), "taking says the same");
    cast.clock.advance(ends_at - cast.clock.now() - TimeDelta::microseconds(1));
    assert_eq!(attempt(false), Err(ends_at));
    cast.clock.advance(TimeDelta::microseconds(1));
    assert_eq!(attempt(true), Ok(true));
}

/// SECURITY C8: colleagues behind one address do not keep each other out.
fn an_honest_try_is_given_back(cast: &Cast) {
    let door = RateLimit::new("door", 2, TimeDelta::minutes(1));
    let take = |many: usize| cast.write(|tx| door.of("mia").times(many).take(tx));
    assert_eq!((take(1), take(1)), (None, None));
    cast.write(|tx| door.of("mia").give_back(tx, tx.now));
    assert_eq!(take(5), None, "what counts for many may be the last");
    assert!(take(1).is_some());
    cast.write(|tx| door.of("oscar").give_back(tx, tx.now));
    assert!(cast.write(|tx| door.times(10).of("mia").take(tx)).is_none());
}

/// Guesses that were made meanwhile stay counted.
fn a_try_is_given_back_to_the_window_it_was_taken_from(cast: &Cast) {
    let door = RateLimit::new("door", 1, TimeDelta::minutes(1));
    let take = || cast.write(|tx| Ok((door.of("mia").take(tx)?, tx.now)));
    let (_, taken_at) = take();
    cast.clock.advance(TimeDelta::minutes(1));
    assert_eq!(take().0, None);
    cast.write(|tx| door.of("mia").give_back(tx, taken_at));
    assert!(take().0.is_some());
}

fn a_try_is_given_back_once(cast: &Cast) {
    let door = RateLimit::new("door", 1, TimeDelta::hours(1));
    let take = || cast.write(|tx| door.of("mia").take(tx));
    assert_eq!(take(), None);
    for _ in 0..3 {
        cast.write(|tx| door.of("mia").give_back(tx, tx.now));
    }
    assert_eq!(take(), None);
    assert!(take().is_some());
}

/// Not even that of somebody who had another long ago.
fn cleaning_up_forgets_no_try_that_still_counts(cast: &Cast) {
    let door = RateLimit::new("door", 1, TimeDelta::hours(1));
    let take = |whose: &str| cast.write(|tx| door.of(whose).take(tx));
    assert_eq!(take("mia"), None);
    cast.clock.advance(TimeDelta::hours(1));
    assert_eq!((take("olivia"), take("oscar")), (None, None));
    cast.clock.advance(TimeDelta::days(3));
    assert_eq!(take("mia"), None);
    let clean_up = || cast.write(rate_limit::clean_up);
    assert_eq!((clean_up(), clean_up()), (3, 0), "two windows are over");
    assert!(take("mia").is_some(), "her try of now still counts");
}

fn wrong_passwords_leave_a_few_lines_in_the_audit_and_are_counted_for_everybody(cast: &Cast) {
    let refused = Filter { action: Some(Action::SignInRefused), ..Filter::default() };
    let lines = || cast.read(|tx| activity::list(tx, &refused, 100)).rows.len();
    for typed in ["mia@meridian.test", "nobody@meridian.test"] {
        for _ in 0..20 {
            cast.write(|tx| sign_in::password_wrong(tx, &address(typed)));
        }
    }
    assert_eq!(lines(), 5);
    cast.clock.advance(TimeDelta::hours(1));
    cast.write(|tx| sign_in::password_wrong(tx, &address("mia@meridian.test")));
    assert_eq!(lines(), 6);
}
