//! B2 and B4: groups and lists of addresses, as somebody sends them who was given less.

use directory::group::Group;
use directory::organisation::{DomainRule, TenantSettings};
use directory::user::UserState;
use directory::{Organisation, Tx};
use reqwest::Method;

use crate::support::cast::{self, ADAM, BEN, GUS, MIA, OLIVIA, SALES_PARTNERS};
use crate::support::form::Form;
use crate::support::panel::Panel;
use crate::support::stage::{self, OTTOS};
use crate::support::visitor::Visitor;

const ADD: &str = "/apps/salesforce/manage/add";
const MEMBERS: &str = "/apps/salesforce/manage/members";

/// What makes more of a group, in the words of the forms and of those who guess.
const MORE: [(&str, &str); 12] = [
    ("kind", "collaboration"),
    ("membership", "dynamic"),
    ("rule", "true"),
    ("parent", "counting-people"),
    ("parent_id", "counting-people"),
    ("group", "counting-people"),
    ("member_groups", "counting-people"),
    ("target_group", "counting-people"),
    ("assignee", "group:counting-people"),
    ("owners_manage_membership", "yes"),
    ("owner", MIA),
    ("self_service", "yes"),
];

/// A form of administration that gives a group more: the page it stands on, where it goes, and what is filled in.
type Gift = (String, String, Vec<(&'static str, String)>);

fn gifts(panel: &Panel) -> Vec<Gift> {
    let id_of = |address| panel.read(|tx| Ok(stage::user(tx, address)?.id.to_string()));
    let partners = panel.read(|tx| Ok(Group::by_slug(tx, SALES_PARTNERS)?.id.to_string()));
    let (hers, other) = ("/admin/groups/sales-partners", "/admin/groups/counting-people");
    let app = format!("/admin/apps/{OTTOS}");
    let (self_service, given) = (format!("{app}/self-service"), format!("{app}/users-and-groups"));
    let mapped = vec![
        ("self_service", "yes".to_owned()),
        ("target_group", partners.clone()),
        ("other_apps_confirmed", format!("{partners}: Salesforce")),
    ];
    let put_in = vec![
        ("assignee", format!("group:{partners}")),
        ("filling_confirmed", format!("{partners}: Salesforce")),
    ];
    vec![
        (format!("{hers}/owners/add"), format!("{hers}/owners"), vec![("user", id_of(MIA))]),
        (format!("{other}/owners/add"), format!("{other}/owners"), vec![("user", id_of(OLIVIA))]),
        (self_service.clone(), self_service, mapped),
        (format!("{given}/add"), given, put_in),
        (hers.to_owned(), hers.to_owned(), vec![("kind", "collaboration".to_owned())]),
    ]
}

#[actix_web::test]
async fn an_owner_gains_nothing_by_changing_a_group_b2() {
    let panel = stage::set();
    let (mut adam, mut olivia) = (panel.signed_in(ADAM).await, panel.signed_in(OLIVIA).await);
    let before = panel.contents();
    for (page, action, values) in gifts(&panel) {
        adam.open(&page).await;
        let goes_there = |form: &Form| form.action == action || (form.action.is_empty() && page == action);
        let form = adam.forms().into_iter().find(|form| form.posts && goes_there(form));
        let mut form = form.unwrap_or_else(|| panic!("no form to {action} on {adam}"));
        for (name, value) in values {
            form.set(name, &[value]);
        }
        // The whole form, as administrators send it, but for the token, which is her own.
        let mut hers = form.clone();
        hers.set("csrf_token", &[olivia.open("/apps").await.token()]);
        let standing = panel.contents();
        olivia.send(Method::POST, &action, &hers.fields).await;
        assert_eq!(olivia.status(), 403, "{action}: {olivia}");
        assert_eq!(panel.contents(), standing, "{action}");
        // It is the person that is refused, not the form.
        adam.send(Method::POST, &action, &form.fields).await;
        assert_eq!(adam.status(), 303, "{action}: {adam}");
    }
    assert_ne!(panel.contents()["group_owners"], before["group_owners"], "an administrator may");
}

#[actix_web::test]
async fn the_forms_of_an_owner_carry_nothing_that_changes_a_group_b2() {
    let panel = stage::set();
    let mut olivia = panel.signed_in(OLIVIA).await;
    let before = panel.contents();
    let tables = ["groups", "group_owners", "apps", "app_assignments", "app_roles", "organisation"];
    let forms = [
        MEMBERS,
        ADD,
        "/groups/sales-partners/members",
        "/groups/sales-partners/add",
        "/groups/sales-partners",
        "/groups/sales-partners/owners",
        "/groups/sales-partners/edit",
    ];
    for action in forms {
        let fields: Vec<_> = [("email", MIA)].into_iter().chain(MORE).collect();
        olivia.open(ADD).await.post(action, &fields).await;
        assert!(matches!(olivia.status(), 200 | 303 | 404 | 405), "{action}: {olivia}");
        let after = panel.contents();
        for table in tables {
            assert_eq!(after[table], before[table], "{action} changes {table}");
        }
    }
    assert_ne!(panel.contents()["group_members"], before["group_members"], "Mia was added, which is all");
}

/// Presses **Add** with this list and this text in the box.
async fn add(olivia: &mut Visitor, listed: &[String], typed: &str) -> u16 {
    let listed = listed.iter().map(|address| ("listed", address.as_str()));
    let fields: Vec<(&str, &str)> = listed.chain([("email", typed)]).collect();
    olivia.open(ADD).await.post(MEMBERS, &fields).await;
    olivia.status()
}

fn guests(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("guest{number}@partner.test")).collect()
}

fn refuse_evil(tx: &mut Tx<'_>) -> directory::Result<()> {
    let adam = cast::administrator(tx);
    let Organisation { profile, settings, version, .. } = Organisation::load(tx)?;
    let refused = "evil.test".to_owned();
    let settings = TenantSettings { domain_rule: DomainRule::AllBut, refused_domains: refused, ..settings };
    Organisation::change(tx, &adam, &profile, &settings, version).map(drop)
}

#[actix_web::test]
async fn a_list_of_nobody_and_a_list_that_is_too_long_do_nothing_b4() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    let before = panel.contents();
    assert_eq!(add(&mut olivia, &[], "").await, 422, "{olivia}");
    assert_eq!(add(&mut olivia, &[String::new(), " ".to_owned()], " \r\n,;").await, 422, "{olivia}");
    assert_eq!(add(&mut olivia, &guests(51), "").await, 422, "{olivia}");
    assert_eq!(add(&mut olivia, &[], &guests(51).join(" ")).await, 422, "{olivia}");
    assert_eq!(add(&mut olivia, &guests(10_001), "").await, 413, "{olivia}");
    assert_eq!(panel.contents(), before);
    // Gus came by one of the fifty invitations of an hour.
    panel.clock.advance(chrono::TimeDelta::minutes(61));
    assert_eq!(add(&mut olivia, &guests(50), "").await, 303, "fifty are not too many: {olivia}");
}

#[actix_web::test]
async fn each_address_of_a_list_is_decided_by_itself_wherever_it_stands_b4() {
    let panel = Panel::start();
    panel.write(refuse_evil);
    let mut olivia = panel.signed_in(OLIVIA).await;
    let bad = ["x@evil.test", BEN, "nobody@meridian.test", "no-address@"];
    for (place, good) in ["first@partner.test", "last@partner.test"].into_iter().enumerate() {
        let mut list: Vec<String> = bad.map(str::to_owned).to_vec();
        list.insert(place * bad.len(), good.to_owned());
        assert_eq!(add(&mut olivia, &list, "").await, 200, "{olivia}");
        olivia.sees(&format!("Invitation sent to {good}"));
        for refused in bad {
            olivia.sees(refused);
        }
    }
    let after = panel.contents();
    assert_eq!(after["invitations"].len(), 3, "Gus and the two: {:?}", after["invitations"]);
    assert!(after["users"].iter().all(|row| !row.contains("evil.test") && !row.contains("nobody@")));
    assert!(after["deliveries"].iter().all(|row| !row.contains(BEN) && !row.contains("evil.test")));
}

#[actix_web::test]
async fn who_finds_no_room_on_a_full_list_waits_in_the_field_and_is_not_lost() {
    let panel = Panel::start();
    panel.clock.advance(chrono::TimeDelta::minutes(61));
    let mut olivia = panel.signed_in(OLIVIA).await;
    let pasted: Vec<String> = (1..=53).map(|number| format!("guest{number}@partner.test")).collect();
    olivia.open("/apps/salesforce/manage/add").await.fill("email", &pasted.join(" ")).press("Search").await;
    olivia.sees("the others are still in this field");
    olivia.press("Add 50 people").await.sees("Invitation sent to guest1@partner.test");
    let waiting = "guest51@partner.test, guest52@partner.test, guest53@partner.test";
    assert!(olivia.html().contains(&format!("value=\"{waiting}\"")), "{olivia}");
}

#[actix_web::test]
async fn an_address_that_stands_twice_in_a_list_is_one_b4() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    let before = panel.contents();
    let list = ["ann@partner.test", "Ann@Partner.Test", "ann@partner.test", MIA, MIA].map(str::to_owned);
    assert_eq!(add(&mut olivia, &list, "Ann <ANN@partner.test>, ann@partner.test").await, 303, "{olivia}");
    let after = panel.contents();
    for (table, more) in [("users", 1), ("invitations", 1), ("group_members", 1), ("deliveries", 2)] {
        assert_eq!(after[table].len(), before[table].len() + more, "{table}");
    }
    let ann = panel.read(|tx| stage::user(tx, "ann@partner.test"));
    assert_eq!(ann.state, UserState::Invited);
    // The button says how many there are, and counts each once.
    olivia.open(ADD).await.fill("email", "cy@partner.test CY@partner.test").press("Search").await;
    olivia.sees("1 guest is invited");
}

#[actix_web::test]
async fn one_wrong_choice_among_many_refuses_them_all_b4() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    let id_of = |address| panel.read(|tx| Ok(stage::user(tx, address)?.id.to_string()));
    let (mia, gus) = (id_of(MIA), id_of(GUS));
    let nobody = "00000000-0000-7000-8000-000000000000";
    let before = panel.contents();
    let owners = ("/admin/groups/sales-partners/owners/add", "/admin/groups/sales-partners/owners", "user");
    let given = (
        "/admin/apps/salesforce/users-and-groups/add",
        "/admin/apps/salesforce/users-and-groups",
        "assignee",
    );
    let user = |id: &str| format!("user:{id}");
    for ((page, action, field), choices) in [
        (owners, vec![]),
        (owners, vec![mia.clone(), gus.clone()]),
        (owners, vec![gus, mia.clone()]),
        (owners, vec![mia.clone(), nobody.to_owned()]),
        (given, vec![]),
        (given, vec![user(&mia), user(nobody)]),
        (given, vec![user(&mia), "group:".to_owned()]),
    ] {
        let fields: Vec<(&str, &str)> = choices.iter().map(|choice| (field, choice.as_str())).collect();
        adam.open(page).await.post(action, &fields).await;
        assert_eq!(adam.status(), 422, "{action} {choices:?}: {adam}");
        assert_eq!(panel.contents(), before, "{action} {choices:?}");
    }
}
