//! Apps, as administrators add them and set them up for self-service (SPEC 2, J0).

use directory::app::App;
use directory::app_assignment::{self, Assignee, Assignment};
use directory::group::Group;
use directory::group_owner;
use reqwest::Method;

use crate::support::cast::{ADAM, MIA, OLIVIA, SALES_PARTNERS, SALESFORCE, actor, administrator, group};
use crate::support::page_rules::assert_page_rules;
use crate::support::panel::Panel;
use crate::support::visitor::Visitor;

fn id_of_group(panel: &Panel, slug: &str) -> String {
    panel.read(|tx| Ok(Group::by_slug(tx, slug)?.id)).to_string()
}

fn id_of(panel: &Panel, address: &str) -> String {
    panel.read(|tx| Ok(actor(tx, address).id)).to_string()
}

/// Adds an app from the catalogue.
async fn add(adam: &mut Visitor, key: &str) {
    adam.open(&format!("/admin/apps/new?from={key}")).await.press("Create").await;
    assert_eq!(adam.path(), format!("/admin/apps/{key}"));
}

#[actix_web::test]
async fn the_procedures_of_the_reference_step_by_step_give_the_owner_manage_app() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/groups").await.sees("Groups - All groups");
    adam.click("New group").await;
    adam.fill("kind", "security").fill("name", "Slack access").fill("description", "Opens Slack");
    adam.fill("membership", "assigned").press("Create").await.sees("The group Slack access was created.");
    adam.click("Owners").await.click("Add owners").await.fill("q", "olivia").press("Search").await;
    adam.fill("user", &id_of(&panel, OLIVIA)).press("Select").await.sees("One owner was added.");
    add(&mut adam, "slack").await;
    adam.click("Single sign-on").await.fill("sign_on", "linked").press("Save").await.sees("Saved.");
    adam.click("Self-service").await.fill("self_service", "yes");
    adam.fill("target_group", &id_of_group(&panel, "slack-access")).press("Save").await;
    adam.sees("Owners can’t invite yet: 2 things are missing");
    adam.click("Users and groups").await.click("Add user").await;
    adam.fill("assignee", &format!("group:{}", id_of_group(&panel, "slack-access"))).press("Assign").await;
    adam.click("Add user").await.fill("assignee", &format!("user:{}", id_of(&panel, OLIVIA)));
    adam.press("Assign").await.sees("Slack access").sees("Olivia Brandt");
    adam.click("Self-service").await.sees("Owners can invite").sees("3 of 3 ready");
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open("/apps/slack/manage").await;
    assert_eq!(olivia.status(), 200);
}

#[actix_web::test]
async fn one_form_sets_up_what_is_missing() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    add(&mut adam, "slack").await;
    adam.click("Self-service").await.press("Set up self-service").await;
    assert_eq!(adam.status(), 422);
    adam.sees("Search for the person who should manage access, and select one.");
    adam.fill("find", "mia").press("Search").await.sees("Mia de Vries");
    assert_page_rules(adam.html());
    adam.fill("owner", &id_of(&panel, MIA)).press("Set up self-service").await;
    adam.sees("Self-service is set up.").sees("Owners can invite");
    let mut mia = panel.signed_in(MIA).await;
    mia.open("/apps/slack/manage").await;
    assert_eq!(mia.status(), 200);
}

#[actix_web::test]
async fn one_button_mends_a_prerequisite() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/apps/salesforce/single-sign-on").await.fill("sign_on", "").press("Save").await;
    adam.open("/admin/apps/salesforce").await.sees("Owners can invite, but nobody can open the app yet");
    adam.open("/admin").await.sees("To 1 app owners can invite, but nobody can open it yet.");
    adam.does_not_see("can’t invite yet");
    adam.open("/admin/apps?show=missing").await.sees("Salesforce").sees("2 of 3");
    adam.open("/admin/apps/salesforce").await.press("Set to Linked").await.sees("Owners can invite");
    adam.open("/admin/apps?show=missing").await.does_not_see("2 of 3");
}

#[actix_web::test]
async fn a_group_that_opens_more_is_a_target_only_once_that_is_confirmed() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    add(&mut adam, "slack").await;
    let partners = id_of_group(&panel, SALES_PARTNERS);
    adam.click("Self-service").await.fill("self_service", "yes").fill("target_group", &partners);
    adam.press("Save").await.sees("Being in this group also opens Salesforce.");
    assert_eq!(adam.status(), 422);
    adam.fill("other_apps_confirmed", "yes")
        .press("Save")
        .await
        .sees("Being in this group also opens Salesforce.");
    let shown = format!("{partners}: Salesforce");
    adam.fill("other_apps_confirmed", &shown).press("Save").await.sees("Saved.");
}

/// Another directory fills Warehouse, a rule Everyone.
#[actix_web::test]
async fn only_of_a_group_that_owners_fill_is_it_said_that_they_do() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/apps/salesforce/users-and-groups/add").await.sees("Warehouse").sees("Everyone");
    assert_eq!(adam.text().matches("Its owners decide who is in it").count(), 1, "{adam}");
}

#[actix_web::test]
async fn what_was_confirmed_of_one_group_is_not_confirmed_of_another_b1() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    let cleaners = panel.write(|tx| {
        let (adam, olivia) = (administrator(tx), actor(tx, OLIVIA));
        let cleaners = Group::add(tx, &adam, &group("Cleaners", None))?;
        group_owner::add(tx, &adam, &cleaners, olivia.id)?;
        Ok(cleaners)
    });
    add(&mut adam, "zendesk").await;
    adam.click("Users and groups").await.click("Add user").await;
    adam.fill("assignee", &format!("group:{}", cleaners.id)).press("Assign").await;
    add(&mut adam, "slack").await;
    let partners = id_of_group(&panel, SALES_PARTNERS);
    adam.click("Self-service").await.fill("self_service", "yes").fill("target_group", &partners);
    adam.press("Save").await.sees("Being in this group also opens Salesforce.");
    adam.fill("target_group", &cleaners.id.to_string());
    adam.fill("other_apps_confirmed", &format!("{partners}: Salesforce")).press("Save").await;
    assert_eq!(adam.status(), 422, "{adam}");
    adam.sees("Being in this group also opens Zendesk.");
    // An app that came to the group meanwhile was not shown either.
    let before = format!("{}: Zendesk", cleaners.id);
    panel.write(|tx| {
        let (adam, app) = (administrator(tx), App::by_slug(tx, "salesforce")?);
        app_assignment::add(tx, &adam, &app, &Assignment::to(Assignee::Group(cleaners.id)))
    });
    adam.fill("other_apps_confirmed", &before).press("Save").await;
    assert_eq!(adam.status(), 422, "{adam}");
    adam.fill("other_apps_confirmed", &format!("{}: Salesforce, Zendesk", cleaners.id)).press("Save").await;
    adam.sees("Saved.");
}

#[actix_web::test]
async fn only_suitable_groups_can_be_targets_and_the_others_say_why() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    add(&mut adam, "slack").await;
    adam.click("Self-service").await.sees("Everyone: a rule decides who is in it");
    adam.sees("Warehouse: another directory decides who is in it");
    for group in [id_of_group(&panel, "everyone"), id_of_group(&panel, "warehouse"), id_of(&panel, MIA)] {
        adam.open("/admin/apps/slack/self-service").await.fill("target_group", &group).press("Save").await;
        assert_eq!(adam.status(), 422, "{adam}");
    }
}

#[actix_web::test]
async fn an_app_keeps_its_group_however_many_others_there_are() {
    let panel = Panel::start();
    panel.write(|tx| {
        let adam = administrator(tx);
        for number in 0..500 {
            Group::add(tx, &adam, &group(&format!("A {number}"), None))?;
        }
        Ok(())
    });
    let kept = id_of_group(&panel, SALES_PARTNERS);
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/apps/salesforce/self-service").await;
    assert!(adam.html().contains(&format!("value=\"{kept}\" selected")), "{adam}");
}

#[actix_web::test]
async fn a_form_that_is_out_of_date_keeps_what_was_typed_and_can_be_sent_again() {
    let panel = Panel::start();
    let (mut adam, mut again) = (panel.signed_in(ADAM).await, panel.signed_in(ADAM).await);
    adam.open("/admin/apps/salesforce/properties").await;
    again.open("/admin/apps/salesforce/properties").await.fill("name", "Sales").press("Save").await;
    adam.fill("name", "Sales force").press("Save").await.sees("Somebody saved this in the meantime.");
    assert_eq!(adam.status(), 409);
    assert_page_rules(adam.html());
    adam.press("Save").await.sees("Saved.").sees("Sales force");
}

#[actix_web::test]
async fn a_logo_that_is_too_large_is_told_beside_its_field() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/apps/salesforce/properties").await;
    let logo = "/admin/apps/salesforce/properties/logo";
    let headers = [("origin", panel.address()), ("content-type", "multipart/form-data; boundary=b")];
    adam.send_raw(Method::POST, logo, &headers, vec![b'-'; 700 * 1024]).await;
    assert_eq!(adam.status(), 413, "{adam}");
    adam.sees("At most 512 KiB. This picture is larger.").sees("New logo");
    assert_page_rules(adam.html());
    // Enter in the address bar, where the address of the form stands now.
    adam.open(logo).await.does_not_see("At most 512 KiB. This picture is larger.");
    assert_eq!((adam.status(), adam.path()), (303, "/admin/apps/salesforce/properties"));
}

#[actix_web::test]
async fn the_question_about_an_app_says_whether_it_goes_or_is_switched_off() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/apps/salesforce/delete").await.sees("the app is switched off and hidden instead.");
    add(&mut adam, "slack").await;
    adam.open("/admin/apps/slack/delete").await.sees("assignments and roles are removed.");
    adam.does_not_see("switched off and hidden");
}

#[actix_web::test]
async fn an_administrator_without_apps_is_told_to_assign_one_or_to_add_one() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/apps").await.sees("Assign an app to yourself, and its tile appears here.");
    assert_eq!(adam.link("All applications").as_deref(), Some("/admin/apps"), "{adam}");
}

#[actix_web::test]
async fn an_app_opens_web_addresses_only() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    for typed in ["vbscript:x", "data:text/html,x", "//evil.test", "ftp://a.test"] {
        adam.open("/admin/apps/new?from=custom").await.fill("name", "X").fill("home_page", typed);
        adam.press("Create").await.sees("Give a whole address");
        assert_eq!(adam.status(), 422, "{typed}");
    }
}

#[actix_web::test]
async fn a_role_stays_while_an_assignment_has_it() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/apps/salesforce/users-and-groups")
        .await
        .fill("role_name", "Seller")
        .press("Add role")
        .await;
    adam.fill("role_name", "Seller").press("Add role").await;
    assert_eq!(adam.status(), 422);
    let role = panel.read(|tx| {
        let app = App::by_slug(tx, SALESFORCE)?;
        Ok(directory::app_role::list(tx, app.id)?[0].id)
    });
    adam.open("/admin/apps/salesforce/users-and-groups/add?q=mia").await;
    adam.fill("assignee", &format!("user:{}", id_of(&panel, MIA))).fill("role", &role.to_string());
    adam.press("Assign").await.sees("One assignment was added.");
    adam.click("Remove role Seller").await.press("Remove").await.sees("This role is in use.");
}

#[actix_web::test]
async fn others_than_administrators_do_not_learn_of_it() {
    let panel = Panel::start();
    let mut mia = panel.signed_in(MIA).await;
    for address in ["/admin/apps", "/admin/apps/salesforce/self-service", "/admin/groups/sales-partners"] {
        mia.open(address).await;
        assert_eq!(mia.status(), 403, "{address}");
    }
    let mut stranger = panel.visitor();
    stranger.get("/admin/apps").await;
    assert_eq!(stranger.status(), 303);
}
