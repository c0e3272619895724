//! C: sessions and signing in.

use std::time::{Duration, Instant};

use directory::user::User;
use reqwest::Method;

use crate::support::cast::{self, GUS, MIA};
use crate::support::panel::Panel;
use crate::support::stage::{self, PIA};
use crate::support::visitor::Visitor;

/// Signs in as Mia up to the code, which is answered.
async fn asked_for_code(panel: &Panel, visitor: &mut Visitor) -> String {
    visitor.open("/sign-in").await.post("/sign-in", &[("email", MIA)]).await;
    visitor.post("/sign-in", &[("email", MIA), ("way", "code")]).await.follow().await;
    panel.mailbox.wait_for(MIA).await.code()
}

#[actix_web::test]
async fn a_session_from_before_signing_in_is_worth_nothing_after_it_c1() {
    let panel = Panel::start();
    let mut mia = panel.visitor();
    mia.open("/sign-in").await;
    let (before, token) = (mia.cookies(), mia.token());
    panel.sign_in(&mut mia, MIA).await;
    assert_ne!(mia.cookies(), before);
    // Whoever put a cookie there beforehand has no part in the session.
    let mut attacker = mia.with_cookies(&before);
    attacker.get("/account").await;
    assert_eq!(attacker.status(), 303);
    let fields = [("csrf_token".to_owned(), token)];
    mia.send(Method::POST, "/account/sessions/others/end", &fields).await;
    assert_eq!(mia.status(), 403);
}

#[actix_web::test]
async fn a_blocked_person_is_nobody_on_the_next_request_c2() {
    let panel = Panel::start();
    let mut gus = panel.signed_in(GUS).await;
    let mut again = gus.with_cookies(&gus.cookies());
    assert_eq!(again.get("/apps").await.status(), 200);
    panel.write(|tx| {
        let (adam, gus) = (cast::administrator(tx), cast::actor(tx, GUS));
        User::block(tx, &adam, gus.id)
    });
    for visitor in [&mut gus, &mut again] {
        visitor.get("/apps").await;
        assert_eq!((visitor.status(), visitor.location().as_deref()), (303, Some("/sign-in")));
    }
    panel.write(|tx| {
        let adam = cast::administrator(tx);
        let gus = stage::user(tx, GUS)?;
        User::unblock(tx, &adam, gus.id)
    });
    gus.get("/apps").await;
    assert_eq!(gus.status(), 303, "the old session does not come back to life");
}

#[actix_web::test]
async fn an_invited_guest_is_let_in_by_nothing_but_the_invitation_a6_a15() {
    let panel = stage::set();
    panel.mailbox.wait_for(PIA).await;
    let mut pia = panel.visitor();
    let password = [("email", PIA), ("way", "password"), ("password", "of her own choice")];
    pia.open("/sign-in").await.post("/sign-in", &password).await;
    assert_eq!(pia.status(), 422, "{pia}");
    pia.post("/sign-in", &[("email", PIA), ("way", "code")]).await.follow().await;
    let code = panel.mailbox.wait_for_nth(PIA, 2).await.code();
    pia.post("/sign-in", &[("email", PIA), ("way", "code"), ("code", &code)]).await;
    assert!(pia.location().is_some_and(|place| place.starts_with("/invitations/")), "{pia}");
    for address in ["/apps", "/account", "/groups/sales-partners", "/apps/salesforce/manage"] {
        pia.get(address).await;
        assert!(pia.location().is_some_and(|place| place.starts_with("/sign-in")), "{address}: {pia}");
    }
}

#[actix_web::test]
async fn a_copied_cookie_dies_with_the_session_c3() {
    let panel = Panel::start();
    let mut mia = panel.signed_in(MIA).await;
    let mut thief = mia.with_cookies(&mia.cookies());
    assert_eq!(thief.get("/account").await.status(), 200);
    mia.open("/account").await.post("/sign-out", &[]).await;
    assert_eq!(thief.get("/account").await.status(), 303);
}

/// Whoever sits down at the browser after it was signed out of goes on with nothing.
#[actix_web::test]
async fn a_browser_that_was_signed_out_of_is_another_c1() {
    const BROWSER: &str = "vestibule_browser";
    let panel = Panel::start();
    let mut mia = panel.signed_in(MIA).await;
    mia.open("/account").await.post("/sign-in", &[("email", MIA), ("way", "code")]).await;
    assert_eq!(mia.status(), 303, "{mia}");
    let code = panel.mailbox.wait_for_nth_code(MIA, 2).await;
    let before = mia.cookie(BROWSER);
    mia.open("/account").await.post("/sign-out", &[]).await;
    assert_eq!(mia.status(), 303, "{mia}");
    mia.open("/sign-in").await;
    assert!(before.is_some() && mia.cookie(BROWSER).is_some());
    assert_ne!(mia.cookie(BROWSER), before);
    mia.post("/sign-in", &[("email", MIA), ("way", "code"), ("code", &code)]).await;
    assert_eq!(mia.status(), 422, "{mia}");
}

#[actix_web::test]
async fn guesses_from_six_places_count_on_the_code_c6() {
    let panel = Panel::start_with(&[("trusted_proxies", "127.0.0.0/8")]);
    cast::assemble(&panel.directory);
    let mut mia = panel.visitor();
    let code = asked_for_code(&panel, &mut mia).await;
    let wrong = if code == "123456" { "654321" } else { "123456" };
    let form = |code: &str, token: &str| {
        let pairs = [("csrf_token", token), ("email", MIA), ("way", "code"), ("code", code)];
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    };
    for place in 1..=6 {
        let body = form(wrong, &mia.token());
        let from = format!("192.0.2.{place}");
        let headers =
            [("content-type", "application/x-www-form-urlencoded"), ("x-forwarded-for", from.as_str())];
        mia.send_raw(Method::POST, "/sign-in", &headers, body).await;
        assert_eq!(mia.status(), 422, "{mia}");
    }
    mia.post("/sign-in", &[("email", MIA), ("way", "code"), ("code", &code)]).await;
    assert_eq!(mia.status(), 422, "the right code comes too late: {mia}");
    // Another browser asks for its own, and is not in the way of this.
    let mut other = panel.visitor();
    panel.sign_in(&mut other, MIA).await;
}

#[actix_web::test]
async fn forty_wrong_codes_from_one_place_are_enough_c6() {
    let panel = Panel::start();
    let mut thief = panel.visitor();
    let guess = [("email", MIA), ("way", "code"), ("code", "000000")];
    thief.open("/sign-in").await;
    for number in 1..=40 {
        assert_eq!(thief.post("/sign-in", &guess).await.status(), 422, "{number}: {thief}");
    }
    assert_eq!(thief.post("/sign-in", &guess).await.status(), 429, "{thief}");
    let nothing_yet =
        panel.visitor().open("/sign-in").await.post("/sign-in", &[("email", MIA)]).await.status();
    assert_eq!(nothing_yet, 200, "who only comes has tried nothing");
}

/// Tries to sign in from somewhere, as a proxy that is trusted says.
async fn try_from(place: usize, thief: &mut Visitor, fields: &[(&str, &str)]) -> u16 {
    let token = thief.token();
    let fields = [("csrf_token", token.as_str())].into_iter().chain(fields.iter().copied());
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let from = format!("192.0.2.{place}");
    let form = ("content-type", "application/x-www-form-urlencoded");
    thief.send_raw(Method::POST, "/sign-in", &[form, ("x-forwarded-for", &from)], body).await;
    thief.status()
}

#[actix_web::test]
async fn whoever_guesses_from_everywhere_keeps_nobody_out_c8() {
    let panel = Panel::start_with(&[("trusted_proxies", "127.0.0.0/8")]);
    cast::assemble(&panel.directory);
    let guess = [("email", MIA), ("way", "password"), ("password", "a guess")];
    let mut refused = 0;
    for number in 0..70 {
        let mut thief = panel.visitor();
        let status = try_from(number / 7, thief.open("/sign-in").await, &guess).await;
        refused += usize::from(status == 429);
    }
    assert_eq!(refused, 10, "an address has sixty guesses an hour, wherever they come from");
    let mut mia = panel.visitor();
    mia.open("/sign-in").await.post("/sign-in", &guess).await;
    assert_eq!(mia.status(), 429, "{mia}");
    panel.sign_in(&mut mia, MIA).await;
}

/// Who guesses all the time keeps no administrator out, who needs the password besides the code.
#[actix_web::test]
async fn whoever_guesses_keeps_no_administrator_out_who_has_the_mailbox_c8() {
    let panel = Panel::start_with(&[("trusted_proxies", "127.0.0.0/8")]);
    cast::assemble(&panel.directory);
    let guess = [("email", cast::ADAM), ("way", "password"), ("password", "a guess")];
    for number in 0..60 {
        let mut thief = panel.visitor();
        try_from(number / 7, thief.open("/sign-in").await, &guess).await;
    }
    let mut adam = panel.visitor();
    adam.open("/sign-in").await.post("/sign-in", &[("email", cast::ADAM), ("way", "code")]).await;
    adam.follow().await;
    let code = panel.mailbox.wait_for(cast::ADAM).await.code();
    adam.post("/sign-in", &[("email", cast::ADAM), ("way", "code"), ("code", &code)]).await;
    let password = [("email", cast::ADAM), ("way", "password"), ("password", cast::PASSWORD)];
    adam.post("/sign-in", &password).await;
    assert_eq!(adam.status(), 303, "{adam}");
}

#[actix_web::test]
async fn whoever_asks_for_two_hundred_codes_fills_no_mailbox_and_keeps_nobody_out_c8() {
    let panel = Panel::start_with(&[("trusted_proxies", "127.0.0.0/8")]);
    cast::assemble(&panel.directory);
    let mut thief = panel.visitor();
    let asked = [("email", cast::ADAM), ("way", "code")];
    for number in 0..200 {
        assert_eq!(try_from(number / 20, thief.open("/sign-in").await, &asked).await, 303, "{thief}");
    }
    let codes = |rows: &[String]| rows.iter().filter(|row| row.contains(cast::ADAM)).count();
    assert_eq!(codes(&panel.contents()["deliveries"]), 5);
    panel.until_mails_are_tried().await;
    // He has his password, and gets the code that goes with it.
    let mut adam = panel.visitor();
    panel.sign_in(&mut adam, cast::ADAM).await;
}

/// Strangers use up both the passwords and the codes of an address.
#[actix_web::test]
async fn whoever_is_known_in_a_browser_is_kept_out_of_it_by_nobody_c8() {
    let panel = Panel::start_with(&[("trusted_proxies", "127.0.0.0/8")]);
    cast::assemble(&panel.directory);
    let mut adam = panel.visitor();
    panel.sign_in(&mut adam, cast::ADAM).await;
    adam.open("/account").await.post("/sign-out", &[]).await;
    let guess = [("email", cast::ADAM), ("way", "password"), ("password", "a guess")];
    let asked = [("email", cast::ADAM), ("way", "code")];
    let mut thief = panel.visitor();
    for number in 0..60 {
        try_from(number / 7, thief.open("/sign-in").await, &guess).await;
        try_from(number / 7, thief.open("/sign-in").await, &asked).await;
    }
    assert_eq!(try_from(99, thief.open("/sign-in").await, &guess).await, 429);
    panel.sign_in(&mut adam, cast::ADAM).await;
    adam.open("/account").await.post("/sign-out", &[]).await;
    // What he was given is for his address, and for whoever has it.
    let mut stolen = thief.with_cookies(&adam.cookies());
    let of_mia = [("email", MIA), ("way", "password"), ("password", "a guess")];
    assert_eq!(try_from(98, stolen.open("/sign-in").await, &of_mia).await, 422);
}

#[actix_web::test]
async fn known_and_unknown_addresses_are_answered_alike_c7() {
    let panel = Panel::start();
    let addresses = [MIA, GUS, cast::BEN, "nobody@meridian.test", "nobody@partner.test"];
    let mut answers = Vec::new();
    for address in addresses {
        let mut visitor = panel.visitor();
        visitor.open("/sign-in").await.post("/sign-in", &[("email", address)]).await;
        let ways = (visitor.status(), visitor.text().replace(address, ""));
        visitor.post("/sign-in", &[("email", address), ("way", "code")]).await.follow().await;
        let asked = (visitor.status(), visitor.text().replace(address, ""));
        visitor.post("/sign-in", &[("email", address), ("way", "code"), ("code", "000000")]).await;
        answers.push((ways, asked, (visitor.status(), visitor.text().replace(address, ""))));
    }
    for (answer, address) in answers.iter().zip(addresses) {
        assert_eq!(*answer, answers[0], "{address}");
    }
}

#[actix_web::test]
async fn ten_megabytes_of_password_are_refused_at_once_c9() {
    let panel = Panel::start();
    let mut visitor = panel.visitor();
    let token = visitor.open("/sign-in").await.token();
    let body = format!("csrf_token={token}&email=mia%40meridian.test&way=password&password=");
    let body = body + &"p".repeat(10_000_000);
    let began = Instant::now();
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    visitor.send_raw(Method::POST, "/sign-in", &headers, body).await;
    assert_eq!(visitor.status(), 413);
    assert!(began.elapsed() < Duration::from_secs(2));
    let long = "p".repeat(2000);
    visitor.open("/sign-in").await;
    visitor.post("/sign-in", &[("email", MIA), ("way", "password"), ("password", &long)]).await;
    assert_eq!(visitor.status(), 422);
}

/// Whoever copied the cookie of before is out too. The page to sign in with leads on who is in already; a form that was
/// open in another tab does not.
#[actix_web::test]
async fn who_signs_in_again_leaves_no_session_behind_c1() {
    let panel = Panel::start();
    let mut browser = panel.signed_in(MIA).await;
    let mut copied = browser.with_cookies(&browser.cookies());
    assert_eq!(copied.get("/apps").await.status(), 200);
    let token = browser.open("/account").await.token();
    let form = |code: &[(&str, &str)]| -> Vec<(String, String)> {
        let fixed = [("csrf_token", token.as_str()), ("email", GUS), ("way", "code")];
        fixed.iter().chain(code).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    browser.send(Method::POST, "/sign-in", &form(&[])).await;
    let code = panel.mailbox.wait_for(GUS).await.code();
    browser.send(Method::POST, "/sign-in", &form(&[("code", &code)])).await;
    assert_eq!((browser.status(), browser.location().as_deref()), (303, Some("/apps")), "{browser}");
    copied.get("/apps").await;
    assert_eq!((copied.status(), copied.location().as_deref()), (303, Some("/sign-in")));
}
