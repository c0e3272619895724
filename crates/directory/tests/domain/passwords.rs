//! Passwords: who has one, who may set one, and how one is taken away (SPEC 5.2, SECURITY C4, D9).

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use directory::activity::{self, Action, Filter};
use directory::invitation::{self, Draft, Outcome};
use directory::one_time_code::Shown;
use directory::redemption::{self, Accepted, Door};
use directory::session::{self, Session};
use directory::sign_in::{self, Progress};
use directory::user::{self, User};
use directory::{Actor, Error, Language, Refusal, Result};

use crate::cast::{Cast, address, let_in};
use crate::on_both;

on_both!(
    a_guest_sets_no_password_and_none_lets_a_guest_in_d9,
    a_first_password_is_set_by_whoever_has_just_signed_in_c4,
    a_password_that_was_taken_away_lets_nobody_in_c4,
    an_administrator_who_can_sign_in_no_more_is_not_made,
    whom_a_command_gives_a_password_begins_again,
);

const ANN: &str = "ann@partner.test";
const MIA: &str = "mia@meridian.test";
const ADAM: &str = "adam@meridian.test";

/// Ann is invited to the app, and accepts.
fn guest(cast: &Cast) -> Actor {
    let outcome = cast
        .as_manager(&cast.olivia, |tx, manager| invitation::add(tx, manager, ANN, &Draft::default()))
        .unwrap();
    let Outcome::Invited(invitation) = outcome else { panic!("Ann is no stranger") };
    let token = cast.token_for(ANN);
    let door = Door { browser: "hers", code: "", signed_in: Some(invitation.user_id), name: None };
    assert!(matches!(cast.write(|tx| redemption::accept(tx, &token, &door)), Accepted::In(_)));
    Actor::of(&user(cast, ANN)).unwrap()
}

fn user(cast: &Cast, of: &str) -> User {
    cast.read(|tx| User::by_address(tx, &address(of))).unwrap()
}

fn hash(cast: &Cast, of: &str) -> Option<String> {
    cast.read(|tx| sign_in::password_hash(tx, &address(of)))
}

/// Somebody has typed the password that goes with this hash.
fn prove(cast: &Cast, of: &str, hash: Option<&str>) -> Progress {
    cast.write(|tx| sign_in::password_proved(tx, &address(of), hash, "browser"))
}

/// The code of somebody who has shown a password, or has not.
fn ask(cast: &Cast, of: &str, shown: Shown<'_>) -> String {
    let browser = "browser";
    cast.write(|tx| sign_in::ask_for_code(tx, &address(of), browser, shown, Language::English));
    cast.code_for(of)
}

fn enter(cast: &Cast, of: &str, code: &str) -> Progress {
    cast.write(|tx| sign_in::enter_code(tx, &address(of), "browser", code, None))
}

fn forget(cast: &Cast, of: &str) -> Result<()> {
    let user = user(cast, of);
    cast.as_administrator(|tx, administrator| user::forget_password(tx, administrator, user.id))
}

fn forget_by_command(cast: &Cast, of: &str, other: Option<&str>) -> Result<()> {
    cast.directory.write(|tx| user::forget_password_from_the_system(tx, &address(of), other))
}

/// Who took a password away, once for each time.
fn removals(cast: &Cast) -> Vec<String> {
    let filter = Filter { action: Some(Action::PasswordRemoved), ..Filter::default() };
    let entries = cast.read(|tx| activity::list(tx, &filter, 50)).rows;
    entries.into_iter().map(|entry| entry.activity.actor_name).collect()
}

/// SECURITY D9: the mailbox is closed when a guest leaves the partner, the password would not be.
fn a_guest_sets_no_password_and_none_lets_a_guest_in_d9(cast: &Cast) {
    let ann = guest(cast);
    let set = cast.set_password(&ann, "a hash");
    assert!(matches!(set, Err(Error::Refused(Refusal::GuestPassword))), "{set:?}");
    // However it may have come there.
    let give = "UPDATE users SET password_hash = 'a hash' WHERE kind = 'guest'";
    cast.write(|tx| Ok(tx.conn.batch_execute(give)?));
    assert_eq!(user(cast, ANN).password_hash.as_deref(), Some("a hash"));
    assert_eq!((hash(cast, ANN), Actor::of(&user(cast, ANN)).unwrap().has_password), (None, false));
    assert_eq!(prove(cast, ANN, Some("a hash")), Progress::Refused);
    assert_eq!(prove(cast, ANN, None), Progress::Refused);
    let code = ask(cast, ANN, Shown::Nothing);
    assert_eq!(let_in(enter(cast, ANN, &code)), Some(ann.id));
}

/// SECURITY C4: whoever finds a browser open makes no way in of it.
fn a_first_password_is_set_by_whoever_has_just_signed_in_c4(cast: &Cast) {
    let begin = |key: &str| cast.write(|tx| Session::begin(tx, key, &cast.mia, ""));
    begin("older");
    cast.clock.advance(TimeDelta::microseconds(1));
    begin("newer");
    cast.clock.advance(TimeDelta::minutes(10));
    let set = cast.set_password_in("older", "somebody else's");
    assert!(matches!(set, Err(Error::Refused(Refusal::SignInTooOld))), "{set:?}");
    assert_eq!(hash(cast, MIA), None);
    cast.set_password_in("newer", "hers").unwrap();
    cast.clock.advance(TimeDelta::hours(1));
    // The page asks for the one there is.
    cast.set_password_in("older", "another of hers").unwrap();
    assert_eq!(hash(cast, MIA).as_deref(), Some("another of hers"));
}

/// SECURITY C4.
fn a_password_that_was_taken_away_lets_nobody_in_c4(cast: &Cast) {
    cast.set_password(&cast.mia, "not hers").unwrap();
    let code = ask(cast, MIA, Shown::Password);
    let version = user(cast, MIA).version;
    forget(cast, MIA).unwrap();
    assert_eq!((hash(cast, MIA), user(cast, MIA).version), (None, version + 1));
    assert_eq!(prove(cast, MIA, Some("not hers")), Progress::Refused);
    assert_eq!(enter(cast, MIA, &code), Progress::CodeOver);
    assert!(cast.read(|tx| session::list_of(tx, cast.mia.id)).is_empty());
    assert_eq!(removals(cast), ["Adam Admin"]);
    let code = ask(cast, MIA, Shown::Nothing);
    assert_eq!(let_in(enter(cast, MIA, &code)), Some(cast.mia.id), "the mailbox is the way back in");
}

fn an_administrator_who_can_sign_in_no_more_is_not_made(cast: &Cast) {
    for forgotten in [forget(cast, ADAM), forget_by_command(cast, ADAM, None)] {
        assert!(matches!(forgotten, Err(Error::Refused(Refusal::PasswordMissing))), "{forgotten:?}");
    }
    assert_eq!(hash(cast, ADAM).as_deref(), Some("not a hash"));
    assert!(removals(cast).is_empty());
}

fn whom_a_command_gives_a_password_begins_again(cast: &Cast) {
    cast.write(|tx| Session::begin(tx, "key", &cast.adam, ""));
    forget_by_command(cast, ADAM, Some("another hash")).unwrap();
    assert_eq!(hash(cast, ADAM).as_deref(), Some("another hash"));
    assert!(cast.read(|tx| session::list_of(tx, cast.adam.id)).is_empty());
    cast.set_password(&cast.mia, "not hers").unwrap();
    forget_by_command(cast, MIA, None).unwrap();
    assert_eq!((hash(cast, MIA), removals(cast)), (None, vec![String::new()]), "the system did it");
    let of_nobody = forget_by_command(cast, "nobody@meridian.test", None);
    assert!(matches!(of_nobody, Err(Error::Hidden)), "{of_nobody:?}");
    guest(cast);
    let of_a_guest = forget_by_command(cast, ANN, Some("a hash"));
    assert!(matches!(of_a_guest, Err(Error::Refused(Refusal::GuestPassword))), "{of_a_guest:?}");
}
