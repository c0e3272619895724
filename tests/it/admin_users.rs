//! What administrators are told on the pages of one person, and where those lead.

use directory::group::Group;
use directory::invitation::{self, Draft};
use directory::user::{User, UserChange, UserProfile, UserState};
use directory::{Manager, group_owner};

use crate::support::cast::{self, ADAM, GUS, MIA, OLIVIA};
use crate::support::panel::Panel;
use crate::support::stage;

const ANN: &str = "ann@partner.test";
const INVITE: &str = "/admin/users/invite";
const IN_THE_BIN: &str = "This person is in the bin. Restore the person, or revoke the invitation.";

fn page_of(panel: &Panel, address: &'static str) -> String {
    format!("/admin/users/{}", panel.read(|tx| stage::user(tx, address)).id)
}

fn make(panel: &Panel, changes: &[UserChange], of: &'static str) {
    panel.write(|tx| {
        let (adam, user) = (cast::administrator(tx), stage::user(tx, of)?);
        changes.iter().try_for_each(|change| change.apply(tx, &adam, user.id).map(drop))
    });
}

fn invite(panel: &Panel) {
    panel.write(|tx| {
        let olivia = cast::manager(tx, OLIVIA);
        invitation::add(tx, &olivia, ANN, &Draft::default()).map(drop)
    });
}

#[actix_web::test]
async fn whoever_was_blocked_is_still_so_when_they_come_out_of_the_bin() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    let mia = page_of(&panel, MIA);
    make(&panel, &[UserChange::Block, UserChange::Delete], MIA);
    adam.open("/admin/users?show=deleted").await.sees("In the bin since");
    adam.open(&format!("{mia}/restore")).await.press("Restore").await;
    adam.sees("Mia de Vries is out of the bin and stays blocked.");
    assert_eq!(panel.read(|tx| stage::user(tx, MIA)).state, UserState::Blocked);
    adam.open("/admin/audit?action=user.restored").await;
    assert_eq!(adam.audited(), ["Restored a user from the bin"]);
    make(&panel, &[UserChange::Unblock, UserChange::Delete], MIA);
    adam.open(&format!("{mia}/restore")).await.press("Restore").await.sees("Mia de Vries has been restored.");
    assert_eq!(panel.read(|tx| stage::user(tx, MIA)).state, UserState::Active);
}

#[actix_web::test]
async fn a_person_s_apps_say_how_they_have_them() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open(&format!("{}/access", page_of(&panel, OLIVIA))).await.sees("Salesforce").sees("Directly");
    adam.does_not_see("Through the group");
    adam.open(&format!("{}/access", page_of(&panel, GUS))).await.sees("Salesforce");
    adam.sees("Through the group Sales partners").does_not_see("Directly");
}

#[actix_web::test]
async fn the_page_of_a_guest_leads_to_who_invited_first() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open(&page_of(&panel, GUS)).await.sees("First invited by");
    assert_eq!(adam.link("Olivia Brandt"), Some(page_of(&panel, OLIVIA)));
}

#[actix_web::test]
async fn what_becomes_of_invitations_and_groups_is_said_before_somebody_is_shut_out() {
    let panel = Panel::start();
    invite(&panel);
    let mut adam = panel.signed_in(ADAM).await;
    for change in ["block", "delete"] {
        adam.open(&format!("{}/{change}", page_of(&panel, ANN))).await;
        adam.sees("The person’s own invitation is put on hold.").does_not_see("Nobody manages");
        adam.open(&format!("{}/{change}", page_of(&panel, OLIVIA))).await;
        adam.sees("that Olivia Brandt sent").sees("Nobody manages these then: Sales partners, Warehouse.");
    }
    panel.write(|tx| {
        let (adam, mia) = (cast::administrator(tx), stage::user(tx, MIA)?);
        let partners = Group::by_slug(tx, "sales-partners")?;
        group_owner::add(tx, &adam, &partners, mia.id)
    });
    adam.open(&format!("{}/block", page_of(&panel, OLIVIA))).await;
    adam.sees("Nobody manages these then: Warehouse.");
}

#[actix_web::test]
async fn only_administrators_learn_that_an_invited_guest_is_in_the_bin() {
    let panel = Panel::start();
    panel.write(|tx| {
        let (adam, mia) = (cast::administrator(tx), stage::user(tx, MIA)?);
        let profile = UserProfile { guest_inviter: true, ..UserProfile::named(cast::name("Mia de Vries")) };
        User::change(tx, &adam, mia.id, &profile, mia.version)?;
        let mia = cast::actor(tx, MIA);
        let mia = Manager::of_directory(tx, &mia)?;
        invitation::add(tx, &mia, ANN, &Draft::default())?;
        let ann = stage::user(tx, ANN)?;
        User::delete(tx, &adam, ann.id)
    });
    let (mut adam, mut mia) = (panel.signed_in(ADAM).await, panel.signed_in(MIA).await);
    adam.open("/admin/invitations?show=suspended").await.sees(ANN).sees(IN_THE_BIN);
    adam.open(INVITE).await.sees(IN_THE_BIN);
    mia.open(INVITE).await.sees(ANN).sees("On hold").does_not_see("in the bin");
    make(&panel, &[UserChange::Restore, UserChange::Block], ANN);
    adam.open("/admin/invitations?show=suspended").await;
    adam.sees("This person is blocked. Let the person in again, or revoke the invitation.");
}

#[actix_web::test]
async fn who_takes_an_invitation_back_is_where_they_searched() {
    let panel = Panel::start();
    invite(&panel);
    let mut adam = panel.signed_in(ADAM).await;
    let list = "/admin/invitations?q=ann&show=open";
    let revoke = adam.open(list).await.link("Revoke").unwrap();
    let elsewhere = revoke.replace("%2Fadmin%2F", "%2F%2Fevil.example%2Fadmin%2F");
    adam.open(&elsewhere).await;
    assert_eq!(adam.link("Cancel").as_deref(), Some("/admin/invitations"), "{elsewhere}");
    adam.open(list).await.click("Revoke").await;
    assert_eq!(adam.link("Cancel").as_deref(), Some(list), "{adam}");
    adam.press("Revoke").await.sees("has been revoked");
    assert_eq!(adam.path(), "/admin/invitations");
    adam.sees("Nothing matches");
}
