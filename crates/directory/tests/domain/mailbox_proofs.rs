//! What a code proves once it was entered, and what counts as a failed try (SPEC 4.5, SECURITY C6).

use directory::one_time_code;
use directory::redemption::{self, Accepted};
use directory::sign_in::Progress;

use crate::cast::{Cast, let_in};
use crate::codes::{ask, enter_as};
use crate::on_both;
use crate::redeeming::{accept, code, door, invited};

on_both!(
    a_code_that_was_entered_proves_one_mailbox_in_one_browser_c6,
    who_has_proved_another_mailbox_accepts_nothing,
    who_waits_for_a_code_has_proved_nothing,
    a_code_to_sign_in_with_accepts_nothing,
    a_code_to_redeem_with_signs_nobody_in,
    a_failed_try_to_accept_is_told_from_one_that_was_not,
    a_failed_try_to_sign_in_is_told_from_one_that_was_not,
);

const ANN: &str = "ann@partner.test";
const MIA: &str = "mia@meridian.test";

fn prove_mias(cast: &Cast) {
    ask(cast, MIA, "hers");
    let code = cast.code_for(MIA);
    assert_eq!(let_in(enter_as(cast, MIA, "hers", &code)), Some(cast.mia.id));
}

/// Or a mailbox of one's own would stand in for an administrator's.
fn a_code_that_was_entered_proves_one_mailbox_in_one_browser_c6(cast: &Cast) {
    prove_mias(cast);
    let proved = |whose: &str, browser: &str| cast.read(|tx| one_time_code::proved(tx, whose, browser));
    assert!(proved(MIA, "hers") && !proved(MIA, "another"));
    assert!(!proved("adam@meridian.test", "hers"));
}

fn who_has_proved_another_mailbox_accepts_nothing(cast: &Cast) {
    let token = invited(cast);
    prove_mias(cast);
    assert!(!cast.read(|tx| redemption::offer(tx, &token, "hers")).proved);
    assert!(matches!(accept(cast, &token, &door("hers", "")).unwrap(), Accepted::CodeOver));
}

fn who_waits_for_a_code_has_proved_nothing(cast: &Cast) {
    let token = invited(cast);
    code(cast, &token, "hers");
    let offer = |browser: &str| cast.read(|tx| redemption::offer(tx, &token, browser));
    assert!(!offer("hers").proved && offer("hers").awaited.is_some());
    assert!(offer("another").awaited.is_none(), "it waits for none");
}

fn a_code_to_sign_in_with_accepts_nothing(cast: &Cast) {
    let token = invited(cast);
    ask(cast, ANN, "hers");
    let code = cast.code_for(ANN);
    assert!(matches!(accept(cast, &token, &door("hers", &code)).unwrap(), Accepted::CodeOver));
}

fn a_code_to_redeem_with_signs_nobody_in(cast: &Cast) {
    let token = invited(cast);
    let code = code(cast, &token, "hers");
    assert_eq!(enter_as(cast, ANN, "hers", &code), Progress::CodeOver);
}

fn a_failed_try_to_accept_is_told_from_one_that_was_not(cast: &Cast) {
    let token = invited(cast);
    let right = code(cast, &token, "hers");
    let wrong = accept(cast, &token, &door("hers", "no digits")).unwrap();
    assert!(matches!(wrong, Accepted::WrongCode(4)) && wrong.has_failed(), "{wrong:?}");
    let over = accept(cast, &token, &door("another", &right)).unwrap();
    assert!(matches!(over, Accepted::CodeOver) && over.has_failed(), "{over:?}");
    let done = accept(cast, &token, &door("hers", &right)).unwrap();
    assert!(matches!(done, Accepted::In(_)) && !done.has_failed(), "{done:?}");
}

fn a_failed_try_to_sign_in_is_told_from_one_that_was_not(cast: &Cast) {
    ask(cast, MIA, "hers");
    let right = cast.code_for(MIA);
    assert!(enter_as(cast, MIA, "hers", "no digits").has_failed());
    assert!(!enter_as(cast, MIA, "hers", &right).has_failed());
    assert!(Progress::Refused.has_failed() && Progress::CodeOver.has_failed());
}
