//! Forms of administration that are refused, overtaken by a colleague's, or asked about once more: nobody's work is
//! lost.

use directory::{Organisation, copy};

use crate::support::cast::{ADAM, MIA, OLIVIA, SALESFORCE};
use crate::support::form::select;
use crate::support::panel::Panel;
use crate::support::stage;

const ANN: &str = "ann@partner.test";

#[actix_web::test]
async fn mending_a_typo_overwrites_nothing_that_a_colleague_saved_meanwhile() {
    let panel = Panel::start();
    let (mut adam, mut again) = (panel.signed_in(ADAM).await, panel.signed_in(ADAM).await);
    let mia = format!("/admin/users/{}", panel.read(|tx| Ok(stage::user(tx, MIA)?.id)));
    for (page, field, wrong, right) in [
        ("/admin/settings", "invitation_days", "31", "12"),
        (mia.as_str(), "name", "", "Mia"),
        ("/admin/groups/sales-partners", "name", "", "Partners"),
        ("/admin/apps/salesforce/properties", "home_page", "ftp://a.test", "https://a.test/"),
        ("/admin/apps/salesforce/single-sign-on", "sign_on", "nonsense", ""),
        ("/admin/apps/salesforce/self-service", "self_service", "perhaps", "no"),
    ] {
        adam.open(page).await;
        again.open(page).await.fill(field, right).press("Save").await;
        assert_eq!(again.status(), 303, "{again}");
        adam.fill(field, wrong).press("Save").await;
        assert_eq!(adam.status(), 422, "{adam}");
        adam.fill(field, right).press("Save").await;
        assert_eq!(adam.status(), 409, "{adam}");
        adam.press("Save").await;
        assert_eq!(adam.status(), 303, "whoever was told may save: {adam}");
    }
}

#[actix_web::test]
async fn what_a_colleague_saved_meanwhile_stands_beside_what_was_typed() {
    let panel = Panel::start();
    let (mut adam, mut again) = (panel.signed_in(ADAM).await, panel.signed_in(ADAM).await);
    let mia = format!("/admin/users/{}", panel.read(|tx| Ok(stage::user(tx, MIA)?.id)));
    for (page, field, theirs, told) in [
        ("/admin/settings", "invitation_days", "12", "Saved now: 12"),
        (mia.as_str(), "department", "Expeditions", "Saved now: Expeditions"),
        (mia.as_str(), "department", "", "Saved now: nothing"),
        (mia.as_str(), "guest_inviter", "yes", "Saved now: Yes"),
        ("/admin/groups/sales-partners", "name", "Partners", "Saved now: Partners"),
        ("/admin/groups/sales-partners", "owners_manage_membership", "no", "Saved now: No"),
        ("/admin/apps/salesforce/properties", "name", "Sales force", "Saved now: Sales force"),
        ("/admin/apps/salesforce/single-sign-on", "sign_on", "", "Saved now: Not set"),
        ("/admin/apps/salesforce/self-service", "self_service", "no", "Saved now: No"),
        ("/admin/apps/salesforce/self-service", "target_group", "", "Saved now: No group"),
    ] {
        adam.open(page).await;
        again.open(page).await.fill(field, theirs).press("Save").await;
        assert_eq!(again.status(), 303, "{again}");
        adam.press("Save").await;
        assert_eq!(adam.status(), 409, "{adam}");
        adam.sees("Fields that differ are marked").sees(told);
        let marked = format!("[aria-describedby~='{field}-now']");
        assert_eq!(select(&adam.page(), &marked).len(), 1, "{field} on {adam}");
        assert_eq!(adam.html().matches("Saved now:").count(), 1, "{adam}");
    }
}

#[actix_web::test]
async fn held_mail_is_released_only_after_saying_how_much_goes() {
    let panel = Panel::start();
    // What the cast owes has nothing to do with it.
    panel.write(|_| Ok(()));
    panel.until_mails_are_tried().await;
    copy::after_copy(&panel.directory).unwrap();
    panel.write(|tx| stage::invite(tx, OLIVIA, SALESFORCE, ANN));
    let mut adam = panel.signed_in(ADAM).await;
    panel.until("SELECT state AS line FROM deliveries WHERE state = 'queued' AND kind = 'code'").await;
    adam.open("/admin").await.click("See what waits").await.sees(ANN);
    adam.click("Open the panel and release the mail").await;
    adam.sees("Open the panel and release the mail?").sees("1 mail goes out at once");
    adam.open("/admin/invitations").await.press("Resend invitation").await;
    adam.sees("The mail waits until mail is released.").does_not_see("is on its way again");
    adam.open("/apps/salesforce/manage/add").await;
    adam.post("/apps/salesforce/manage/members", &[("email", "later@partner.test")]).await;
    adam.open("/apps/salesforce/manage/members").await;
    adam.sees("The mail waits until an administrator releases it.").does_not_see("Invitation sent to");
    assert!(panel.mailbox.mails().iter().all(|mail| mail.to != ANN), "held mail went out");
    adam.open("/admin/mail/release").await.press("Open the panel and release the mail").await;
    adam.sees("Mail goes out again.");
    panel.mailbox.wait_for(ANN).await;
    adam.open("/admin/mail/release").await;
    assert_eq!(adam.path(), "/admin/mail", "there is nothing to release any more");
}

#[actix_web::test]
async fn the_way_back_from_the_question_about_settings_keeps_what_was_typed() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/settings").await.fill("owners_manage_groups", "no").fill("name", "Meridian Works");
    adam.press("Save").await.sees("Save these settings?").sees("Meridian Labs");
    adam.press("Back to the settings").await;
    assert_eq!(adam.status(), 200);
    assert!(adam.html().contains("value=\"Meridian Works\""), "{adam}");
    adam.press("Save").await.sees("Save these settings?");
    adam.press("Save settings").await.sees("The settings have been saved.");
    let saved = panel.read(Organisation::load);
    assert_eq!(saved.profile.name, "Meridian Works");
    assert!(!saved.settings.owners_manage_groups);
}

#[actix_web::test]
async fn a_group_that_was_changed_meanwhile_is_deleted_only_after_another_look() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/groups/everyone/delete").await.sees("Delete Everyone?");
    adam.post("/admin/groups/everyone/delete", &[("version", "0")]).await;
    assert_eq!(adam.status(), 409, "{adam}");
    adam.sees("Nothing was deleted. Look again before you delete it.");
    adam.press("Delete group").await.sees("The group Everyone was deleted.");
    adam.open("/admin/groups/sales-partners/delete").await;
    adam.sees("Sales partners can’t be deleted").does_not_see("Delete Sales partners?");
}

#[actix_web::test]
async fn selecting_nobody_is_told_beside_the_boxes_and_the_summary_leads_there() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    let assign = "/admin/apps/salesforce/users-and-groups";
    let owners = "/admin/groups/sales-partners/owners";
    for (below, button, field, told) in [
        (assign, "Assign", "assignee", "Select at least one user or group."),
        (owners, "Select", "user", "Select at least one user."),
    ] {
        adam.open(&format!("{below}/add")).await.press(button).await;
        assert_eq!(adam.status(), 422, "{adam}");
        assert_eq!(adam.link(told), Some(format!("#{field}")), "{adam}");
        let group = format!("fieldset[aria-describedby={field}-mistake] input[type=checkbox]");
        assert!(!select(&adam.page(), &group).is_empty(), "{adam}");
        assert_eq!(select(&adam.page(), &format!("input#{field}[type=checkbox]")).len(), 1, "{adam}");
        // Without a box, the summary leads to where they would be.
        adam.post(below, &[("q", "nobody of this name")]).await;
        assert_eq!((adam.status(), adam.link(told)), (422, Some(format!("#{field}"))), "{adam}");
    }
}
