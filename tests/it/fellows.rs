//! What people see who manage nothing: the group they are in, and My Apps without an app (SPEC 3.3, 6).

use directory::Organisation;
use directory::organisation::{GuestVisibility, TenantSettings};

use crate::support::cast::{self, ADAM, GUS, MIA, OLIVIA};
use crate::support::panel::Panel;

const GROUP: &str = "/groups/sales-partners";

fn settle(panel: &Panel, change: impl Fn(&mut TenantSettings)) {
    panel.write(|tx| {
        let (adam, now) = (cast::administrator(tx), Organisation::load(tx)?);
        let mut settings = now.settings.clone();
        change(&mut settings);
        Organisation::change(tx, &adam, &now.profile, &settings, now.version).map(drop)
    });
}

#[actix_web::test]
async fn a_guest_who_sees_no_fellows_reads_whom_to_ask_and_no_address() {
    let panel = Panel::start();
    let mut gus = panel.signed_in(GUS).await;
    gus.open(GROUP).await.sees("Olivia Brandt").sees("Who else is in this group is not shown to guests.");
    assert_eq!(gus.status(), 200);
    assert!(!gus.html().contains(OLIVIA), "{gus}");
    settle(&panel, |settings| settings.guests_see = GuestVisibility::FellowMembers);
    gus.open(GROUP).await.sees("Olivia Brandt").sees(OLIVIA);
}

#[actix_web::test]
async fn a_colleague_reads_the_address_of_whom_to_ask() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open("/apps/salesforce/manage/add").await.fill("email", MIA).press("Add").await;
    let mut mia = panel.signed_in(MIA).await;
    mia.open(GROUP).await.sees("Olivia Brandt").sees(OLIVIA);
}

#[actix_web::test]
async fn who_has_groups_and_no_app_reads_that_there_is_no_app() {
    let panel = Panel::start();
    let mut mia = panel.signed_in(MIA).await;
    mia.open("/apps").await.sees("There are no apps to show.").sees("ask the colleague who owns it");
    assert!(mia.html().contains("id=\"collection-other\""), "the tile stays: {mia}");
}

#[actix_web::test]
async fn who_is_in_groups_and_owns_none_reads_which_ones_they_are() {
    let panel = Panel::start();
    let mut mia = panel.signed_in(MIA).await;
    mia.open("/apps").await.sees("You are in 1 group");
    mia.click("Groups").await.sees("Everyone").does_not_see("You own no groups.");
    mia.open("/groups?show=own").await.sees("You own no groups.");
    mia.open("/groups?show=in").await.sees("Everyone");
}

/// SPEC 3.3.
#[actix_web::test]
async fn a_groups_page_for_owners_is_there_for_them_and_administrators_alone() {
    let panel = Panel::start();
    settle(&panel, |settings| settings.groups_page_restricted = true);
    for (person, status) in [(MIA, 404), (GUS, 404), (OLIVIA, 200), (ADAM, 200)] {
        let mut visitor = panel.signed_in(person).await;
        assert_eq!(visitor.get("/groups").await.status(), status, "{person}: {visitor}");
    }
}
