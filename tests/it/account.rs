//! My account: language, password, sessions.

use chrono::TimeDelta;

use crate::support::cast::{ADAM, GUS, MIA};
use crate::support::form::select;
use crate::support::panel::Panel;
use crate::support::stage;
use crate::support::visitor::Visitor;

const MAIL_ME: &str = "E-mail me a code Six digits, no password needed";

/// Signs somebody in with a mailed code, their `nth`, and opens My account.
async fn at_account(panel: &Panel, address: &str, nth: usize) -> Visitor {
    let mut visitor = panel.visitor();
    visitor.open("/sign-in?next=/account").await.fill("email", address).press("Continue").await;
    visitor.press(MAIL_ME).await;
    let code = panel.mailbox.wait_for_nth(address, nth).await.code();
    visitor.fill("code", &code).press("Sign in").await.sees("My account");
    visitor
}

#[actix_web::test]
async fn a_guest_reads_whose_guest_they_are() {
    let panel = Panel::start();
    at_account(&panel, GUS, 1).await.sees("Guest at Meridian Labs").sees("This browser");
}

#[actix_web::test]
async fn a_single_key_jumps_to_the_search_box_only_for_those_who_asked_for_it() {
    const MARKED: &str = "aria-keyshortcuts=\"/\"";
    let panel = Panel::start();
    let mut gus = at_account(&panel, GUS, 1).await;
    assert!(!gus.open("/apps").await.html().contains(MARKED), "{gus}");
    gus.open("/account").await.fill("search_key", "yes").press("Save").await;
    assert!(gus.open("/apps").await.html().contains(MARKED), "{gus}");
    // What is chosen besides leaves it alone.
    gus.press("Dark appearance").await;
    assert!(gus.open("/apps").await.html().contains(MARKED), "{gus}");
    gus.open("/account").await.fill("search_key", "no").press("Save").await;
    assert!(!gus.open("/apps").await.html().contains(MARKED), "{gus}");
}

#[actix_web::test]
async fn a_guest_is_offered_no_password_and_gets_none_d9() {
    let panel = Panel::start();
    let mut gus = at_account(&panel, GUS, 1).await;
    gus.does_not_see("Set password").does_not_see("change your password");
    gus.post("/account/password", &[("new_password", "a whole new phrase")]).await;
    assert_eq!(gus.status(), 403);
    gus.sees("Guests have no password: they sign in with a code by mail.");
    assert_eq!(panel.read(|tx| stage::user(tx, GUS)).password_hash, None);
}

#[actix_web::test]
async fn a_first_password_is_not_set_in_a_browser_that_was_left_open_c4() {
    let panel = Panel::start();
    let mut mia = at_account(&panel, MIA, 1).await;
    panel.clock.advance(TimeDelta::minutes(11));
    mia.fill("new_password", "a whole new phrase").press("Set password").await;
    assert_eq!(mia.status(), 422);
    mia.sees("Sign out, and sign in again with a code by mail.");
    let mut again = at_account(&panel, MIA, 2).await;
    again.fill("new_password", "a whole new phrase").press("Set password").await;
    again.sees("Your password is set.");
}

#[actix_web::test]
async fn an_administrator_takes_away_a_password_that_is_not_theirs_c4() {
    let panel = Panel::start();
    let mut thief = at_account(&panel, MIA, 1).await;
    thief.fill("new_password", "a whole new phrase").press("Set password").await;
    thief.sees("Your password is set.");
    let mut adam = panel.signed_in(ADAM).await;
    let access = format!("/admin/users/{}/access", panel.read(|tx| stage::user(tx, MIA)).id);
    adam.open(&access).await.click("Remove password").await.sees("Remove the password of Mia de Vries?");
    adam.press("Remove password").await.sees("The password of Mia de Vries has been removed.");
    adam.open(&access).await;
    assert_eq!(adam.link("Remove password"), None);
    thief.open("/account").await;
    assert_eq!(thief.path(), "/sign-in");
    thief.fill("email", MIA).press("Continue").await;
    thief.fill("password", "a whole new phrase").press("Sign in").await;
    assert_eq!(thief.status(), 422);
    at_account(&panel, MIA, 2).await.sees("Set password");
}

#[actix_web::test]
async fn an_administrators_password_is_not_taken_away() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    let own = format!("/admin/users/{}", panel.read(|tx| stage::user(tx, ADAM)).id);
    adam.open(&format!("{own}/access")).await;
    assert_eq!(adam.link("Remove password"), None);
    adam.post(&format!("{own}/remove-password"), &[]).await.follow().await.sees("Nothing was changed.");
    assert!(panel.read(|tx| stage::user(tx, ADAM)).password_hash.is_some());
}

#[actix_web::test]
async fn a_first_password_signs_other_browsers_out_and_is_asked_for_to_change_it() {
    let panel = Panel::start();
    let mut other = at_account(&panel, MIA, 1).await;
    let mut mia = at_account(&panel, MIA, 2).await;
    mia.fill("new_password", "too short").press("Set password").await.sees("At least 12 characters.");
    assert_eq!(mia.status(), 422);
    mia.fill("new_password", "a whole new phrase").press("Set password").await.sees("Your password is set.");
    other.open("/account").await;
    assert_eq!(other.path(), "/sign-in");
    mia.fill("current_password", "a wrong old phrase").fill("new_password", "another new phrase");
    mia.press("Change password").await.sees("This is not your current password.");
    mia.fill("current_password", "a wrong old phrase").fill("new_password", "too short");
    mia.press("Change password").await;
    let page = mia.page();
    let told: Vec<_> = select(&page, ".errors a").into_iter().filter_map(|link| link.attr("href")).collect();
    assert_eq!(told, ["#current_password", "#new_password"], "in the order of the page");
    let mut again = panel.visitor();
    again.open("/sign-in").await.fill("email", MIA).press("Continue").await;
    again.fill("password", "a whole new phrase").press("Sign in").await;
    assert_eq!(again.path(), "/apps");
}

#[actix_web::test]
async fn sessions_are_listed_and_ended_one_by_one_or_all_others_at_once() {
    let panel = Panel::start();
    let mut other = at_account(&panel, MIA, 1).await;
    let mut mia = at_account(&panel, MIA, 2).await;
    mia.press("Sign out everywhere else").await.sees("Every other browser is signed out.");
    other.open("/account").await;
    assert_eq!(other.path(), "/sign-in");
    let mut third = at_account(&panel, MIA, 3).await;
    let mut actions = third.forms().into_iter().map(|form| form.action);
    assert!(third.html().contains("\"Sign out Another browser, signed in since 18 Nov 2026, 13:05 CET\""));
    let end = actions.find(|action| action.ends_with("/end") && !action.contains("others")).unwrap();
    let mut gus = at_account(&panel, GUS, 1).await;
    gus.post(&end, &[]).await;
    assert_eq!(gus.status(), 404, "b3: another person's session does not exist");
    third.post(&end, &[]).await.follow().await;
    third.sees("That browser is signed out.");
    mia.open("/account").await;
    assert_eq!(mia.path(), "/sign-in");
}

#[actix_web::test]
async fn language_and_appearance_stay() {
    let panel = Panel::start();
    let mut mia = at_account(&panel, MIA, 1).await;
    mia.fill("language", "nl").fill("theme", "dark").press("Save").await.sees("Mijn account");
    assert!(mia.html().contains("data-theme=\"dark\""));
    let language = panel.read(|tx| Ok(crate::support::cast::actor(tx, MIA).language));
    assert_eq!(language, Some(directory::Language::Dutch));
}
