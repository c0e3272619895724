//! Browsers in which the owner of an address has signed in before. Their tries are counted apart, so that strangers who
//! use up those of an address do not lock its owner out (SECURITY C8; OWASP calls this a device cookie).

use actix_web::{
    HttpResponse,
    cookie::{Cookie, time::Duration},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use directory::{EmailAddress, Keys};

use super::{
    Visit,
    cookies::{Cookies, KNOWN},
};

const PURPOSE: &str = "known browser";
const AGE: Duration = Duration::days(180);
const MARK: usize = 16;

impl Visit {
    /// What this browser's own tries are counted by, if the owner of this address has signed in here before.
    pub(crate) fn mark_of(&self, address: &EmailAddress) -> Option<String> {
        read(&self.state.keys, self.known_browser.as_deref()?, &address.key())
    }

    /// Gives this browser a mark, once the owner of this address has signed in. The cookie does not reveal the address
    /// and lets nobody in.
    pub(crate) fn make_browser_known(&self, address: &EmailAddress, response: &mut HttpResponse) {
        let cookie = cookie(&self.state.keys, self.state.cookies, &address.key());
        if let Err(error) = response.add_cookie(&cookie) {
            // Without it the browser is one of many, which is safe.
            log::error!("a browser could not be told that it is known: {error}");
        }
    }
}

fn cookie(keys: &Keys, cookies: Cookies, address_key: &str) -> Cookie<'static> {
    let mark: [u8; MARK] = rand::random();
    let code = keys.mac(PURPOSE, &[&mark, address_key.as_bytes()]);
    cookies.keep(KNOWN, URL_SAFE_NO_PAD.encode([&mark[..], &code].concat()), AGE)
}

fn read(keys: &Keys, sent: &str, address_key: &str) -> Option<String> {
    let sent = URL_SAFE_NO_PAD.decode(sent).ok()?;
    let (mark, code) = sent.split_at_checked(MARK)?;
    let is_ours = keys.verify(PURPOSE, &[mark, address_key.as_bytes()], code);
    is_ours.then(|| URL_SAFE_NO_PAD.encode(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(address_key: &str) -> String {
        cookie(&Keys::new([7; 32]), Cookies::new(true), address_key).value().to_owned()
    }

    fn mark(sent: &str, address_key: &str) -> Option<String> {
        read(&Keys::new([7; 32]), sent, address_key)
    }

    #[test]
    fn a_browser_is_known_for_one_address_only_c8() {
        let sent = given("mia@meridian.test");
        assert!(mark(&sent, "mia@meridian.test").is_some());
        assert_eq!(mark(&sent, "adam@meridian.test"), None);
        assert_eq!(read(&Keys::new([8; 32]), &sent, "mia@meridian.test"), None);
    }

    #[test]
    fn each_has_tries_of_its_own() {
        let [one, other] = [(); 2].map(|()| given("mia@meridian.test"));
        assert_ne!(mark(&one, "mia@meridian.test"), mark(&other, "mia@meridian.test"));
    }

    #[test]
    fn nonsense_marks_nothing() {
        let sent = given("mia@meridian.test");
        for nonsense in ["", "AAAA", "%%%", &sent[..sent.len() - 2]] {
            assert_eq!(mark(nonsense, "mia@meridian.test"), None, "{nonsense}");
        }
    }
}
