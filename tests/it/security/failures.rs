//! H and I: double clicks, relays and databases that are away.

use std::time::{Duration, Instant};

use directory::{Dialect, Manager, invitation};
use reqwest::Method;

use crate::support::cast::{self, MIA, OLIVIA, SALESFORCE};
use crate::support::database;
use crate::support::mailbox::{Mood, Reaction};
use crate::support::panel::Panel;

const ANN: &str = "ann@partner.test";
const ADD: &str = "/apps/salesforce/manage/add";
const MEMBERS: &str = "/apps/salesforce/manage/members";

#[actix_web::test]
async fn twenty_clicks_at_once_make_one_invitation_and_one_mail_i6() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(ADD).await;
    let before = panel.contents();
    let form = olivia.forms().into_iter().find(|form| form.action == MEMBERS).unwrap();
    let mut fields = form.fields;
    fields.retain(|(name, _)| name != "email");
    fields.push(("email".to_owned(), ANN.to_owned()));
    let clicks = (0..20).map(|_| {
        let mut tab = olivia.with_cookies(&olivia.cookies());
        let fields = fields.clone();
        actix_web::rt::spawn(async move { tab.send(Method::POST, MEMBERS, &fields).await.status() })
    });
    let mut statuses = Vec::new();
    for click in clicks.collect::<Vec<_>>() {
        statuses.push(click.await.unwrap());
    }
    assert_eq!(statuses, [303; 20]);
    panel.mailbox.wait_for(ANN).await;
    let after = panel.contents();
    for (table, more) in [("invitations", 1), ("users", 1), ("deliveries", 1), ("activities", 1)] {
        assert_eq!(after[table].len(), before[table].len() + more, "{table}");
    }
    assert_eq!(panel.mailbox.mails().iter().filter(|mail| mail.to == ANN).count(), 1);
}

#[actix_web::test]
async fn nothing_is_mailed_for_what_was_taken_back_meanwhile_h8() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    panel.mailbox.react(ANN, Reaction::Answer("451 4.3.0 not now"), 100);
    olivia.open(ADD).await.post(MEMBERS, &[("email", ANN)]).await;
    assert_eq!(olivia.status(), 303, "{olivia}");
    olivia.open("/apps/salesforce/manage").await;
    let row = panel.read(|tx| {
        let ann = crate::support::stage::user(tx, ANN)?;
        let organisation = directory::Organisation::load(tx)?;
        Ok(invitation::list_of_user(tx, &organisation, ann.id, 1)?.remove(0))
    });
    let revoke = format!("/apps/salesforce/manage/invitations/{}/revoke", row.invitation.id);
    olivia.open(&revoke).await.post(&revoke, &[]).await;
    assert_eq!(olivia.status(), 303, "{olivia}");
    panel.mailbox.react(ANN, Reaction::Answer("250 ok"), 0);
    // Long past every next try; what follows Ann's mail in the queue arrives, hers does not.
    panel.clock.advance(chrono::TimeDelta::hours(3));
    panel.write(|tx| {
        let olivia = cast::actor(tx, OLIVIA);
        let manager = Manager::of_app(tx, &olivia, SALESFORCE)?;
        invitation::add(tx, &manager, "later@partner.test", &invitation::Draft::default()).map(drop)
    });
    panel.mailbox.wait_for("later@partner.test").await;
    assert!(panel.mailbox.mails().iter().all(|mail| mail.to != ANN));
}

#[actix_web::test]
async fn add_answers_while_the_relay_hangs_h3() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    // Neither who is connected nor who connects anew gets anywhere.
    panel.mailbox.react("*", Reaction::HangAtData, 100);
    for (number, mood) in [Mood::Silent, Mood::Trickling, Mood::Silent].into_iter().enumerate() {
        panel.mailbox.mood(mood);
        let address = format!("guest{number}@partner.test");
        olivia.open(ADD).await;
        let began = Instant::now();
        olivia.post(MEMBERS, &[("email", &address)]).await;
        assert_eq!(olivia.status(), 303, "{olivia}");
        // A hanging relay is waited for half a minute: anything well below it did not wait.
        assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    }
    // Nothing is said to have been sent.
    olivia.open("/apps/salesforce/manage").await.sees("guest0@partner.test").does_not_see("Mail sent");
    let sent = "SELECT recipient AS line FROM deliveries WHERE recipient LIKE 'guest%' AND state = 'sent'";
    assert!(panel.database.ask(sent).is_empty());
}

/// A panel whose database can be taken away behind a door, and the door.
fn with_a_door() -> (Panel, crate::support::door::Door) {
    let door = crate::support::door::Door::open();
    (Panel::start_behind(&door), door)
}

#[actix_web::test]
async fn a_database_that_is_gone_is_said_so_with_a_time_to_come_back_i3_i4() {
    if database::dialect() == Dialect::Sqlite {
        return;
    }
    let (panel, door) = with_a_door();
    let mut mia = panel.visitor();
    mia.open("/sign-in").await;
    let token = mia.token();
    door.shut().await;
    mia.get("/sign-in").await;
    assert_eq!(mia.status(), 503, "{mia}");
    assert!(mia.header("retry-after").is_some());
    let fields = [("csrf_token", token.as_str()), ("email", MIA)].map(|(n, v)| (n.to_owned(), v.to_owned()));
    mia.send(Method::POST, "/sign-in", &fields).await;
    assert_eq!(mia.status(), 503, "{mia}");
    assert_eq!(mia.get("/health/live").await.status(), 200);
    assert_eq!(mia.get("/health/ready").await.status(), 503);
    door.unlock();
    mia.get("/sign-in").await;
    assert_eq!(mia.status(), 200, "{mia}");
}

#[actix_web::test]
async fn a_database_that_somebody_else_holds_is_said_to_be_busy_i1() {
    if database::dialect() == Dialect::Postgres {
        return;
    }
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(ADD).await;
    let before = panel.contents();
    let held = panel.database.hold();
    olivia.post(MEMBERS, &[("email", ANN)]).await;
    assert_eq!(olivia.status(), 503, "{olivia}");
    assert!(olivia.header("retry-after").is_some());
    // Long enough for the session to be noted as seen, which cannot be.
    panel.clock.advance(chrono::TimeDelta::minutes(2));
    assert_eq!(olivia.get("/apps").await.status(), 200, "those who read go on");
    drop(held);
    olivia.open(ADD).await;
    assert_eq!(panel.contents(), before, "what was refused is not done behind the back");
    olivia.post(MEMBERS, &[("email", ANN)]).await;
    assert_eq!(olivia.status(), 303, "{olivia}");
}
