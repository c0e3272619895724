//! What one app or one group takes away from its owners and people is said before it is saved.

use crate::support::cast::{ADAM, OLIVIA, SALESFORCE};
use crate::support::panel::Panel;
use crate::support::stage;

const ANN: &str = "ann@partner.test";

#[actix_web::test]
async fn below_a_switch_stands_how_many_open_invitations_it_would_put_on_hold() {
    let panel = Panel::start();
    panel.write(|tx| stage::invite(tx, OLIVIA, SALESFORCE, ANN));
    let mut adam = panel.signed_in(ADAM).await;
    let pages = [
        "/admin/apps/salesforce/self-service",
        "/admin/apps/salesforce/properties",
        "/admin/groups/sales-partners",
    ];
    for page in pages {
        adam.open(page).await.sees("Turning this off puts 1 open invitation on hold.");
    }
    adam.open("/admin/groups/new").await.does_not_see("Turning this off");
    adam.open("/admin/apps/salesforce/self-service").await.fill("self_service", "no").press("Save").await;
    for page in pages {
        adam.open(page).await.does_not_see("Turning this off");
    }
}

#[actix_web::test]
async fn the_question_about_an_assignment_says_who_loses_the_app_and_what_waits_then() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    let people = "/admin/apps/salesforce/users-and-groups";
    adam.open(people).await.click("Remove Sales partners").await;
    adam.sees("1 person loses Salesforce at once, unless they have it another way.");
    adam.sees("owners can no longer invite.").does_not_see("put on hold");
    panel.write(|tx| stage::invite(tx, OLIVIA, SALESFORCE, ANN));
    adam.open(people).await.click("Remove Sales partners").await;
    adam.sees("owners can no longer invite, and 1 open invitation is put on hold.");
    adam.open(people).await.click("Remove Olivia Brandt").await;
    adam.sees("Olivia Brandt loses Salesforce at once").does_not_see("owners can no longer invite");
}

#[actix_web::test]
async fn the_settings_count_what_their_switch_would_touch() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/settings").await.sees("1 app and 1 owner use it today.");
    adam.open("/admin/apps/salesforce/properties").await.fill("enabled", "no").press("Save").await;
    adam.open("/admin/settings").await.sees("0 apps and 1 owner use it today.");
}
