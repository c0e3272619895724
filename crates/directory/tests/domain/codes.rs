//! Mailed codes: what they are, how many, and when they are over (SPEC 4.5, SECURITY C6, C8).

use chrono::TimeDelta;
use directory::activity::{self, Action, Filter};
use directory::delivery::{self, DeliveryFilter};
use directory::one_time_code::{CodePurpose, Shown};
use directory::sign_in::{self, Progress};
use directory::{Language, one_time_code};

use crate::cast::{Cast, address, let_in};
use crate::on_both;

on_both!(
    a_code_is_six_digits_of_all_kinds,
    an_address_gets_five_codes_an_hour,
    a_code_that_was_not_mailed_lets_nobody_in,
    an_older_code_is_worth_nothing_once_a_newer_was_asked_for,
    a_code_stays_good_until_another_is_on_its_way,
    a_code_that_is_over_is_not_mailed_any_more,
    a_code_that_was_entered_proves_the_mailbox_for_half_an_hour,
    a_browser_that_is_known_has_codes_of_its_own_c8,
    fifty_wrong_digits_a_day_are_enough_for_strangers_c6,
    guesses_at_what_nobody_was_mailed_use_up_nothing,
    a_code_is_kept_for_a_day_and_for_a_month_if_it_was_mailed,
);

const MIA: &str = "mia@meridian.test";

pub(crate) fn ask(cast: &Cast, to: &str, browser: &str) {
    cast.write(|tx| sign_in::ask_for_code(tx, &address(to), browser, Shown::Nothing, Language::English));
}

pub(crate) fn enter_as(cast: &Cast, whose: &str, browser: &str, code: &str) -> Progress {
    cast.write(|tx| sign_in::enter_code(tx, &address(whose), browser, code, None))
}

fn enter(cast: &Cast, browser: &str, code: &str) -> Progress {
    enter_as(cast, MIA, browser, code)
}

fn a_code_is_six_digits_of_all_kinds(cast: &Cast) {
    let mut codes = Vec::new();
    for _ in 0..20 {
        cast.clock.advance(TimeDelta::hours(1));
        ask(cast, MIA, "hers");
        codes.push(cast.code_for(MIA));
    }
    let is_code = |code: &String| code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
    assert!(codes.iter().all(is_code), "{codes:?}");
    // By chance alone this fails once in 10^60 runs.
    assert!(codes.iter().any(|code| code.as_str() > "000999"), "{codes:?}");
}

fn an_address_gets_five_codes_an_hour(cast: &Cast) {
    for browser in ["a", "b", "c", "d", "e", "f", "g"] {
        ask(cast, MIA, browser);
    }
    assert_eq!(cast.letters_to(MIA).len(), 5);
    cast.clock.advance(TimeDelta::hours(1));
    ask(cast, MIA, "a");
    assert_eq!(cast.letters_to(MIA).len(), 1);
}

/// SECURITY C6: whoever asks from anywhere, and guesses at what nobody was mailed, has nothing to hit.
fn a_code_that_was_not_mailed_lets_nobody_in(cast: &Cast) {
    let digits = |browser: &str| {
        cast.read(|tx| {
            let code = one_time_code::awaited(tx, CodePurpose::SignIn, MIA, browser)?.unwrap();
            let mac = tx.keys().mac("one-time code", &[code.id.as_bytes()]);
            let number = mac.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
            Ok(format!("{:06}", number % 1_000_000))
        })
    };
    for browser in ["a", "b", "c", "d", "e", "f"] {
        ask(cast, MIA, browser);
    }
    assert_eq!(enter(cast, "f", &digits("f")), Progress::WrongCode(4));
    assert_eq!(let_in(enter(cast, "e", &digits("e"))), Some(cast.mia.id));
}

/// How many codes are mailed to Mia when a browser that has shown this asks for one.
fn mailed(cast: &Cast, shown: Shown<'_>) -> usize {
    cast.write(|tx| sign_in::ask_for_code(tx, &address(MIA), "hers", shown, Language::English));
    cast.letters_to(MIA).len()
}

fn a_browser_that_is_known_has_codes_of_its_own_c8(cast: &Cast) {
    let strangers: usize = (0..7).map(|_| mailed(cast, Shown::Nothing)).sum();
    let known: usize = (0..7).map(|_| mailed(cast, Shown::KnownBrowser("mark"))).sum();
    assert_eq!((strangers, known, mailed(cast, Shown::KnownBrowser("another"))), (5, 5, 1));
    cast.clock.advance(TimeDelta::hours(1));
    let shared: usize = (0..7).map(|_| mailed(cast, Shown::KnownBrowser("mark"))).sum();
    assert_eq!(shared, 7, "who shares a browser still has the codes of the address");
}

fn fifty_wrong_digits_a_day_are_enough_for_strangers_c6(cast: &Cast) {
    for hour in 0..10 {
        assert_eq!(mailed(cast, Shown::Nothing), 1, "{hour}");
        let tried: Vec<Progress> = (0..5).map(|_| enter(cast, "hers", "no digits")).collect();
        assert_eq!(tried.last(), Some(&Progress::CodeOver));
        cast.clock.advance(TimeDelta::hours(1));
    }
    let strangers: usize = (0..5).map(|_| mailed(cast, Shown::Nothing)).sum();
    assert_eq!(strangers, 1, "one an hour");
    assert_eq!(mailed(cast, Shown::KnownBrowser("mark")), 1);
    assert_eq!(mailed(cast, Shown::Password), 1);
    let refused = Filter { action: Some(Action::SignInRefused), ..Filter::default() };
    assert_eq!(cast.read(|tx| activity::list(tx, &refused, 100)).rows.len(), 10);
    cast.clock.advance(TimeDelta::days(1));
    assert_eq!(mailed(cast, Shown::Nothing), 1);
}

/// SECURITY C8: whoever asks beyond what is mailed guesses at nothing, and uses up nothing.
fn guesses_at_what_nobody_was_mailed_use_up_nothing(cast: &Cast) {
    let mailed_of_an_hour: usize = (0..20).map(|_| mailed(cast, Shown::Nothing)).sum();
    assert_eq!(mailed_of_an_hour, 5);
    for _ in 0..20 {
        assert_eq!(mailed(cast, Shown::Nothing), 0);
        let tried: Vec<Progress> = (0..5).map(|_| enter(cast, "hers", "no digits")).collect();
        assert_eq!(tried.last(), Some(&Progress::CodeOver));
    }
    cast.clock.advance(TimeDelta::hours(1));
    assert_eq!(mailed(cast, Shown::Nothing), 1);
}

fn an_older_code_is_worth_nothing_once_a_newer_was_asked_for(cast: &Cast) {
    ask(cast, MIA, "hers");
    let older = cast.code_for(MIA);
    ask(cast, MIA, "hers");
    let newer = cast.code_for(MIA);
    assert_eq!(let_in(enter(cast, "hers", &newer)), Some(cast.mia.id));
    assert_eq!(enter(cast, "hers", &older), Progress::CodeOver);
}

/// SECURITY C8: who asks once more than is mailed keeps the code there is, and only that one.
fn a_code_stays_good_until_another_is_on_its_way(cast: &Cast) {
    let codes: [String; 5] = std::array::from_fn(|_| {
        cast.clock.advance(TimeDelta::minutes(1));
        ask(cast, MIA, "hers");
        cast.code_for(MIA)
    });
    let [superseded @ .., newest] = &codes;
    cast.clock.advance(TimeDelta::minutes(1));
    assert_eq!(mailed(cast, Shown::Nothing), 0);
    // By chance two may be the same.
    let older = superseded.iter().rfind(|code| *code != newest).unwrap();
    assert_eq!(enter(cast, "hers", older), Progress::WrongCode(4));
    assert_eq!(let_in(enter(cast, "hers", newest)), Some(cast.mia.id));
}

fn a_code_that_is_over_is_not_mailed_any_more(cast: &Cast) {
    ask(cast, MIA, "hers");
    cast.clock.advance(TimeDelta::minutes(10));
    assert!(cast.letters_to(MIA).is_empty(), "nobody could enter it");
    ask(cast, MIA, "hers");
    for _ in 0..5 {
        enter(cast, "hers", "no digits");
    }
    assert!(cast.letters_to(MIA).is_empty(), "all tries were used up before it left");
}

fn a_code_that_was_entered_proves_the_mailbox_for_half_an_hour(cast: &Cast) {
    ask(cast, MIA, "hers");
    let code = cast.code_for(MIA);
    assert_eq!(let_in(enter(cast, "hers", &code)), Some(cast.mia.id));
    let proved = |browser| cast.read(|tx| one_time_code::proved(tx, MIA, browser));
    cast.clock.advance(TimeDelta::minutes(30) - TimeDelta::microseconds(1));
    assert!(proved("hers") && !proved("another"));
    cast.clock.advance(TimeDelta::microseconds(1));
    assert!(!proved("hers"));
}

/// The mail stays in the list of mails, which shows no code.
fn a_code_is_kept_for_a_day_and_for_a_month_if_it_was_mailed(cast: &Cast) {
    ask(cast, "nobody@meridian.test", "hers");
    ask(cast, MIA, "hers");
    let clean_up = || cast.write(one_time_code::clean_up);
    cast.clock.advance(TimeDelta::days(1));
    assert_eq!(clean_up(), 0);
    cast.clock.advance(TimeDelta::microseconds(1));
    assert_eq!((clean_up(), clean_up()), (1, 0), "nobody's");
    cast.clock.advance(TimeDelta::days(29) - TimeDelta::microseconds(1));
    assert_eq!(clean_up(), 0);
    cast.clock.advance(TimeDelta::microseconds(1));
    assert_eq!((clean_up(), clean_up()), (1, 0), "Mia's");
    let all = DeliveryFilter::default();
    let mails = cast.as_administrator(|tx, administrator| delivery::list(tx, administrator, &all, 50));
    let mails = mails.unwrap().rows;
    assert_eq!(mails.iter().map(|mail| mail.code_id).collect::<Vec<_>>(), [None]);
    assert!(cast.letters_to(MIA).is_empty(), "there is nothing to mail any more");
}
