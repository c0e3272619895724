//! In which order mails leave, and what becomes of those that had to wait (SPEC 4.2, SECURITY H).

use chrono::TimeDelta;
use directory::activity::{self, Action, Filter};
use directory::app::App;
use directory::app_assignment::{self, Assignee, Assignment};
use directory::app_self_service::{self, SelfService};
use directory::delivery::{self, Claimed, Claims, DeliveryKind, DeliveryState, Letter, Setback};
use directory::group::Group;
use directory::invitation::{self, Draft, Invitation, Standing};
use directory::one_time_code::Shown;
use directory::organisation::DomainRule;
use directory::{Error, Id, Language, Organisation, Refusal, group_member, group_owner, panel, sign_in};

use crate::cast::{Cast, address, group_profile};
use crate::inviting::{add, invited, newest_mail};
use crate::on_both;

on_both!(
    a_code_leaves_before_everything_that_waits,
    mails_that_are_void_are_dropped_a_few_at_a_time,
    a_mail_that_waited_longer_than_its_invitation_is_valid_still_leaves_h2,
    a_mail_that_left_does_not_make_an_invitation_last_longer,
    who_was_taken_out_before_the_mail_left_gets_none_h8,
    whoever_was_taken_out_of_the_group_is_told_nothing_though_another_gives_the_app,
    who_has_the_app_by_now_through_another_group_is_still_told,
    a_mail_that_is_about_to_be_put_on_hold_leaves_once_approved,
    the_note_of_an_earlier_claim_does_not_end_a_later_one_h7,
    nobody_but_its_holder_ends_a_mail_h7,
    approving_what_is_expired_asks_the_rules_too,
    nothing_is_queued_again_but_what_was_given_up_h6,
    what_went_wrong_last_is_told_once_it_is_known,
    what_has_waited_longest_leaves_first_whatever_it_is,
    only_the_newest_mail_of_an_invitation_leaves_h8,
    what_a_relay_answers_is_kept_as_one_line,
    what_left_under_a_clock_that_was_ahead_does_not_leave_again_j4,
);

const ANN: &str = "ann@partner.test";
const MIA: &str = "mia@meridian.test";

fn claim(cast: &Cast) -> Claims {
    cast.write(|tx| delivery::claim_some(tx, "test", TimeDelta::minutes(1), 3))
}

fn standing(cast: &Cast, id: Id<Invitation>) -> Standing {
    cast.read(|tx| Invitation::facts(tx, id)).standing
}

fn a_code_leaves_before_everything_that_waits(cast: &Cast) {
    for number in 0..5 {
        invited(cast, &format!("guest-{number}@partner.test"));
    }
    cast.clock.advance(TimeDelta::minutes(1));
    cast.write(|tx| sign_in::ask_for_code(tx, &address(MIA), "hers", Shown::Nothing, Language::English));
    let claimed = claim(cast).claimed;
    assert_eq!(claimed.len(), 3);
    assert_eq!(claimed[0].to, MIA);
}

fn mails_that_are_void_are_dropped_a_few_at_a_time(cast: &Cast) {
    for number in 0..7 {
        let id = invited(cast, &format!("guest-{number}@partner.test")).id;
        cast.as_manager(&cast.olivia, |tx, manager| invitation::revoke(tx, manager, id)).unwrap();
    }
    let rounds = [claim(cast), claim(cast), claim(cast), claim(cast)];
    assert_eq!(rounds.each_ref().map(|round| round.looked_at), [3, 3, 1, 0]);
    assert!(rounds.iter().all(|round| round.claimed.is_empty()));
}

fn a_mail_that_waited_longer_than_its_invitation_is_valid_still_leaves_h2(cast: &Cast) {
    let id = invited(cast, ANN).id;
    cast.clock.advance(TimeDelta::days(8));
    assert_eq!(standing(cast, id), Standing::Expired);
    let letters = cast.letters_to(ANN);
    let [Letter::Invitation(letter)] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!(letter.expires_at, cast.clock.now() + TimeDelta::days(7));
    assert_eq!(standing(cast, id), Standing::Open);
    let token = letter.path.strip_prefix("/invitations/").unwrap();
    cast.read(|tx| directory::redemption::offer(tx, token, "hers"));
}

fn a_mail_that_left_does_not_make_an_invitation_last_longer(cast: &Cast) {
    let id = invited(cast, ANN).id;
    assert_eq!(cast.letters_to(ANN).len(), 1);
    cast.clock.advance(TimeDelta::days(8));
    assert!(cast.letters_to(ANN).is_empty());
    assert_eq!(standing(cast, id), Standing::Expired);
}

fn who_was_taken_out_before_the_mail_left_gets_none_h8(cast: &Cast) {
    let add = || {
        cast.as_manager(&cast.olivia, |tx, manager| invitation::add(tx, manager, MIA, &Draft::default()))
            .unwrap()
    };
    add();
    cast.as_manager(&cast.olivia, |tx, manager| group_member::remove(tx, manager, cast.mia.id)).unwrap();
    assert!(cast.letters_to(MIA).is_empty());
    add();
    assert_eq!(cast.letters_to(MIA).len(), 1);
}

/// SECURITY H8: the mail says that Olivia added her, which Olivia has undone.
fn whoever_was_taken_out_of_the_group_is_told_nothing_though_another_gives_the_app(cast: &Cast) {
    cast.as_administrator(|tx, administrator| {
        let readers = Group::add(tx, administrator, &group_profile("Readers", None))?;
        group_member::fill(tx, &readers, &[cast.mia.id])?;
        app_assignment::add(tx, administrator, &cast.app, &Assignment::to(Assignee::Group(readers.id)))
    })
    .unwrap();
    cast.as_manager(&cast.olivia, |tx, manager| invitation::add(tx, manager, MIA, &Draft::default()))
        .unwrap();
    cast.as_manager(&cast.olivia, |tx, manager| group_member::remove(tx, manager, cast.mia.id)).unwrap();
    let organisation = cast.read(Organisation::load);
    assert_eq!(cast.read(|tx| panel::tiles(tx, &cast.mia, &organisation)).len(), 1, "she has the app");
    assert!(cast.letters_to(MIA).is_empty());
}

fn who_has_the_app_by_now_through_another_group_is_still_told(cast: &Cast) {
    cast.as_manager(&cast.olivia, |tx, manager| invitation::add(tx, manager, MIA, &Draft::default()))
        .unwrap();
    cast.as_administrator(|tx, administrator| {
        let app = App::by_slug(tx, &cast.app.slug)?;
        let other = SelfService { on: false, target_group: None, other_apps_confirmed: false };
        app_self_service::change(tx, administrator, &app.slug, &other, app.version)
    })
    .unwrap();
    assert_eq!(cast.letters_to(MIA).len(), 1);
}

/// SECURITY H7: the same courier may have let its lease end, and have claimed the mail again.
fn the_note_of_an_earlier_claim_does_not_end_a_later_one_h7(cast: &Cast) {
    let id = invited(cast, ANN).id;
    let first = claim(cast).claimed.pop().unwrap();
    cast.clock.advance(TimeDelta::minutes(2));
    let second = claim(cast).claimed.pop().unwrap();
    cast.write(|tx| delivery::retry(tx, &first, "421 later", tx.now));
    assert_eq!(newest_mail(cast, id).state, DeliveryState::Queued);
    cast.write(|tx| delivery::failed(tx, &first, "550 no"));
    cast.write(|tx| delivery::sent(tx, &second, "250 ok"));
    assert_eq!(newest_mail(cast, id).state, DeliveryState::Sent);
}

fn nobody_but_its_holder_ends_a_mail_h7(cast: &Cast) {
    let id = invited(cast, ANN).id;
    let held = claim(cast).claimed.pop().unwrap();
    let other = Claimed { holder: "another".to_owned(), ..held.clone() };
    cast.write(|tx| delivery::failed(tx, &other, "550 no"));
    cast.write(|tx| delivery::retry(tx, &other, "421 later", tx.now));
    assert_eq!(newest_mail(cast, id).state, DeliveryState::Queued);
    cast.write(|tx| delivery::sent(tx, &held, "250 ok"));
    assert_eq!(newest_mail(cast, id).state, DeliveryState::Sent);
}

fn approving_what_is_expired_asks_the_rules_too(cast: &Cast) {
    let id = invited(cast, ANN).id;
    cast.settings(|settings| {
        settings.domain_rule = DomainRule::AllBut;
        settings.refused_domains = "partner.test".into();
    });
    cast.clock.advance(TimeDelta::days(8));
    let approved = cast.as_manager(&cast.olivia, |tx, manager| invitation::approve(tx, manager, id));
    assert!(matches!(approved, Err(Error::Refused(Refusal::DomainNotAllowed { .. }))), "{approved:?}");
}

/// A courier reads the mail while its invitation is suspended, and writes after somebody has approved.
fn a_mail_that_is_about_to_be_put_on_hold_leaves_once_approved(cast: &Cast) {
    crate::cast::second_owner(cast);
    let id = invited(cast, ANN).id;
    cast.clock.advance(TimeDelta::seconds(1));
    let owed = || newest_mail(cast, id);
    let before = owed();
    cast.as_administrator(|tx, administrator| {
        group_owner::remove(tx, administrator, &cast.group, cast.olivia.id)
    })
    .unwrap();
    cast.as_manager(&cast.oscar, |tx, manager| invitation::approve(tx, manager, id)).unwrap();
    let after = owed();
    assert_eq!((before.state, after.state), (DeliveryState::Queued, DeliveryState::Queued));
    assert_ne!(before.next_attempt_at, after.next_attempt_at, "what was read is not what is there");
}

fn nothing_is_queued_again_but_what_was_given_up_h6(cast: &Cast) {
    let id = invited(cast, ANN).id;
    let again = || {
        let mail = newest_mail(cast, id).id;
        cast.as_administrator(|tx, administrator| delivery::queue_again(tx, administrator, mail))
    };
    assert!(matches!(again(), Err(Error::Stale)), "it is queued");
    let held = claim(cast).claimed.pop().unwrap();
    cast.write(|tx| delivery::failed(tx, &held, "550 no"));
    assert_eq!(again().unwrap(), DeliveryKind::Invitation);
    let held = claim(cast).claimed.pop().unwrap();
    assert_eq!(held.attempts, 0);
    cast.write(|tx| delivery::sent(tx, &held, "250 ok"));
    assert!(matches!(again(), Err(Error::Stale)), "it is sent");
    assert_eq!(newest_mail(cast, id).state, DeliveryState::Sent);
    cast.clock.advance(TimeDelta::minutes(10));
    assert_eq!(claim(cast).looked_at, 0);
    let retried = Filter { action: Some(Action::MailRetried), ..Filter::default() };
    let noted = cast.read(|tx| activity::list(tx, &retried, 10)).rows;
    let [entry] = noted.as_slice() else { panic!("{noted:?}") };
    let (by, to) = (entry.activity.actor_id, entry.activity.target_name.as_str());
    assert_eq!((by, to), (Some(cast.adam.id), ANN));
}

/// Of a try under way nothing is known yet; a mail that was given up is told of from that moment, whatever its lease.
fn what_went_wrong_last_is_told_once_it_is_known(cast: &Cast) {
    let told = || cast.as_administrator(delivery::last_setback).unwrap();
    invited(cast, ANN);
    let held = claim(cast).claimed.pop().unwrap();
    assert_eq!(told(), None);
    cast.write(|tx| delivery::retry(tx, &held, "421 later", tx.now));
    let delayed = Setback { at: cast.clock.now(), answer: "421 later".to_owned(), given_up: false };
    assert_eq!(told(), Some(delayed));
    cast.clock.advance(TimeDelta::seconds(10));
    let held = claim(cast).claimed.pop().unwrap();
    assert_eq!(told(), None, "the next try is under way");
    cast.write(|tx| delivery::failed(tx, &held, "550 no"));
    let given_up = Setback { at: cast.clock.now(), answer: "550 no".to_owned(), given_up: true };
    assert_eq!(told(), Some(given_up));
}

fn what_has_waited_longest_leaves_first_whatever_it_is(cast: &Cast) {
    add(cast, &cast.olivia, MIA).unwrap();
    cast.clock.advance(TimeDelta::seconds(1));
    invited(cast, ANN);
    cast.clock.advance(TimeDelta::seconds(1));
    add(cast, &cast.olivia, "oscar@meridian.test").unwrap();
    let next = || {
        let claims = cast.write(|tx| delivery::claim_some(tx, "test", TimeDelta::minutes(1), 1));
        claims.claimed.into_iter().map(|claimed| claimed.to).collect::<Vec<_>>()
    };
    assert_eq!([next(), next(), next()], [[MIA], [ANN], ["oscar@meridian.test"]]);
}

/// The link of an earlier one is dead when the mail arrives.
fn only_the_newest_mail_of_an_invitation_leaves_h8(cast: &Cast) {
    let id = invited(cast, ANN).id;
    cast.clock.advance(TimeDelta::minutes(2));
    cast.as_manager(&cast.olivia, |tx, manager| invitation::resend(tx, manager, id, None)).unwrap();
    let letters = cast.letters_to(ANN);
    let [Letter::Invitation(letter)] = letters.as_slice() else { panic!("{letters:?}") };
    let token = letter.path.strip_prefix("/invitations/").unwrap();
    cast.read(|tx| directory::redemption::offer(tx, token, "hers"));
}

fn what_a_relay_answers_is_kept_as_one_line(cast: &Cast) {
    let id = invited(cast, ANN).id;
    let held = claim(cast).claimed.pop().unwrap();
    let answer = format!("250 2.0.0 taken\r\nas\u{7} {}", "x".repeat(400));
    cast.write(|tx| delivery::sent(tx, &held, &answer));
    let kept = newest_mail(cast, id).answer;
    assert!(kept.starts_with("250 2.0.0 takenas xxx"), "{kept}");
    assert_eq!(kept.chars().count(), 300);
}

fn what_left_under_a_clock_that_was_ahead_does_not_leave_again_j4(cast: &Cast) {
    cast.clock.advance(TimeDelta::hours(1));
    invited(cast, ANN);
    assert_eq!(cast.letters_to(ANN).len(), 1);
    cast.clock.advance(-TimeDelta::hours(1));
    // Begun again: a directory that is open does not let its time turn back.
    let later = cast.database.open(cast.clock.clone());
    let claims = later.write(|tx| delivery::claim_some(tx, "test", TimeDelta::minutes(1), 3)).unwrap();
    assert_eq!(claims.looked_at, 0);
}
