//! What leaves over SMTP, and what happens when the relay misbehaves (SECURITY.md H).

use std::{sync::Arc, time::Duration};

use directory::{Language, Timestamp};
use tokio::{task::JoinSet, time::Instant};
use vestibule::{
    letter::{Person, Written},
    mail::{Envelope, Failure, Folder, Mailer, Memory, Outgoing, Smtp, compose},
    settings::Sender,
};

use crate::support::mailbox::{Mailbox, Mood, Reaction};

fn written() -> Written {
    Written {
        subject: "Olivia invites you".to_owned(),
        text: "Héllo\n.\nA line that is only a dot, and a long one: ".to_owned() + &"x".repeat(2_000),
        html: "<p>Héllo</p>".to_owned(),
        language: Language::English,
        sender_name: "Olivia Brandt via Meridian Labs".to_owned(),
        reply_to: Some(Person {
            name: "Olivia Brandt".to_owned(),
            address: "olivia@meridian.example".to_owned(),
        }),
    }
}

fn mail_to(to: &str) -> Outgoing {
    mail_with(written(), to)
}

fn mail_with(written: Written, to: &str) -> Outgoing {
    let date = "2026-11-20T13:05:00Z".parse::<Timestamp>().unwrap();
    let sender = Sender::parse("Any <invitations@apps.meridian.example>").unwrap();
    compose(written, Envelope { to, message_id: "abc.1", date }, &sender).unwrap()
}

fn mailer(url: &str) -> Mailer {
    Mailer::Smtp(Smtp::new(url.parse().unwrap(), "apps.meridian.example").unwrap())
}

#[tokio::test]
async fn a_mail_arrives_as_good_mime() {
    let relay = Mailbox::start();
    let answer = mailer(&relay.url()).send(&mail_to("ann@partner.test")).await.unwrap();
    assert_eq!(answer, "250 taken");
    let mail = relay.wait_for("ann@partner.test").await;
    assert_eq!(mail.from, "invitations@apps.meridian.example");
    let header = |name| mail.header(name).unwrap_or_default();
    assert_eq!(header("From"), "\"Olivia Brandt via Meridian Labs\" <invitations@apps.meridian.example>");
    assert_eq!(header("Reply-To"), "\"Olivia Brandt\" <olivia@meridian.example>");
    assert_eq!(header("Message-ID"), "<abc.1@apps.meridian.example>");
    assert_eq!(header("Date"), "Fri, 20 Nov 2026 13:05:00 +0000");
    assert_eq!(header("Auto-Submitted"), "auto-generated");
    assert_eq!(header("Content-Language"), "en");
    assert!(header("Content-Type").starts_with("multipart/alternative"));
    assert!(mail.source.find("text/plain").unwrap() < mail.source.find("text/html").unwrap());
    assert!(mail.source.is_ascii() && mail.source.lines().all(|line| line.len() <= 998));
    assert_eq!(mail.text.trim_end(), written().text);
    assert_eq!(mail.html.trim_end(), "<p>Héllo</p>");
}

/// SECURITY.md D3.
#[tokio::test]
async fn a_name_cannot_start_a_header() {
    let relay = Mailbox::start();
    let mut lure = written();
    lure.subject = "x\r\nBcc: evil@evil.example\r\n\r\nbody".to_owned();
    lure.sender_name = "Olivia\r\nX-Evil: 1".to_owned();
    lure.reply_to = Some(Person {
        name: "O\" <evil@evil.example>\n".to_owned(),
        address: "o@meridian.example".to_owned(),
    });
    mailer(&relay.url()).send(&mail_with(lure, "ann@partner.test")).await.unwrap();
    let mail = relay.wait_for("ann@partner.test").await;
    assert_eq!(mail.subject, "x Bcc: evil@evil.example body");
    assert_eq!((mail.header("Bcc"), mail.header("X-Evil")), (None, None));
    assert!(mail.header("Reply-To").unwrap().ends_with("<o@meridian.example>"));
}

#[test]
fn addresses_that_could_carry_commands_are_refused() {
    let sender = Sender::parse("invitations@apps.meridian.example").unwrap();
    let date = "2026-11-20T13:05:00Z".parse::<Timestamp>().unwrap();
    for to in [
        "a\r\nRCPT TO:<b@c.test>@d.test",
        "\"a b\"@c.test",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "müller@c.test",
        "a",
        "@c.test",
    ] {
        assert!(compose(written(), Envelope { to, message_id: "1", date }, &sender).is_err(), "{to:?}");
    }
}

/// SECURITY.md K5.
#[test]
fn an_international_domain_is_mailed_in_its_ascii_form() {
    assert_eq!(mail_to("a@müller.example").recipient(), "a@xn--mller-kva.example");
}

/// SECURITY.md R13.
#[test]
fn the_same_letter_makes_the_same_bytes() {
    assert_eq!(mail_to("ann@partner.test").source(), mail_to("ann@partner.test").source());
}

/// SECURITY.md H9.
#[tokio::test]
async fn without_starttls_nothing_is_said() {
    let relay = Mailbox::start();
    let url = format!("smtp://user:secret@127.0.0.1:{}", relay.port());
    let failure = mailer(&url).send(&mail_to("ann@partner.test")).await.unwrap_err();
    assert!(matches!(&failure, Failure::RelayAway(why) if why.contains("STARTTLS")), "{failure:?}");
    let said = relay.sessions().concat().join("\n");
    assert!(!said.contains("C: AUTH") && !said.contains("C: MAIL"), "{said}");
}

#[tokio::test]
async fn with_starttls_and_its_authority_a_mail_arrives() {
    let relay = Mailbox::start_with_tls("localhost");
    let url = relay.url().replace("smtp://", "smtp://user:secret@");
    mailer(&url).send(&mail_to("ann@partner.test")).await.unwrap();
    relay.wait_for("ann@partner.test").await;
    let said = relay.sessions().concat();
    let at = |start: &str| said.iter().position(|line| line.starts_with(start)).unwrap();
    assert!(at("C: STARTTLS") < at("C: AUTH") && at("C: AUTH") < at("C: MAIL"));
}

/// SECURITY.md H9.
#[tokio::test]
async fn a_certificate_for_another_name_or_of_an_unknown_authority_is_refused() {
    let other_name = Mailbox::start_with_tls("other.test");
    let unknown = Mailbox::start_with_tls("localhost");
    for url in [other_name.url(), format!("smtp://localhost:{}", unknown.port())] {
        let failure = mailer(&url).send(&mail_to("ann@partner.test")).await.unwrap_err();
        assert!(matches!(&failure, Failure::RelayAway(why) if why.contains("encrypt")), "{failure:?}");
    }
    assert!(other_name.mails().is_empty() && unknown.mails().is_empty());
}

/// SECURITY.md H5.
#[tokio::test]
async fn answers_are_told_apart() {
    let relay = Mailbox::start();
    let mailer = mailer(&relay.url());
    let cases = [
        ("550 no such user", Failure::Refused("550 no such user".to_owned())),
        ("450 greylisted, ask boss@secret.test", Failure::Delayed("450 greylisted, ask …".to_owned())),
        ("451 too many", Failure::Delayed("451 too many".to_owned())),
        ("421 closing down", Failure::RelayAway("421 closing down".to_owned())),
        ("530 sign in first", Failure::RelayAway("530 sign in first".to_owned())),
    ];
    for (answer, expected) in cases {
        relay.react("ann@partner.test", Reaction::Answer(answer), 1);
        assert_eq!(mailer.send(&mail_to("ann@partner.test")).await.unwrap_err(), expected);
    }
    mailer.send(&mail_to("ann@partner.test")).await.unwrap();
}

#[tokio::test]
async fn a_relay_that_is_away_is_said_to_be() {
    let relay = Mailbox::start();
    let url = relay.url();
    for mood in [Mood::ClosingDown, Mood::HangsUp] {
        relay.mood(mood);
        assert!(
            matches!(mailer(&url).send(&mail_to("a@b.test")).await, Err(Failure::RelayAway(_))),
            "{mood:?}"
        );
    }
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let failure = mailer(&format!("smtp://{closed}?tls=none")).send(&mail_to("a@b.test")).await.unwrap_err();
    assert!(matches!(&failure, Failure::RelayAway(why) if why.contains("refused")), "{failure:?}");
}

/// SECURITY.md H4: the relay hangs up on the idle connection; the next mail goes over a new one, at the first try.
#[tokio::test]
async fn a_connection_that_died_while_idle_costs_nothing() {
    let relay = Mailbox::start();
    // Long enough for what is said in between, also where the machine is busy.
    relay.hang_up_after(Duration::from_secs(1));
    let mailer = mailer(&relay.url());
    mailer.send(&mail_to("ann@partner.test")).await.unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    mailer.send(&mail_to("ann@partner.test")).await.unwrap();
    assert_eq!(relay.mails().len(), 2);
}

#[tokio::test]
async fn a_mail_that_may_have_arrived_is_tried_again() {
    let relay = Mailbox::start();
    relay.react("ann@partner.test", Reaction::DropAfterDot, 1);
    let mailer = mailer(&relay.url());
    assert!(matches!(mailer.send(&mail_to("ann@partner.test")).await, Err(Failure::Delayed(_))));
    mailer.send(&mail_to("ann@partner.test")).await.unwrap();
    let ids: Vec<_> =
        relay.mails().iter().map(|mail| mail.header("Message-ID").unwrap().to_owned()).collect();
    assert_eq!(ids, ["<abc.1@apps.meridian.example>", "<abc.1@apps.meridian.example>"]);
}

/// SECURITY.md H3.
#[tokio::test]
async fn a_relay_that_hangs_holds_one_mail_and_not_the_others() {
    let relay = Mailbox::start();
    relay.react("slow@partner.test", Reaction::HangAtData, 1);
    let mailer = Arc::new(mailer(&relay.url()));
    let hanging = Arc::clone(&mailer);
    let hanging = tokio::spawn(async move { hanging.send(&mail_to("slow@partner.test")).await });
    for _ in 0..20 {
        mailer.send(&mail_to("ann@partner.test")).await.unwrap();
    }
    assert_eq!(relay.mails().len(), 20);
    assert!(!hanging.is_finished());
    hanging.abort();
}

#[tokio::test]
async fn a_relay_that_never_greets_holds_only_who_is_waiting() {
    let relay = Mailbox::start();
    relay.mood(Mood::Silent);
    let mailer = Arc::new(mailer(&relay.url()));
    let waiting = Arc::clone(&mailer);
    let waiting = tokio::spawn(async move { waiting.send(&mail_to("slow@partner.test")).await });
    let until = Instant::now() + Duration::from_secs(10);
    while relay.sessions().len() != 1 {
        assert!(Instant::now() < until, "nobody connects");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    relay.mood(Mood::Fine);
    mailer.send(&mail_to("ann@partner.test")).await.unwrap();
    assert!(!waiting.is_finished());
    waiting.abort();
}

#[tokio::test]
async fn slow_conversations_go_side_by_side() {
    let relay = Mailbox::start();
    relay.react("*", Reaction::Slow(Duration::from_millis(300)), 8);
    let mailer = Arc::new(mailer(&relay.url()));
    let started = Instant::now();
    let mut sending = JoinSet::new();
    for _ in 0..8 {
        let mailer = Arc::clone(&mailer);
        sending.spawn(async move { mailer.send(&mail_to("ann@partner.test")).await.unwrap() });
    }
    assert_eq!(sending.join_all().await.len(), 8);
    assert!(started.elapsed() < Duration::from_millis(1_500));
}

#[tokio::test]
async fn a_folder_gets_one_file_for_each_mail() {
    let folder = std::env::temp_dir().join(format!("vestibule-mail-{}", std::process::id()));
    let mailer = Mailer::Folder(Folder::new(&folder));
    for _ in 0..2 {
        mailer.send(&mail_to("ann@partner.test")).await.unwrap();
    }
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files, [folder.join("abc.1@apps.meridian.example.eml")]);
    assert_eq!(std::fs::read(&files[0]).unwrap(), mail_to("ann@partner.test").source());
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn memory_keeps_the_last_mails_as_they_were_sent() {
    let memory = Memory::new(2);
    let mailer = Mailer::Memory(memory.clone());
    for to in ["a@b.test", "c@d.test", "e@f.test"] {
        mailer.send(&mail_to(to)).await.unwrap();
    }
    let kept = memory.messages();
    assert_eq!(kept.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["c@d.test", "e@f.test"]);
    assert_eq!(kept[1].html, "<p>Héllo</p>");
    assert!(kept[1].source.contains("To: e@f.test"));
}
