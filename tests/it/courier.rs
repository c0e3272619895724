//! From the outbox to the mailbox: what is owed is sent, at least once, and the outbox says how it went
//! (SECURITY.md H).

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use directory::delivery::{self, DeliveryState};
use tokio::sync::{Notify, oneshot};
use vestibule::mail::{Mailer, Outcome};

use crate::support::folder::Folder;
use crate::support::mailbox::{Mailbox, Mood, Reaction};
use crate::support::office::Office;

#[tokio::test]
async fn an_invitation_is_sent_and_noted_with_the_relays_answer() {
    let (office, relay) = (Office::open(), Mailbox::start());
    office.invite("ann@partner.test", "See https://evil.example");
    let courier = office.courier(&relay);
    assert_eq!(courier.deliver_one().await, Outcome::Sent("250 taken".to_owned()));
    assert_eq!(courier.deliver_one().await, Outcome::Nothing);
    let mail = relay.wait_for("ann@partner.test").await;
    assert_eq!(mail.subject, "Olivia Brandt invites you to Meridian Labs");
    assert!(mail.link().starts_with("https://apps.meridian.example/invitations/"));
    assert!(!mail.text.contains("evil.example") && !mail.html.contains("evil.example"));
    let noted = office.mail_to("ann@partner.test");
    assert_eq!((noted.state, noted.answer.as_str()), (DeliveryState::Sent, "250 taken"));
    assert!(!noted.progress().is_only_written());
}

#[tokio::test]
async fn a_mail_that_is_only_in_a_file_is_known_to_have_reached_nobody() {
    let (office, folder) = (Office::open(), Folder::new());
    office.invite("ann@partner.test", "");
    let courier = office.courier_with(Mailer::Folder(vestibule::mail::Folder::new(folder.path())));
    assert!(matches!(courier.deliver_one().await, Outcome::Sent(_)));
    assert!(office.mail_to("ann@partner.test").progress().is_only_written());
}

#[tokio::test]
async fn a_code_is_sent_in_the_language_of_who_asked() {
    let (office, relay) = (Office::open(), Mailbox::start());
    office.ask_code("ann@meridian.example");
    assert!(matches!(office.courier(&relay).deliver_one().await, Outcome::Sent(_)));
    let mail = relay.wait_for("ann@meridian.example").await;
    assert_eq!(mail.subject, "Je code voor Meridian Labs");
    assert_eq!(mail.header("Reply-To"), None);
    assert!(mail.html.contains(&mail.code()));
}

/// SECURITY.md H8.
#[tokio::test]
async fn a_mail_that_is_void_keeps_the_next_one_from_nobody() {
    let (office, relay) = (Office::open(), Mailbox::start());
    office.invite("gone@partner.test", "");
    office.wait(TimeDelta::seconds(1));
    office.invite("ann@partner.test", "");
    office.revoke("gone@partner.test");
    let courier = office.courier(&relay);
    assert_eq!(courier.deliver_one().await, Outcome::Sent("250 taken".to_owned()));
    assert_eq!(courier.deliver_one().await, Outcome::Nothing);
    let states = ["gone@partner.test", "ann@partner.test"].map(|address| office.mail_to(address).state);
    assert_eq!(states, [DeliveryState::Dropped, DeliveryState::Sent]);
    assert!(relay.mails().iter().all(|mail| mail.to == "ann@partner.test"));
}

/// SECURITY.md H5, R13.
#[tokio::test]
async fn a_greylisted_mail_is_tried_again_and_stays_the_same_mail() {
    let (office, relay) = (Office::open(), Mailbox::start());
    office.invite("ann@partner.test", "");
    relay.react("ann@partner.test", Reaction::Answer("451 greylisted"), 1);
    let courier = office.courier(&relay);
    assert!(matches!(courier.deliver_one().await, Outcome::NotSent(_)));
    let noted = office.mail_to("ann@partner.test");
    assert_eq!((noted.state, noted.answer.as_str()), (DeliveryState::Retrying, "451 greylisted"));
    assert_eq!(courier.deliver_one().await, Outcome::Nothing, "not before its time");

    office.wait(TimeDelta::seconds(5));
    relay.react("ann@partner.test", Reaction::DropAfterDot, 1);
    assert!(matches!(courier.deliver_one().await, Outcome::NotSent(_)));
    office.wait(TimeDelta::seconds(30));
    assert!(matches!(courier.deliver_one().await, Outcome::Sent(_)));
    let mails = relay.mails();
    assert_eq!(mails.len(), 2, "the relay kept one that it did not answer for");
    assert_eq!(mails[0].header("Message-ID"), mails[1].header("Message-ID"));
    assert_eq!(mails[0].link(), mails[1].link());
    assert_eq!(office.mail_to("ann@partner.test").state, DeliveryState::Sent);
}

/// SECURITY.md H6.
#[tokio::test]
async fn a_refused_recipient_fails_at_once_and_the_others_get_their_mail() {
    let (office, relay) = (Office::open(), Mailbox::start());
    relay.react("nobody@partner.test", Reaction::Answer("550 no such user"), 99);
    let people: Vec<_> = (0..10).map(|number| format!("guest{number}@partner.test")).collect();
    office.invite("nobody@partner.test", "");
    for address in &people {
        office.invite(address, "");
    }
    let served = async {
        for address in &people {
            relay.wait_for(address).await;
        }
    };
    office.courier(&relay).run(Arc::new(Notify::new()), served).await;
    let failed = office.mail_to("nobody@partner.test");
    assert_eq!((failed.state, failed.answer.as_str()), (DeliveryState::Failed, "550 no such user"));
    assert!(people.iter().all(|address| office.mail_to(address).state == DeliveryState::Sent));
}

/// SECURITY.md H7: or it would be sent again once its lease ends.
#[tokio::test]
async fn a_stop_waits_for_a_mail_that_is_under_way() {
    let (office, relay) = (Office::open(), Mailbox::start());
    relay.react("ann@partner.test", Reaction::Slow(Duration::from_millis(500)), 1);
    office.invite("ann@partner.test", "");
    let claimed = async {
        while office.mail_to("ann@partner.test").attempts == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    office.courier(&relay).run(Arc::new(Notify::new()), claimed).await;
    let noted = office.mail_to("ann@partner.test");
    assert_eq!((noted.state, relay.mails().len()), (DeliveryState::Sent, 1));
}

/// SECURITY.md H7: or it would be sent again once its lease ends.
#[tokio::test]
async fn how_a_mail_went_is_noted_once_the_database_can_be_written_again() {
    let (office, relay) = (Office::open(), Mailbox::start());
    relay.react("ann@partner.test", Reaction::Slow(Duration::from_millis(500)), 1);
    office.invite("ann@partner.test", "");
    let (stop, stopped) = oneshot::channel::<()>();
    let trouble = async {
        while office.mail_to("ann@partner.test").attempts == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let held = office.database.hold();
        relay.wait_for("ann@partner.test").await;
        // Longer than anybody waits for a file that another program writes.
        tokio::time::sleep(Duration::from_secs(7)).await;
        drop((held, stop));
    };
    let running = office.courier(&relay).run(Arc::new(Notify::new()), async { drop(stopped.await) });
    tokio::join!(running, trouble);
    office.wait(TimeDelta::minutes(2));
    assert_eq!(office.courier(&relay).deliver_one().await, Outcome::Nothing);
    assert_eq!((office.mail_to("ann@partner.test").state, relay.mails().len()), (DeliveryState::Sent, 1));
}

/// SECURITY.md H3.
#[tokio::test]
async fn a_recipient_the_relay_hangs_on_does_not_hold_the_others() {
    let (office, relay) = (Office::open(), Mailbox::start());
    relay.react("slow@partner.test", Reaction::HangAtData, 1);
    office.invite("slow@partner.test", "");
    office.invite("ann@partner.test", "");
    let running = tokio::spawn(office.courier(&relay).run(Arc::new(Notify::new()), std::future::pending()));
    relay.wait_for("ann@partner.test").await;
    running.abort();
}

/// SECURITY.md H2.
#[tokio::test]
async fn a_relay_that_is_away_delays_and_loses_nothing() {
    let (office, relay) = (Office::open(), Mailbox::start());
    relay.mood(Mood::ClosingDown);
    office.invite("ann@partner.test", "");
    let courier = office.courier(&relay);
    for _ in 0..6 {
        assert!(matches!(courier.deliver_one().await, Outcome::NotSent(_)));
        let noted = office.mail_to("ann@partner.test");
        assert_eq!(noted.state, DeliveryState::Retrying);
        assert!(noted.answer.contains("421"), "{}", noted.answer);
        office.wait(TimeDelta::hours(1));
    }
    relay.mood(Mood::Fine);
    assert!(matches!(courier.deliver_one().await, Outcome::Sent(_)));
}

/// SECURITY.md H2.
#[tokio::test]
async fn after_four_days_a_mail_has_failed() {
    let (office, relay) = (Office::open(), Mailbox::start());
    relay.mood(Mood::ClosingDown);
    office.invite("ann@partner.test", "");
    office.wait(TimeDelta::days(4));
    let courier = office.courier(&relay);
    // It may have waited all that time for somebody to let it go.
    for _ in 0..8 {
        assert!(matches!(courier.deliver_one().await, Outcome::NotSent(_)));
        assert_eq!(office.mail_to("ann@partner.test").state, DeliveryState::Retrying);
        office.wait(TimeDelta::minutes(5));
    }
    assert!(matches!(courier.deliver_one().await, Outcome::NotSent(_)));
    assert_eq!(office.mail_to("ann@partner.test").state, DeliveryState::Failed);
}

/// SECURITY.md H7.
#[tokio::test]
async fn two_couriers_send_each_mail_once() {
    let (office, relay) = (Office::open(), Mailbox::start());
    for number in 0..20 {
        office.invite(&format!("guest{number}@partner.test"), "");
    }
    let (one, other) = (office.courier(&relay), office.courier(&relay));
    let one = tokio::spawn(one.run(Arc::new(Notify::new()), std::future::pending()));
    let other = tokio::spawn(other.run(Arc::new(Notify::new()), std::future::pending()));
    for number in 0..20 {
        relay.wait_for(&format!("guest{number}@partner.test")).await;
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(relay.mails().len(), 20);
    one.abort();
    other.abort();
}

/// However many people keep adding, it neither gathers for ever nor misses that it is to stop.
#[tokio::test]
async fn a_courier_that_is_called_all_the_time_sends_and_stops() {
    let (office, relay, nudge) = (Office::open(), Mailbox::start(), Arc::new(Notify::new()));
    let calls = Arc::clone(&nudge);
    tokio::spawn(async move {
        loop {
            calls.notify_one();
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
    let served = async {
        for address in ["ann@partner.test", "ben@partner.test"] {
            office.invite(address, "");
            relay.wait_for(address).await;
        }
    };
    office.courier(&relay).run(nudge, served).await;
}

/// SECURITY.md H1, R13: who gets a mail twice gets the same one.
#[tokio::test]
async fn a_mail_that_is_sent_again_later_is_the_same_to_the_last_byte() {
    let (office, relay) = (Office::open(), Mailbox::start());
    office.invite("ann@partner.test", "Welcome");
    relay.react("ann@partner.test", Reaction::DropAfterDot, 1);
    let courier = office.courier(&relay);
    assert!(matches!(courier.deliver_one().await, Outcome::NotSent(_)));
    office.wait(TimeDelta::minutes(2));
    assert!(matches!(courier.deliver_one().await, Outcome::Sent(_)));
    let mails = relay.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].source, mails[1].source);
}

/// SECURITY.md J4: a clock that was a day ahead, and is set right, leaves nothing behind that waits a day.
#[tokio::test]
async fn what_is_owed_by_a_clock_that_was_ahead_goes_out_once_it_is_set_right() {
    let (office, relay) = (Office::open(), Mailbox::start());
    let courier = office.courier(&relay);
    office.invite("sent@partner.test", "");
    office.wait(TimeDelta::days(1));
    assert!(matches!(courier.deliver_one().await, Outcome::Sent(_)));
    office.invite("tried@partner.test", "");
    relay.react("tried@partner.test", Reaction::Answer("451 not now"), 1);
    assert!(matches!(courier.deliver_one().await, Outcome::NotSent(_)));
    office.invite("queued@partner.test", "");
    office.wait(TimeDelta::days(-1));
    for _ in ["tried", "queued"] {
        assert!(matches!(courier.deliver_one().await, Outcome::Sent(_)));
    }
    assert_eq!(courier.deliver_one().await, Outcome::Nothing);
    assert_eq!(relay.mails().len(), 3, "nothing is sent twice");
}

/// SECURITY.md H5: what waits for its next try waits, however often somebody looks.
#[tokio::test]
async fn a_mail_that_was_put_off_is_left_alone_until_its_time() {
    let (office, relay) = (Office::open(), Mailbox::start());
    let courier = office.courier(&relay);
    office.invite("ann@partner.test", "");
    relay.react("ann@partner.test", Reaction::Answer("451 not now"), u32::MAX);
    for wait in [5, 30, 60, 120, 240, 240] {
        assert!(matches!(courier.deliver_one().await, Outcome::NotSent(_)));
        office.wait(TimeDelta::seconds(wait - 1));
        assert_eq!(courier.deliver_one().await, Outcome::Nothing, "before {wait} seconds");
        office.wait(TimeDelta::seconds(1));
    }
}

/// SECURITY.md J4.
#[tokio::test]
async fn a_lease_from_a_clock_that_was_ahead_holds_nothing() {
    let (office, relay) = (Office::open(), Mailbox::start());
    office.invite("ann@partner.test", "");
    office.wait(TimeDelta::days(1));
    let lease = TimeDelta::seconds(90);
    assert!(office.directory.write(|tx| delivery::claim(tx, "killed", lease)).unwrap().is_some());
    assert_eq!(office.courier(&relay).deliver_one().await, Outcome::Nothing, "a lease holds");
    office.wait(TimeDelta::days(-1));
    assert!(matches!(office.courier(&relay).deliver_one().await, Outcome::Sent(_)));
}
