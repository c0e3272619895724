//! How many invitations and mails there may be (SPEC 3.5, SECURITY C8, D4).

use chrono::TimeDelta;
use directory::access::Limit;
use directory::invitation::{self, Draft, Outcome, Verdict};
use directory::{Error, Language, Refusal, group_member, sign_in};

use crate::cast::{Cast, address};
use crate::inviting::{add, invited, owner_of_the_group, refusal};
use crate::on_both;

on_both!(
    limits_bind_and_say_when_they_free_up,
    the_organisations_limit_binds_for_everybody,
    one_address_gets_so_many_mails_a_day,
    who_is_put_in_again_and_again_is_told_so_often_a_day,
    codes_that_somebody_asks_for_keep_nobody_from_being_invited,
);

fn limits_bind_and_say_when_they_free_up(cast: &Cast) {
    cast.settings(|settings| settings.inviter_hourly_limit = 2);
    let first = cast.clock.now();
    invited(cast, "a@partner.test");
    cast.clock.advance(TimeDelta::minutes(10));
    invited(cast, "b@partner.test");
    match refusal(add(cast, &cast.olivia, "c@partner.test")) {
        Refusal::LimitReached { max: 2, frees_at, .. } => assert_eq!(frees_at, first + TimeDelta::hours(1)),
        other => panic!("{other:?}"),
    }
    let typed = ["c@partner.test".to_owned(), "d@partner.test".to_owned()];
    cast.clock.advance(TimeDelta::minutes(51));
    let verdicts =
        cast.as_manager(&cast.olivia, |tx, manager| invitation::foresee(tx, manager, &typed)).unwrap();
    assert!(matches!(
        verdicts.as_slice(),
        [Verdict::Invite(_), Verdict::Refused(Refusal::LimitReached { .. })]
    ));
    invited(cast, "c@partner.test");
}

fn the_organisations_limit_binds_for_everybody(cast: &Cast) {
    cast.settings(|settings| settings.organisation_hourly_limit = 3);
    let first = cast.clock.now();
    for (inviter, address) in
        [(&cast.olivia, "a@p.test"), (&cast.adam, "b@p.test"), (&cast.olivia, "c@p.test")]
    {
        cast.clock.advance(TimeDelta::minutes(1));
        assert!(matches!(add(cast, inviter, address), Ok(Outcome::Invited(_))), "{address}");
    }
    for inviter in [&cast.olivia, &cast.adam] {
        match refusal(add(cast, inviter, "d@p.test")) {
            Refusal::LimitReached { limit: Limit::OrganisationHour, max: 3, frees_at } => {
                assert_eq!(frees_at, first + TimeDelta::minutes(61));
            }
            other => panic!("{other:?}"),
        }
    }
    cast.clock.advance(TimeDelta::minutes(58));
    let typed = ["d@p.test".to_owned(), "e@p.test".to_owned()];
    let verdicts =
        cast.as_manager(&cast.adam, |tx, manager| invitation::foresee(tx, manager, &typed)).unwrap();
    assert!(matches!(
        verdicts.as_slice(),
        [Verdict::Invite(_), Verdict::Refused(Refusal::LimitReached { .. })]
    ));
    invited(cast, "d@p.test");
    assert!(matches!(refusal(add(cast, &cast.olivia, "e@p.test")), Refusal::LimitReached { .. }));
}

/// SECURITY D4.
fn one_address_gets_so_many_mails_a_day(cast: &Cast) {
    cast.settings(|settings| settings.recipient_daily_limit = 2);
    let first = cast.clock.now();
    let invitation = invited(cast, "ann@partner.test");
    let resend =
        || cast.as_manager(&cast.olivia, |tx, manager| invitation::resend(tx, manager, invitation.id));
    cast.clock.advance(TimeDelta::hours(1));
    assert!(resend().is_ok());
    match resend() {
        Err(Error::Refused(Refusal::LimitReached { limit: Limit::RecipientDay, max: 2, frees_at })) => {
            assert_eq!(frees_at, first + TimeDelta::days(1));
        }
        other => panic!("{other:?}"),
    }
    cast.clock.advance(TimeDelta::hours(23));
    assert!(resend().is_ok());
}

/// SECURITY D4.
fn who_is_put_in_again_and_again_is_told_so_often_a_day(cast: &Cast) {
    cast.settings(|settings| settings.recipient_daily_limit = 2);
    let mut told = 0;
    for _ in 0..4 {
        assert!(matches!(add(cast, &cast.olivia, "mia@meridian.test").unwrap(), Outcome::Added(_)));
        told += cast.letters_to("mia@meridian.test").len();
        cast.as_manager(&cast.olivia, |tx, manager| group_member::remove(tx, manager, cast.mia.id)).unwrap();
    }
    assert_eq!(told, 2);
}

/// SECURITY C8.
fn codes_that_somebody_asks_for_keep_nobody_from_being_invited(cast: &Cast) {
    invited(cast, "ann@partner.test");
    for browser in ["a", "b", "c", "d", "e"] {
        let ann = address("ann@partner.test");
        cast.write(|tx| sign_in::ask_for_code(tx, &ann, browser, false, Language::English));
    }
    let outcome = cast.directory.write(|tx| {
        let manager = owner_of_the_group(tx, cast)?;
        invitation::add(tx, &manager, "ann@partner.test", &Draft::default())
    });
    assert!(matches!(outcome, Ok(Outcome::Invited(_))), "{outcome:?}");
}
