//! What Prometheus is told, over HTTP, on the internal address alone.

use std::time::{Duration, Instant};

use directory::Dialect;

use crate::support::cast::{ADAM, MIA, OLIVIA};
use crate::support::database;
use crate::support::door::Door;
use crate::support::log;
use crate::support::mailbox::Mood;
use crate::support::panel::Panel;

const ADD: &str = "/apps/salesforce/manage/add";
const MEMBERS: &str = "/apps/salesforce/manage/members";

/// The value of one line.
fn value(metrics: &str, name: &str) -> Option<f64> {
    let lines = metrics.lines().filter_map(|line| line.rsplit_once(' '));
    lines.filter(|(told, _)| *told == name).map(|(_, value)| value.parse().unwrap()).next()
}

#[actix_web::test]
async fn metrics_are_not_for_the_public() {
    let panel = Panel::start();
    let mut visitor = panel.visitor();
    assert_eq!(visitor.get("/metrics").await.status(), 404);
    let metrics = panel.metrics().await;
    assert_eq!(value(&metrics, "vestibule_build_info{version=\"0.1.0\"}"), Some(1.0), "{metrics}");
    assert_eq!(value(&metrics, "vestibule_http_requests_total{status=\"4xx\"}"), Some(1.0), "{metrics}");
    let all = value(&metrics, "vestibule_http_request_duration_seconds_count");
    assert_eq!(value(&metrics, "vestibule_http_request_duration_seconds_bucket{le=\"+Inf\"}"), all);
    assert_eq!(value(&metrics, "vestibule_database_up"), Some(1.0), "{metrics}");
    let free = value(&metrics, "vestibule_disk_free_bytes");
    assert_eq!(free.is_some_and(|free| free > 0.0), database::dialect() == Dialect::Sqlite, "{metrics}");
}

#[actix_web::test]
async fn who_asks_at_the_same_moment_is_told_as_much() {
    let panel = Panel::start();
    for metrics in <[String; 3]>::from(tokio::join!(panel.metrics(), panel.metrics(), panel.metrics())) {
        assert_eq!(value(&metrics, "vestibule_database_up"), Some(1.0), "{metrics}");
    }
}

#[actix_web::test]
async fn probes_are_neither_counted_nor_logged() {
    log::keep();
    let panel = Panel::start();
    let mut probe = panel.visitor();
    for path in ["/health/live", "/health/ready", "/sign-in"] {
        assert_eq!(probe.get(path).await.status(), 200, "{path}");
    }
    let metrics = panel.metrics().await;
    let counted = value(&metrics, "vestibule_http_request_duration_seconds_count");
    assert_eq!(counted, Some(1.0), "{metrics}");
    let lines = log::lines();
    assert!(lines.iter().any(|line| line.contains("GET /sign-in 200")), "{lines:#?}");
    assert_eq!(lines.iter().find(|line| line.contains("GET /health/")), None);
}

#[actix_web::test]
async fn sign_ins_and_refusals_are_counted() {
    let panel = Panel::start();
    let _olivia = panel.signed_in(OLIVIA).await;
    let mut adam = panel.visitor();
    adam.open("/sign-in").await.post("/sign-in", &[("email", ADAM)]).await;
    let wrong = [("email", ADAM), ("way", "password"), ("password", "not the right one")];
    adam.post("/sign-in", &wrong).await;
    let mut mia = panel.signed_in(MIA).await;
    mia.get("/admin").await;
    mia.post("/preferences", &[("csrf_token", "made up")]).await;
    let metrics = panel.metrics().await;
    for (name, wanted) in [
        ("vestibule_sign_ins_total{outcome=\"succeeded\"}", 2.0),
        ("vestibule_sign_ins_total{outcome=\"refused\"}", 1.0),
        ("vestibule_refusals_total{code=\"not_manager\"}", 1.0),
        ("vestibule_mail_tries_total{outcome=\"sent\"}", 2.0),
        ("vestibule_mails{state=\"queued\"}", 0.0),
    ] {
        assert_eq!(value(&metrics, name), Some(wanted), "{name} in\n{metrics}");
    }
}

#[actix_web::test]
async fn what_waits_is_told_with_its_age() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    panel.mailbox.mood(Mood::HangsUp);
    // The connection that is open still takes mail; idle for long enough, it is closed.
    tokio::time::sleep(Duration::from_secs(5)).await;
    olivia.open(ADD).await.post(MEMBERS, &[("email", "ann@partner.test")]).await;
    assert_eq!(olivia.status(), 303, "{olivia}");
    let until = Instant::now() + Duration::from_secs(10);
    let retrying = loop {
        let metrics = panel.metrics().await;
        if value(&metrics, "vestibule_mails{state=\"retrying\"}") == Some(1.0) {
            break metrics;
        }
        assert!(Instant::now() < until, "the mail is not tried again:\n{metrics}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    assert!(value(&retrying, "vestibule_mail_tries_total{outcome=\"delayed\"}") >= Some(1.0), "{retrying}");
    panel.clock.advance(chrono::TimeDelta::minutes(10));
    let metrics = panel.metrics().await;
    assert_eq!(value(&metrics, "vestibule_mail_waiting_age_seconds"), Some(600.0), "{metrics}");
    assert_eq!(value(&metrics, "vestibule_mail_relay_away_seconds"), Some(600.0), "{metrics}");
    let due = value(&metrics, "vestibule_mail_due_age_seconds").unwrap();
    assert!(due > 0.0 && due <= 600.0, "{metrics}");
    assert!(!metrics.contains("ann@"), "{metrics}");
}

#[actix_web::test]
async fn a_database_that_is_away_is_told_without_waiting_for_it() {
    if database::dialect() == Dialect::Sqlite {
        return;
    }
    let door = Door::open();
    let panel = Panel::start_behind(&door);
    assert_eq!(value(&panel.metrics().await, "vestibule_database_up"), Some(1.0));
    door.shut().await;
    let began = Instant::now();
    let metrics = panel.metrics().await;
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    assert_eq!(value(&metrics, "vestibule_database_up"), Some(0.0), "{metrics}");
    assert!(!metrics.contains("vestibule_mails{"), "{metrics}");
    assert!(value(&metrics, "vestibule_http_requests_total{status=\"2xx\"}").is_some(), "{metrics}");
    door.unlock();
    let until = Instant::now() + Duration::from_secs(20);
    while value(&panel.metrics().await, "vestibule_database_up") != Some(1.0) {
        assert!(Instant::now() < until, "it is not noticed that the database is back");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
