//! What people hear who do not see the page, and what nobody has to type twice (UX section 11, WCAG 2.2).

use crate::support::cast::{self, OLIVIA};
use crate::support::form::select;
use crate::support::panel::Panel;
use crate::support::visitor::Visitor;

const ADD: &str = "/apps/salesforce/manage/add";
const ANN: &str = "ann@partner.test";

/// The ids of what describes the box for names and addresses.
fn described(visitor: &Visitor) -> String {
    let page = visitor.page();
    let boxes = select(&page, "#email");
    boxes.iter().filter_map(|input| input.attr("aria-describedby")).collect()
}

#[actix_web::test]
async fn what_came_of_a_press_is_heard_first_and_described_beside_the_box() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(ADD).await;
    assert_eq!(olivia.window_title(), "Add members to Salesforce · Meridian Labs");
    assert_eq!(described(&olivia), "email-hint");
    olivia.fill("email", "vri").press("Search").await;
    assert_eq!(olivia.window_title(), "1 found · Add members to Salesforce · Meridian Labs");
    assert_eq!(described(&olivia), "email-hint found-said");
    olivia.press("Put on the list: Mia de Vries").await;
    assert_eq!(olivia.window_title(), "1 person will be added · Add members to Salesforce · Meridian Labs");
    assert_eq!(described(&olivia), "email-hint found-said list-sum");
    olivia.open(ADD).await.fill("email", "ann@partner.test no@meridian.test").press("Search").await;
    assert!(olivia.window_title().starts_with("1 person will be added, 1 is skipped · "), "{olivia}");
    assert_eq!(described(&olivia), "email-hint list-sum");
    olivia.press("Add 1 person").await;
    assert!(olivia.window_title().starts_with("1 added, 1 not added · "), "{}", olivia.window_title());
}

#[actix_web::test]
async fn a_message_that_is_too_long_is_told_rather_than_cut_off() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(ADD).await.fill("email", ANN).fill("message", &"x".repeat(1_001)).press("Add").await;
    assert_eq!(olivia.status(), 422);
    let page = olivia.page();
    // A browser cuts off what is pasted beyond `maxlength` without a word.
    let boxes = select(&page, "#message:not([maxlength])[data-limit='1000']");
    let described: Vec<_> = boxes.iter().filter_map(|field| field.attr("aria-describedby")).collect();
    assert_eq!(described, ["message-hint message-mistake message-left"]);
}

#[actix_web::test]
async fn a_name_that_was_typed_stays_when_another_code_is_asked_for() {
    let panel = Panel::start();
    panel.write(|tx| {
        let olivia = cast::manager(tx, OLIVIA);
        directory::invitation::add(tx, &olivia, ANN, &directory::invitation::Draft::default()).map(drop)
    });
    let link = panel.mailbox.wait_for(ANN).await.link();
    let mut ann = panel.visitor();
    ann.open(&link).await.press("E-mail me a code No account or password needed").await;
    assert_eq!(ann.window_title(), "Enter the code · Invitation · Meridian Labs");
    // A code that is replaced before its mail leaves is not mailed.
    panel.mailbox.wait_for_nth(ANN, 2).await;
    ann.fill("name", "Ann Lindqvist").press("Send a new code").await.sees("A code is on its way");
    assert!(!ann.cookies().contains("Lindqvist") && ann.location().is_none(), "{ann}");
    let code = panel.mailbox.wait_for_nth(ANN, 3).await.code();
    ann.fill("code", &code).press("Accept").await;
    assert_eq!(panel.read(|tx| Ok(cast::actor(tx, ANN).name)), "Ann Lindqvist");
}

#[actix_web::test]
async fn past_the_navigation_of_administration_there_is_its_page() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(cast::ADAM).await;
    for (address, content) in [("/admin/users", "#content"), ("/apps", "#main")] {
        adam.open(address).await;
        let page = adam.page();
        let skip: Vec<_> = select(&page, ".skip").iter().filter_map(|link| link.attr("href")).collect();
        assert_eq!(skip, [content], "{address}");
        assert!(
            select(&page, "#content nav").iter().all(|nav| nav.attr("class") != Some("side")),
            "{address}"
        );
    }
}
