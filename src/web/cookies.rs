//! The cookies: their names and how they are kept.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};

/// The session's key.
pub(crate) const SESSION: &str = "vestibule_session";
/// What tells one browser from another: form tokens and mailed codes are bound to it.
pub(crate) const BROWSER: &str = "vestibule_browser";
/// That the owner of an address has signed in here before.
pub(crate) const KNOWN: &str = "vestibule_known";
/// What the next page says about what was just done.
pub(crate) const FLASH: &str = "vestibule_flash";
/// The language chosen in this browser.
pub(crate) const LANGUAGE: &str = "vestibule_language";
/// Light or dark, chosen in this browser.
pub(crate) const THEME: &str = "vestibule_theme";
/// That a single key jumps to the search box, chosen in this browser.
pub(crate) const SEARCH_KEY: &str = "vestibule_search_key";

/// How cookies are kept: with `__Host-` and `Secure`, but for a panel on `http://` on this machine, where a browser
/// would drop those.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cookies {
    secure: bool,
}

impl Cookies {
    /// Cookies of a panel whose public URL is `https` or not.
    pub(crate) const fn new(secure: bool) -> Cookies {
        Cookies { secure }
    }

    /// Whether they are kept to encrypted connections.
    pub(crate) const fn secure(self) -> bool {
        self.secure
    }

    /// The name as browsers know it.
    pub(crate) fn name(self, base: &str) -> String {
        if self.secure { format!("__Host-{base}") } else { base.to_owned() }
    }

    /// What the browser sent in a cookie.
    pub(crate) fn sent(self, request: &HttpRequest, base: &str) -> Option<String> {
        request.cookie(&self.name(base)).map(|cookie| cookie.value().to_owned())
    }

    /// A cookie until the browser is closed; scripts never see it.
    pub(crate) fn make(self, base: &str, value: String) -> Cookie<'static> {
        Cookie::build(self.name(base), value)
            .path("/")
            .secure(self.secure)
            .http_only(true)
            .same_site(SameSite::Lax)
            .finish()
    }

    /// A cookie that stays for so long.
    pub(crate) fn keep(self, base: &str, value: String, age: Duration) -> Cookie<'static> {
        let mut cookie = self.make(base, value);
        cookie.set_max_age(age);
        cookie
    }

    /// What makes the browser forget a cookie.
    pub(crate) fn forget(self, base: &str) -> Cookie<'static> {
        let mut cookie = self.make(base, String::new());
        cookie.make_removal();
        cookie
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_bound_to_the_host_and_hidden_from_scripts() {
        let cookie = Cookies::new(true).make(SESSION, "key".to_owned()).to_string();
        assert_eq!(cookie, "__Host-vestibule_session=key; HttpOnly; SameSite=Lax; Secure; Path=/");
    }

    #[test]
    fn on_http_on_this_machine_they_go_without_the_prefix() {
        let cookie = Cookies::new(false).make(SESSION, "key".to_owned()).to_string();
        assert_eq!(cookie, "vestibule_session=key; HttpOnly; SameSite=Lax; Path=/");
    }

    #[test]
    fn a_forgotten_cookie_carries_the_same_attributes() {
        let cookie = Cookies::new(true).forget(FLASH).to_string();
        assert!(
            cookie.starts_with("__Host-vestibule_flash=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0")
        );
    }

    #[test]
    fn what_is_kept_outlives_the_browser() {
        let cookie = Cookies::new(true).keep(LANGUAGE, "nl".to_owned(), Duration::days(1)).to_string();
        assert!(cookie.ends_with("; Max-Age=86400"), "{cookie}");
    }

    #[test]
    fn only_https_sends_them() {
        assert!(Cookies::new(true).secure() && !Cookies::new(false).secure());
    }
}
