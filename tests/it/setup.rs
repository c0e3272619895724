//! The one-time set-up link (SPEC 5.2, SECURITY J9).

use directory::organisation::Profile;
use directory::{Organisation, setup_link};

use crate::support::panel::Panel;
use crate::support::visitor::Visitor;

fn link(panel: &Panel) -> String {
    format!("/set-up/{}", panel.write(|tx| setup_link::create(tx, [7; 32])).unwrap())
}

async fn filled_in(visitor: &mut Visitor, link: &str) {
    visitor.open(link).await.sees("Set up Vestibule");
    visitor.fill("organisation", "Meridian Labs").fill("domain", "@meridian.test").fill("language", "en");
    visitor
        .fill("time_zone", "Europe/Amsterdam")
        .fill("name", "Adam Ito")
        .fill("email", "adam@meridian.test");
}

#[actix_web::test]
async fn the_link_makes_the_first_administrator_who_is_signed_in_at_once() {
    let panel = Panel::start_empty();
    let (link, mut adam) = (link(&panel), panel.visitor());
    filled_in(&mut adam, &link).await;
    adam.fill("password", "correct horse battery").press("Set up").await;
    assert_eq!((adam.status(), adam.path()), (303, "/admin"));
    adam.sees("Quickest: add an app and press “Set up self-service” on its page");
    assert_eq!(adam.link("Add an app").as_deref(), Some("/admin/apps/new"), "{adam}");
    let profile = panel.read(Organisation::load).profile;
    assert_eq!((profile.name.as_str(), profile.primary_domain.as_str()), ("Meridian Labs", "meridian.test"));
    assert_eq!(profile.time_zone, "Europe/Amsterdam");
    adam.open("/account").await.sees("Adam Ito");
}

/// A command that adds somebody founds the organisation with what it can guess.
#[actix_web::test]
async fn what_the_first_administrator_says_of_the_organisation_counts() {
    let panel = Panel::start_empty();
    panel.write(|tx| {
        let guessed =
            Profile { primary_domain: "gmail.example".to_owned(), ..Organisation::default().profile };
        Organisation::found(tx, &guessed).map(drop)
    });
    let (link, mut adam) = (link(&panel), panel.visitor());
    filled_in(&mut adam, &link).await;
    adam.fill("password", "correct horse battery").press("Set up").await;
    let profile = panel.read(Organisation::load).profile;
    assert_eq!((profile.name.as_str(), profile.primary_domain.as_str()), ("Meridian Labs", "meridian.test"));
}

#[actix_web::test]
async fn it_works_once_and_nothing_else_works_at_all() {
    let panel = Panel::start_empty();
    let (link, mut adam) = (link(&panel), panel.visitor());
    filled_in(&mut adam, &link).await;
    adam.fill("password", "correct horse battery").press("Set up").await;
    for used in [link.as_str(), "/set-up/x"] {
        let mut late = panel.visitor();
        late.open(used).await.sees("This set-up link does not work");
        assert_eq!((late.status(), late.header("referrer-policy")), (404, Some("no-referrer")));
    }
}

#[actix_web::test]
async fn what_is_wrong_stands_beside_its_field_and_what_was_typed_stays() {
    let panel = Panel::start_empty();
    let (link, mut adam) = (link(&panel), panel.visitor());
    filled_in(&mut adam, &link).await;
    adam.fill("domain", "meridian").fill("password", "Meridian Labs").press("Set up").await;
    assert_eq!(adam.status(), 422);
    adam.sees("Give one domain, for instance example.org.").sees("Somebody could guess this");
    assert!(
        adam.html().contains("value=\"Adam Ito\"")
            && !adam.html().contains("value=\"Meridian Labs\" maxlength=\"1024\"")
    );
    assert_eq!(panel.read(Organisation::load).version, 0);
}
