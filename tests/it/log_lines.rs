//! What an operator's log says of people: neither their whole address, nor a code, nor a link (SECURITY A11).

use std::time::{Duration, Instant};

use crate::support::cast::{ADAM, OLIVIA};
use crate::support::log;
use crate::support::mailbox::Reaction;
use crate::support::panel::Panel;

const ZOE: &str = "zoe@partner.test";
const YAN: &str = "yan@partner.test";
const ADD: &str = "/apps/salesforce/manage/add";
const MEMBERS: &str = "/apps/salesforce/manage/members";

#[actix_web::test]
async fn the_log_of_signing_in_adding_and_redeeming_names_nobody() {
    log::keep();
    let panel = Panel::start();
    let _adam = panel.signed_in(ADAM).await;
    let mut olivia = panel.signed_in(OLIVIA).await;
    // A relay that quotes the recipient while it turns everybody away.
    panel.mailbox.react(YAN, Reaction::Answer("421 4.7.0 <yan@partner.test> not today"), 2);
    olivia.open(ADD).await.post(MEMBERS, &[("email", YAN)]).await;
    olivia.open(ADD).await.post(MEMBERS, &[("email", ZOE)]).await;
    let link = panel.mailbox.wait_for(ZOE).await.link();
    let mut zoe = panel.visitor();
    let path = link.strip_prefix(panel.address()).unwrap();
    zoe.open(path).await.post(&format!("{path}/code"), &[]).await;
    let code = panel.mailbox.wait_for_nth(ZOE, 2).await.code();
    zoe.open(path).await.post(&format!("{path}/accept"), &[("code", &code)]).await;
    assert_eq!(zoe.status(), 303, "{zoe}");
    let mut nobody = panel.visitor();
    nobody.open("/sign-in").await.post("/sign-in", &[("email", "nobody@elsewhere.test")]).await;
    nobody.get("/apps?q=zoe@partner.test").await;
    let until = Instant::now() + Duration::from_secs(5);
    while !log::lines().iter().any(|line| line.contains("the mail relay is away")) {
        assert!(Instant::now() < until, "the log does not say that the relay is away");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let lines = log::lines();
    assert!(lines.iter().any(|line| line.contains("POST /invitations/{token}/accept")), "{lines:#?}");
    let token = link.rsplit('/').next().unwrap();
    let code = format!(" {code}");
    for secret in [token, &token[token.len() / 2..], &code, ZOE, YAN, ADAM, OLIVIA, "nobody@"] {
        assert_eq!(lines.iter().find(|line| line.contains(secret)), None, "the log tells {secret}");
    }
}
