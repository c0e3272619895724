//! The journeys that must always work (SPEC section 2), page by page as in the reference, over HTTP and with real mail,
//! in both languages. What is pressed is found by the fields of its form, what is read by its words.

use directory::setup_link;
use reqwest::Method;

use crate::support::cast::{ADAM, OLIVIA, PASSWORD};
use crate::support::panel::Panel;
use crate::support::press::Press;
use crate::support::stage;
use crate::support::visitor::Visitor;

const ANN: &str = "ann@partner.test";
const APP: &str = "/admin/apps/salesforce";

/// Words that the pages say, in one language.
struct Words {
    tag: &'static str,
    invited: &'static str,
    subject: &'static str,
    owned: &'static str,
    ready: &'static str,
}

const ENGLISH: Words = Words {
    tag: "en",
    invited: "Invited",
    subject: "Olivia Brandt invites you to Salesforce at Meridian Labs",
    owned: "Groups I own",
    ready: "Owners can invite",
};

const DUTCH: Words = Words {
    tag: "nl",
    invited: "Uitgenodigd",
    subject: "Olivia Brandt nodigt je uit voor Salesforce bij Meridian Labs",
    owned: "Groepen waarvan ik eigenaar ben",
    ready: "Eigenaren kunnen uitnodigen",
};

/// Opens a page, fills in its form with this field, sends it, and stands on the page after it.
async fn fill_in(visitor: &mut Visitor, page: &str, field: &str, values: &[(&str, &str)]) {
    visitor.open(page).await;
    let presses = Press::all(&visitor.page());
    let has = |press: &Press| press.fields.iter().any(|found| found.name == field);
    // The last button of a form is the one that ends it.
    let press = presses.into_iter().rfind(has).unwrap_or_else(|| panic!("no {field} on {visitor}"));
    let mut form = press.form;
    for &(name, value) in values {
        form.set(name, &[value.to_owned()]);
    }
    let action = if form.action.is_empty() { page.to_owned() } else { form.action };
    visitor.send(Method::POST, &action, &form.fields).await;
    assert_eq!(visitor.status(), 303, "{visitor}");
    visitor.follow().await;
}

/// An empty panel, and its first administrator, who reads this language.
async fn founded(words: &Words) -> (Panel, Visitor) {
    let panel = Panel::start_empty();
    let link = panel.write(|tx| setup_link::create(tx, [7; 32])).unwrap();
    let mut adam = panel.visitor();
    let values = [
        ("organisation", "Meridian Labs"),
        ("domain", "meridian.test"),
        ("language", words.tag),
        ("time_zone", "Europe/Amsterdam"),
        ("name", "Adam Ito"),
        ("email", ADAM),
        ("password", PASSWORD),
    ];
    fill_in(&mut adam, &format!("/set-up/{link}"), "organisation", &values).await;
    adam.open("/apps").await.post("/preferences", &[("language", words.tag)]).await;
    let olivia = [("name", "Olivia Brandt"), ("email", OLIVIA)];
    fill_in(&mut adam, "/admin/users/new", "email", &olivia).await;
    let app = [("home_page", "https://meridian.my.salesforce.example/")];
    fill_in(&mut adam, "/admin/apps/new?from=salesforce", "home_page", &app).await;
    (panel, adam)
}

/// A group that is Olivia's to manage.
async fn make_group(panel: &Panel, adam: &mut Visitor) -> (String, String) {
    let group = [
        ("kind", "security"),
        ("name", "Sales partners"),
        ("description", "People of our partners"),
        ("membership", "assigned"),
    ];
    fill_in(adam, "/admin/groups/new", "kind", &group).await;
    let olivia = panel.read(|tx| Ok(stage::user(tx, OLIVIA)?.id.to_string()));
    fill_in(adam, "/admin/groups/sales-partners/owners/add?q=Olivia", "user", &[("user", &olivia)]).await;
    adam.sees("Olivia Brandt");
    let group = panel.read(|tx| Ok(directory::group::Group::by_slug(tx, "sales-partners")?.id.to_string()));
    (olivia, group)
}

/// The three prerequisites of the reference, each on its own page.
async fn set_up_by_hand(panel: &Panel, adam: &mut Visitor) {
    fill_in(adam, "/admin/settings", "owners_manage_groups", &[("owners_manage_groups", "yes")]).await;
    let (_, group) = make_group(panel, adam).await;
    fill_in(adam, &format!("{APP}/single-sign-on"), "sign_on", &[("sign_on", "linked")]).await;
    let service = [("self_service", "yes"), ("target_group", group.as_str())];
    fill_in(adam, &format!("{APP}/self-service"), "self_service", &service).await;
    for name in ["Sales partners", "Olivia"] {
        let page = format!("{APP}/users-and-groups/add?q={}", name.replace(' ', "+"));
        adam.open(&page).await;
        let boxes = adam.page();
        let choice = scraper::Selector::parse("input[name=assignee]").unwrap();
        let values: Vec<&str> = boxes.select(&choice).filter_map(|found| found.attr("value")).collect();
        let [one] = values.as_slice() else { panic!("{name} is found once: {adam}") };
        let one = (*one).to_owned();
        drop(boxes);
        fill_in(adam, &page, "assignee", &[("assignee", &one)]).await;
    }
    adam.open(&format!("{APP}/users-and-groups")).await.sees("Sales partners").sees("Olivia Brandt");
}

/// J1: from My Apps to a sent invitation.
async fn invite_to_the_app(panel: &Panel, words: &Words) -> Visitor {
    let mut olivia = panel.visitor();
    olivia.open("/sign-in").await.post("/preferences", &[("language", words.tag)]).await;
    panel.sign_in(&mut olivia, OLIVIA).await;
    olivia.sees("Salesforce");
    let manage = olivia.page();
    let link = scraper::Selector::parse("a[href='/apps/salesforce/manage']").unwrap();
    assert!(manage.select(&link).next().is_some(), "Manage app is on My Apps: {olivia}");
    drop(manage);
    let values = [("email", ANN), ("message", "Welcome to our pipeline."), ("language", words.tag)];
    fill_in(&mut olivia, "/apps/salesforce/manage/add", "message", &values).await;
    olivia.open("/apps/salesforce/manage").await.sees(ANN).sees(words.invited);
    olivia
}

/// J3: from the mail into what was shared.
async fn redeem(panel: &Panel, words: &Words, lands: &str) -> Visitor {
    let mail = panel.mailbox.wait_for(ANN).await;
    let link = mail.link();
    let path = link.strip_prefix(panel.address()).unwrap().to_owned();
    let mut ann = panel.visitor();
    ann.open(&link).await.sees("Olivia Brandt").does_not_see(ANN);
    assert!(ann.html().contains(&format!("lang=\"{}\"", words.tag)), "the page speaks as the mail");
    ann.post(&format!("{path}/code"), &[]).await;
    let code = panel.mailbox.wait_for_nth(ANN, 2).await.code();
    let values = [("code", code.as_str()), ("name", "Ann Lindqvist")];
    ann.open(&link).await.post(&format!("{path}/accept"), &values).await;
    assert_eq!((ann.status(), ann.location().as_deref()), (303, Some(lands)), "{ann}");
    ann
}

async fn the_first_day(words: &Words) {
    let (panel, mut adam) = founded(words).await;
    set_up_by_hand(&panel, &mut adam).await;
    adam.open(&format!("{APP}/self-service")).await.sees(words.ready);
    let mut olivia = invite_to_the_app(&panel, words).await;
    let mail = panel.mailbox.wait_for(ANN).await;
    assert_eq!(mail.subject, words.subject);
    assert!(mail.text.contains("Welcome to our pipeline."), "{}", mail.text);
    let mut ann = redeem(&panel, words, "/apps/salesforce/open").await;
    ann.open("/apps").await.sees("Salesforce");
    olivia.open("/apps/salesforce/manage").await.sees("Ann Lindqvist");
    // Later, Ann signs in with a code again.
    let mut later = panel.signed_in(ANN).await;
    later.get("/apps/salesforce/open").await;
    assert_eq!(later.location().as_deref(), Some("https://meridian.my.salesforce.example/"));
}

#[actix_web::test]
async fn from_an_empty_directory_to_a_guest_inside_an_app_by_hand_j0_j1_j3() {
    the_first_day(&ENGLISH).await;
}

#[actix_web::test]
async fn from_an_empty_directory_to_a_guest_inside_an_app_by_hand_in_dutch_j0_j1_j3() {
    the_first_day(&DUTCH).await;
}

/// J0 in one go, J2, and J3 from there.
async fn through_a_group(words: &Words) {
    let (panel, mut adam) = founded(words).await;
    let (olivia, group) = make_group(&panel, &mut adam).await;
    let page = format!("{APP}/self-service");
    adam.open(&page).await;
    let mut form = adam.forms().into_iter().find(|form| form.action.contains("/set-up")).unwrap();
    form.set("find", &["Olivia".to_owned()]);
    form.set("do", &["search".to_owned()]);
    let address = form.action.split('#').next().unwrap().to_owned();
    adam.send(Method::POST, &address, &form.fields).await;
    adam.sees("Olivia Brandt");
    let mut form = adam.forms().into_iter().find(|form| form.action.contains("/set-up")).unwrap();
    form.set("owner", &[olivia]);
    form.set("group", &[group]);
    adam.send(Method::POST, &address, &form.fields).await;
    assert_eq!(adam.status(), 303, "{adam}");
    adam.open(&page).await.sees(words.ready);

    let mut olivia = panel.visitor();
    olivia.open("/sign-in").await.post("/preferences", &[("language", words.tag)]).await;
    panel.sign_in(&mut olivia, OLIVIA).await;
    olivia.open("/groups").await.sees(words.owned);
    olivia.click("Sales partners").await;
    assert_eq!(olivia.path(), "/groups/sales-partners");
    fill_in(&mut olivia, "/groups/sales-partners/add", "message", &[("email", ANN)]).await;
    olivia.open("/groups/sales-partners").await.sees(ANN).sees(words.invited);
    let mut ann = redeem(&panel, words, "/groups/sales-partners").await;
    ann.open("/apps").await.sees("Salesforce");
    ann.get("/apps/salesforce/open").await;
    assert_eq!(ann.location().as_deref(), Some("https://meridian.my.salesforce.example/"));
}

#[actix_web::test]
async fn set_up_in_one_go_and_invited_through_a_group_j0_j2_j3() {
    through_a_group(&ENGLISH).await;
}

#[actix_web::test]
async fn set_up_in_one_go_and_invited_through_a_group_in_dutch_j0_j2_j3() {
    through_a_group(&DUTCH).await;
}
