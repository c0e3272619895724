//! Codes for those who are not in yet: nobody is mailed at a stranger's wish for ever (SECURITY D4).

use chrono::TimeDelta;
use directory::Language;
use directory::invitation;
use directory::one_time_code::Shown;
use directory::redemption;
use directory::sign_in;
use directory::text::Message;

use crate::cast::{Cast, address};
use crate::inviting::invited;
use crate::on_both;

on_both!(
    who_has_an_undecided_invitation_is_mailed_a_code,
    who_has_declined_is_mailed_no_code_d4,
    whose_invitation_was_taken_back_is_mailed_no_code_d4,
    somebody_elses_invitation_mails_nobody_a_code_d4,
    whoever_guesses_learns_not_who_is_known_c7,
);

/// Fifty wrong digits are counted of an address that is known, and of no other.
fn whoever_guesses_learns_not_who_is_known_c7(cast: &Cast) {
    let told = |whose: &str| {
        let ask = || {
            cast.write(|tx| {
                sign_in::ask_for_code(tx, &address(whose), "theirs", Shown::Nothing, Language::English)
            });
        };
        let guess = || cast.write(|tx| sign_in::enter_code(tx, &address(whose), "theirs", "no digits", None));
        let mut told = Vec::new();
        for hour in 0..3 {
            for _ in 0..6 {
                ask();
                told.extend((0..if hour < 2 { 5 } else { 1 }).map(|_| guess()));
            }
            cast.clock.advance(TimeDelta::minutes(61));
        }
        told
    };
    assert_eq!(told("mia@meridian.test"), told("nobody@meridian.test"));
}

const ANN: &str = "ann@partner.test";

/// Whether a stranger who asks for a code for Ann has one mailed.
fn is_mailed(cast: &Cast) -> bool {
    let codes = || cast.database.contents()["deliveries"].iter().filter(|row| row.contains("code")).count();
    let before = codes();
    cast.write(|tx| {
        sign_in::ask_for_code(tx, &address(ANN), "a stranger's", Shown::Nothing, Language::English)
    });
    codes() > before
}

fn decline(cast: &Cast) {
    invited(cast, ANN);
    let token = cast.token_for(ANN);
    cast.write(|tx| redemption::decline(tx, &token, "hers", &Message::default()));
}

fn who_has_an_undecided_invitation_is_mailed_a_code(cast: &Cast) {
    invited(cast, ANN);
    assert!(is_mailed(cast));
    cast.clock.advance(TimeDelta::days(30));
    assert!(is_mailed(cast), "who comes too late can ask for a fresh link");
}

fn who_has_declined_is_mailed_no_code_d4(cast: &Cast) {
    decline(cast);
    assert!(!is_mailed(cast));
}

fn whose_invitation_was_taken_back_is_mailed_no_code_d4(cast: &Cast) {
    let ann = invited(cast, ANN);
    cast.as_manager(&cast.olivia, |tx, manager| invitation::revoke(tx, manager, ann.id)).unwrap();
    assert!(!is_mailed(cast));
}

fn somebody_elses_invitation_mails_nobody_a_code_d4(cast: &Cast) {
    decline(cast);
    invited(cast, "bob@partner.test");
    assert!(!is_mailed(cast));
}
