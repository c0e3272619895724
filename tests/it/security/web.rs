//! E: the pages themselves.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use directory::app::{App, AppProperties, HomePage};
use directory::group::{Group, GroupProfile};
use directory::text::{Description, Label};
use directory::user::{User, UserProfile};
use directory::{Organisation, Tx, invitation};

use crate::support::cast::{self, ADAM, GUS, MIA, OLIVIA, SALES_PARTNERS, SALESFORCE};
use crate::support::crawl;
use crate::support::panel::Panel;
use crate::support::stage::{self, Audience};

const MARKUP: &str = "\"><img src=x onerror=1>{{7*7}}";

/// What would leave the panel if it were followed as it stands.
const ELSEWHERE: [&str; 14] = [
    "//evil.example",
    "/\\evil.example",
    "/%5cevil.example",
    "/%09/evil.example",
    "https:evil.example",
    "https://evil.example/",
    "/%2f%2fevil.example",
    "javascript:alert(1)",
    "@evil.example",
    "evil.example",
    "/\tevil.example",
    "///evil.example",
    "/apps/../..//evil.example",
    "/a\r\nSet-Cookie: x=1",
];

#[actix_web::test]
async fn nobody_is_led_off_the_panel_e1() {
    let panel = Panel::start();
    let long = format!("/{}", "a".repeat(4096));
    for next in ELSEWHERE.into_iter().chain([long.as_str()]) {
        let mut mia = panel.visitor();
        mia.open("/sign-in").await;
        mia.post("/preferences", &[("theme", "dark"), ("next", next)]).await;
        assert_eq!((mia.status(), mia.location().as_deref()), (303, Some("/apps")), "{next:?}");
        mia.open("/sign-in").await.post("/sign-out", &[("next", next)]).await;
        assert!(matches!(mia.location().as_deref(), Some("/apps" | "/sign-in")), "{next:?}: {mia}");
    }
    // The same through the whole of signing in, where it travels in the form.
    let mut mia = panel.visitor();
    mia.get("/sign-in?next=%2F%2Fevil.example").await;
    mia.post("/sign-in", &[("email", MIA), ("next", "//evil.example")]).await;
    mia.post("/sign-in", &[("email", MIA), ("way", "code"), ("next", "//evil.example")]).await.follow().await;
    let code = panel.mailbox.wait_for(MIA).await.code();
    let last = [("email", MIA), ("way", "code"), ("code", code.as_str()), ("next", "//evil.example")];
    mia.post("/sign-in", &last).await;
    assert_eq!((mia.status(), mia.location().as_deref()), (303, Some("/apps")), "{mia}");
}

/// Forms and codes are bound to nothing that we cannot have given.
#[actix_web::test]
async fn a_browser_that_sends_nonsense_is_told_apart_by_a_fresh_value_c1() {
    const BROWSER: &str = "vestibule_browser";
    let panel = Panel::start();
    let (short, long, foreign) = ("a".repeat(42), "a".repeat(44), format!("{}.", "a".repeat(42)));
    for nonsense in [short, long, foreign] {
        let mut visitor = panel.visitor().with_cookies(&format!("{BROWSER}={nonsense}"));
        assert_eq!(visitor.cookie(BROWSER).as_ref(), Some(&nonsense));
        visitor.open("/sign-in").await;
        let given = visitor.cookie(BROWSER).unwrap();
        assert!(given.len() == 43 && given != nonsense, "{given}");
        assert_eq!(visitor.post("/sign-in", &[("email", MIA)]).await.status(), 200, "{visitor}");
        assert_eq!(visitor.cookie(BROWSER), Some(given), "it stays");
    }
}

/// Everything that has a name gets one that is markup.
fn mark_up(tx: &mut Tx<'_>) -> directory::Result<()> {
    let adam = cast::administrator(tx);
    let organisation = Organisation::load(tx)?;
    let mut profile = organisation.profile.clone();
    MARKUP.clone_into(&mut profile.name);
    Organisation::change(tx, &adam, &profile, &organisation.settings, organisation.version)?;
    for address in [ADAM, OLIVIA, GUS] {
        let user = stage::user(tx, address)?;
        let label = Label::parse(MARKUP).unwrap();
        let profile = UserProfile {
            department: label.clone(),
            job_title: label.clone(),
            company: label,
            administrator: user.administrator,
            ..UserProfile::named(cast::name(MARKUP))
        };
        User::change(tx, &adam, user.id, &profile, user.version)?;
    }
    let app = App::by_slug(tx, SALESFORCE)?;
    let properties = AppProperties {
        name: cast::name(MARKUP),
        description: Description::parse(MARKUP).unwrap(),
        collection: Label::parse(MARKUP).unwrap(),
        home_page: HomePage::parse("https://salesforce.example/").unwrap(),
        enabled: true,
        visible: true,
        assignment_required: true,
    };
    App::change(tx, &adam, SALESFORCE, &properties, app.version)?;
    let group = Group::by_slug(tx, SALES_PARTNERS)?;
    let profile =
        GroupProfile { description: Description::parse(MARKUP).unwrap(), ..cast::group(MARKUP, None) };
    Group::change(tx, &adam, SALES_PARTNERS, &profile, group.version)?;
    let olivia = cast::manager(tx, OLIVIA);
    let message = directory::text::Message::parse(MARKUP).unwrap();
    let draft = invitation::Draft { message, language: None };
    invitation::add(tx, &olivia, "ann@partner.test", &draft).map(drop)
}

async fn every_page(audience: Audience) {
    let panel = stage::set();
    let mut visitor = audience.visitor(&panel).await;
    panel.write(mark_up);
    let pages = crawl::pages(&panel, audience, &mut visitor).await;
    assert!(pages.len() > 2);
    let mut seen = 0;
    for page in &pages {
        visitor.get(page).await;
        assert!(!visitor.html().contains("<img src=x"), "{page} says a name as markup");
        assert!(!visitor.html().contains("49</"), "{page} works out what a name says");
        seen += usize::from(
            visitor.html().contains("&lt;img src=x") || visitor.html().contains("&#60;img src=x"),
        );
        let header = |name| visitor.header(name).unwrap_or_default().to_owned();
        let policy = header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'") || page.contains("/preview"), "{page}: {policy}");
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe-eval"),
            "{page}: {policy}"
        );
        assert!(!policy.contains("unsafe-inline") || page.contains("/preview"), "{page}: {policy}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{page}");
        assert_eq!(header("cache-control"), "no-store", "{page}");
        assert_ne!(header("referrer-policy"), "", "{page}");
    }
    assert!(seen > 0, "the names are on some page");
}

#[actix_web::test]
async fn no_name_is_markup_and_every_page_is_armoured_for_administrators_e2_e4_e5() {
    every_page(Audience::Administrator).await;
}

#[actix_web::test]
async fn no_name_is_markup_and_every_page_is_armoured_for_owners_e2_e4_e5() {
    every_page(Audience::Owner).await;
}

#[actix_web::test]
async fn no_name_is_markup_and_every_page_is_armoured_for_guests_e2_e4_e5() {
    every_page(Audience::Guest).await;
}

#[actix_web::test]
async fn an_error_is_armoured_too_e4_e5() {
    let panel = Panel::start();
    let mut visitor = panel.visitor();
    for (address, status) in [("/nowhere", 404), ("/invitations/x", 404), ("/sign-out", 405), ("/apps", 303)]
    {
        visitor.get(address).await;
        assert_eq!(visitor.status(), status, "{visitor}");
        assert!(visitor.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"));
        assert_eq!(visitor.header("cache-control"), Some("no-store"), "{address}");
        assert_eq!(visitor.header("x-content-type-options"), Some("nosniff"), "{address}");
    }
}

#[actix_web::test]
async fn answers_at_once_are_each_for_their_own_b8() {
    let panel = Panel::start();
    let people = [panel.signed_in(MIA).await, panel.signed_in(GUS).await];
    let asked = (0..100_usize).map(|number| {
        let person = &people[number % 2];
        let mut tab = person.with_cookies(&person.cookies());
        actix_web::rt::spawn(async move {
            tab.get("/account").await;
            (number, tab.text())
        })
    });
    for answer in asked.collect::<Vec<_>>() {
        let (number, page) = answer.await.unwrap();
        let (own, other) = if number % 2 == 0 { (MIA, GUS) } else { (GUS, MIA) };
        assert!(page.contains(own) && !page.contains(other), "{own}: {page}");
    }
}

#[actix_web::test]
async fn a_request_of_two_lengths_is_refused_e6() {
    let panel = Panel::start();
    let host = panel.address().strip_prefix("http://").unwrap();
    for lengths in [
        "Content-Length: 6\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 6",
        "Content-Length: 6\r\nContent-Length: 7",
        "Content-Length: +6",
    ] {
        let mut line = TcpStream::connect(host).unwrap();
        line.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let request = format!("POST /sign-in HTTP/1.1\r\nHost: {host}\r\n{lengths}\r\n\r\n0\r\n\r\nX");
        line.write_all(request.as_bytes()).unwrap();
        let mut answer = [0; 12];
        line.read_exact(&mut answer).unwrap();
        assert_eq!(String::from_utf8_lossy(&answer), "HTTP/1.1 400", "{lengths}");
    }
}

#[actix_web::test]
async fn an_app_opens_nothing_but_the_web_e3() {
    let panel = Panel::start();
    let mut adam = panel.signed_in(ADAM).await;
    let before = panel.contents();
    let addresses = [
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "data:text/html,<script>1</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "ftp://a.example/",
        "java\tscript:alert(1)",
        "https://",
    ];
    for address in addresses {
        let page = "/admin/apps/salesforce/properties";
        adam.open(page).await.post(page, &[("home_page", address)]).await;
        assert_eq!(adam.status(), 422, "{address:?}: {adam}");
        assert!(adam.html().contains("aria-invalid"), "{address:?}");
    }
    assert_eq!(panel.contents(), before);
}
