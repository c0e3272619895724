//! The kit as a browser meets it.

mod panel;

use chrono::TimeDelta;
use directory::{EmailAddress, user::User};
use reqwest::{Client, Response, redirect::Policy};

use panel::Panel;

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[actix_web::test]
async fn every_answer_carries_the_security_headers() {
    let panel = Panel::start();
    for path in ["/t/form", "/no-such-page", "/health/live", "/invitations/abc"] {
        let answer = panel.visitor().get(path).send().await.unwrap();
        assert!(header(&answer, "content-security-policy").starts_with("default-src 'none'; "), "{path}");
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(&answer, "cache-control"), "no-store", "{path}");
        let policy = if path.starts_with("/inv") { "no-referrer" } else { "same-origin" };
        assert_eq!(header(&answer, "referrer-policy"), policy, "{path}");
        assert_eq!(header(&answer, "x-request-id").len(), 16, "{path}");
    }
}

#[actix_web::test]
async fn another_host_is_not_answered_but_a_probe_is_d1() {
    let panel = Panel::start();
    let ask = |path: &'static str| panel.visitor().get(path).header("host", "evil.example").send();
    let refused = ask("/t/form").await.unwrap();
    assert_eq!(refused.status(), 421);
    assert_eq!(header(&refused, "x-content-type-options"), "nosniff");
    assert!(refused.text().await.unwrap().contains("see public_url"), "the operator learns why");
    assert_eq!(ask("/health/ready").await.unwrap().status(), 200);
}

#[actix_web::test]
async fn an_address_that_does_not_exist_says_so_in_the_readers_language() {
    let panel = Panel::start();
    let answer = panel.visitor().get("/nowhere").header("accept-language", "nl").send().await.unwrap();
    assert_eq!(answer.status(), 404);
    assert!(answer.text().await.unwrap().contains("Deze pagina bestaat niet"));
    assert_eq!(panel.visitor().post("/t/form", &[]).send().await.unwrap().status(), 405);
    assert_eq!(
        panel.visitor().client.head(format!("{}/t/form", panel.url)).send().await.unwrap().status(),
        200
    );
}

#[actix_web::test]
async fn a_stranger_is_asked_to_sign_in_and_brought_back() {
    let panel = Panel::start();
    let answer = panel.visitor().get("/t/me?a=b").send().await.unwrap();
    assert_eq!(answer.status(), 303);
    assert_eq!(header(&answer, "location"), "/sign-in?next=%2Ft%2Fme%3Fa%3Db");
    assert_eq!(header(&answer, "set-cookie"), "", "a stranger who sees no form needs no cookie");
}

#[actix_web::test]
async fn a_form_without_its_token_changes_nothing_c5() {
    let panel = Panel::start();
    let ann = panel.visitor();
    let token = ann.token("/t/form").await;
    let fields = [("csrf_token", token.as_str()), ("email", "ann@example.org")];
    let evil = ann.post("/t/sign-in", &fields).header("origin", "https://evil.example");
    let text =
        ann.client.post(format!("{}/t/sign-in", panel.url)).header("content-type", "text/plain").body("a=b");
    let refused = [
        (ann.post("/t/sign-in", &fields[1..]), 403),
        (panel.visitor().post("/t/sign-in", &fields), 403),
        (evil, 403),
        (ann.post("/t/sign-in", &fields).header("sec-fetch-site", "cross-site"), 403),
        (text, 400),
    ];
    for (number, (request, status)) in refused.into_iter().enumerate() {
        assert_eq!(request.send().await.unwrap().status(), status, "{number}");
    }
    assert_eq!(ann.get("/t/me").send().await.unwrap().status(), 303);
    assert_eq!(ann.post("/t/sign-in", &fields).send().await.unwrap().status(), 303);
}

#[actix_web::test]
async fn signing_in_renews_what_the_browser_holds_c1() {
    let panel = Panel::start();
    let ann = panel.visitor();
    let before = ann.token("/t/form").await;
    let answer = ann.signs_in("ann@example.org").await;
    let cookies: Vec<_> =
        answer.headers().get_all("set-cookie").iter().map(|c| c.to_str().unwrap()).collect();
    assert!(cookies.iter().any(|cookie| cookie.starts_with("vestibule_session=")), "{cookies:?}");
    assert!(cookies.iter().any(|cookie| cookie.starts_with("vestibule_browser=")), "{cookies:?}");
    assert!(cookies.iter().all(|cookie| cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax")));
    assert_eq!(ann.get("/t/me").send().await.unwrap().status(), 200);
    let old = ann.post("/t/sign-out", &[("csrf_token", &before)]).send().await.unwrap();
    assert_eq!(old.status(), 403);
}

#[actix_web::test]
async fn a_note_is_shown_once() {
    let panel = Panel::start();
    let ann = panel.visitor();
    ann.signs_in("ann@example.org").await;
    let first = ann.get("/t/me").send().await.unwrap().text().await.unwrap();
    let second = ann.get("/t/me").send().await.unwrap().text().await.unwrap();
    assert!(first.contains("2 people") && !second.contains("2 people"), "{first} {second}");
}

#[actix_web::test]
async fn a_copied_cookie_is_worth_nothing_after_signing_out_c3() {
    let panel = Panel::start();
    let ann = panel.visitor();
    let answer = ann.signs_in("ann@example.org").await;
    let set = answer.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
    let copied =
        set.filter_map(|cookie| cookie.split(';').next()).find(|c| c.starts_with("vestibule_session"));
    let copied = copied.unwrap().to_owned();
    let thief =
        || Client::builder().redirect(Policy::none()).build().unwrap().get(format!("{}/t/me", panel.url));
    assert_eq!(thief().header("cookie", &copied).send().await.unwrap().status(), 200);
    let token = ann.token("/t/me").await;
    assert_eq!(ann.post("/t/sign-out", &[("csrf_token", &token)]).send().await.unwrap().status(), 303);
    assert_eq!(thief().header("cookie", &copied).send().await.unwrap().status(), 303);
}

#[actix_web::test]
async fn a_session_ends_when_it_is_idle_and_when_it_is_old() {
    let panel = Panel::start();
    let ann = panel.visitor();
    ann.signs_in("ann@example.org").await;
    panel.clock.advance(TimeDelta::hours(7));
    assert_eq!(ann.get("/t/me").send().await.unwrap().status(), 200);
    panel.clock.advance(TimeDelta::hours(4));
    assert_eq!(ann.get("/t/me").send().await.unwrap().status(), 200);
    panel.clock.advance(TimeDelta::minutes(61));
    assert_eq!(ann.get("/t/me").send().await.unwrap().status(), 303);
    ann.signs_in("ann@example.org").await;
    panel.clock.advance(TimeDelta::minutes(8 * 60 + 1));
    assert_eq!(ann.get("/t/me").send().await.unwrap().status(), 303);
}

#[actix_web::test]
async fn ended_sessions_bite_on_the_next_request_r14() {
    let panel = Panel::start();
    let ann = panel.visitor();
    ann.signs_in("ann@example.org").await;
    let address = EmailAddress::parse("ann@example.org").unwrap();
    let ended = panel.directory.write(|tx| {
        let user = User::by_address(tx, &address)?.ok_or(directory::Error::Hidden)?;
        directory::session::end_all_of(tx, user.id)
    });
    ended.unwrap();
    assert_eq!(ann.get("/t/me").send().await.unwrap().status(), 303);
}

#[actix_web::test]
async fn administration_is_for_administrators_and_members_are_told_so() {
    let panel = Panel::start();
    let (ann, ada) = (panel.visitor(), panel.visitor());
    ann.signs_in("ann@example.org").await;
    ada.signs_in("ada@example.org").await;
    assert_eq!(ada.get("/t/admin").send().await.unwrap().status(), 200);
    let refused = ann.get("/t/admin").send().await.unwrap();
    assert_eq!(refused.status(), 403);
    assert!(refused.text().await.unwrap().contains("This is for administrators."));
}

#[actix_web::test]
async fn a_body_has_its_limit_c9() {
    let panel = Panel::start();
    let ann = panel.visitor();
    let token = ann.token("/t/form").await;
    let long = "x".repeat(65 * 1024);
    let answer = ann.post("/t/sign-in", &[("csrf_token", &token), ("email", &long)]).send().await.unwrap();
    assert_eq!(answer.status(), 413);
}

#[actix_web::test]
async fn a_file_comes_with_its_form() {
    let panel = Panel::start();
    let ann = panel.visitor();
    let token = ann.token("/t/form").await;
    let parts = |size: usize| {
        let file = reqwest::multipart::Part::bytes(vec![7; size]).file_name("logo.png");
        reqwest::multipart::Form::new().text("name", "Ledger").part("logo", file)
    };
    let send = |form| ann.client.post(format!("{}/t/upload", panel.url)).multipart(form).send();
    let taken = send(parts(500_000).text("csrf_token", token.clone())).await.unwrap();
    assert_eq!(taken.text().await.unwrap(), "500000");
    assert_eq!(send(parts(10)).await.unwrap().status(), 403);
    assert_eq!(send(parts(700 * 1024).text("csrf_token", token)).await.unwrap().status(), 413);
}

#[actix_web::test]
async fn language_and_theme_stay_with_the_browser() {
    let panel = Panel::start();
    let ann = panel.visitor();
    let token = ann.token("/t/form").await;
    let fields = [("csrf_token", token.as_str()), ("language", "nl"), ("theme", "dark"), ("next", "//evil")];
    let answer = ann.post("/preferences", &fields).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), header(&answer, "location")), (303, "/apps"));
    let page = ann.get("/nowhere").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("lang=\"nl\"") && page.contains("data-theme=\"dark\""), "{page}");
}

#[actix_web::test]
async fn on_https_cookies_are_bound_to_the_host() {
    let panel = Panel::start_with(&[("public_url", "https://access.example.org")]);
    let answer = panel.visitor().get("/t/form").header("host", "access.example.org").send().await.unwrap();
    let cookie = header(&answer, "set-cookie");
    assert!(cookie.starts_with("__Host-vestibule_browser=") && cookie.contains("Secure"), "{cookie}");
    assert!(header(&answer, "strict-transport-security").starts_with("max-age=31536000"));
    assert_eq!(panel.visitor().get("/t/form").send().await.unwrap().status(), 421);
}

#[actix_web::test]
async fn before_the_end_nobody_is_asked_to_keep_the_connection() {
    let panel = Panel::start();
    let visitor = panel.visitor();
    let asked = || async { visitor.get("/sign-in").send().await.unwrap() };
    assert_eq!(asked().await.headers().get("connection"), None);
    panel.announces_its_end();
    assert_eq!(header(&asked().await, "connection"), "close");
}
