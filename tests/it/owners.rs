//! My Apps, the people of an app or a group, and Add members: what owners do all day (SPEC 2, J1 and J2).

use scraper::Selector;

use crate::support::cast::{self, ADAM, GUS, MIA, OLIVIA};
use crate::support::panel::Panel;
use crate::support::visitor::Visitor;

const ANN: &str = "ann@partner.test";
const MANAGE: &str = "/apps/salesforce/manage";
const ADD: &str = "/apps/salesforce/manage/add";
const MEMBERS: &str = "/apps/salesforce/manage/members";

fn invitations(panel: &Panel) -> usize {
    panel.read(|tx| {
        let adam = cast::administrator(tx);
        let organisation = directory::Organisation::load(tx)?;
        let filter = directory::invitation::InvitationFilter { search: ANN.to_owned(), ..Default::default() };
        Ok(directory::invitation::list(tx, &adam, &organisation, &filter, 50)?.rows.len())
    })
}

fn value_of(visitor: &Visitor, selector: &str) -> Option<String> {
    let page = visitor.page();
    let found = page.select(&Selector::parse(selector).unwrap()).next()?;
    found.attr("value").map(str::to_owned)
}

#[actix_web::test]
async fn an_owner_invites_a_stranger_to_an_app_in_one_press() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.sees("Salesforce").sees("You own 2 groups");
    olivia.click("Manage app").await.sees(GUS);
    olivia.click("Add members").await.sees("Who should be able to open Salesforce?");
    olivia.fill("email", ANN).fill("message", "See you on <b>Tuesday</b>.").press("Add").await;
    assert_eq!(olivia.status(), 303);
    olivia.sees("Invitation sent to ann@partner.test").sees("Invited").sees("Take it back");
    olivia.sees("until 25 Nov 2026, 13:05 CET");
    let mail = panel.mailbox.wait_for(ANN).await;
    assert!(mail.text.contains("See you on <b>Tuesday</b>."), "{}", mail.text);
    panel.until_mails_are_tried().await;
    olivia.open(MANAGE).await.sees("Mail sent 13:05 CET").does_not_see("Invitation sent");
    panel.database.tell("UPDATE deliveries SET answer = 'written to ann.eml'");
    olivia.open(MANAGE).await.sees("Mail not sent: no mail server is set up").does_not_see("Mail sent");
    assert_eq!(invitations(&panel), 1);
}

#[actix_web::test]
async fn an_invitation_is_taken_back_from_the_note_that_says_it_was_sent() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(ADD).await.fill("email", ANN).press("Add").await.press("Take it back").await;
    olivia.sees("The invitation to ann@partner.test has been taken back.").does_not_see("Mail sent");
}

#[actix_web::test]
async fn pressing_add_twice_makes_one_invitation_and_one_mail() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    for _ in 0..2 {
        olivia.open(ADD).await.post(MEMBERS, &[("email", ANN)]).await;
        assert_eq!(olivia.status(), 303);
    }
    olivia.follow().await.sees("Nothing has changed").sees("Send again");
    assert_eq!(invitations(&panel), 1);
    panel.mailbox.wait_for(ANN).await;
    assert_eq!(panel.mailbox.mails().iter().filter(|mail| mail.to == ANN).count(), 1);
}

#[actix_web::test]
async fn what_will_happen_is_said_for_each_address_before_anything_is_sent() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    let typed =
        "Ann <ann@partner.test>, mia@meridian.test; gus@partner.test no@meridian.test ben@meridian.test";
    olivia.open(ADD).await.fill("email", typed).press("Search").await;
    olivia
        .sees("New guest · gets the invitation by e-mail")
        .sees("mia@meridian.test · colleague, can open it at once");
    olivia
        .sees("Already a member")
        .sees("meridian.test is your own organisation")
        .sees("Ask an administrator");
    olivia.sees("2 people will be added: 1 guest is invited, 1 colleague or guest gets access at once. 3 are skipped.");
    assert_eq!(invitations(&panel), 0);
    olivia.press("Add 2 people").await.sees("Invitation sent to ann@partner.test");
    // The row of the list says why, and nothing above it again.
    olivia.sees("no@meridian.test").sees("meridian.test is your own organisation");
    olivia.does_not_see("There is a problem").does_not_see("no@meridian.test: ");
    assert_eq!((olivia.status(), olivia.link("Cancel")), (200, None));
    olivia.open(MANAGE).await.sees("Mia de Vries").sees(ANN);
}

#[actix_web::test]
async fn enter_searches_and_never_sends() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(ADD).await;
    let page = olivia.page();
    let first = page.select(&Selector::parse("dialog form button").unwrap()).next().unwrap();
    assert_eq!(first.attr("formaction"), Some(ADD), "{}", first.html());
}

#[actix_web::test]
async fn a_colleague_is_found_by_name_and_added_at_once() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(ADD).await.fill("email", "vri").press("Search").await.sees("Mia de Vries");
    olivia.press("Put on the list: Mia de Vries").await.press("Add 1 person").await;
    olivia.sees("Mia de Vries: added, with access at once.");
    let mia = panel.signed_in(MIA).await;
    mia.sees("Salesforce").does_not_see("Manage app");
}

#[actix_web::test]
async fn guests_are_not_found_by_name_and_neither_is_anybody_by_two_letters() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(ADD).await.fill("email", "gus").press("Search").await.sees("Nobody found");
    olivia
        .fill("email", "mi")
        .press("Search")
        .await
        .sees("at least three letters")
        .does_not_see("Mia de Vries");
}

#[actix_web::test]
async fn a_refused_address_comes_back_with_the_reason_and_all_that_was_typed() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(ADD).await.fill("email", "ann@").fill("message", "Hello").press("Add").await;
    assert_eq!(olivia.status(), 422);
    olivia.sees("The part after the @ is not a domain name.").sees("Hello");
    assert_eq!(value_of(&olivia, "#email").as_deref(), Some("ann@"));
    olivia.fill("email", "").press("Add").await.sees("Put at least one person on the list.");
    olivia.fill("email", ANN).fill("message", &"x".repeat(1_001)).press("Add").await;
    assert_eq!((olivia.status(), value_of(&olivia, "#email").as_deref()), (422, Some(ANN)));
    let many: Vec<String> = (0..51).map(|n| format!("guest{n}@partner.test")).collect();
    olivia.fill("message", "").fill("email", &many.join(" ")).press("Add").await;
    assert_eq!(olivia.status(), 422);
    assert_eq!(invitations(&panel), 0);
}

#[actix_web::test]
async fn the_preview_is_the_mail_without_its_link_in_a_document_that_can_do_nothing() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.get(&format!("{ADD}/preview?for={ANN}&message=See+you&language=nl")).await;
    assert_eq!(olivia.status(), 200);
    assert!(
        olivia.html().contains("Olivia Brandt") && olivia.html().contains("See you"),
        "{}",
        olivia.html()
    );
    assert!(!olivia.html().contains("/invitations/"));
    let policy = olivia.header("content-security-policy").unwrap();
    assert!(policy.contains("frame-ancestors 'self'") && policy.contains("sandbox"), "{policy}");
}

#[actix_web::test]
async fn who_only_sees_the_app_learns_why_and_strangers_learn_nothing() {
    let panel = Panel::start();
    let mut gus = panel.signed_in(GUS).await;
    gus.open(MANAGE).await.sees("Guests can’t manage apps or groups.");
    assert_eq!(gus.status(), 403);
    let mut mia = panel.signed_in(MIA).await;
    for address in [MANAGE, ADD, "/groups/sales-partners", "/groups/sales-partners/add", "/groups/nothing"] {
        mia.open(address).await;
        assert_eq!(mia.status(), 404, "{address}");
    }
    mia.open("/apps").await.post(MEMBERS, &[("email", ANN)]).await;
    assert_eq!((mia.status(), invitations(&panel)), (404, 0));
}

#[actix_web::test]
async fn a_closed_group_says_why_and_takes_nobody_by_any_door() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia
        .open("/groups")
        .await
        .click("Warehouse")
        .await
        .sees("This group is kept in Meridian on the premises");
    olivia.sees("Add the guest to Sales partners");
    for address in ["/groups/warehouse/add", "/groups/everyone/add"] {
        let mut adam = panel.signed_in(ADAM).await;
        adam.open(address).await;
        assert_eq!(adam.status(), 409, "{address}");
        let members = address.replace("/add", "/members");
        adam.open("/groups").await.post(&members, &[("email", ANN)]).await;
        assert_eq!((adam.status(), invitations(&panel)), (409, 0), "{members}");
    }
}

#[actix_web::test]
async fn a_member_is_removed_after_a_page_that_names_what_is_lost() {
    let panel = Panel::start();
    let gus = panel.read(|tx| Ok(cast::actor(tx, GUS).id));
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(MANAGE).await.click("Remove from Salesforce…").await.sees("loses access at once");
    olivia.sees("Salesforce, unless it was given in another way too");
    olivia.press("Remove").await;
    olivia.sees("has been removed from Salesforce.").does_not_see(GUS);
    olivia.open(&format!("{MANAGE}/members/{gus}/remove")).await;
    assert_eq!(olivia.status(), 404);
    let gus = panel.signed_in(GUS).await;
    gus.sees("There are no apps to show.");
}

#[actix_web::test]
async fn what_is_done_to_a_row_leads_back_to_the_list_it_stands_in() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(ADD).await.fill("email", ANN).press("Add").await;
    olivia.open(&format!("{MANAGE}?q=partner&show=invited")).await.press("Send again").await;
    olivia.sees("sent again to ann@partner.test").does_not_see(GUS);
    let rows = [("ann", "Take it back…", "Take it back"), ("gus", "Remove from Salesforce…", "Remove")];
    for (name, ask, button) in rows {
        let list = format!("{MANAGE}?q={name}&show=guests");
        olivia.open(&list).await.click(ask).await;
        assert_eq!(olivia.link("Cancel").as_deref(), Some(list.as_str()));
        olivia.press(button).await.sees("Nobody here matches");
    }
}

#[actix_web::test]
async fn what_is_no_address_goes_back_into_the_box_and_who_is_taken_off_is_named() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(ADD).await.fill("email", "ann@partner.test, mia@, adam@meridian.test").press("Search").await;
    olivia.press("Change mia@").await.does_not_see("is not a domain name");
    assert_eq!(value_of(&olivia, "#email").as_deref(), Some("mia@"));
    olivia.press("Take ann@partner.test off the list").await;
    olivia.sees("ann@partner.test is off the list. 1 is left on it.");
}

#[actix_web::test]
async fn a_guest_who_was_removed_is_told_so_by_the_link_that_was_used() {
    let panel = Panel::start();
    panel.signed_in(OLIVIA).await.open(ADD).await.fill("email", ANN).press("Add").await;
    let link = panel.mailbox.wait_for(ANN).await.link();
    let mut ann = panel.visitor();
    ann.open(&link).await.press("E-mail me a code No account or password needed").await;
    let code = panel.mailbox.wait_for_nth(ANN, 2).await.code();
    ann.fill("code", &code).press("Accept").await;
    ann.open(&link).await.sees("What was shared with you is open");
    panel.write(|tx| {
        let (ann, olivia) = (cast::actor(tx, ANN).id, cast::manager(tx, OLIVIA));
        directory::group_member::remove(tx, &olivia, ann).map(drop)
    });
    ann.open(&link).await.sees("It is not shared with you any more; ask Olivia Brandt.");
    assert_eq!((ann.status(), ann.link("Open it")), (410, None));
}

#[actix_web::test]
async fn the_direct_link_leads_to_the_app_or_says_what_to_do() {
    let panel = Panel::start();
    let mut stranger = panel.visitor();
    stranger.get("/apps/salesforce/open").await;
    assert_eq!(stranger.location().as_deref(), Some("/sign-in?next=%2Fapps%2Fsalesforce%2Fopen"));
    let mut gus = panel.signed_in(GUS).await;
    gus.get("/apps/salesforce/open").await;
    assert_eq!(gus.location().as_deref(), Some("https://meridian.my.salesforce.example/"));
    assert_eq!(gus.header("referrer-policy"), Some("no-referrer"));
    let mut mia = panel.signed_in(MIA).await;
    mia.open("/apps/salesforce/open").await.sees("You can’t open this app").sees(MIA);
    assert_eq!(mia.status(), 404);
}

#[actix_web::test]
async fn the_state_of_an_invitation_is_told_as_it_is() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(ADD).await.fill("email", ANN).press("Add").await;
    panel.until_mails_are_tried().await;
    panel.clock.advance(chrono::TimeDelta::days(9));
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.sees("Your invitation to ann@partner.test for Salesforce has expired.");
    olivia.click("Review").await.sees("Expired").sees("2 days ago");
    olivia.press("Send again").await;
    olivia.sees("The invitation has been sent again to ann@partner.test.").sees("Invited");
    panel.mailbox.wait_for_nth(ANN, 2).await;
}

#[actix_web::test]
async fn a_search_on_my_apps_ignores_accents() {
    let panel = Panel::start();
    let mut gus = panel.signed_in(GUS).await;
    gus.open("/apps?q=sälesFORCE").await.sees("Customers, deals");
    gus.open("/apps?q=nothing").await.sees("No app matches.").does_not_see("Customers, deals");
}
