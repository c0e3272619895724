//! The Health page: what an administrator reads of each thing that can be made to go wrong here.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use directory::{Clock, Dialect};

use crate::support::cast::{self, ADAM, OLIVIA};
use crate::support::database;
use crate::support::door::Door;
use crate::support::mailbox::Reaction;
use crate::support::panel::Panel;
use crate::support::visitor::Visitor;

const HEALTH: &str = "/admin/health";
const ADD: &str = "/apps/salesforce/manage/add";
const MEMBERS: &str = "/apps/salesforce/manage/members";
const ANN: &str = "ann@partner.test";

async fn olivia_adds_ann(panel: &Panel) -> Visitor {
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(ADD).await.post(MEMBERS, &[("email", ANN)]).await;
    olivia
}

/// One mail was tried and waits.
async fn until_retrying(panel: &Panel) {
    let until = Instant::now() + Duration::from_secs(10);
    while !panel.metrics().await.contains("vestibule_mails{state=\"retrying\"} 1\n") {
        assert!(Instant::now() < until, "the mail is not tried");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[actix_web::test]
async fn a_panel_on_this_machine_lacks_nothing_but_an_address_in_both_languages() {
    let panel = Panel::start_now();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open(HEALTH).await.sees("One thing wants attention.").sees("without encryption");
    adam.sees("It answers.").sees("It is the one of this version.").sees("It is at work.");
    adam.sees("The last mail left").sees("Mail goes to 127.0.0.1:");
    match database::dialect() {
        Dialect::Sqlite => adam.sees("MiB are free at").does_not_see("Clocks"),
        Dialect::Postgres => adam.sees("This machine and the database agree.").does_not_see("MiB are free"),
    };
    adam.post("/preferences", &[("language", "nl")]).await;
    adam.open(HEALTH).await.sees("Eén ding vraagt aandacht.").sees("Hij antwoordt.");
}

#[actix_web::test]
async fn mail_that_the_relay_does_not_take_is_told_with_its_words() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    panel.mailbox.react(ANN, Reaction::Answer("451 4.3.0 come back later"), 1000);
    olivia_adds_ann(&panel).await;
    adam.open(HEALTH).await.does_not_see("has been waiting");
    until_retrying(&panel).await;
    panel.clock.advance(TimeDelta::minutes(6));
    adam.open(HEALTH).await.sees("One mail has been waiting since 18 Nov 2026, 13:05 CET.");
    adam.sees("come back later").sees("Nothing is lost");
}

#[actix_web::test]
async fn a_clock_that_is_not_the_databases_is_told() {
    if database::dialect() == Dialect::Sqlite {
        return;
    }
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open(HEALTH).await.sees("This machine and the database differ by");
}

#[actix_web::test]
async fn a_machine_whose_clock_is_wrong_calls_no_mail_late() {
    if database::dialect() == Dialect::Sqlite {
        return;
    }
    let clock = Clock::wrong_by(TimeDelta::minutes(10));
    let (database, _) = database::migrated(clock.clone());
    let panel = Panel::start_on(database, clock, &[]);
    cast::assemble(&panel.directory);
    let mut adam = panel.signed_in(ADAM).await;
    panel.mailbox.react(ANN, Reaction::Answer("451 4.3.0 come back later"), 1000);
    olivia_adds_ann(&panel).await;
    until_retrying(&panel).await;
    adam.open(HEALTH).await.sees("This machine and the database differ by").does_not_see("has been waiting");
}

#[actix_web::test]
async fn a_database_that_was_away_is_told_afterwards() {
    let door = (database::dialect() == Dialect::Postgres).then(Door::open);
    let panel = door.as_ref().map_or_else(Panel::start, Panel::start_behind);
    let mut adam = panel.signed_in(ADAM).await;
    adam.open(HEALTH).await.does_not_see("did not answer");
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(ADD).await;
    if let Some(door) = &door {
        door.shut().await;
        assert_eq!(olivia.get("/apps").await.status(), 503, "{olivia}");
        door.unlock();
    } else {
        let held = panel.database.hold();
        olivia.post(MEMBERS, &[("email", ANN)]).await;
        assert_eq!(olivia.status(), 503, "{olivia}");
        drop(held);
    }
    panel.clock.advance(TimeDelta::seconds(30));
    let until = Instant::now() + Duration::from_secs(20);
    while adam.get(HEALTH).await.status() != 200 {
        assert!(Instant::now() < until, "the database is not back: {adam}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    adam.open(HEALTH).await.sees("It did not answer, or not in time, from 18 Nov 2026, 13:05 CET");
}
