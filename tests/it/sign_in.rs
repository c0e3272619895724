//! Signing in and out, and what it does not tell (SPEC 5.2, SECURITY C).

use chrono::TimeDelta;
use directory::rate_limit::RateLimit;

use crate::support::cast::{ADAM, BEN, GUS, MIA, PASSWORD};
use crate::support::panel::Panel;
use crate::support::visitor::Visitor;

const MAIL_ME: &str = "E-mail me a code Six digits, no password needed";

async fn gave_address(visitor: &mut Visitor, address: &str) {
    visitor.open("/sign-in?next=/account").await.fill("email", address).press("Continue").await;
}

#[actix_web::test]
async fn a_member_signs_in_with_a_code_and_goes_on_to_where_they_wanted() {
    let panel = Panel::start();
    let mut mia = panel.visitor();
    gave_address(&mut mia, MIA).await;
    mia.press(MAIL_ME).await;
    let code = panel.mailbox.wait_for(MIA).await.code();
    mia.fill("code", &code).press("Sign in").await.sees("My account").sees(MIA);
    assert_eq!((mia.status(), mia.path()), (303, "/account"));
    mia.press("Sign out").await.sees("You are signed out.");
    mia.open("/account").await;
    assert_eq!(mia.path(), "/sign-in");
}

#[actix_web::test]
async fn who_comes_back_from_reading_the_mail_finds_the_screen_and_is_mailed_no_other_code() {
    let panel = Panel::start();
    let mut mia = panel.visitor();
    gave_address(&mut mia, MIA).await;
    mia.press(MAIL_ME).await;
    let here = "/sign-in?step=code&next=%2Faccount";
    mia.open(here).await.sees("Look in your mailbox").sees(MIA);
    mia.open(here).await;
    let code = panel.mailbox.wait_for(MIA).await.code();
    mia.fill("code", &code).press("Sign in").await.sees("My account");
    assert_eq!(panel.mailbox.codes(MIA), 1);
    panel.visitor().open(here).await.sees("Sign in to Meridian Labs").does_not_see(MIA);
}

#[actix_web::test]
async fn an_administrator_who_forgot_the_password_is_offered_no_code_that_was_entered_already() {
    let panel = Panel::start();
    let mut adam = panel.visitor();
    gave_address(&mut adam, ADAM).await;
    adam.press(MAIL_ME).await;
    let code = panel.mailbox.wait_for(ADAM).await.code();
    adam.fill("code", &code).press("Sign in").await;
    adam.fill("password", "forgotten").press("Sign in").await.sees("another administrator can help");
    adam.does_not_see("E-mail me a code");
}

#[actix_web::test]
async fn a_change_of_language_on_the_way_leads_to_where_they_wanted_too() {
    let panel = Panel::start();
    let mut mia = panel.visitor();
    gave_address(&mut mia, MIA).await;
    mia.press(MAIL_ME).await.sees("Look in your mailbox");
    mia.press("Nederlands").await;
    assert_eq!(mia.path(), "/sign-in");
    assert!(mia.html().contains("name=\"next\" value=\"/account\""), "{mia}");
}

#[actix_web::test]
async fn an_administrator_needs_password_and_code_in_either_order() {
    let panel = Panel::start();
    let mut adam = panel.visitor();
    gave_address(&mut adam, ADAM).await;
    adam.fill("password", PASSWORD).press("Sign in").await.sees("Look in your mailbox");
    let code = panel.mailbox.wait_for(ADAM).await.code();
    adam.fill("code", &code).press("Sign in").await.sees("Administrator");

    let mut again = panel.visitor();
    gave_address(&mut again, ADAM).await;
    again.press(MAIL_ME).await;
    let code = panel.mailbox.wait_for_nth(ADAM, 2).await.code();
    again.fill("code", &code).press("Sign in").await.sees("Administrators also need their password.");
    again.fill("password", PASSWORD).press("Sign in").await.sees("My account");
}

#[actix_web::test]
async fn every_address_is_asked_the_same_and_a_wrong_password_says_nothing_c7() {
    let panel = Panel::start();
    let mut answers = Vec::new();
    for address in [MIA, GUS, BEN, "nobody@meridian.test", "nobody@nowhere.test"] {
        let mut visitor = panel.visitor();
        gave_address(&mut visitor, address).await;
        let ways = visitor.text().replace(address, "");
        visitor.fill("password", "not the password").press("Sign in").await;
        assert_eq!(visitor.status(), 422);
        let refused = visitor.text().replace(address, "");
        visitor.press(MAIL_ME).await;
        answers.push((ways, refused, visitor.text().replace(address, "")));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    panel.mailbox.wait_for(MIA).await;
    assert!(panel.mailbox.mails().iter().all(|mail| mail.to != BEN));
}

#[actix_web::test]
async fn a_new_code_is_said_to_be_on_its_way_to_whatever_address_c7() {
    const SAID: &str = "If this address is known here, a new code is on its way.";
    let panel = Panel::start();
    let mut answers = Vec::new();
    for address in [MIA, BEN, "nobody@nowhere.test"] {
        let mut visitor = panel.visitor();
        gave_address(&mut visitor, address).await;
        visitor.sees("Prove that it is you");
        visitor.press(MAIL_ME).await.does_not_see(SAID);
        visitor.press("Send a new code").await.sees(SAID);
        answers.push(visitor.text().replace(address, ""));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

#[actix_web::test]
async fn who_sends_a_form_after_the_session_ended_is_told_that_nothing_was_saved() {
    const SAID: &str = "You were signed out. What you had typed was not saved.";
    let panel = Panel::start();
    let mut mia = panel.signed_in(MIA).await;
    mia.open("/account").await;
    mia.with_cookies(&mia.cookies()).open("/account").await.post("/sign-out", &[]).await;
    mia.post("/account/password", &[("new_password", "a whole new phrase")]).await;
    assert_eq!(mia.status(), 303, "{mia}");
    mia.follow().await.sees(SAID);
    mia.open("/account").await.does_not_see(SAID);
    // Nobody is told so by a form of another site.
    let from = [("origin", "https://evil.example"), ("content-type", "application/x-www-form-urlencoded")];
    mia.send_raw(reqwest::Method::POST, "/account/password", &from, "").await;
    mia.open("/account").await.does_not_see(SAID);
}

#[actix_web::test]
async fn guessing_passwords_is_slowed_down_and_locks_nobody_out_c6_c8() {
    let panel = Panel::start();
    let mut thief = panel.visitor();
    gave_address(&mut thief, ADAM).await;
    for _ in 0..10 {
        thief.post("/sign-in", &[("way", "password"), ("password", "guess")]).await;
        assert_eq!(thief.status(), 422);
    }
    thief.post("/sign-in", &[("email", ADAM), ("way", "password"), ("password", PASSWORD)]).await;
    assert_eq!(thief.status(), 429);
    panel.clock.advance(TimeDelta::minutes(10));
    let mut adam = panel.visitor();
    gave_address(&mut adam, ADAM).await;
    adam.fill("password", PASSWORD).press("Sign in").await.sees("Look in your mailbox");
}

#[actix_web::test]
async fn who_signs_in_rightly_uses_up_nobodys_tries_c8() {
    let panel = Panel::start();
    for (limit, tries) in [("sign-in", 40), ("sign-in-codes", 60)] {
        let limit = RateLimit::new(limit, tries, TimeDelta::minutes(10));
        let but_two = usize::try_from(tries).unwrap() - 2;
        panel.write(|tx| limit.of("127.0.0.1").times(but_two).take(tx).map(drop));
    }
    for address in [MIA, ADAM, GUS] {
        panel.signed_in(address).await;
        panel.until("SELECT key AS line FROM rate_limits WHERE key LIKE 'sign-in:%' AND taken > 38").await;
    }
}

#[actix_web::test]
async fn a_session_gets_a_new_key_and_the_old_one_is_worth_nothing_c1_c3() {
    let panel = Panel::start();
    let mut mia = panel.visitor();
    gave_address(&mut mia, MIA).await;
    mia.press(MAIL_ME).await;
    let before = mia.html().to_owned();
    let code = panel.mailbox.wait_for(MIA).await.code();
    mia.fill("code", &code).press("Sign in").await.sees("My account");
    let token =
        before.split("name=\"csrf_token\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    mia.send(reqwest::Method::POST, "/sign-out", &[("csrf_token".to_owned(), token.to_owned())]).await;
    assert_eq!(mia.status(), 403);
}

#[actix_web::test]
async fn nobody_is_sent_away_from_the_panel_e1() {
    let panel = Panel::start();
    let mut mia = panel.visitor();
    mia.open("/sign-in?next=%2F%2Fevil.example").await.fill("email", MIA).press("Continue").await;
    mia.press(MAIL_ME).await;
    let code = panel.mailbox.wait_for(MIA).await.code();
    mia.fill("code", &code)
        .post("/sign-in", &[("way", "code"), ("code", &code), ("next", "/\\evil.example")])
        .await;
    assert_eq!(mia.location().as_deref(), Some("/apps"));
}

#[actix_web::test]
async fn what_is_typed_badly_is_refused_beside_its_field() {
    let panel = Panel::start();
    let mut visitor = panel.visitor();
    visitor.open("/sign-in").await;
    for typed in ["", "mia", "mia@", "mia@@meridian.test", "a\u{202e}@b.test"] {
        visitor.post("/sign-in", &[("email", typed)]).await;
        assert_eq!(visitor.status(), 422, "{typed:?}");
    }
    visitor.post("/sign-in", &[("email", MIA), ("email", ADAM)]).await;
    assert_eq!(visitor.status(), 422);
    let long = "x".repeat(2000);
    visitor.post("/sign-in", &[("email", MIA), ("way", "password"), ("password", &long)]).await;
    visitor.sees("At most 1024 bytes.");
    visitor.post("/sign-in", &[("email", MIA), ("way", "passkey")]).await.sees("Password");
}
