//! Properties of what is read out of text.

use std::thread;

use actix_web::http::header::HeaderValue;
use directory::{
    EmailAddress, Id, Keys,
    email_address::MAX_ADDRESS,
    group_rule::{GroupRule, MAX_RULE},
    token::InvitationToken,
};
use url::Url;

use super::altered;
use crate::web::{csrf, pages::members::add::typed, paths};

/// The stack of the threads that rules are worked out on, in bytes: tokio's usual one.
const STACK: usize = 2 * 1024 * 1024;

/// An address reads back as it is shown, its twins are the same person, and mail understands it as we do.
///
/// # Panics
/// When that does not hold (SECURITY D3, D5, D6, D7).
pub fn address(data: &[u8]) {
    let Ok(typed) = str::from_utf8(data) else { return };
    let Ok(address) = EmailAddress::parse(typed) else { return };
    let shown = address.to_string();
    assert_eq!(EmailAddress::parse(&shown).as_ref(), Ok(&address));
    let shouted = EmailAddress::parse(&shown.to_ascii_uppercase()).expect("capitals are no mistake");
    assert_eq!(shouted.key(), address.key());
    assert!(shown.len() <= MAX_ADDRESS && shown.bytes().all(|byte| byte.is_ascii_graphic()), "{shown:?}");
    assert!(!shown.contains(['"', '\\', '<', '>', '(', ')', '[', ']', ',', ';', ':', '%', '!']), "{shown:?}");
    let mailbox: lettre::Address = shown.parse().expect("an address that mail can be sent to");
    assert_eq!((mailbox.user(), mailbox.domain()), (address.local_part(), address.domain()));
    if let Some(unicode) = address.unicode_domain() {
        let same = EmailAddress::parse(&format!("{}@{unicode}", address.local_part()));
        assert_eq!(same.as_ref(), Ok(&address));
    }
}

/// Of a text nothing is found that does not stand in it, nobody twice, and a list of addresses is found whole.
///
/// # Panics
/// When that does not hold.
pub fn addresses(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let found = typed::addresses(text);
    assert!(found.iter().all(|address| text.contains(address) && !address.trim().is_empty()), "{found:?}");
    assert_eq!(typed::distinct(found.clone()), found);
    let valid: Vec<String> =
        found.into_iter().filter(|address| EmailAddress::parse(address).is_ok()).collect();
    for separator in [", ", ";", "\n", "\r\n", " "] {
        assert_eq!(typed::addresses(&valid.join(separator)), valid);
    }
}

/// Wherever somebody wants to go next, a browser stays on this origin (SECURITY E1).
///
/// # Panics
/// When it would leave, or when the place cannot stand in a header.
pub fn next(data: &[u8]) {
    let Ok(next) = str::from_utf8(data) else { return };
    let leads_to = paths::safe_next(next);
    assert!(leads_to == next || leads_to == paths::APPS, "{leads_to:?}");
    assert_eq!(paths::safe_next(leads_to), leads_to);
    assert!(HeaderValue::from_str(leads_to).is_ok(), "{leads_to:?}");
    for page in ["https://access.example.org/sign-in?next=//evil.example", "http://localhost:8080/a/b/c"] {
        let page = Url::parse(page).expect("an address");
        let followed = page.join(leads_to).expect("a place to go to");
        assert_eq!(followed.origin(), page.origin(), "{leads_to:?}");
        assert_eq!((followed.username(), followed.password()), ("", None), "{leads_to:?}");
    }
    let link = Url::parse("https://access.example.org/").expect("an address").join(&paths::sign_in(leads_to));
    let link = link.expect("a link to the sign-in page");
    let carried = link.query_pairs().find(|(name, _)| name == "next");
    let carried = carried.map_or(paths::APPS.to_owned(), |(_, next)| next.into_owned());
    assert!(carried == leads_to || leads_to == paths::HOME, "{carried:?} from {leads_to:?}");
}

/// A link that was changed is none, and a form's token that was changed in one place does not hold (SECURITY A4, C5).
///
/// # Panics
/// When something passes that was not made here.
pub fn token(data: &[u8]) {
    let keys = Keys::new([7; 32]);
    let id = "01890000-0000-7000-8000-000000000007".parse::<Id<_>>().expect("an id");
    let made = InvitationToken { invitation: id, generation: 3 }.text(&keys);
    let form = csrf::token(&keys, "browser", Some("session"));
    for tried in [data.to_vec(), altered(&made, data)] {
        let Ok(tried) = String::from_utf8(tried) else { continue };
        assert_eq!(InvitationToken::read(&tried, &keys).is_some(), tried == made, "{tried:?}");
    }
    let Ok(changed) = String::from_utf8(altered(&form, data.get(..3).unwrap_or_default())) else { return };
    let holds = |browser, session| csrf::verify(&keys, browser, session, &changed);
    assert_eq!(holds("browser", Some("session")), changed == form, "{changed:?} from {form:?}");
    assert!(!holds("browser", None) && !holds("other", Some("session")), "{changed:?}");
}

/// A rule says yes or no to everybody, on a small stack; how long it may take, and how much memory, the fuzzer is told.
///
/// # Panics
/// When a rule that was accepted cannot be asked, or says something else when it is asked again.
pub fn rule(data: &[u8]) {
    let Ok(typed) = str::from_utf8(data) else { return };
    let asked = thread::Builder::new().stack_size(STACK);
    thread::scope(|scope| {
        let asked = asked.spawn_scoped(scope, || ask(typed)).expect("a thread");
        asked.join().expect("a rule that can be asked");
    });
}

fn ask(typed: &str) {
    let Ok(rule) = GroupRule::parse(typed) else { return };
    assert!(rule.as_str().chars().count() <= MAX_RULE);
    assert_eq!(GroupRule::parse(rule.as_str()).as_ref(), Ok(&rule));
    let long = "long ".repeat(50);
    for attributes in [
        ["member", "meridian.test", "Finance", "Controller", "NL", "Meridian"],
        ["member", "meridian.test", typed, &long, "", "\u{10ffff}"],
    ] {
        assert_eq!(rule.takes(attributes), rule.takes(attributes));
    }
}
