//! What Manage app is compared with: the people of a group from one indexed query, in the page's own template.

use actix_web::{HttpResponse, web::Data};
use askama::Template;
use directory::user::User;
use vestibule::web::{
    filters,
    layout::Page,
    view::{Fact, Link, Logo, Membership, Pager, Person, PersonState, Tab},
};

use super::floor::{Floor, answered, frame};

/// As many as the page shows.
const ROWS: i64 = 50;

/// The fields of the page's own template.
#[derive(Template)]
#[template(path = "members/list.html")]
struct Members {
    page: Page,
    head: Head,
    banner: Option<Banner>,
    add: Option<String>,
    take_back: Option<String>,
    sent: String,
    q: String,
    show: &'static str,
    pills: Vec<Tab>,
    rows: Vec<Row>,
    remove_label: String,
    nobody: Option<Nobody>,
    pager: Pager,
}

struct Head {
    back: Link,
    name: String,
    logo: Logo,
    kind: Option<Membership>,
    why: String,
    group: Option<Link>,
    description: String,
    administration: Option<Link>,
    open: Option<Link>,
}

struct Banner {
    icon: &'static str,
    heading: String,
    text: String,
    about: String,
    rule: Option<String>,
    facts: Vec<Fact>,
    ways: Vec<Way>,
}

struct Way {
    icon: &'static str,
    label: String,
    hint: String,
    href: String,
}

struct Nobody {
    title: String,
    text: String,
    add: Option<Link>,
}

struct Row {
    person: Person,
    menu: String,
    again: Option<String>,
    back: Option<String>,
    approve: Option<String>,
    remove: Option<String>,
    urgent: bool,
}

/// `GET /people`
pub(super) async fn page(floor: Data<Floor>) -> HttpResponse {
    let group = floor.group;
    answered(
        floor,
        move |floor| floor.directory.read(|tx| directory::group_member::list(tx, group, None, ROWS)),
        |people: directory::Page<User>| members(&people.rows),
    )
    .await
}

fn members(people: &[User]) -> Members {
    let link = |label: &str, href: &str| Link { label: label.to_owned(), href: href.to_owned() };
    let pill = |label: &str| Tab {
        label: label.to_owned(),
        href: "/apps/ledger/manage?show=guests".to_owned(),
        count: Some("60".to_owned()),
        current: false,
    };
    Members {
        page: frame(),
        head: Head {
            back: link("My Apps", "/apps"),
            name: "Ledger".to_owned(),
            logo: Logo::glyph("app-window", "ledger"),
            kind: None,
            why: "You manage who uses this app because you own its group:".to_owned(),
            group: Some(link("Ledger access", "/groups/ledger-access")),
            description: String::new(),
            administration: None,
            open: Some(link("Open Ledger", "/apps/ledger/open")),
        },
        banner: None,
        add: Some("/apps/ledger/manage/add".to_owned()),
        take_back: None,
        sent: String::new(),
        q: String::new(),
        show: "",
        remove_label: "Remove from Ledger…".to_owned(),
        pills: ["All", "Guests", "Invited", "Expired"].map(pill).into(),
        rows: people.iter().map(row).collect(),
        nobody: None,
        pager: Pager { first: None, next: Some("/apps/ledger/manage?name=zoe&after=1".to_owned()) },
    }
}

fn row(user: &User) -> Row {
    let person = Person {
        id: user.id.to_string(),
        name: user.name.clone(),
        address: user.address.clone(),
        guest_of: None,
        owner: false,
        state: Some(PersonState::Active),
        detail: String::new(),
    };
    Row {
        menu: format!("menu-{}", user.id),
        person,
        again: None,
        back: None,
        approve: None,
        remove: Some(format!("/apps/ledger/manage/members/{}/remove", user.id)),
        urgent: false,
    }
}
