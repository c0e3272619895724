//! For whose code the page waits, and that no codes of others end with it (SPEC 4.5, SECURITY C8).

use directory::one_time_code::{self, CodePurpose};
use directory::redemption;

use crate::cast::{Cast, let_in};
use crate::codes::{ask, enter_as};
use crate::on_both;
use crate::redeeming::invited;

on_both!(
    the_page_waits_for_the_address_that_was_asked_for_last,
    what_is_awaited_for_an_invitation_is_something_else,
    nothing_is_awaited_once_the_code_was_entered,
);

const ANN: &str = "ann@partner.test";
const MIA: &str = "mia@meridian.test";
const OLIVIA: &str = "olivia@meridian.test";

/// The address that the page for signing in is drawn for.
fn drawn_for(cast: &Cast, browser: &str) -> Option<String> {
    cast.read(|tx| one_time_code::awaited_address(tx, browser))
}

fn awaits(cast: &Cast, purpose: CodePurpose, whose: &str, browser: &str) -> bool {
    cast.read(|tx| one_time_code::awaited(tx, purpose, whose, browser)).is_some()
}

/// Also where the codes of its hour are used up, so that no further one is mailed.
fn the_page_waits_for_the_address_that_was_asked_for_last(cast: &Cast) {
    ask(cast, OLIVIA, "another");
    for _ in 0..5 {
        ask(cast, MIA, "hers");
    }
    ask(cast, OLIVIA, "hers");
    assert_eq!(drawn_for(cast, "hers").as_deref(), Some(OLIVIA));
    ask(cast, MIA, "hers");
    assert_eq!(drawn_for(cast, "hers").as_deref(), Some(MIA));
    let awaits = |whose: &str, browser: &str| awaits(cast, CodePurpose::SignIn, whose, browser);
    assert!(awaits(MIA, "hers") && !awaits(OLIVIA, "hers"));
    assert!(awaits(OLIVIA, "another"), "another browser waits for it");
}

fn what_is_awaited_for_an_invitation_is_something_else(cast: &Cast) {
    let token = invited(cast);
    let redeem = || cast.write(|tx| redemption::ask_for_code(tx, &token, "hers"));
    let awaits = |purpose, whose: &str| awaits(cast, purpose, whose, "hers");
    for _ in 0..5 {
        ask(cast, MIA, "hers");
        redeem();
    }
    ask(cast, OLIVIA, "hers");
    // Neither is mailed a further one, and each would give up what the other waits for.
    redeem();
    assert!(awaits(CodePurpose::SignIn, MIA) && awaits(CodePurpose::SignIn, OLIVIA));
    ask(cast, MIA, "hers");
    assert!(awaits(CodePurpose::Redemption, ANN) && !awaits(CodePurpose::Redemption, MIA));
    assert!(!awaits(CodePurpose::SignIn, ANN));
    redeem();
    assert_eq!(drawn_for(cast, "hers").as_deref(), Some(MIA));
}

/// What waits in another browser, or for an invitation, is something else.
fn nothing_is_awaited_once_the_code_was_entered(cast: &Cast) {
    let token = invited(cast);
    cast.write(|tx| redemption::ask_for_code(tx, &token, "hers"));
    ask(cast, OLIVIA, "another");
    ask(cast, MIA, "hers");
    let code = cast.code_for(MIA);
    assert_eq!(drawn_for(cast, "hers").as_deref(), Some(MIA));
    assert_eq!(let_in(enter_as(cast, MIA, "hers", &code)), Some(cast.mia.id));
    assert_eq!(drawn_for(cast, "hers"), None);
}
