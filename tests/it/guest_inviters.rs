//! Guest inviters: members who invite guests to the organisation itself and look after what was sent there (SPEC 3.1,
//! 4.2), and see no more of administration.

use chrono::TimeDelta;
use directory::invitation::{self, Draft};
use directory::user::{User, UserProfile};
use directory::{Manager, Organisation};

use crate::support::cast::{self, ADAM, GUS, MIA, OLIVIA, SALESFORCE};
use crate::support::panel::Panel;
use crate::support::stage::{self, PIA};
use crate::support::visitor::Visitor;

const ANN: &str = "ann@partner.test";
const INVITE: &str = "/admin/users/invite";
const LIST: &str = "Invited to Meridian Labs, and not answered yet";

/// Mia becomes a guest inviter.
fn mia_may_invite(panel: &Panel) {
    panel.write(|tx| {
        let (adam, mia) = (cast::administrator(tx), stage::user(tx, MIA)?);
        let named = UserProfile::named(cast::name("Mia de Vries"));
        let profile = UserProfile { guest_inviter: true, ..named };
        User::change(tx, &adam, mia.id, &profile, mia.version).map(drop)
    });
}

/// The id of the newest invitation of a guest.
fn newest(panel: &Panel, address: &str) -> String {
    panel.read(|tx| {
        let (organisation, guest) = (Organisation::load(tx)?, stage::user(tx, address)?);
        let rows = invitation::list_of_user(tx, &organisation, guest.id, 1)?;
        Ok(rows[0].invitation.id.to_string())
    })
}

/// How it is answered to ask about an invitation, and to send it again, to answer for it and to take it back.
async fn answers(visitor: &mut Visitor, invitation: &str) -> Vec<u16> {
    let at = |what: &str| format!("/admin/invitations/{invitation}/{what}");
    let mut answers = vec![visitor.get(&at("revoke")).await.status()];
    for what in ["resend", "approve", "revoke"] {
        visitor.open("/apps").await;
        answers.push(visitor.post(&at(what), &[]).await.status());
    }
    answers
}

#[actix_web::test]
async fn a_guest_inviter_invites_and_sees_no_more_of_administration() {
    let panel = Panel::start();
    mia_may_invite(&panel);
    let mut mia = panel.signed_in(MIA).await;
    mia.open("/apps").await.click("Invite a guest").await.fill("email", ANN).press("Invite").await;
    assert_eq!(mia.path(), INVITE);
    mia.sees("ann@partner.test has been invited.");
    assert_ne!(mia.get("/admin/users").await.status(), 200);
    assert_ne!(mia.get("/admin/invitations").await.status(), 200);
}

#[actix_web::test]
async fn a_guest_inviter_sees_sends_again_and_takes_back_what_she_sent() {
    let panel = Panel::start();
    mia_may_invite(&panel);
    let mut mia = panel.signed_in(MIA).await;
    mia.open(INVITE).await.does_not_see(LIST);
    mia.fill("email", ANN).press("Invite").await.sees(LIST).sees("Invited by Mia de Vries");
    panel.mailbox.wait_for(ANN).await;
    panel.until_mails_are_tried().await;
    mia.open(INVITE).await.sees("Mail sent 18").sees("Link works until");
    assert_eq!(mia.link(ANN), None, "the pages of people are for administrators");

    panel.clock.advance(TimeDelta::days(8));
    let mut mia = panel.signed_in(MIA).await;
    mia.open(INVITE).await.sees("Expired");
    mia.fill("email", ANN).press("Invite").await.sees("has not answered yet").sees(LIST).sees("Expired");
    mia.press("Resend invitation").await.sees("is on its way again").sees("Link works until");
    assert_eq!(mia.path(), INVITE);
    let link = panel.mailbox.wait_for_nth(ANN, 2).await.link();

    mia.click("Revoke").await.sees("Revoke this invitation?").sees(ANN);
    assert_eq!((mia.link("Settings"), mia.link("Cancel").as_deref()), (None, Some(INVITE)));
    mia.press("Revoke").await.sees("has been revoked").does_not_see(LIST);
    assert_eq!(mia.path(), INVITE);
    panel.visitor().open(&link).await.sees("This invitation was withdrawn");
}

#[actix_web::test]
async fn an_invitation_that_is_sought_is_found_below_the_form() {
    let panel = Panel::start();
    mia_may_invite(&panel);
    let mut mia = panel.signed_in(MIA).await;
    for address in [ANN, PIA] {
        mia.open(INVITE).await.fill("email", address).press("Invite").await;
    }
    mia.sees(ANN).sees(PIA);
    mia.fill("email", ANN).press("Invite").await.sees(ANN).does_not_see(PIA);
    mia.click("Show all").await.sees(ANN).sees(PIA);
    mia.open("/admin/users/invite?q=nobody").await.sees("Nothing matches").does_not_see(ANN);
}

#[actix_web::test]
async fn what_is_done_with_invitations_to_the_organisation_is_there_for_nobody_else() {
    let panel = Panel::start();
    panel.write(|tx| {
        let adam = cast::actor(tx, ADAM);
        let adam = Manager::of_directory(tx, &adam)?;
        invitation::add(tx, &adam, ANN, &Draft::default()).map(drop)
    });
    panel.write(|tx| stage::invite(tx, OLIVIA, SALESFORCE, PIA));
    let (to_the_organisation, to_an_app) = (newest(&panel, ANN), newest(&panel, PIA));
    let before = panel.contents();
    for who in [MIA, OLIVIA, GUS] {
        let mut visitor = panel.signed_in(who).await;
        for invitation in [&to_the_organisation, &to_an_app] {
            assert_eq!(answers(&mut visitor, invitation).await, [404; 4], "{who}");
        }
    }
    mia_may_invite(&panel);
    let mut mia = panel.signed_in(MIA).await;
    assert_eq!(answers(&mut mia, &to_an_app).await, [404; 4], "it is its owners' affair");
    assert_eq!(panel.contents()["invitations"], before["invitations"]);
    mia.open(INVITE).await.sees(ANN).does_not_see(PIA);
    assert_eq!(answers(&mut mia, &to_the_organisation).await, [200, 303, 303, 303]);
    assert_ne!(panel.contents()["invitations"], before["invitations"]);
}
