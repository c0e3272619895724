//! B: who may do what, whatever the page looked like.

use directory::organisation::TenantSettings;
use directory::user::UserState;
use directory::{Actor, Organisation};

use crate::support::cast::{self, ADAM, GUS, MIA, OLIVIA};
use crate::support::panel::Panel;
use crate::support::stage;

const MEMBERS: &str = "/apps/salesforce/manage/members";

/// What no form asks for, and somebody may send.
const MORE: [(&str, &str); 15] = [
    ("state", "active"),
    ("kind", "member"),
    ("role", "administrator"),
    ("administrator", "yes"),
    ("is_admin", "true"),
    ("guest_inviter", "yes"),
    ("password_hash", "x"),
    ("owner_id", "1"),
    ("group_type", "dynamic"),
    ("source", "synced"),
    ("synced_from", "Somewhere"),
    ("generation", "7"),
    ("expires_at", "2099-01-01T00:00:00Z"),
    ("redeemed_at", "2020-01-01T00:00:00Z"),
    ("blocked_at", ""),
];

fn with_more<'a>(fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().chain(&MORE).copied().collect()
}

#[actix_web::test]
async fn a_field_that_no_form_has_changes_nothing_b5() {
    let panel = Panel::start();
    let mut mia = panel.signed_in(MIA).await;
    let before = panel.contents();
    mia.open("/account").await.post("/preferences", &with_more(&[("theme", "dark")])).await;
    assert_eq!((mia.status(), panel.contents()), (303, before), "{mia}");

    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open("/apps/salesforce/manage/add").await;
    olivia.post(MEMBERS, &with_more(&[("email", "ann@partner.test")])).await;
    assert_eq!(olivia.status(), 303, "{olivia}");
    let ann = panel.read(|tx| stage::user(tx, "ann@partner.test"));
    assert_eq!((ann.state, ann.administrator, ann.guest_inviter), (UserState::Invited, false, false));
    let contents = panel.contents();
    assert!(contents["invitations"].iter().all(|row| !row.contains("2099")));
    assert!(
        contents["groups"].iter().filter(|row| row.contains("'synced'")).count() == 1,
        "only the Warehouse"
    );

    let mut adam = panel.signed_in(ADAM).await;
    adam.open("/admin/groups/sales-partners").await;
    adam.post("/admin/groups/sales-partners", &with_more(&[("description", "Changed")])).await;
    let contents = panel.contents();
    assert!(
        contents["groups"].iter().filter(|row| row.contains("'synced'")).count() == 1,
        "only the Warehouse"
    );
}

#[actix_web::test]
async fn a_switch_that_was_turned_off_holds_for_forms_that_are_open_b11() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open("/apps/salesforce/manage/add").await;
    panel.write(|tx| {
        let adam = cast::administrator(tx);
        let organisation = Organisation::load(tx)?;
        let settings = TenantSettings { owners_manage_groups: false, ..organisation.settings.clone() };
        Organisation::change(tx, &adam, &organisation.profile, &settings, organisation.version).map(drop)
    });
    let before = panel.contents();
    olivia.post(MEMBERS, &[("email", "ann@partner.test")]).await;
    assert!(matches!(olivia.status(), 403 | 404 | 422), "{olivia}");
    assert_eq!(panel.contents(), before);
}

#[actix_web::test]
async fn a_guest_adds_nobody_and_looks_nobody_up_b6() {
    let panel = Panel::start();
    let mut gus = panel.signed_in(GUS).await;
    let before = panel.contents();
    for address in [MEMBERS, "/groups/sales-partners/members", "/apps/salesforce/manage/add"] {
        gus.open("/apps").await.post(address, &[("email", "ann@partner.test"), ("search", "yes")]).await;
        assert!(matches!(gus.status(), 403 | 404), "{address}: {gus}");
        gus.does_not_see("Brandt").does_not_see("Mia");
    }
    assert_eq!(panel.contents(), before);
}

#[actix_web::test]
async fn a_guest_to_whom_a_group_was_left_is_a_guest_all_the_same_b6() {
    let panel = Panel::start();
    let mut gus = panel.signed_in(GUS).await;
    // No form does this: a rule that is asked once only would be the one wall there is.
    let gus_himself = "(SELECT id FROM users WHERE address_key = 'gus@partner.test')";
    panel.database.tell(&format!("UPDATE group_owners SET user_id = {gus_himself}"));
    let before = panel.contents();
    for address in [MEMBERS, "/groups/sales-partners/members", "/admin/users/invite"] {
        gus.open("/apps").await.post(address, &[("email", "ann@partner.test"), ("language", "en")]).await;
        assert!(matches!(gus.status(), 403 | 404), "{address}: {gus}");
    }
    gus.open("/apps").await.post("/apps/salesforce/manage/add", &[("email", "mia")]).await;
    assert_eq!(gus.status(), 403, "{gus}");
    gus.does_not_see("Mia");
    assert_eq!(panel.contents(), before);
}

#[actix_web::test]
async fn a_removed_guest_finds_every_door_shut_at_once_b9() {
    let panel = Panel::start();
    let mut gus = panel.signed_in(GUS).await;
    gus.open("/apps").await.sees("Salesforce");
    panel.write(|tx| {
        let (olivia, gus) = (cast::manager(tx, OLIVIA), cast::actor(tx, GUS));
        directory::group_member::remove(tx, &olivia, gus.id).map(drop)
    });
    gus.open("/apps").await.does_not_see("Salesforce");
    for address in ["/apps/salesforce/open", "/groups/sales-partners", "/apps/salesforce/manage"] {
        gus.get(address).await;
        assert_eq!(gus.status(), 404, "{address}: {gus}");
        gus.does_not_see("Salesforce").does_not_see("Sales partners");
    }
    assert!(panel.read(|tx| stage::user(tx, GUS).map(|gus| Actor::of(&gus))).is_some());
}
