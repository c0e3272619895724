//! C7: what the time of an answer tells.

use std::time::{Duration, Instant};

use crate::support::cast::{GUS, MIA};
use crate::support::panel::Panel;
use crate::support::stage::{self, PIA};
use crate::support::visitor::Visitor;

/// How often each address is tried. Both take turns, so that what else the machine does falls on both.
const ROUNDS: usize = 5;
/// How far the middle answers may lie apart, or a third of them where they take longer. A relay that is waited for, or a
/// password that is hashed for one of the two alone, takes more; what a busy machine adds, it adds to both.
const APART: Duration = Duration::from_millis(20);

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// How long a form takes that names a known address, and one that names an unknown one.
async fn compared(panel: &Panel, known: &str, way: &[(&str, &str)]) -> [Duration; 2] {
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..ROUNDS {
        for (number, address) in [known, "nobody@partner.test"].into_iter().enumerate() {
            let mut visitor: Visitor = panel.visitor();
            let token = visitor.open("/sign-in").await.token();
            let mut fields = vec![("csrf_token".to_owned(), token), ("email".to_owned(), address.to_owned())];
            fields.extend(way.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
            let began = Instant::now();
            visitor.send(reqwest::Method::POST, "/sign-in", &fields).await;
            times[number].push(began.elapsed());
            assert!(matches!(visitor.status(), 200 | 422), "round {round}: {visitor}");
        }
        // Beyond what one place may try.
        panel.clock.advance(chrono::TimeDelta::hours(2));
    }
    times.map(median)
}

fn are_close([known, unknown]: &[Duration; 2]) -> bool {
    known.abs_diff(*unknown) < APART.max(*known.max(unknown) / 3)
}

async fn take_the_same_time(way: &[(&str, &str)]) {
    let panel = stage::set();
    for address in [MIA, GUS, PIA] {
        let mut seen = Vec::new();
        // A machine that was busy with something else meanwhile is asked again.
        while seen.len() < 4 && !seen.last().is_some_and(are_close) {
            seen.push(compared(&panel, address, way).await);
        }
        assert!(seen.last().is_some_and(are_close), "{address}: {seen:?}");
    }
}

#[actix_web::test]
async fn asking_for_a_code_takes_as_long_for_an_unknown_address_c7() {
    take_the_same_time(&[("way", "code")]).await;
}

#[actix_web::test]
async fn a_wrong_password_takes_as_long_for_an_unknown_address_c7() {
    take_the_same_time(&[("way", "password"), ("password", "not the password")]).await;
}
