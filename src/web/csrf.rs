//! Whether a form was sent from one of our own pages (SECURITY C5).
//!
//! Three defences: the browser says where the request comes from; the cookies are `SameSite=Lax`; the form carries a token
//! that only a page of this browser and session can hold.

use actix_web::http::header::{self, HeaderMap};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use directory::Keys;

use super::hosts::Hosts;

/// The field of the token.
pub(crate) const FIELD: &str = "csrf_token";

const PURPOSE: &str = "form token";
const MAC: usize = 32;

/// A token for a form shown in this browser and session. Each is spelled differently, so that a compressed page says
/// nothing about it (BREACH).
pub(crate) fn token(keys: &Keys, browser: &str, session: Option<&str>) -> String {
    let mask: [u8; MAC] = rand::random();
    let mac = mac(keys, browser, session);
    let mut token = [0; 2 * MAC];
    let (head, tail) = token.split_at_mut(MAC);
    head.copy_from_slice(&mask);
    for ((byte, mask), mac) in tail.iter_mut().zip(mask).zip(mac) {
        *byte = mask ^ mac;
    }
    URL_SAFE_NO_PAD.encode(token)
}

/// Whether this token was made for a form in this browser and session.
pub(crate) fn verify(keys: &Keys, browser: &str, session: Option<&str>, token: &str) -> bool {
    let Ok(token) = URL_SAFE_NO_PAD.decode(token) else { return false };
    let Some((mask, masked)) = token.split_at_checked(MAC) else { return false };
    let mac: Vec<u8> = mask.iter().zip(masked).map(|(mask, byte)| mask ^ byte).collect();
    token.len() == 2 * MAC && keys.verify(PURPOSE, &parts(browser, session), &mac)
}

fn mac(keys: &Keys, browser: &str, session: Option<&str>) -> [u8; MAC] {
    keys.mac(PURPOSE, &parts(browser, session))
}

fn parts<'a>(browser: &'a str, session: Option<&'a str>) -> [&'a [u8]; 2] {
    [browser.as_bytes(), session.unwrap_or_default().as_bytes()]
}

/// Whether the browser says that one of our own pages sent this. A browser that says nothing is believed: it also has
/// to show the token.
///
/// A page with `Referrer-Policy: no-referrer`, as those of invitations are, sends `Origin: null`; then
/// `Sec-Fetch-Site` speaks.
pub(crate) fn from_own_page(headers: &HeaderMap, hosts: &Hosts) -> bool {
    let said = |name| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    let site = said(header::HeaderName::from_static("sec-fetch-site"));
    let origin = said(header::ORIGIN);
    site.is_none_or(|site| matches!(site, "same-origin" | "none"))
        && origin.is_none_or(|origin| origin == "null" || hosts.is_own_origin(origin))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn keys() -> Keys {
        Keys::new([7; 32])
    }

    #[test]
    fn a_token_holds_in_its_own_browser_and_session_only() {
        let made = token(&keys(), "browser", Some("session"));
        assert!(verify(&keys(), "browser", Some("session"), &made));
        assert!(!verify(&keys(), "other", Some("session"), &made));
        assert!(!verify(&keys(), "browser", Some("other"), &made));
        assert!(!verify(&keys(), "browser", None, &made));
        assert!(!verify(&Keys::new([8; 32]), "browser", Some("session"), &made));
    }

    #[test]
    fn two_tokens_of_one_form_have_nothing_in_common() {
        assert_ne!(token(&keys(), "browser", None), token(&keys(), "browser", None));
    }

    #[test]
    fn nonsense_is_no_token() {
        let made = token(&keys(), "browser", None);
        let altered = format!("{}{}", if made.starts_with('A') { 'B' } else { 'A' }, &made[1..]);
        for nonsense in ["", "a", "%%%", &made[..43], &made[..85], &altered, &format!("{made}AAAA")] {
            assert!(!verify(&keys(), "browser", None, nonsense), "{nonsense}");
        }
    }

    fn sent(pairs: &[(&'static str, &str)]) -> bool {
        let mut request = TestRequest::post();
        for pair in pairs {
            request = request.insert_header(*pair);
        }
        let hosts = Hosts::new(&"https://access.example.org".parse().unwrap());
        from_own_page(request.to_srv_request().headers(), &hosts)
    }

    #[test]
    fn a_form_of_another_site_is_refused_whatever_it_carries() {
        assert!(!sent(&[("origin", "https://evil.example")]));
        assert!(!sent(&[("origin", "http://access.example.org")]));
        assert!(!sent(&[("origin", "https://access.example.org.evil.example")]));
        assert!(!sent(&[("sec-fetch-site", "cross-site"), ("origin", "null")]));
        assert!(!sent(&[("sec-fetch-site", "same-site")]));
        assert!(!sent(&[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")]));
    }

    #[test]
    fn a_form_of_our_own_is_taken_even_from_a_page_without_referrer() {
        assert!(sent(&[]));
        assert!(sent(&[("origin", "https://access.example.org"), ("sec-fetch-site", "same-origin")]));
        assert!(sent(&[("origin", "null"), ("sec-fetch-site", "same-origin")]));
        assert!(sent(&[("origin", "null")]));
    }
}
