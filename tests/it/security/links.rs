//! A: the life of an invitation and of its link.

use reqwest::Method;

use directory::testing::Contents;

use crate::support::cast::{BEN, GUS, MIA, OLIVIA};
use crate::support::crawl;
use crate::support::log;
use crate::support::panel::Panel;
use crate::support::stage::{self, Audience, OTTOS};
use crate::support::visitor::Visitor;

const ANN: &str = "ann@partner.test";
const MEMBERS: &str = "/apps/salesforce/manage/members";

/// Olivia invites somebody through the page, and the link arrives.
async fn invited(panel: &Panel, olivia: &mut Visitor, address: &str) -> String {
    olivia.open("/apps/salesforce/manage/add").await;
    olivia.post(MEMBERS, &[("email", address)]).await;
    assert_eq!(olivia.status(), 303, "{olivia}");
    let link = panel.mailbox.wait_for(address).await.link();
    link.strip_prefix(panel.address()).unwrap().to_owned()
}

async fn redeem(panel: &Panel, link: &str, fields: &[(&str, &str)]) -> Visitor {
    let mut ann = panel.visitor();
    ann.open(link).await.post(&format!("{link}/code"), &[]).await;
    let code = panel.mailbox.wait_for_nth(ANN, 2).await.code();
    ann.open(link).await;
    let mut all = vec![("code", code.as_str())];
    all.extend(fields);
    ann.post(&format!("{link}/accept"), &all).await;
    ann
}

fn rows(contents: &Contents, table: &str) -> usize {
    contents[table].len()
}

#[actix_web::test]
async fn a_link_survives_every_way_of_looking_at_it_a1() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    let link = invited(&panel, &mut olivia, ANN).await;
    let before = panel.contents();
    let mut scanner = panel.visitor();
    for method in [Method::GET, Method::GET, Method::GET, Method::HEAD] {
        scanner.send_raw(method, &link, &[], "").await;
        assert_eq!(scanner.status(), 200);
    }
    for step in ["code", "accept", "fresh"] {
        scanner.get(&format!("{link}/{step}")).await;
        assert!(matches!(scanner.status(), 404 | 405), "{step}: {scanner}");
    }
    assert_eq!(panel.contents(), before);
    let ann = redeem(&panel, &link, &[]).await;
    assert_eq!((ann.status(), ann.location().as_deref()), (303, Some("/apps/salesforce/open")));
}

#[actix_web::test]
async fn what_a_form_names_besides_does_not_move_an_invitation_a3() {
    let panel = stage::set();
    let mut olivia = panel.signed_in(OLIVIA).await;
    let link = invited(&panel, &mut olivia, ANN).await;
    let otto = stage::of_otto(&panel);
    let fields = [
        ("app", OTTOS),
        ("group", otto["group"].as_str()),
        ("app_id", otto["role"].as_str()),
        ("invitation", otto["invitation"].as_str()),
        ("token", otto["token"].as_str()),
        ("email", "somebody.else@evil.test"),
        ("administrator", "yes"),
        ("next", "//evil.example"),
    ];
    let mut ann = redeem(&panel, &link, &fields).await;
    assert_eq!(ann.location().as_deref(), Some("/apps/salesforce/open"), "{ann}");
    ann.open("/groups").await.sees("Sales partners").does_not_see("Counting people");
    ann.open(&format!("/groups/{}", otto["group"])).await;
    assert_eq!(ann.status(), 404);
    ann.open("/admin").await;
    assert_eq!(ann.status(), 404);
}

#[actix_web::test]
async fn the_session_of_somebody_else_is_no_proof_of_the_mailbox_a5() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    let link = invited(&panel, &mut olivia, ANN).await;
    let before = panel.contents();
    for address in [MIA, GUS, OLIVIA] {
        let mut other = panel.signed_in(address).await;
        for code in ["", "000000"] {
            other.open(&link).await.sees("You are signed in as somebody else").does_not_see(ANN);
            other.post(&format!("{link}/accept"), &[("code", code)]).await;
            assert_eq!(other.status(), 422, "{address} {code:?}: {other}");
            other.does_not_see(ANN);
        }
        other.get("/account").await;
        other.sees(address);
    }
    let after = panel.contents();
    for table in ["invitations", "users", "group_members"] {
        assert_eq!(after[table], before[table], "{table}");
    }
}

#[actix_web::test]
async fn a_newer_mail_makes_the_older_link_worthless_a8() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    let old = invited(&panel, &mut olivia, ANN).await;
    olivia.open("/apps/salesforce/manage").await;
    let resend = olivia.forms().into_iter().find(|form| form.action.contains("/resend"));
    let resend = resend.unwrap_or_else(|| panic!("no way to send it again: {olivia}"));
    olivia.send(Method::POST, &resend.action, &resend.fields).await;
    let new = panel.mailbox.wait_for_nth(ANN, 2).await.link();
    let mut ann = panel.visitor();
    assert_eq!(ann.open(&old).await.status(), 410);
    for step in ["code", "accept", "decline"] {
        ann.open(&old).await.post(&format!("{old}/{step}"), &[("code", "000000")]).await;
        assert_eq!(ann.status(), 410, "{step}: {ann}");
    }
    assert_eq!(ann.open(&new).await.status(), 200);
    let to_ann = panel.mailbox.mails().iter().filter(|mail| mail.to == ANN).count();
    assert_eq!(to_ann, 2, "the old link mails no code");
}

#[actix_web::test]
async fn no_page_and_no_line_of_the_log_tells_the_link_a11_a13() {
    log::keep();
    let panel = stage::set();
    let mut olivia = panel.signed_in(OLIVIA).await;
    let link = invited(&panel, &mut olivia, ANN).await;
    let token = link.rsplit('/').next().unwrap().to_owned();
    // What was sent to see the token is not what was seen; a part of it is as good as the whole.
    let part = &token[token.len() / 2..];
    let ottos = stage::of_otto(&panel)["token"].clone();
    for audience in [Audience::Owner, Audience::Administrator] {
        let mut visitor = audience.visitor(&panel).await;
        let pages = crawl::pages(&panel, audience, &mut visitor).await;
        assert!(pages.len() > 5);
        for page in pages.iter().filter(|page| !page.starts_with("/invitations/")) {
            visitor.get(page).await;
            let told = format!("{}\n{}", visitor.html(), visitor.header_lines().join("\n"));
            assert!(!told.contains(part) && !told.contains(&ottos), "{page} tells the link");
        }
    }
    let mut ann = redeem(&panel, &link, &[]).await;
    ann.open(&link).await;
    let lines = log::lines();
    assert!(lines.iter().any(|line| line.contains("/invitations/")), "the log speaks of requests");
    let told = lines.iter().find(|line| line.contains(part) || line.contains(ANN));
    assert_eq!(told, None, "the log tells the link or the address");
}

#[actix_web::test]
async fn the_page_of_a_link_keeps_it_to_itself_a13() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    let link = invited(&panel, &mut olivia, ANN).await;
    let mut ann = panel.visitor();
    for page in [link.clone(), format!("{link}/decline"), "/invitations/nonsense".to_owned()] {
        ann.get(&page).await;
        assert_eq!(ann.header("cache-control"), Some("no-store"), "{page}");
        assert_eq!(ann.header("referrer-policy"), Some("no-referrer"), "{page}");
    }
    ann.open(&link).await;
    assert!(!ann.html().contains(ANN), "the address is masked until the mailbox is proved");
    // Accepting leads to an address without the secret in it.
    let ann = redeem(&panel, &link, &[]).await;
    assert!(!ann.location().unwrap().contains(link.rsplit('/').next().unwrap()));
}

#[actix_web::test]
async fn an_invitation_neither_unblocks_anybody_nor_makes_a_colleague_a_guest_a18() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    let before = panel.contents();
    olivia.open("/apps/salesforce/manage/add").await.post(MEMBERS, &[("email", BEN)]).await;
    assert_eq!(olivia.status(), 422, "{olivia}");
    assert_eq!(panel.contents(), before);
    for twin in ["Mia@Meridian.Test", "MIA@MERIDIAN.TEST", " mia@meridian.test "] {
        olivia.open("/apps/salesforce/manage/add").await.post(MEMBERS, &[("email", twin)]).await;
        assert!(olivia.status() < 400, "{olivia}");
    }
    let after = panel.contents();
    assert_eq!(rows(&after, "users"), rows(&before, "users"));
    assert_eq!(rows(&after, "invitations"), rows(&before, "invitations"));
    assert_eq!(rows(&after, "group_members"), rows(&before, "group_members") + 1);
    assert!(panel.mailbox.mails().iter().all(|mail| mail.to != BEN));
}
