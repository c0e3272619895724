//! D: what a mail says, and to whom.

use directory::Organisation;
use directory::organisation::TenantSettings;
use directory::user::{User, UserProfile};
use reqwest::Method;
use url::form_urlencoded::Serializer;

use crate::support::cast::{self, OLIVIA};
use crate::support::panel::Panel;
use crate::support::visitor::Visitor;

const ANN: &str = "ann@partner.test";
const ADD: &str = "/apps/salesforce/manage/add";
const MEMBERS: &str = "/apps/salesforce/manage/members";

async fn invite(olivia: &mut Visitor, fields: &[(&str, &str)]) {
    olivia.open(ADD).await.post(MEMBERS, fields).await;
}

fn limits(panel: &Panel, change: impl Fn(TenantSettings) -> TenantSettings) {
    panel.write(|tx| {
        let adam = cast::administrator(tx);
        let organisation = Organisation::load(tx)?;
        let settings = change(organisation.settings.clone());
        Organisation::change(tx, &adam, &organisation.profile, &settings, organisation.version).map(drop)
    });
}

#[actix_web::test]
async fn a_link_is_built_from_the_public_address_whatever_the_request_says_d1() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    let token = olivia.open(ADD).await.token();
    let body = Serializer::new(String::new())
        .extend_pairs([("csrf_token", token.as_str()), ("email", ANN), ("message", ""), ("language", "en")])
        .finish();
    let form = ("content-type", "application/x-www-form-urlencoded");
    let before = panel.contents();
    let strange = [form, ("host", "evil.example")];
    olivia.send_raw(Method::POST, MEMBERS, &strange, body.clone()).await;
    assert_eq!((olivia.status(), panel.contents()), (421, before));
    let poisoned = [
        form,
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "https"),
        ("forwarded", "host=evil.example;proto=https"),
        ("x-original-url", "//evil.example/"),
        ("x-forwarded-server", "evil.example"),
    ];
    olivia.send_raw(Method::POST, MEMBERS, &poisoned, body).await;
    assert_eq!(olivia.status(), 303, "{olivia}");
    let mail = panel.mailbox.wait_for(ANN).await;
    assert!(mail.link().starts_with(&format!("{}/invitations/", panel.address())), "{}", mail.link());
    assert!(!mail.source.contains("evil.example"));
}

#[actix_web::test]
async fn names_and_messages_carry_neither_markup_nor_headers_into_a_mail_d2_d3() {
    let panel = Panel::start();
    let markup = "\"><img src=x onerror=1> Olivia";
    panel.write(|tx| {
        let adam = cast::administrator(tx);
        let olivia = crate::support::stage::user(tx, OLIVIA)?;
        let profile = UserProfile::named(cast::name(markup));
        User::change(tx, &adam, olivia.id, &profile, olivia.version).map(drop)
    });
    let mut olivia = panel.signed_in(OLIVIA).await;
    let message = "Hello\r\nBcc: victim@evil.test\r\n\r\n<a href=\"https://evil.example\">come in</a> \
        <script>1</script> https://evil.example/now\r\n.\r\nMAIL FROM:<x@evil.test>";
    invite(&mut olivia, &[("email", ANN), ("message", message)]).await;
    assert_eq!(olivia.status(), 303, "{olivia}");
    let mail = panel.mailbox.wait_for(ANN).await;
    for raw in ["<img src=x", "<script", "href=\"https://evil.example"] {
        assert!(!mail.html.contains(raw), "{raw} in {}", mail.html);
    }
    assert!(mail.text.contains("come in"), "the message arrives as text: {}", mail.text);
    let names: Vec<String> = mail.headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    for once in ["from", "to", "subject", "reply-to"] {
        assert_eq!(names.iter().filter(|name| *name == once).count(), 1, "{once} in {names:?}");
    }
    assert!(!names.iter().any(|name| name == "bcc"));
    let said: Vec<String> = panel.mailbox.sessions().into_iter().flatten().collect();
    assert!(said.iter().all(|line| !line.contains("evil.test")), "{said:#?}");
}

#[actix_web::test]
async fn an_address_with_a_line_in_it_reaches_no_mail_server_d3_d7() {
    let panel = Panel::start();
    limits(&panel, |settings| TenantSettings {
        domain_rule: directory::organisation::DomainRule::Only,
        accepted_domains: "partner.com".to_owned(),
        ..settings
    });
    let mut olivia = panel.signed_in(OLIVIA).await;
    let before = panel.contents();
    let vectors = [
        "ann@partner.com%0d%0aBcc:x@evil.com",
        "x@evil.com@partner.com",
        "\"x@evil.com\"@partner.com",
        "=?utf-8?q?x=40evil.com=3e?=@partner.com",
        "x%evil.com@partner.com",
        "evil.com!x@partner.com",
        "x@partner.com.evil.com",
        "x@PARTNER.COM.",
        "x@sub.partner.com",
        "x@[127.0.0.1]",
        "a@xn--example-.org",
        "mıke@partner.com",
    ];
    for vector in vectors {
        invite(&mut olivia, &[("email", vector)]).await;
        assert_eq!(olivia.status(), 422, "{vector:?}: {olivia}");
    }
    assert_eq!(panel.contents(), before);
    // Lines make a list, of which each address is looked at for itself.
    invite(&mut olivia, &[("email", "Ann@PARTNER.com\r\nRCPT TO:<x@evil.com>")]).await;
    olivia.sees("x@evil.com: Guests from evil.com");
    panel.mailbox.wait_for("Ann@partner.com").await;
    let users = panel.contents()["users"].clone();
    assert!(users.iter().all(|row| !row.contains("evil.com")), "{users:?}");
    assert!(panel.mailbox.mails().iter().all(|mail| !mail.source.contains("evil.com")));
}

#[actix_web::test]
async fn nobody_invites_beyond_the_limits_and_is_told_so_d4() {
    let panel = Panel::start();
    limits(&panel, |settings| TenantSettings { inviter_hourly_limit: 4, ..settings });
    let mut olivia = panel.signed_in(OLIVIA).await;
    // Gus came by one of the four.
    let mut statuses = Vec::new();
    for number in 1..=5 {
        let address = format!("guest{number}@partner.test");
        invite(&mut olivia, &[("email", &address)]).await;
        statuses.push(olivia.status());
    }
    assert_eq!(statuses, [303, 303, 303, 422, 422], "{olivia}");
    assert_eq!(panel.contents()["invitations"].len(), 4);
    // Somebody who is in already costs nothing.
    panel.clock.advance(chrono::TimeDelta::minutes(61));
    invite(&mut olivia, &[("email", "guest5@partner.test")]).await;
    assert_eq!(olivia.status(), 303, "the limit frees up: {olivia}");
}

#[actix_web::test]
async fn one_address_gets_no_more_than_so_many_mails_a_day_d4() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    invite(&mut olivia, &[("email", ANN)]).await;
    for _ in 0..8 {
        olivia.open("/apps/salesforce/manage").await;
        let forms = olivia.forms().into_iter();
        let Some(resend) = forms.into_iter().find(|form| form.action.contains("/resend")) else { break };
        olivia.send(Method::POST, &resend.action, &resend.fields).await;
        assert!(olivia.status() < 500, "{olivia}");
    }
    let mails = panel.contents()["deliveries"].iter().filter(|row| row.contains(ANN)).count();
    assert_eq!(mails, 5);
}

#[actix_web::test]
async fn one_mailbox_is_one_guest_however_it_is_spelled_and_a_twin_is_another_d5() {
    let panel = Panel::start();
    let mut olivia = panel.signed_in(OLIVIA).await;
    let users = panel.contents()["users"].len();
    for spelled in ["Ann@Partner.test", "ann@PARTNER.TEST", " ann@partner.test "] {
        invite(&mut olivia, &[("email", spelled)]).await;
        assert_eq!(olivia.status(), 303, "{spelled:?}: {olivia}");
    }
    assert_eq!(panel.contents()["users"].len(), users + 1);
    for twin in ["ann@cure53.test", "ann@cüre53.test"] {
        invite(&mut olivia, &[("email", twin)]).await;
        assert_eq!(olivia.status(), 303, "{twin}: {olivia}");
    }
    assert_eq!(panel.contents()["users"].len(), users + 3);
    olivia.open("/apps/salesforce/manage").await.sees("xn--cre53-kva.test");
}
