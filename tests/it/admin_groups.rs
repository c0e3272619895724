//! Groups, as administrators make and change them.

use std::time::Duration;

use directory::group::Group;
use directory::user::{User, UserProfile};

use crate::support::cast::{self, ADAM, OLIVIA, SALESFORCE};
use crate::support::page_rules::assert_page_rules;
use crate::support::panel::Panel;
use crate::support::stage;

#[actix_web::test]
async fn a_rule_is_previewed_before_it_is_saved() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/groups/new").await.fill("name", "Colleagues").fill("membership", "dynamic");
    adam.fill("rule", " ").press("Preview").await.sees("Fill this in.");
    adam.fill("rule", "kind == ==").press("Preview").await.sees("Something is wrong at character 9.");
    assert!(adam.status() == 422 && adam.html().contains("<details open>"), "{adam}");
    adam.fill("rule", "country == 'BE' && departmnt == 'Sales'").press("Preview").await;
    adam.sees("There is no attribute “departmnt”.").sees("country or company.");
    adam.fill("rule", "kind == 'member'").press("Preview").await;
    adam.sees("people match this rule:").sees("Olivia Brandt").does_not_see("was created");
    assert_page_rules(adam.html());
    adam.press("Create").await.sees("The group Colleagues was created.");
    assert_eq!(adam.path(), "/admin/groups/colleagues/owners/add");
    adam.open("/admin/groups/colleagues/members").await;
    adam.sees("Olivia Brandt").sees("A rule decides who is in this group");
}

#[actix_web::test]
async fn a_rule_for_thousands_is_worked_out_after_it_was_saved() {
    let panel = Panel::start();
    panel.write(|tx| {
        let adam = cast::administrator(tx);
        for number in 0..2_000 {
            let address = cast::parse_address(&format!("colleague{number}@meridian.test"));
            let profile = UserProfile::named(cast::name(&format!("Colleague {number}")));
            User::add_member(tx, &adam, &address, &profile)?;
        }
        Ok(())
    });
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/groups/new").await.fill("name", "Colleagues").fill("membership", "dynamic");
    adam.fill("rule", "kind == 'member'").press("Create").await.sees("The group Colleagues was created.");
    let is_done = || !panel.read(|tx| Group::by_slug(tx, "colleagues")).is_being_worked_out();
    for _ in 0..500 {
        if is_done() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(is_done(), "nobody works it out");
    adam.open("/admin/groups/colleagues").await.does_not_see("The rule is being worked out.");
    // As after a stop in the middle of it.
    panel.write(|tx| {
        let group = Group::by_slug(tx, "colleagues")?;
        let profile = cast::group("Colleagues", Some("kind == 'nobody'"));
        let administrator = cast::administrator(tx);
        Group::change(tx, &administrator, &group.slug, &profile, group.version).map(drop)
    });
    adam.open("/admin/groups/colleagues").await.sees("The rule is being worked out.");
    assert_page_rules(adam.html());
    adam.open("/groups/colleagues").await.sees("Who matches is being worked out at this moment");
}

#[actix_web::test]
async fn a_group_with_open_invitations_stays_assigned_and_names_them() {
    let panel = Panel::start();
    panel.write(|tx| {
        let olivia = cast::manager(tx, OLIVIA);
        let draft = directory::invitation::Draft::default();
        directory::invitation::add(tx, &olivia, "pia@partner.test", &draft).map(drop)
    });
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/groups/sales-partners").await.fill("membership", "dynamic");
    adam.fill("rule", "kind == 'member'").press("Save").await.sees("pia@partner.test");
    assert_eq!(adam.status(), 422);
    assert_page_rules(adam.html());
    assert!(panel.read(|tx| Group::by_slug(tx, "sales-partners")).rule.is_none());
    assert!(adam.html().contains("href=\"/groups/sales-partners\""), "where invitations are: {adam}");
}

#[actix_web::test]
async fn who_is_invited_to_a_group_is_told_beside_its_members_and_shown_on_its_page() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/groups/sales-partners/members").await.does_not_see("invited");
    panel.write(|tx| stage::invite(tx, OLIVIA, SALESFORCE, "pia@partner.test"));
    adam.open("/admin/groups/sales-partners/members").await.click("1 invited").await.sees("pia@partner.test");
    assert_eq!(adam.path(), "/groups/sales-partners");
    adam.click("Open in Administration").await;
    assert_eq!(adam.path(), "/admin/groups/sales-partners");
    adam.open("/apps/salesforce/manage").await.click("Open in Administration").await;
    assert_eq!(adam.path(), "/admin/apps/salesforce");
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open("/apps/salesforce/manage").await.does_not_see("Open in Administration");
}

#[actix_web::test]
async fn nobody_manages_a_group_whose_owners_cannot_sign_in_unless_something_else_fills_it() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/groups").await.sees("Everyone").does_not_see("Nobody manages it");
    panel.write(|tx| {
        let (adam, olivia) = (cast::administrator(tx), cast::actor(tx, OLIVIA));
        User::block(tx, &adam, olivia.id)
    });
    adam.open("/admin/groups").await.sees("Sales partners").sees("Warehouse");
    assert_eq!(adam.text().matches("Nobody manages it").count(), 1, "{adam}");
}

#[actix_web::test]
async fn the_last_owner_stays() {
    let panel = Panel::start();
    let olivia = panel.read(|tx| Ok(cast::actor(tx, OLIVIA).id));
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/groups/sales-partners/owners").await.sees("Olivia Brandt");
    let remove = format!("/admin/groups/sales-partners/owners/{olivia}/remove");
    adam.open(&remove).await.press("Remove").await.sees("A group keeps at least one owner.");
    assert_eq!(adam.status(), 422);
}

#[actix_web::test]
async fn only_a_group_on_which_nothing_hangs_is_deleted() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/groups/sales-partners/delete")
        .await
        .sees("This group can’t be deleted")
        .sees("Salesforce");
    adam.post("/admin/groups/sales-partners/delete", &[("version", "1")]).await;
    assert!(matches!(adam.status(), 409 | 422));
    adam.open("/admin/groups/everyone/delete").await.press("Delete group").await;
    adam.sees("The group Everyone was deleted.");
}

#[actix_web::test]
async fn a_group_called_new_has_a_page() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/groups/new").await.fill("name", "New").press("Create").await;
    assert_eq!(adam.path(), "/admin/groups/new-item/owners/add");
}
