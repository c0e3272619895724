//! B10 and F5: what lists and searches tell an owner.

use chrono::TimeDelta;
use directory::group::Group;
use directory::organisation::TenantSettings;
use directory::rate_limit::RateLimit;
use directory::text::Label;
use directory::user::{User, UserProfile};
use directory::{Organisation, Tx, group_member};

use crate::support::cast::{self, ADAM, BEN, GUS, MIA, OLIVIA};
use crate::support::crawl;
use crate::support::panel::Panel;
use crate::support::stage::{self, Audience, HAL, PIA, QUINN, RIA};
use crate::support::visitor::Visitor;

const ADD: &str = "/apps/salesforce/manage/add";
const MEMBERS: &str = "/apps/salesforce/manage/members";

/// Searches that one person may make in a minute.
const SEARCHES: usize = 60;

/// Looks for somebody among the people of the organisation.
async fn search<'a>(olivia: &'a mut Visitor, text: &str) -> &'a mut Visitor {
    olivia.post(ADD, &[("email", text)]).await
}

#[actix_web::test]
async fn a_search_finds_colleagues_by_three_letters_and_nobody_else_b10() {
    let panel = stage::set();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(ADD).await;
    for letter in 'a'..='z' {
        search(&mut olivia, &letter.to_string()).await.sees("at least three letters");
        search(&mut olivia, &format!("{letter}\u{301}\u{301}")).await.sees("at least three letters");
        search(&mut olivia, &format!(" {letter}%")).await.sees("at least three letters");
        olivia.does_not_see(MIA).does_not_see("partner.test");
        panel.clock.advance(TimeDelta::seconds(10));
    }
    for text in ["gus", "hal", "ria", "pia", "quinn", "ben", "okafor", "partner", "supplier", "test", "___"] {
        search(&mut olivia, text).await;
        assert_eq!(olivia.status(), 200, "{olivia}");
        for other in [GUS, HAL, RIA, PIA, QUINN, BEN] {
            olivia.does_not_see(other);
        }
    }
    search(&mut olivia, "vri").await.sees(MIA);
}

#[actix_web::test]
async fn a_search_that_is_turned_off_finds_nobody_for_owners_b10() {
    let panel = Panel::start();
    panel.write(|tx| {
        let (adam, now) = (cast::administrator(tx), Organisation::load(tx)?);
        let settings = TenantSettings { members_search: false, ..now.settings.clone() };
        Organisation::change(tx, &adam, &now.profile, &settings, now.version).map(drop)
    });
    let (mut olivia, mut adam) = (panel.signed_in(OLIVIA).await, panel.signed_in(ADAM).await);
    search(olivia.open(ADD).await, "mia").await.sees("has been turned off");
    assert_eq!(olivia.status(), 200, "{olivia}");
    olivia.does_not_see("Mia de Vries").does_not_see(MIA);
    search(adam.open(ADD).await, "mia").await.sees("Mia de Vries").sees(MIA);
}

#[actix_web::test]
async fn nobody_reads_the_directory_by_asking_often_b10() {
    let panel = stage::set();
    let mut olivia = panel.signed_in(OLIVIA).await;
    for what in ["mia", "someone@partner.test"] {
        panel.clock.advance(TimeDelta::minutes(1));
        olivia.open(ADD).await;
        for number in 0..SEARCHES {
            assert_eq!(search(&mut olivia, what).await.status(), 200, "{what} {number}: {olivia}");
        }
        // A page that refuses has no form: its token is that of the page before.
        assert_eq!(search(&mut olivia, what).await.status(), 429, "{what}: {olivia}");
        olivia.does_not_see(MIA).does_not_see("New guest");
        // Whoever has somebody to add still can.
        olivia
            .open(ADD)
            .await
            .post("/apps/salesforce/manage/members", &[("email", "ann@partner.test")])
            .await;
        assert_eq!(olivia.status(), 303, "{olivia}");
    }
}

/// A form that cannot be carried out shows its list again, with what would happen to each address.
#[actix_web::test]
async fn nobody_reads_the_directory_by_sending_what_is_refused_b10() {
    let panel = stage::set();
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open(ADD).await;
    let addresses: Vec<String> = (0..70).map(|number| format!("listed-{number}@partner.test")).collect();
    let mut form: Vec<(&str, &str)> = addresses.iter().map(|address| ("listed", address.as_str())).collect();
    form.push(("email", "no address"));
    olivia.post(MEMBERS, &form).await;
    let shown = addresses.iter().filter(|address| olivia.html().contains(*address)).count();
    assert_eq!((olivia.status(), shown), (422, 51), "{olivia}");
    for number in 1..SEARCHES {
        assert_eq!(olivia.post(MEMBERS, &form[65..]).await.status(), 422, "{number}: {olivia}");
    }
    assert_eq!(olivia.post(MEMBERS, &form[65..]).await.status(), 429, "{olivia}");
    panel.clock.advance(TimeDelta::minutes(1));
    olivia.open(ADD).await;
    for number in 0..SEARCHES {
        let refused = [("email", "nobody@meridian.test")];
        assert_eq!(olivia.post(MEMBERS, &refused).await.status(), 422, "{number}: {olivia}");
    }
    assert_eq!(olivia.post(MEMBERS, &[("email", "nobody@meridian.test")]).await.status(), 429, "{olivia}");
}

/// The page about an address, without the address.
async fn told(olivia: &mut Visitor, address: &str) -> (u16, String, usize) {
    olivia.open(ADD).await;
    search(olivia, address).await.sees("New guest");
    let length = olivia.html().replace(address, "").len();
    (olivia.status(), olivia.text().replace(address, ""), length)
}

#[actix_web::test]
async fn fifty_addresses_in_one_form_are_fifty_looks_b10() {
    let panel = Panel::start();
    let looked_at = RateLimit::new("directory-addresses", 5_000, TimeDelta::hours(1));
    panel.write(|tx| {
        let olivia = cast::actor(tx, OLIVIA).id.to_string();
        looked_at.of(olivia).times(4_960).take(tx).map(drop)
    });
    let mut olivia = panel.signed_in(OLIVIA).await;
    let many: Vec<String> = (0..50).map(|number| format!("nobody{number}@meridian.test")).collect();
    let form: Vec<(&str, &str)> = many.iter().map(|address| ("listed", address.as_str())).collect();
    assert_eq!(olivia.open(ADD).await.post(MEMBERS, &form).await.status(), 422, "{olivia}");
    assert_eq!(olivia.open(ADD).await.post(MEMBERS, &form).await.status(), 429, "{olivia}");
}

#[actix_web::test]
async fn whom_somebody_else_has_invited_looks_like_anybody_b10() {
    let panel = stage::set();
    let mut olivia = panel.signed_in(OLIVIA).await;
    let unknown = told(&mut olivia, "quint@supplier.test").await;
    let invited = told(&mut olivia, QUINN).await;
    assert_eq!((unknown.0, &unknown.1), (invited.0, &invited.1));
    assert!(unknown.2.abs_diff(invited.2) <= 16, "{} and {} bytes", unknown.2, invited.2);
    // By name, guests and nobody are the same.
    let mut by_name = Vec::new();
    for text in ["quinn", "quint", "gus", "gux"] {
        olivia.open(ADD).await;
        search(&mut olivia, text).await.sees("Nobody found");
        by_name.push((olivia.status(), olivia.text().replace(text, "")));
    }
    assert!(by_name.iter().all(|answer| *answer == by_name[0]), "{by_name:#?}");
}

/// What is known of Gus and is nothing that Olivia needs, in words that stand nowhere else.
const OF_GUS: [&str; 8] = [
    "Dunwich",
    "Taxidermist",
    "Zembla",
    "Quillfeather",
    "Netscape",
    "13:22",
    "Counting people",
    "Ledger of Otto",
];

fn write_down(tx: &mut Tx<'_>) -> directory::Result<()> {
    let (adam, gus) = (cast::administrator(tx), stage::user(tx, GUS)?);
    let label = |text| Label::parse(text).unwrap();
    let profile = UserProfile {
        department: label("Dunwich"),
        job_title: label("Taxidermist"),
        country: label("Zembla"),
        company: label("Quillfeather"),
        ..UserProfile::named(cast::name(&gus.name))
    };
    User::change(tx, &adam, gus.id, &profile, gus.version)?;
    let ottos = Group::by_slug(tx, "counting-people")?;
    group_member::fill(tx, &ottos, &[gus.id])
}

#[actix_web::test]
async fn an_owner_reads_of_her_people_what_she_needs_and_no_more_f5() {
    let panel = stage::set();
    panel.write(write_down);
    // When a mail was sent stands on her lists, and must not be when Gus was last there.
    panel.until_mails_are_tried().await;
    panel.clock.advance(TimeDelta::minutes(17));
    let mut gus = panel.signed_in(GUS).await;
    panel.database.tell("UPDATE sessions SET user_agent = 'Netscape/7.2 (192.0.2.77)'");
    gus.open("/apps").await.sees("Ledger of Otto");
    panel.clock.advance(TimeDelta::minutes(31));
    let mut olivia = panel.signed_in(OLIVIA).await;
    let mut pages = crawl::pages(&panel, Audience::Owner, &mut olivia).await;
    let id = panel.read(|tx| Ok(stage::user(tx, GUS)?.id));
    for target in ["/apps/salesforce/manage", "/groups/sales-partners"] {
        pages.extend(["", "?q=gus", "?show=guests"].map(|asked| format!("{target}{asked}")));
        pages.push(format!("{target}/members/{id}/remove"));
    }
    let mut seen = 0;
    for page in &pages {
        olivia.get(page).await;
        seen += usize::from(olivia.html().contains(GUS));
        for word in OF_GUS.into_iter().chain(["192.0.2.77", "$argon2"]) {
            assert!(!olivia.html().contains(word), "{page} says {word}");
        }
    }
    assert!(seen > 4, "Gus is on her lists");
    // What is not shown is not found by it either.
    for word in OF_GUS {
        olivia.open(&format!("/groups/sales-partners?q={}", word.replace(' ', "+"))).await.does_not_see(GUS);
    }
    let mut adam = panel.signed_in(ADAM).await;
    adam.open(&format!("/admin/users/{id}")).await;
    assert!(OF_GUS[..4].iter().all(|word| adam.html().contains(word)), "it is there: {adam}");
    adam.open(&format!("/admin/users/{id}/access")).await.sees("Counting people");
}
