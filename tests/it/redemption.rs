//! The link of an invitation, from the mail to what was shared (SPEC 4.3 to 4.5).

use chrono::TimeDelta;
use directory::invitation::{self, Draft, Invitation, Outcome};
use directory::text::Message;
use directory::{Actor, EmailAddress, Manager, Organisation, user::User};

use crate::support::cast::{self, OLIVIA};
use crate::support::panel::Panel;
use crate::support::visitor::Visitor;

const ANN: &str = "ann@partner.test";
const MAIL_ME: &str = "E-mail me a code No account or password needed";

/// Olivia invites somebody to Salesforce; the invitation and the link of its mail.
async fn invited(panel: &Panel, address: &str) -> (Invitation, String) {
    let invitation = panel.write(|tx| {
        let olivia = cast::manager(tx, OLIVIA);
        let draft = Draft { message: Message::parse("See <b>you</b> on Tuesday.").unwrap(), language: None };
        match invitation::add(tx, &olivia, address, &draft)? {
            Outcome::Invited(invitation) => Ok(*invitation),
            other => panic!("{other:?}"),
        }
    });
    (invitation, panel.mailbox.wait_for(address).await.link())
}

async fn asked_for_code(panel: &Panel, visitor: &mut Visitor, link: &str) -> String {
    visitor.open(link).await.press(MAIL_ME).await.sees("A code is on its way");
    panel.mailbox.wait_for_nth(ANN, 2).await.code()
}

fn guest(panel: &Panel) -> Option<Actor> {
    let address = EmailAddress::parse(ANN).unwrap();
    panel.read(|tx| Ok(User::by_address(tx, &address)?.as_ref().and_then(Actor::of)))
}

#[actix_web::test]
async fn a_guest_proves_the_mailbox_accepts_and_is_inside_what_was_shared() {
    let panel = Panel::start();
    let (_, link) = invited(&panel, ANN).await;
    let mut ann = panel.visitor();
    ann.open(&link)
        .await
        .sees("Olivia Brandt of Meridian Labs invites you to Salesforce")
        .sees("a•••@partner.test");
    ann.sees("See <b>you</b> on Tuesday.").sees("25 Nov 2026, 13:05 CET").does_not_see(ANN);
    assert_eq!(ann.header("cache-control"), Some("no-store"));
    assert_eq!(ann.header("referrer-policy"), Some("no-referrer"));
    let code = asked_for_code(&panel, &mut ann, &link).await;
    ann.fill("code", &code).fill("name", "Ann Lindqvist").press("Accept").await;
    assert_eq!((ann.status(), ann.path()), (303, "/apps/salesforce/open"));
    // Not a redirect: browsers hold those after a form to `form-action 'self'`.
    ann.sees("Opening Salesforce").sees("You have accepted and are a guest of Meridian Labs.");
    assert_eq!(ann.header("refresh"), Some("0; url=https://meridian.my.salesforce.example/"));
    assert_eq!(guest(&panel).unwrap().name, "Ann Lindqvist");
    ann.get("/apps/salesforce/open").await;
    assert_eq!(ann.location().as_deref(), Some("https://meridian.my.salesforce.example/"));
    // Nobody reads a page that is left at once.
    ann.open("/apps").await.sees("You have accepted and are a guest of Meridian Labs.").sees("Salesforce");
    ann.open("/apps").await.does_not_see("You have accepted");
}

#[actix_web::test]
async fn a_guest_whose_code_is_over_is_told_so() {
    let panel = Panel::start();
    let (_, link) = invited(&panel, ANN).await;
    let mut ann = panel.visitor();
    let code = asked_for_code(&panel, &mut ann, &link).await;
    panel.clock.advance(TimeDelta::minutes(11));
    ann.fill("code", &code).press("Accept").await;
    assert_eq!(ann.status(), 422);
    ann.sees("There is a problem");
    ann.press(MAIL_ME).await.sees("A code is on its way");
}

#[actix_web::test]
async fn who_has_had_enough_codes_is_led_back_to_those_in_the_mailbox() {
    let panel = Panel::start();
    let (mut ann, (_, link)) = (panel.visitor(), invited(&panel, ANN).await);
    for _ in 0..6 {
        ann.open(&link).await.post(&format!("{link}/code"), &[]).await;
    }
    ann.follow().await.sees("The newest one in your mailbox").sees("after 14:00 CET");
}

#[actix_web::test]
async fn a_guest_whose_page_was_too_old_is_led_back_to_the_invitation() {
    let panel = Panel::start();
    let (_, link) = invited(&panel, ANN).await;
    let (mut ann, code) = (panel.visitor(), format!("{link}/code"));
    ann.send(reqwest::Method::POST, &code, &[("csrf_token".to_owned(), "old".to_owned())]).await;
    assert_eq!((ann.status(), ann.link("Open the page again").as_deref()), (403, Some(path(&link))));
    ann.get(&code).await;
    assert_eq!((ann.status(), ann.link("Open the page again").as_deref()), (405, Some(path(&link))));
    ann.click("Open the page again").await.sees("Accept as");
}

#[actix_web::test]
async fn opening_a_link_changes_nothing_a1_r1() {
    let panel = Panel::start();
    let (_, link) = invited(&panel, ANN).await;
    for _ in 0..3 {
        panel.visitor().open(&link).await.sees("Accept as");
        panel.visitor().send(reqwest::Method::HEAD, &link, &[]).await;
    }
    assert!(guest(&panel).is_none());
    assert_eq!(panel.mailbox.mails().len(), 1, "the invitation alone");
}

#[actix_web::test]
async fn a_code_is_worth_five_tries_and_only_in_the_browser_that_asked_c6() {
    let panel = Panel::start();
    let (_, link) = invited(&panel, ANN).await;
    let mut ann = panel.visitor();
    let code = asked_for_code(&panel, &mut ann, &link).await;
    let mut thief = panel.visitor();
    thief.open(&link).await.post(&format!("{}/accept", path(&link)), &[("code", &code)]).await;
    assert_eq!(thief.status(), 422);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    ann.fill("code", wrong).press("Accept").await.sees("You have 4 tries left.");
    assert_eq!(ann.status(), 422);
    for _ in 0..4 {
        ann.fill("code", wrong).press("Accept").await;
    }
    ann.sees("Have a new one sent.");
    ann.fill("code", &code).press("Accept").await.sees("Have a new one sent.");
    assert!(guest(&panel).is_none());
}

#[actix_web::test]
async fn one_link_is_redeemed_once_a2() {
    let panel = Panel::start();
    let (_, link) = invited(&panel, ANN).await;
    let mut ann = panel.visitor();
    let code = asked_for_code(&panel, &mut ann, &link).await;
    ann.fill("code", &code).press("Accept").await;
    ann.open(&link).await.sees("You have accepted this invitation");
    let mut other = panel.visitor();
    other.open(&link).await.sees("This invitation has been accepted").does_not_see("Salesforce");
    other.does_not_see("Olivia").does_not_see("partner.test");
    assert_eq!(other.status(), 410);
}

#[actix_web::test]
async fn forged_links_are_all_the_same_a4() {
    let panel = Panel::start();
    let (_, link) = invited(&panel, ANN).await;
    let token = link.rsplit('/').next().unwrap();
    let cut = &token[..token.len() - 1];
    for forged in [cut.to_owned(), token.to_uppercase(), format!("{token}{token}"), "x".to_owned()] {
        let mut stranger = panel.visitor();
        stranger.open(&format!("/invitations/{forged}")).await.sees("This link does not open an invitation");
        assert_eq!(stranger.status(), 404, "{forged}");
        let opened = stranger.text();
        stranger.post(&format!("/invitations/{forged}/accept"), &[("code", "")]).await;
        assert_eq!((stranger.status(), stranger.text()), (404, opened), "{forged}");
    }
}

#[actix_web::test]
async fn an_expired_link_sends_a_fresh_one_to_the_invited_address_only_a7() {
    let panel = Panel::start();
    let (_, link) = invited(&panel, ANN).await;
    panel.until_mails_are_tried().await;
    panel.clock.advance(TimeDelta::days(7));
    let mut ann = panel.visitor();
    ann.open(&link)
        .await
        .sees("This invitation has expired")
        .does_not_see("Olivia")
        .does_not_see("Salesforce");
    assert_eq!(ann.status(), 410);
    ann.press("Send me a fresh link").await.sees("A fresh link is on its way").sees("There is a newer mail");
    let fresh = panel.mailbox.wait_for_nth(ANN, 2).await.link();
    assert_ne!(fresh, link);
    ann.open(&fresh).await.sees("Accept as");
}

#[actix_web::test]
async fn declining_is_asked_once_more_and_tells_why() {
    let panel = Panel::start();
    let (invitation, link) = invited(&panel, ANN).await;
    let mut ann = panel.visitor();
    ann.open(&link).await.click("Decline or report").await.sees("Decline the invitation to Salesforce?");
    ann.fill("reason", "I do not know you.").press("Decline").await.sees("This invitation was declined");
    let declined = panel.read(|tx| Invitation::find(tx, invitation.id));
    assert_eq!(declined.decline_reason.as_deref(), Some("I do not know you."));
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open("/apps").await.sees("ann@partner.test declined the invitation to Salesforce.");
    olivia.sees("Written by whoever had the link");
    olivia.sees("I do not know you.");
    olivia.click("Invite again").await.sees("Who should be able to open Salesforce?");
    assert!(olivia.html().contains(&format!("value=\"{ANN}\"")), "{olivia}");
    panel.clock.advance(TimeDelta::days(15));
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open("/apps").await.does_not_see("declined the invitation");
}

#[actix_web::test]
async fn a_withdrawn_and_a_suspended_invitation_say_so_a9_a10() {
    let panel = Panel::start();
    let (invitation, link) = invited(&panel, ANN).await;
    let mut ann = panel.visitor();
    let code = asked_for_code(&panel, &mut ann, &link).await;
    panel.write(|tx| {
        let adam = cast::administrator(tx);
        let now = Organisation::load(tx)?;
        let settings =
            directory::organisation::TenantSettings { owners_manage_groups: false, ..now.settings };
        Organisation::change(tx, &adam, &now.profile, &settings, now.version)
    });
    ann.fill("code", &code).press("Accept").await.sees("This invitation is on hold");
    assert!(guest(&panel).is_none());
    panel.write(|tx| {
        let adam = cast::manager(tx, cast::ADAM);
        invitation::revoke(tx, &adam, invitation.id)
    });
    ann.open(&link).await.sees("This invitation was withdrawn").does_not_see("Salesforce");
    assert_eq!(ann.status(), 410);
}

#[actix_web::test]
async fn somebody_elses_session_does_not_accept_and_switching_keeps_the_invitation_a5() {
    let panel = Panel::start();
    let (_, link) = invited(&panel, ANN).await;
    let mut mia = panel.visitor();
    signed_in(&panel, &mut mia, cast::MIA).await;
    mia.open(&link)
        .await
        .sees("You are signed in as somebody else")
        .sees(cast::MIA)
        .sees("a•••@partner.test");
    mia.press("Continue as a•••@partner.test Signs you out first; the invitation stays").await;
    mia.sees("Accept as").does_not_see(cast::MIA);
    mia.open("/apps").await;
    assert_eq!(mia.path(), "/sign-in");
}

#[actix_web::test]
async fn the_mails_language_is_the_pages_until_another_is_chosen() {
    let panel = Panel::start();
    let link = {
        panel.write(|tx| {
            let olivia = cast::manager(tx, OLIVIA);
            let draft = Draft { language: Some(directory::Language::Dutch), ..Draft::default() };
            invitation::add(tx, &olivia, ANN, &draft)
        });
        panel.mailbox.wait_for(ANN).await.link()
    };
    let mut ann = panel.visitor();
    ann.open(&link).await.sees("Olivia Brandt van Meridian Labs nodigt je uit voor Salesforce");
    ann.press("English").await.sees("Olivia Brandt of Meridian Labs invites you to Salesforce");
    assert_eq!(ann.path(), path(&link));
}

#[actix_web::test]
async fn a_guest_with_only_the_direct_link_comes_through_sign_in_to_the_invitation() {
    let panel = Panel::start();
    invited(&panel, ANN).await;
    let mut ann = panel.visitor();
    ann.open("/apps/salesforce/open").await.fill("email", ANN).press("Continue").await;
    ann.press("E-mail me a code Six digits, no password needed").await;
    let code = panel.mailbox.wait_for_nth(ANN, 2).await.code();
    ann.fill("code", &code).press("Sign in").await.sees("Accept as").sees(ANN);
    ann.press("Accept").await;
    assert_eq!(guest(&panel).unwrap().address.to_string(), ANN);
}

#[actix_web::test]
async fn a_guest_of_before_comes_by_the_direct_link_to_the_invitation() {
    let panel = Panel::start();
    invited(&panel, ANN).await;
    panel.write(|tx| {
        let adam = cast::actor(tx, cast::ADAM);
        let manager = Manager::of_directory(tx, &adam)?;
        invitation::add(tx, &manager, ANN, &Draft::default())
    });
    let link = panel.mailbox.wait_for_nth(ANN, 2).await.link();
    let mut ann = panel.visitor();
    ann.open(&link).await.press(MAIL_ME).await;
    let code = panel.mailbox.wait_for_nth(ANN, 3).await.code();
    ann.fill("code", &code).press("Accept").await;
    ann.open("/apps/salesforce/open").await.sees("invites you to Salesforce");
    ann.press("Accept").await;
    assert_eq!(ann.path(), "/apps/salesforce/open");
}

fn path(link: &str) -> &str {
    &link[link.find("/invitations/").unwrap()..]
}

/// Signs somebody in with a mailed code.
async fn signed_in(panel: &Panel, visitor: &mut Visitor, address: &str) {
    visitor.open("/sign-in").await.fill("email", address).press("Continue").await;
    visitor.press("E-mail me a code Six digits, no password needed").await;
    let code = panel.mailbox.wait_for(address).await.code();
    visitor.fill("code", &code).press("Sign in").await;
}
