//! What administrators see and change: overview, settings, users, invitations, mails, audit (SPEC 2, J0; 3.3).

use directory::Organisation;
use directory::invitation::{self, Draft};
use directory::user::User;

use crate::support::cast::{self, ADAM, BEN, GUS, MIA, OLIVIA};
use crate::support::form::select;
use crate::support::mailbox::Reaction;
use crate::support::panel::Panel;

const ANN: &str = "ann@partner.test";
const PAGES: [&str; 11] = [
    "/admin",
    "/admin/settings",
    "/admin/users",
    "/admin/users/new",
    "/admin/users/invite",
    "/admin/invitations",
    "/admin/invitations/check",
    "/admin/mail",
    "/admin/audit",
    "/admin/health",
    "/admin/users?q=%25_&show=nonsense",
];

fn user(panel: &Panel, address: &'static str) -> User {
    panel.read(|tx| Ok(User::by_address(tx, &directory::EmailAddress::parse(address).unwrap())?.unwrap()))
}

fn organisation(panel: &Panel) -> Organisation {
    panel.read(Organisation::load)
}

fn invite(panel: &Panel, address: &'static str) {
    panel.write(|tx| {
        let olivia = cast::manager(tx, OLIVIA);
        invitation::add(tx, &olivia, address, &Draft::default()).map(drop)
    });
}

#[actix_web::test]
async fn administration_is_for_administrators() {
    let panel = Panel::start();
    let (mut adam, mut mia) = (panel.signed_in(ADAM).await, panel.signed_in(MIA).await);
    let mut gus = panel.signed_in(GUS).await;
    for page in PAGES {
        assert_eq!(adam.get(page).await.status(), 200, "{adam}");
        assert!([403, 404].contains(&mia.get(page).await.status()), "{mia}");
        assert_eq!(gus.get(page).await.status(), 404, "{gus}");
    }
}

#[actix_web::test]
async fn nonsense_in_an_address_leads_nowhere() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    let stranger = "/admin/users/01890000-0000-7000-8000-000000000000";
    for page in ["/admin/users/nobody", stranger, "/admin/users?after=x", "/admin/audit?actor=x"] {
        assert_eq!(adam.get(page).await.status(), 404, "{adam}");
    }
    let mia = user(&panel, MIA);
    assert_eq!(adam.get(&format!("/admin/users/{}/promote", mia.id)).await.status(), 404);
}

#[actix_web::test]
async fn the_overview_says_what_waits_and_what_is_set_up() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin").await.sees("Nothing needs your attention.").sees("3 of 3 done");
    adam.does_not_see("Quickest:");
    assert!(adam.html().contains("href=\"/admin/apps?show=on\""), "{adam}");
    assert_eq!(adam.link("Choose an app").as_deref(), Some("/admin/apps"), "{adam}");
    invite(&panel, ANN);
    panel.until_mails_are_tried().await;
    panel.clock.advance(chrono::TimeDelta::days(8));
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin").await.sees("1 invitation expired without an answer.");
    adam.click("Show expired invitations").await.sees(ANN).sees("Expired");
}

#[actix_web::test]
async fn a_switch_that_takes_something_away_is_saved_only_after_saying_from_whom() {
    let panel = Panel::start();
    invite(&panel, ANN);
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/settings").await.fill("owners_manage_groups", "no").press("Save").await;
    assert_eq!(adam.status(), 200);
    adam.sees("Save these settings?")
        .sees("1 owner can manage or invite less")
        .sees("Olivia Brandt")
        .sees("Salesforce");
    adam.sees("1 open invitation is put on hold").sees(ANN);
    assert!(organisation(&panel).settings.owners_manage_groups);
    adam.press("Save settings").await.sees("The settings have been saved.");
    assert!(!organisation(&panel).settings.owners_manage_groups);
    adam.open("/admin").await.sees("1 invitation is on hold.");
    adam.open("/admin/invitations?show=suspended").await.sees(ANN).sees("On hold");
    adam.open("/admin/audit?action=settings.changed").await.sees("Owners can manage group membership");
}

#[actix_web::test]
async fn owners_and_apps_that_can_invite_no_more_are_named_before_it_is_saved() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/settings").await.fill("invite_policy", "nobody").press("Save").await;
    adam.sees("Fewer people can invite guests.")
        .sees("1 owner can manage or invite less")
        .sees("Olivia Brandt");
    adam.sees("1 app takes no more guests from its owners").sees("Salesforce");
    adam.does_not_see("No owner, app or open invitation is touched today.");
}

#[actix_web::test]
async fn what_gives_more_is_saved_at_once() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/settings")
        .await
        .fill("invitation_days", "14")
        .fill("other_domains", "")
        .press("Save")
        .await;
    assert_eq!(adam.status(), 303);
    assert_eq!(organisation(&panel).settings.invitation_days, 14);
}

#[actix_web::test]
async fn wrong_settings_are_told_beside_their_fields_and_nothing_is_written() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/settings").await;
    adam.fill("name", "").fill("time_zone", "Mars/Base").fill("invitation_days", "31");
    adam.fill("refused_domains", "evil.test\nnonsense").press("Save").await;
    assert_eq!(adam.status(), 422);
    adam.sees("Fill this in.")
        .sees("There is no such time zone.")
        .sees("from 1 to 30")
        .sees("“nonsense” is not a domain.");
    assert!(adam.html().contains("Mars/Base") && adam.html().contains("evil.test\nnonsense"));
    assert_eq!(organisation(&panel).version, 2);
}

#[actix_web::test]
async fn only_these_domains_needs_one() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/settings").await.fill("domain_rule", "only").press("Save").await;
    assert_eq!(adam.status(), 422, "{adam}");
    adam.sees("Put at least one domain here, or nobody can be invited.");
    adam.fill("accepted_domains", "partner.test").press("Save").await.sees("Save these settings?");
}

#[actix_web::test]
async fn settings_that_somebody_else_saved_meanwhile_are_not_overwritten() {
    let panel = Panel::start();
    let (mut adam, mut again) = (panel.signed_in(ADAM).await, panel.signed_in(ADAM).await);
    adam.open("/admin/settings").await;
    again.open("/admin/settings").await.fill("invitation_days", "10").press("Save").await;
    adam.fill("name", "Meridian Works").press("Save").await;
    assert_eq!(adam.status(), 409);
    adam.sees("Somebody saved this in the meantime.").sees("Saved now: 10").sees("Saved now: Meridian Labs");
    assert!(adam.html().contains("Meridian Works"));
    assert_eq!(organisation(&panel).profile.name, "Meridian Labs");
    adam.press("Save").await;
    assert_eq!((adam.status(), organisation(&panel).profile.name.as_str()), (303, "Meridian Works"));
}

#[actix_web::test]
async fn a_member_is_added_once() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/users").await.click("Add a member").await;
    adam.fill("email", "zoe@meridian.test").fill("name", "Zoë Arends").fill("department", "Sales");
    adam.press("Add a member")
        .await
        .sees("Zoë Arends has been added. No mail was sent")
        .sees("Member of the organisation");
    adam.open("/admin/users/new").await.fill("email", "Zoe@MERIDIAN.test").fill("name", "Zoe");
    adam.press("Add a member").await;
    assert_eq!(adam.status(), 422);
    adam.sees("There is already somebody with this address.");
    adam.open("/admin/users?q=zoe").await.sees("Zoë Arends").does_not_see("Mia de Vries");
}

#[actix_web::test]
async fn a_person_is_blocked_after_a_question_and_let_in_again() {
    let panel = Panel::start();
    let (mut adam, mut mia) = (panel.signed_in(ADAM).await, panel.signed_in(MIA).await);
    let page = format!("/admin/users/{}", user(&panel, MIA).id);
    adam.open(&page).await.click("Block").await.sees("Block Mia de Vries?");
    adam.press("Block").await;
    adam.sees("Mia de Vries has been blocked.");
    mia.open("/apps").await;
    assert_eq!(mia.path(), "/sign-in");
    adam.click("Unblock").await.press("Unblock").await.sees("Mia de Vries has been unblocked.");
    let own = format!("/admin/users/{}", user(&panel, ADAM).id);
    adam.open(&own).await;
    assert_eq!(adam.link("Block"), None);
    adam.post(&format!("{own}/block"), &[]).await.follow().await.sees("Nothing was changed.");
}

#[actix_web::test]
async fn a_profile_is_changed_and_a_stale_one_is_not() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    let page = format!("/admin/users/{}", user(&panel, MIA).id);
    adam.open(&page).await.fill("job_title", "Planner").press("Save").await.sees("has been saved");
    adam.post(&page, &[("version", "1"), ("job_title", "Clerk")]).await;
    assert_eq!((adam.status(), user(&panel, MIA).job_title.as_str()), (409, "Planner"));
    adam.open(&page).await.fill_all("administrator", &["yes"]).press("Save").await;
    assert_eq!(adam.status(), 422);
    assert!(!user(&panel, MIA).administrator);
    adam.open(&format!("{page}/access")).await.sees("Everyone").sees("Not signed in anywhere.");
}

#[actix_web::test]
async fn a_guest_is_invited_to_the_organisation_again_and_no_more() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/users/invite").await.fill("email", ANN).press("Invite").await;
    adam.sees("ann@partner.test has been invited.").sees("has not accepted an invitation yet");
    adam.press("Resend invitation").await.sees("is on its way again");
    panel.mailbox.wait_for_nth(ANN, 2).await;
    adam.open("/admin/invitations")
        .await
        .click("Revoke")
        .await
        .press("Revoke")
        .await
        .sees("has been revoked");
    adam.open("/admin/users/invite").await.fill("email", "new@meridian.test").press("Invite").await;
    assert_eq!(adam.status(), 422);
    adam.sees("no colleague has this address");
}

#[actix_web::test]
async fn the_simulator_tells_every_rule_and_sends_nothing() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/invitations/check").await;
    adam.fill("who", "olivia").fill("email", ANN).fill("target", "app:salesforce").press("Check").await;
    adam.sees("Yes. App: Salesforce: Olivia Brandt can add ann@partner.test.");
    assert!(adam.window_title().starts_with("Yes. App: Salesforce: "), "{}", adam.window_title());
    adam.sees("Within the limits on invitations and mails: Passed").does_not_see("Done");
    adam.fill("who", OLIVIA).fill("email", ANN).fill("target", "group:warehouse").press("Check").await;
    adam.sees("No. Group: Warehouse: Olivia Brandt can’t add").sees("Meridian on the premises");
    adam.fill("who", "meridian.test").fill("email", ANN).press("Check").await.sees("Several people match.");
    assert_eq!(adam.status(), 422);
    assert!(panel.mailbox.mails().iter().all(|mail| mail.to != ANN));
}

#[actix_web::test]
async fn a_failed_mail_is_tried_again() {
    let panel = Panel::start();
    panel.mailbox.react("gone@partner.test", Reaction::Answer("550 5.1.1 no such user\r\n"), 1);
    invite(&panel, "gone@partner.test");
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/mail?show=failed").await.sees("no such user");
    adam.press("Try again: gone@partner.test").await;
    adam.sees("The mail is tried again now.");
    panel.mailbox.wait_for("gone@partner.test").await;
}

#[actix_web::test]
async fn the_audit_is_narrowed_to_a_person_and_an_action() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    let ben = user(&panel, BEN);
    let of_ben = adam.open(&format!("/admin/audit?target={}", ben.id)).await.audited();
    for action in ["Blocked a user", "Added a user"] {
        assert!(of_ben.iter().any(|row| row == action), "{action} is not among {of_ben:?}");
    }
    // What is said about a row is no part of its heading.
    assert!(!select(&adam.page(), "tr.below > td > details").is_empty(), "{adam}");
    assert!(select(&adam.page(), "th details").is_empty(), "{adam}");
    adam.fill("action", "user.blocked").press("Filter").await.sees("Ben Okafor");
    assert_eq!(adam.audited(), ["Blocked a user"]);
    assert!(!adam.html().contains("argon2"));
}
