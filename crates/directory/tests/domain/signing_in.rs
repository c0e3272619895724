use chrono::TimeDelta;
use directory::invitation::{self, Draft};
use directory::rate_limit::RateLimit;
use directory::redemption::{self, Accepted, Door};
use directory::session::Session;
use directory::sign_in::{self, Factor, Progress};
use directory::user::User;
use directory::{Language, setup_link, user_access};

use crate::cast::{Cast, address};
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
    a_set_up_link_is_only_for_a_directory_without_administrator,
    a_limit_counts_per_window,
);

fn ask(cast: &Cast, to: &str, password_proved: bool) {
    cast.write(|tx| sign_in::ask_for_code(tx, &address(to), "browser", password_proved, Language::English));
}

fn enter(cast: &Cast, to: &str, code: &str) -> Progress {
    cast.write(|tx| sign_in::enter_code(tx, &address(to), "browser", code, None))
}

fn a_member_signs_in_by_code(cast: &Cast) {
    ask(cast, "mia@meridian.test", false);
    let code = cast.code_for("mia@meridian.test");
    assert_eq!(enter(cast, "mia@meridian.test", &code), Progress::SignedIn(cast.mia.id));
    assert_eq!(enter(cast, "mia@meridian.test", &code), Progress::CodeOver);
}

fn an_administrator_needs_password_and_code_in_either_order(cast: &Cast) {
    let adam = "adam@meridian.test";
    let password = |cast: &Cast| {
        cast.write(|tx| sign_in::password_proved(tx, &address(adam), Some("not a hash"), "browser"))
    };
    assert_eq!(password(cast), Progress::Wanted(Factor::Code));
    ask(cast, adam, true);
    let code = cast.code_for(adam);
    assert_eq!(enter(cast, adam, &code), Progress::SignedIn(cast.adam.id));
    cast.clock.advance(TimeDelta::hours(1));
    ask(cast, adam, false);
    let code = cast.code_for(adam);
    assert_eq!(enter(cast, adam, &code), Progress::Wanted(Factor::Password));
    assert_eq!(password(cast), Progress::SignedIn(cast.adam.id));
}

/// SECURITY C4.
fn a_password_that_was_changed_while_it_was_checked_is_wrong(cast: &Cast) {
    let mia = address("mia@meridian.test");
    let proved = |hash: &str| cast.write(|tx| sign_in::password_proved(tx, &mia, Some(hash), "browser"));
    cast.write(|tx| sign_in::set_password(tx, &cast.mia, "the hash before"));
    assert_eq!(proved("the hash before"), Progress::SignedIn(cast.mia.id));
    cast.write(|tx| sign_in::set_password(tx, &cast.mia, "the hash now"));
    assert_eq!(proved("the hash before"), Progress::Refused);
}

/// SECURITY C4.
fn a_new_password_ends_a_sign_in_that_has_shown_the_old_one_c4(cast: &Cast) {
    let adam = "adam@meridian.test";
    ask(cast, adam, true);
    let code = cast.code_for(adam);
    cast.write(|tx| sign_in::set_password(tx, &cast.adam, "another hash"));
    assert_eq!(enter(cast, adam, &code), Progress::CodeOver);
    ask(cast, adam, true);
    let code = cast.code_for(adam);
    cast.as_administrator(|tx, administrator| user_access::end_sessions(tx, administrator, cast.adam.id))
        .unwrap();
    assert_eq!(enter(cast, adam, &code), Progress::CodeOver);
}

fn an_unknown_address_is_asked_the_same_and_never_signs_in(cast: &Cast) {
    ask(cast, "nobody@meridian.test", false);
    assert!(cast.letters_to("nobody@meridian.test").is_empty());
    assert_eq!(enter(cast, "nobody@meridian.test", "123456"), Progress::WrongCode(4));
}

fn an_invited_guest_is_led_to_the_invitation(cast: &Cast) {
    cast.as_manager(&cast.olivia, |tx, manager| {
        invitation::add(tx, manager, "ann@partner.test", &Draft::default())
    })
    .unwrap();
    ask(cast, "ann@partner.test", false);
    let code = cast.code_for("ann@partner.test");
    let Progress::Invited(token) = enter(cast, "ann@partner.test", &code) else { panic!() };
    let door = Door { browser: "browser", code: "", signed_in: None, name: None };
    assert!(matches!(cast.write(|tx| redemption::accept(tx, &token, &door)), Accepted::In(_)));
}

/// SECURITY C2, C4.
fn a_session_dies_with_its_person_and_never_comes_back(cast: &Cast) {
    cast.write(|tx| Session::begin(tx, "key", cast.mia.id, "{}", "Firefox"));
    assert!(cast.read(|tx| Session::visitor(tx, "key")).is_some());
    cast.as_administrator(|tx, administrator| User::block(tx, administrator, cast.mia.id)).unwrap();
    assert!(cast.read(|tx| Session::visitor(tx, "key")).is_none());
    cast.as_administrator(|tx, administrator| User::unblock(tx, administrator, cast.mia.id)).unwrap();
    assert!(cast.read(|tx| Session::visitor(tx, "key")).is_none());
}

fn a_guest_session_idles_out_sooner(cast: &Cast) {
    cast.write(|tx| Session::begin(tx, "member", cast.mia.id, "{}", ""));
    cast.clock.advance(TimeDelta::minutes(479));
    let visitor = cast.read(|tx| Session::visitor(tx, "member")).unwrap();
    assert!(visitor.session.is_to_be_seen(cast.clock.now()));
    cast.clock.advance(TimeDelta::minutes(2));
    assert!(cast.read(|tx| Session::visitor(tx, "member")).is_none());
}

/// SECURITY J9.
fn a_set_up_link_is_only_for_a_directory_without_administrator(cast: &Cast) {
    assert!(cast.write(|tx| setup_link::create(tx, [7; 32])).is_none());
    assert!(cast.directory.read(|tx| setup_link::check(tx, "anything")).is_err());
}

fn a_limit_counts_per_window(cast: &Cast) {
    let door = RateLimit::new("door", 2, TimeDelta::minutes(1));
    let take = || cast.write(|tx| door.take(tx, "mia"));
    assert_eq!((take(), take()), (None, None));
    assert!(take().is_some_and(|frees_at| frees_at > cast.clock.now()));
    cast.clock.advance(TimeDelta::minutes(1));
    assert_eq!(take(), None);
}
