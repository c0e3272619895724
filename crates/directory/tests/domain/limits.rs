//! How many invitations and mails there may be (SPEC 3.5, SECURITY C8, D4).

use chrono::TimeDelta;
use directory::access::{Limit, LimitReached};
use directory::delivery::Letter;
use directory::invitation::{self, Draft, Invitation, Outcome, Verdict};
use directory::rate_limit::RateLimit;
use directory::text::Message;
use directory::{Error, Id, Refusal, group_member, redemption};

use crate::cast::Cast;
use crate::codes::ask;
use crate::inviting::{add, invited, owner_of_the_group, refusal};
use crate::on_both;

on_both!(
    limits_bind_and_say_when_they_free_up,
    the_inviters_day_binds_after_its_hours_have_freed_up,
    the_organisations_limit_binds_for_everybody,
    one_address_gets_so_many_mails_a_day,
    who_is_put_in_again_and_again_is_told_so_often_a_day,
    codes_that_somebody_asks_for_keep_nobody_from_being_invited,
    codes_that_somebody_asks_for_keep_nobody_from_being_sent_the_invitation_again_c8,
    who_is_there_already_uses_up_nothing_of_what_is_foreseen,
    a_link_of_before_keeps_nobody_from_inviting_a8_d4,
    a_fresh_link_is_among_the_mails_of_a_day_d4,
    who_puts_in_and_takes_out_all_day_is_told_so_d4,
    a_message_sent_again_by_somebody_else_names_who_wrote_it_d4,
    a_message_that_is_switched_off_leaves_in_no_further_mail_b11,
);

fn limits_bind_and_say_when_they_free_up(cast: &Cast) {
    cast.settings(|settings| settings.inviter_hourly_limit = 2);
    let first = cast.clock.now();
    invited(cast, "a@partner.test");
    cast.clock.advance(TimeDelta::minutes(10));
    invited(cast, "b@partner.test");
    match refusal(add(cast, &cast.olivia, "c@partner.test")) {
        Refusal::LimitReached(LimitReached { max: 2, frees_at, .. }) => {
            assert_eq!(frees_at, first + TimeDelta::hours(1));
        }
        other => panic!("{other:?}"),
    }
    let typed = ["c@partner.test".to_owned(), "d@partner.test".to_owned()];
    cast.clock.advance(TimeDelta::minutes(51));
    let verdicts =
        cast.as_manager(&cast.olivia, |tx, manager| invitation::foresee(tx, manager, &typed)).unwrap();
    assert!(matches!(verdicts.as_slice(), [Verdict::Invite(_), Verdict::Refused(Refusal::LimitReached(_))]));
    invited(cast, "c@partner.test");
}

fn the_inviters_day_binds_after_its_hours_have_freed_up(cast: &Cast) {
    cast.settings(|settings| {
        settings.inviter_hourly_limit = 2;
        settings.inviter_daily_limit = 3;
    });
    let first = cast.clock.now();
    for to in ["a@partner.test", "b@partner.test", "c@partner.test"] {
        invited(cast, to);
        cast.clock.advance(TimeDelta::minutes(40));
    }
    let the_day_binds = |frees_at| {
        let reached = LimitReached { limit: Limit::InviterDay, max: 3, frees_at };
        assert_eq!(refusal(add(cast, &cast.olivia, "d@partner.test")), Refusal::LimitReached(reached));
        assert_eq!(cast.as_manager(&cast.olivia, invitation::left_today).unwrap(), 0);
    };
    the_day_binds(first + TimeDelta::days(1));
    assert!(matches!(add(cast, &cast.adam, "e@partner.test"), Ok(Outcome::Invited(_))), "it is hers alone");
    cast.clock.advance(TimeDelta::hours(22));
    invited(cast, "f@partner.test");
    the_day_binds(first + TimeDelta::days(1) + TimeDelta::minutes(40));
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
            Refusal::LimitReached(reached) => {
                let frees_at = first + TimeDelta::minutes(61);
                assert_eq!(reached, LimitReached { limit: Limit::OrganisationHour, max: 3, frees_at });
            }
            other => panic!("{other:?}"),
        }
    }
    cast.clock.advance(TimeDelta::minutes(58));
    let typed = ["d@p.test".to_owned(), "e@p.test".to_owned()];
    let verdicts =
        cast.as_manager(&cast.adam, |tx, manager| invitation::foresee(tx, manager, &typed)).unwrap();
    assert!(matches!(verdicts.as_slice(), [Verdict::Invite(_), Verdict::Refused(Refusal::LimitReached(_))]));
    invited(cast, "d@p.test");
    assert!(matches!(refusal(add(cast, &cast.olivia, "e@p.test")), Refusal::LimitReached(_)));
}

/// SECURITY D4.
fn one_address_gets_so_many_mails_a_day(cast: &Cast) {
    cast.settings(|settings| settings.recipient_daily_limit = 2);
    let first = cast.clock.now();
    let invitation = invited(cast, "ann@partner.test");
    let resend =
        || cast.as_manager(&cast.olivia, |tx, manager| invitation::resend(tx, manager, invitation.id, None));
    cast.clock.advance(TimeDelta::hours(1));
    assert!(resend().is_ok());
    match resend() {
        Err(Error::Refused(Refusal::LimitReached(reached))) => {
            let frees_at = first + TimeDelta::days(1);
            assert_eq!(reached, LimitReached { limit: Limit::RecipientDay, max: 2, frees_at });
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
        ask(cast, "ann@partner.test", browser);
    }
    let outcome = cast.directory.write(|tx| {
        let manager = owner_of_the_group(tx, cast)?;
        invitation::add(tx, &manager, "ann@partner.test", &Draft::default())
    });
    assert!(matches!(outcome, Ok(Outcome::Invited(_))), "{outcome:?}");
}

fn codes_that_somebody_asks_for_keep_nobody_from_being_sent_the_invitation_again_c8(cast: &Cast) {
    cast.settings(|settings| settings.recipient_daily_limit = 2);
    let ann = invited(cast, "ann@partner.test");
    for browser in ["a", "b", "c"] {
        ask(cast, "ann@partner.test", browser);
    }
    cast.clock.advance(TimeDelta::minutes(2));
    let resend =
        || cast.as_manager(&cast.olivia, |tx, manager| invitation::resend(tx, manager, ann.id, None));
    resend().unwrap();
    assert!(matches!(resend(), Err(Error::Refused(Refusal::LimitReached(_)))), "two invitations are two");
}

/// Only what would be a new invitation counts, in the forecast as in the deed.
fn who_is_there_already_uses_up_nothing_of_what_is_foreseen(cast: &Cast) {
    cast.settings(|settings| settings.inviter_hourly_limit = 1);
    add(cast, &cast.adam, "olivia@meridian.test").unwrap();
    let typed =
        ["mia@meridian.test", "olivia@meridian.test", "a@partner.test", "b@partner.test", "no address"];
    let typed = typed.map(str::to_owned);
    let verdicts =
        cast.as_manager(&cast.olivia, |tx, manager| invitation::foresee(tx, manager, &typed)).unwrap();
    assert!(matches!(
        verdicts.as_slice(),
        [
            Verdict::Add(_),
            Verdict::AlreadyIn(_),
            Verdict::Invite(_),
            Verdict::Refused(Refusal::LimitReached(_)),
            Verdict::Refused(_)
        ]
    ));
    let addable: Vec<bool> = verdicts.iter().map(Verdict::is_addable).collect();
    assert_eq!(addable, [true, false, true, false, false]);
}

fn a_link_of_before_keeps_nobody_from_inviting_a8_d4(cast: &Cast) {
    invited(cast, "ann@partner.test");
    let before = cast.token_for("ann@partner.test");
    let fresh = |link: &str| cast.directory.write(|tx| redemption::send_fresh_link(tx, link));
    assert!(matches!(fresh(&before), Err(Error::Stale)), "it can be accepted itself");
    cast.clock.advance(TimeDelta::days(8));
    assert!(fresh(&before).is_ok() && fresh(&before).is_ok());
    let refused = fresh(&before);
    assert!(
        matches!(refused, Err(Error::Refused(Refusal::LimitReached(LimitReached { max: 2, .. })))),
        "{refused:?}"
    );
}

/// An owner of the group has invited the same address just now.
fn a_fresh_link_is_among_the_mails_of_a_day_d4(cast: &Cast) {
    cast.settings(|settings| settings.recipient_daily_limit = 1);
    invited(cast, "ann@partner.test");
    let before = cast.token_for("ann@partner.test");
    cast.clock.advance(TimeDelta::days(8));
    let outcome = cast.directory.write(|tx| {
        let manager = owner_of_the_group(tx, cast)?;
        invitation::add(tx, &manager, "ann@partner.test", &Draft::default())
    });
    assert!(matches!(outcome, Ok(Outcome::Invited(_))), "{outcome:?}");
    let fresh = || cast.directory.write(|tx| redemption::send_fresh_link(tx, &before));
    match fresh() {
        Err(Error::Refused(Refusal::LimitReached(reached))) => {
            let frees_at = cast.clock.now() + TimeDelta::days(1);
            assert_eq!(reached, LimitReached { limit: Limit::RecipientDay, max: 1, frees_at });
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(cast.letters_to("ann@partner.test").len(), 1, "the owner's");
    cast.clock.advance(TimeDelta::days(1));
    assert!(fresh().is_ok());
}

fn who_puts_in_and_takes_out_all_day_is_told_so_d4(cast: &Cast) {
    let changes = RateLimit::new("membership-changes", 1_000, TimeDelta::hours(1));
    cast.write(|tx| changes.of(cast.olivia.id.to_string()).times(999).take(tx).map(drop));
    assert!(matches!(add(cast, &cast.olivia, "mia@meridian.test").unwrap(), Outcome::Added(_)));
    let out = || cast.as_manager(&cast.olivia, |tx, manager| group_member::remove(tx, manager, cast.mia.id));
    match out() {
        Err(Error::Refused(Refusal::LimitReached(LimitReached {
            limit: Limit::ChangesHour,
            max: 1_000,
            ..
        }))) => {}
        other => panic!("{other:?}"),
    }
    cast.clock.advance(TimeDelta::hours(1));
    assert!(out().is_ok());
}

/// Ann is invited by Olivia with a message, and again by Oscar, who owns the group too.
fn welcome(cast: &Cast) -> Id<Invitation> {
    let draft = Draft { message: Message::parse("See you on Tuesday.").unwrap(), ..Draft::default() };
    let added =
        cast.as_manager(&cast.olivia, |tx, manager| invitation::add(tx, manager, "ann@partner.test", &draft));
    let Ok(Outcome::Invited(invitation)) = added else { panic!("{added:?}") };
    invitation.id
}

fn send_again(cast: &Cast, id: Id<Invitation>) -> (String, Option<invitation::WelcomeMessage>) {
    cast.as_manager(&cast.oscar, |tx, manager| invitation::resend(tx, manager, id, None)).unwrap();
    match cast.letters_to("ann@partner.test").pop() {
        Some(Letter::Invitation(letter)) => (letter.inviter_name, letter.message),
        other => panic!("{other:?}"),
    }
}

fn a_message_sent_again_by_somebody_else_names_who_wrote_it_d4(cast: &Cast) {
    crate::cast::second_owner(cast);
    let id = welcome(cast);
    let (sender, message) = send_again(cast, id);
    assert_eq!((sender.as_str(), message.unwrap().author.as_str()), ("Oscar", "Olivia"));
}

fn a_message_that_is_switched_off_leaves_in_no_further_mail_b11(cast: &Cast) {
    crate::cast::second_owner(cast);
    let id = welcome(cast);
    cast.settings(|settings| settings.welcome_messages = false);
    assert_eq!(send_again(cast, id), ("Oscar".to_owned(), None));
}
