use std::path::PathBuf;
use std::time::Duration;

use chrono::TimeDelta;
use chrono_tz::Tz;
use directory::Timestamp;
use directory::delivery::{Outbox, Setback};
use directory::standing::SchemaStanding;

use super::facts::Facts;
use super::findings;
use crate::telemetry::{RelayAway, Room};
use crate::text::{Language, Texts};
use crate::web::Outage;
use crate::web::mail_route::MailRoute;
use crate::web::view::Tone;

const GIBIBYTE: u64 = 1024 * 1024 * 1024;

fn now() -> Timestamp {
    "2026-11-18T12:05:00Z".parse().unwrap()
}

/// A panel that lacks nothing.
fn well() -> Facts {
    Facts {
        now: now(),
        machine_clock: now(),
        outage: None,
        schema: SchemaStanding::default(),
        server_clock: Some(now() + TimeDelta::seconds(2)),
        outbox: Outbox { last_sent: Some(now()), failed: 3, ..Outbox::default() },
        setback: None,
        relay_away: None,
        held_since: None,
        courier_silent: Duration::from_secs(2),
        room: Some((PathBuf::from("/var/lib/vestibule"), Room { free: GIBIBYTE, total: 8 * GIBIBYTE })),
        public_url: "https://access.example.org".to_owned(),
        https: true,
        goes: MailRoute::Relay("smtp://mail.example.org".to_owned()),
    }
}

/// What is said to be wrong, in this language.
fn wrong(facts: &Facts, language: Language) -> Vec<(Tone, String)> {
    let found = findings::all(Texts::new(language), Tz::Europe__Amsterdam, facts);
    let wrong = found.into_iter().filter(findings::Finding::is_wrong);
    wrong.map(|found| (found.tone, found.told())).collect()
}

/// Exactly one thing is wrong, in both languages, and it is told with these words.
fn tells(facts: &Facts, tone: Tone, words: &[&str]) {
    for language in Language::ALL {
        let told = wrong(facts, *language);
        assert!(matches!(told.as_slice(), [(told_tone, _)] if *told_tone == tone), "{told:?}");
        for word in words {
            assert!(told[0].1.contains(word), "{word} is not in {told:?}");
        }
    }
}

#[test]
fn a_panel_that_lacks_nothing_is_well() {
    assert_eq!(wrong(&well(), Language::English), []);
    assert_eq!(wrong(&Facts { server_clock: None, room: None, ..well() }, Language::Dutch), []);
}

#[test]
fn an_outage_is_told_for_a_day_with_its_beginning_and_its_end() {
    let outage = Outage { from: now() - TimeDelta::minutes(9), until: now() - TimeDelta::minutes(4) };
    tells(&Facts { outage: Some(outage), ..well() }, Tone::Warn, &["12:56", "13:01"]);
    let day = TimeDelta::hours(25);
    let old = Outage { from: outage.from - day, until: outage.until - day };
    assert_eq!(wrong(&Facts { outage: Some(old), ..well() }, Language::English), []);
}

#[test]
fn a_schema_that_is_another_is_told_by_name() {
    let schema = SchemaStanding { missing: vec!["20270101".to_owned()], unknown: Vec::new() };
    tells(&Facts { schema, ..well() }, Tone::Bad, &["20270101", "vestibule migrate"]);
    let schema = SchemaStanding { missing: Vec::new(), unknown: vec!["20280101".to_owned()] };
    tells(&Facts { schema, ..well() }, Tone::Warn, &["20280101"]);
}

#[test]
fn mail_that_waits_is_told_with_the_answer_of_the_relay() {
    let outbox = Outbox {
        queued: 1,
        retrying: 2,
        waiting_since: Some(now() - TimeDelta::minutes(6)),
        last_sent: Some(now() - TimeDelta::hours(2)),
        ..Outbox::default()
    };
    let setback =
        Setback { at: now() - TimeDelta::minutes(1), answer: "450 not now".to_owned(), given_up: false };
    let sick = Facts { outbox, setback: Some(setback.clone()), ..well() };
    tells(&sick, Tone::Bad, &["3", "12:59", "11:05", "13:04", "450 not now"]);
    let young = Outbox { waiting_since: Some(now() - TimeDelta::minutes(4)), ..outbox };
    assert_eq!(wrong(&Facts { outbox: young, ..sick }, Language::English), []);
    let mended = Outbox { last_sent: Some(now()), ..outbox };
    let told = wrong(&Facts { outbox: mended, setback: Some(setback.clone()), ..well() }, Language::English);
    assert!(!told[0].1.contains("450"), "it was said before the last mail left: {told:?}");
    let given_up = Setback { given_up: true, ..setback };
    let told = wrong(&Facts { outbox, setback: Some(given_up), ..well() }, Language::English);
    assert!(!told[0].1.contains("450"), "what one mailbox said is not the relay's illness: {told:?}");
}

/// Nobody can sign in then, and codes do not wait long.
#[test]
fn a_relay_that_is_away_is_told_while_nothing_waits() {
    let since = now() - TimeDelta::minutes(2);
    let away = Some(RelayAway { since, why: "421 closing down".to_owned() });
    tells(&Facts { relay_away: away, ..well() }, Tone::Bad, &["13:03", "421 closing down"]);
}

#[test]
fn mail_that_is_held_after_a_restore_is_told_and_is_not_the_relays_fault() {
    let waiting_since = Some(now() - TimeDelta::days(1));
    let outbox = Outbox { queued: 1, waiting_since, ..Outbox::default() };
    let held_since = Some(now() - TimeDelta::minutes(30));
    let held = Facts { outbox, held_since, ..well() };
    tells(&held, Tone::Bad, &["12:35"]);
    let told = wrong(&held, Language::English);
    assert!(told[0].1.contains("release the mail") && !told[0].1.contains("waiting since"), "{told:?}");
}

#[test]
fn a_courier_that_is_silent_is_told_since_when() {
    let silent = Duration::from_mins(5);
    tells(&Facts { courier_silent: silent, ..well() }, Tone::Bad, &["13:00"]);
}

#[test]
fn clocks_may_differ_by_five_seconds_either_way() {
    for (seconds, fine) in [(5, true), (-5, true), (6, false), (-6, false)] {
        let facts = Facts { server_clock: Some(now() + TimeDelta::seconds(seconds)), ..well() };
        assert_eq!(wrong(&facts, Language::English).is_empty(), fine, "{seconds}");
    }
    let facts = Facts { server_clock: Some(now() - TimeDelta::seconds(600)), ..well() };
    tells(&facts, Tone::Warn, &["600"]);
}

/// Mails and outages are in the database's time.
#[test]
fn a_machine_whose_clock_is_wrong_tells_nothing_else_that_is_wrong() {
    let outbox = Outbox { queued: 1, waiting_since: Some(now() - TimeDelta::minutes(1)), ..well().outbox };
    let ahead = Facts { machine_clock: now() + TimeDelta::minutes(10), outbox, ..well() };
    tells(&ahead, Tone::Warn, &["598"]);
}

#[test]
fn a_disk_that_fills_up_is_told() {
    let room = |free, total| Facts { room: Some((PathBuf::from("/data"), Room { free, total })), ..well() };
    tells(&room(GIBIBYTE, 100 * GIBIBYTE), Tone::Warn, &["/data"]);
    tells(&room(GIBIBYTE / 8, GIBIBYTE), Tone::Bad, &["128", "/data"]);
    assert_eq!(wrong(&room(GIBIBYTE, 8 * GIBIBYTE), Language::English), []);
}

#[test]
fn mail_in_a_folder_and_a_plain_address_are_told() {
    let goes = MailRoute::Folder("/data/mail".to_owned());
    tells(&Facts { goes, ..well() }, Tone::Warn, &["/data/mail", "VESTIBULE_SMTP_URL"]);
    let plain = Facts { https: false, public_url: "http://127.0.0.1:8080".to_owned(), ..well() };
    tells(&plain, Tone::Warn, &["http://127.0.0.1:8080"]);
    assert_eq!(wrong(&Facts { goes: MailRoute::Demo, ..plain }, Language::English), []);
}
