//! A row of the list of people tells where the invitation stands, and where its mail does (SPEC 4.2).

use chrono::TimeDelta;
use directory::Organisation;
use directory::organisation::{DomainRule, TenantSettings};

use crate::support::cast::{self, ADAM, OLIVIA};
use crate::support::mailbox::Reaction;
use crate::support::panel::Panel;

const ANN: &str = "ann@partner.test";
const MANAGE: &str = "/apps/salesforce/manage";

/// Olivia invites Ann, and the courier has tried to send the mail.
async fn invited(panel: &Panel) {
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open("/apps/salesforce/manage/add").await.fill("email", ANN).press("Add").await;
    panel.until_mails_are_tried().await;
}

#[actix_web::test]
async fn an_invitation_that_expired_because_its_mail_bounced_says_so() {
    let panel = Panel::start();
    panel.mailbox.react(ANN, Reaction::Answer("550 5.1.1 no such user\r\n"), 1);
    invited(&panel).await;
    panel.clock.advance(TimeDelta::days(9));
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(MANAGE).await.sees("2 days ago · Mail failed: 550").sees("no such user");
}

#[actix_web::test]
async fn an_invitation_on_hold_tells_where_its_mail_is() {
    let panel = Panel::start();
    invited(&panel).await;
    panel.write(|tx| {
        let (adam, now) = (cast::administrator(tx), Organisation::load(tx)?);
        let (domain_rule, refused_domains) = (DomainRule::AllBut, "partner.test".to_owned());
        let settings = TenantSettings { domain_rule, refused_domains, ..now.settings.clone() };
        Organisation::change(tx, &adam, &now.profile, &settings, now.version).map(drop)
    });
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(MANAGE).await.sees("Guests from partner.test can’t be invited. · Mail sent 13:05 CET");
}

#[actix_web::test]
async fn a_mail_that_is_tried_again_says_when() {
    let panel = Panel::start();
    panel.mailbox.react(ANN, Reaction::Answer("451 4.3.0 try later\r\n"), 1);
    invited(&panel).await;
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(MANAGE).await.sees("Mail waiting, trying again: 451").sees("try later · next try 13:");
}

#[actix_web::test]
async fn send_again_pressed_twice_sends_once() {
    let panel = Panel::start();
    invited(&panel).await;
    for (who, list, press) in
        [(OLIVIA, MANAGE, "Send again"), (ADAM, "/admin/invitations", "Resend invitation")]
    {
        let mut visitor = panel.signed_in(who).await;
        let before = panel.contents()["deliveries"].len();
        let mut again = visitor.with_cookies(&visitor.cookies());
        visitor.open(list).await;
        again.open(list).await;
        visitor.press(press).await.sees(ANN);
        again.press(press).await.sees(ANN);
        assert_eq!(panel.contents()["deliveries"].len(), before + 1, "{list}");
    }
}
