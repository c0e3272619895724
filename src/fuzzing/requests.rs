//! Properties of whole requests, on their way through everything to a page.

use std::{borrow::Cow, cell::RefCell};

use actix_web::{
    cookie::Cookie,
    http::header::{self, HeaderValue},
    test::TestRequest,
};
use directory::testing::Contents;
use url::form_urlencoded;

use super::{
    altered,
    panel::{Answer, GROUP, ORIGIN, Panel, URL_ENCODED},
};

/// How much is written before there is a new panel: what a person may do in an hour is limited.
const WRITES: usize = 20;

thread_local! {
    static STAGE: RefCell<Stage> = RefCell::new(Stage::new());
}

/// A panel and what was in it when it was looked at last.
struct Stage {
    panel: Panel,
    contents: Contents,
    writes: usize,
}

impl Stage {
    fn new() -> Stage {
        let panel = Panel::start();
        let contents = panel.database.contents();
        Stage { panel, contents, writes: 0 }
    }

    /// Whether anything was written since the last time.
    fn has_changed(&mut self) -> bool {
        let contents = self.panel.database.contents();
        let changed = contents != self.contents;
        self.contents = contents;
        self.writes += usize::from(changed);
        changed
    }
}

/// Whatever the cookies are, nobody is signed in but the one whose key they carry, and what is set is set as all
/// cookies are (SECURITY C1, C3).
///
/// # Panics
/// When somebody else is let in, or the panel cannot answer.
pub fn cookie(data: &[u8]) {
    STAGE.with_borrow_mut(|stage| {
        let panel = &stage.panel;
        let Some((kind, rest)) = data.split_first() else { return };
        let sent = if kind % 2 == 0 { rest.to_vec() } else { altered(&panel.cookies, rest) };
        let Ok(header) = HeaderValue::from_bytes(&sent) else { return };
        let request = TestRequest::get().uri("/account").insert_header((header::COOKIE, header));
        let answer = panel.send(request);
        let is_let_in = answer.status == 200;
        assert!(is_let_in || answer.status == 303, "{}", answer.status);
        let own = panel.cookies.as_bytes();
        assert!(!is_let_in || session(&sent) == session(own), "{:?}", String::from_utf8_lossy(&sent));
        assert!(is_let_in || sent != own, "the owner is not known by her own cookies");
        cookies_are_kept_as_they_should(&answer);
    });
}

/// The value of the first session cookie among these, decoded as browsers' cookies are.
fn session(cookies: &[u8]) -> Option<String> {
    let cookies = str::from_utf8(cookies).ok()?;
    let mut cookies = cookies.split(';').filter_map(|cookie| Cookie::parse_encoded(cookie).ok());
    cookies.find(|cookie| cookie.name() == "__Host-vestibule_session").map(|cookie| cookie.value().to_owned())
}

fn cookies_are_kept_as_they_should(answer: &Answer) {
    for set in answer.headers.get_all(header::SET_COOKIE) {
        let cookie = Cookie::parse(set.to_str().expect("a cookie of text")).expect("a cookie");
        assert!(cookie.name().starts_with("__Host-vestibule_"), "{cookie}");
        let kept = (cookie.http_only(), cookie.secure(), cookie.path(), cookie.domain());
        assert_eq!(kept, (Some(true), Some(true), Some("/"), None), "{cookie}");
    }
}

/// Where forms go that an owner may send.
const ACTIONS: [&str; 5] = ["members", "add", "add/preview", "/sign-in", "/preferences"];

/// Whatever a form carries, the panel answers; without its token, from elsewhere or of another kind it is refused;
/// one that is refused writes nothing; and what was typed comes back as text (SECURITY C5, B5, E2).
///
/// # Panics
/// When that does not hold.
pub fn form(data: &[u8]) {
    let Some((&[action, how], body)) = data.split_first_chunk() else { return };
    STAGE.with_borrow_mut(|stage| {
        let (has_token, is_ours, is_form) = (how & 1 == 0, how & 2 == 0, how & 4 == 0);
        let token = if has_token { format!("csrf_token={}&", stage.panel.token) } else { String::new() };
        let sent = [token.as_bytes(), body].concat();
        let origin = if is_ours { ORIGIN } else { "https://evil.example" };
        let kind = if is_form { URL_ENCODED } else { "text/plain" };
        let request = TestRequest::post()
            .uri(&action_at(action))
            .insert_header((header::ORIGIN, origin))
            .insert_header((header::CONTENT_TYPE, kind))
            .insert_header((header::COOKIE, &*stage.panel.cookies))
            .set_payload(sent.clone());
        let answer = stage.panel.send(request);
        let (status, changed) = (answer.status, stage.has_changed());
        assert!(matches!(status, 200 | 303 | 400 | 403 | 409 | 413 | 422 | 429), "{status}: {}", answer.body);
        assert!((has_token && is_ours && is_form) || matches!(status, 400 | 403 | 413), "{status}");
        assert!(!changed || status < 400, "a form was answered with {status} and written");
        assert!(!is_markup(&sent, &answer.body), "{}", answer.body);
        let leads_to = answer.headers.get(header::LOCATION).and_then(|place| place.to_str().ok());
        assert!(leads_to.is_none_or(|place| !place.starts_with("/sign-in")), "the owner is signed in");
        cookies_are_kept_as_they_should(&answer);
        if stage.writes >= WRITES || status == 429 {
            *stage = Stage::new();
        }
    });
}

fn action_at(number: u8) -> Cow<'static, str> {
    let action = ACTIONS[usize::from(number) % ACTIONS.len()];
    if action.starts_with('/') { action.into() } else { format!("{GROUP}/{action}").into() }
}

/// Whether a tag that was typed and that no page has stands in the page as it was typed.
fn is_markup(sent: &[u8], page: &str) -> bool {
    let tags =
        form_urlencoded::parse(sent).filter_map(|(_, value)| Some(value.split_once("<x")?.1.to_owned()));
    tags.into_iter().any(|rest| page.contains(&format!("<x{}", rest.chars().take(8).collect::<String>())))
}
