//! What a page may cost: six questions to the database (SPEC), and the bytes of UX section 12.

use directory::app::{App, AppProperties, HomePage};
use directory::app_assignment::{self, Assignee, Assignment};
use directory::catalogue::Catalogue;
use directory::text::{Description, Label};
use directory::user::{User, UserProfile};
use directory::{Language, Result, Tx};
use reqwest::Method;

use crate::support::cast::{self, ADAM, OLIVIA};
use crate::support::panel::Panel;
use crate::support::stage::{self, Audience};
use crate::support::visitor::Visitor;
use crate::support::{crawl, routes};

/// How many questions a page may ask.
const QUESTIONS: usize = 6;
/// How many bytes of HTML, compressed.
const PAGE: usize = 8 * 1024;
/// How many bytes a first visit may load, but for the logos of apps.
const FIRST_VISIT: usize = 20 * 1024;

/// Twenty-five apps for Olivia, and fifty people in her group.
fn fill(tx: &mut Tx<'_>) -> Result<()> {
    let adam = cast::administrator(tx);
    let olivia = cast::actor(tx, OLIVIA);
    for (number, entry) in Catalogue::entries().iter().cycle().take(25).enumerate() {
        let properties = AppProperties {
            name: cast::name(&format!("{} {number}", entry.name)),
            description: Description::parse(entry.description.in_language(Language::English)).unwrap(),
            collection: Label::parse(["Work", "Design", "Money", "People"][number % 4]).unwrap(),
            home_page: HomePage::parse(&entry.home_page).unwrap(),
            enabled: true,
            visible: true,
            assignment_required: true,
        };
        let app = App::add(tx, &adam, &properties, Some(entry))?;
        app_assignment::add(tx, &adam, &app, &Assignment::to(Assignee::User(olivia.id)))?;
    }
    Ok(())
}

fn fifty_people(tx: &mut Tx<'_>) -> Result<()> {
    let manager = cast::manager(tx, OLIVIA);
    let adam = cast::administrator(tx);
    for number in 0..50 {
        let address = format!("colleague.number{number}@meridian.test");
        let profile = UserProfile::named(cast::name(&format!("Colleague Number {number}")));
        User::add_member(tx, &adam, &cast::parse_address(&address), &profile)?;
        directory::invitation::add(tx, &manager, &address, &directory::invitation::Draft::default())?;
    }
    Ok(())
}

async fn questions_of(panel: &Panel, audience: Audience) -> Vec<String> {
    let mut visitor = audience.visitor(panel).await;
    let pages = crawl::pages(panel, audience, &mut visitor).await;
    assert!(pages.len() > 5);
    let mut complaints = Vec::new();
    for page in pages.into_iter().filter(|page| !page.starts_with("/health")) {
        // The first look may note that the session was seen.
        visitor.get(&page).await;
        let _ = panel.database.queries();
        visitor.get(&page).await;
        let asked: Vec<String> =
            panel.database.queries().into_iter().filter(|query| !is_of_an_errand(query)).collect();
        assert!(!asked.is_empty(), "{page} asks nothing: nobody counts");
        if asked.len() > QUESTIONS {
            complaints.push(format!("{page} asks {} times:\n  {}", asked.len(), asked.join("\n  ")));
        }
    }
    complaints
}

/// While pages are read, the courier looks for mails, and now and then somebody for rules to work out.
fn is_of_an_errand(query: &str) -> bool {
    let whether_set = |column: &str| query.contains(column) && query.contains("IS NOT NULL");
    query.contains("lease_until") || whether_set("rule_evaluated_at") || whether_set("mail_held_since")
}

#[actix_web::test]
async fn no_page_asks_the_database_more_than_six_times() {
    directory::testing::count_queries();
    let panel = stage::set();
    panel.write(fill);
    panel.write(fifty_people);
    let mut complaints = questions_of(&panel, Audience::Owner).await;
    complaints.extend(questions_of(&panel, Audience::Administrator).await);
    complaints.extend(questions_of(&panel, Audience::Guest).await);
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

async fn compressed(visitor: &mut Visitor, address: &str) -> usize {
    visitor.send_raw(Method::GET, address, &[("accept-encoding", "br")], "").await;
    assert_eq!(visitor.status(), 200, "{address}");
    assert!(visitor.header("content-encoding") == Some("br"), "{address} is not compressed");
    visitor.weight()
}

#[actix_web::test]
async fn no_page_is_heavier_than_its_budget() {
    let panel = stage::set();
    panel.write(fill);
    panel.write(fifty_people);
    let mut complaints = Vec::new();
    for (audience, who) in [(Audience::Owner, OLIVIA), (Audience::Administrator, ADAM)] {
        let mut visitor = panel.signed_in(who).await;
        let places = stage::olivias(&panel);
        let gets = routes::declared().into_iter();
        let gets = gets.filter(|route| route.method == Method::GET && route.admits.contains(&audience));
        for route in gets.filter(|route| !route.address.starts_with("/health")) {
            let address = stage::filled(&route.address, &places);
            visitor.get(&address).await;
            if visitor.status() == 200 {
                let weight = compressed(&mut visitor, &address).await;
                let over = (weight > PAGE).then(|| format!("{address}: {weight} bytes"));
                complaints.extend(over);
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[actix_web::test]
async fn a_first_visit_loads_little() {
    let panel = stage::set();
    panel.write(fill);
    let mut olivia = panel.signed_in(OLIVIA).await;
    olivia.open("/apps").await;
    let assets: Vec<String> = {
        let page = olivia.page();
        let selector = scraper::Selector::parse("link[rel=stylesheet], script[src], link[rel=icon]").unwrap();
        let address = |element: scraper::ElementRef<'_>| {
            element.attr("href").or_else(|| element.attr("src")).unwrap_or_default().to_owned()
        };
        page.select(&selector).map(address).collect()
    };
    assert_eq!(assets.len(), 3, "{assets:?}");
    let mut weight = compressed(&mut olivia, "/apps").await;
    for asset in &assets {
        olivia.send_raw(Method::GET, asset, &[("accept-encoding", "br")], "").await;
        assert!(olivia.header("cache-control").unwrap().contains("immutable"), "{asset}");
        weight += olivia.weight();
    }
    assert!(weight <= FIRST_VISIT, "{weight} bytes");
}
