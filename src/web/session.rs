//! Who is signed in: a row in the database, a key in a cookie (SPEC 5.2; SECURITY C1 to C4, R14).
//!
//! `actix-session` carries the key in a signed cookie. The rows are not left to it: they are read once a request
//! together with the person and the organisation (`arrival`), and begun and ended by [`SignedInSession`], inside the
//! handler, where a database that is away still becomes a page that says so.

use std::collections::HashMap;

use actix_session::{
    SessionExt, SessionMiddleware,
    config::{BrowserSession, CookieContentSecurity},
    storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError, generate_session_key},
};
use actix_web::{
    HttpRequest,
    cookie::{Key, SameSite, time::Duration},
    http::header,
};
use anyhow::anyhow;
use directory::{
    Error, Id, Keys, Tx,
    session::{Entrance, Session, Visitor},
    token,
    user::User,
};

use super::{State, browser::Browser, cookies};

/// The hash of the key in the cookie, which finds the row.
const HASH: &str = "hash";
/// The key that the next cookie carries.
const NEXT: &str = "next";

type Entries = HashMap<String, String>;

/// The store that `actix-session` asks for. It keeps nothing, so that no ended session can come back (SECURITY C4).
pub(crate) struct Keyring;

/// The middleware that carries keys in cookies.
pub(crate) fn middleware(state: &State) -> SessionMiddleware<Keyring> {
    SessionMiddleware::builder(Keyring, cookie_key(&state.keys))
        .cookie_name(state.cookies.name(cookies::SESSION))
        .cookie_secure(state.cookies.secure())
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .cookie_path("/".to_owned())
        .cookie_content_security(CookieContentSecurity::Signed)
        .session_lifecycle(BrowserSession::default())
        .build()
}

fn cookie_key(keys: &Keys) -> Key {
    Key::from(&[keys.mac("session cookie", &[b"1"]), keys.mac("session cookie", &[b"2"])].concat())
}

impl SessionStore for Keyring {
    async fn load(&self, key: &SessionKey) -> Result<Option<Entries>, LoadError> {
        Ok(Some(Entries::from([(HASH.to_owned(), token::hash(key.as_ref()))])))
    }

    async fn save(&self, entries: Entries, _: &Duration) -> Result<SessionKey, SaveError> {
        let json = entries.get(NEXT).ok_or_else(|| SaveError::Other(anyhow!("nobody signed in")))?;
        let key: String =
            serde_json::from_str(json).map_err(|error| SaveError::Serialization(error.into()))?;
        key.try_into().map_err(|_| SaveError::Other(anyhow!("an endless session key")))
    }

    async fn update(&self, _: SessionKey, _: Entries, _: &Duration) -> Result<SessionKey, UpdateError> {
        Err(UpdateError::Other(anyhow!("a session is begun or ended, never changed")))
    }

    async fn update_ttl(&self, _: &SessionKey, _: &Duration) -> Result<(), anyhow::Error> {
        Ok(())
    }

    async fn delete(&self, _: &SessionKey) -> Result<(), anyhow::Error> {
        Ok(())
    }
}

/// The session of one request: the only way to the cookie's content.
#[derive(Clone)]
pub(crate) struct SignedInSession {
    #[expect(clippy::disallowed_types, reason = "this is the wrapper that others are to take")]
    cookie: actix_session::Session,
    browser: Browser,
    user_agent: String,
}

impl SignedInSession {
    /// The session of this request.
    pub(crate) fn of(request: &HttpRequest) -> SignedInSession {
        let agent = request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        SignedInSession {
            cookie: request.get_session(),
            browser: Browser::of(request),
            user_agent: agent.unwrap_or_default().to_owned(),
        }
    }

    /// The hash of the key in the cookie. Whether a live row belongs to it only the database knows.
    pub(crate) fn key_hash(&self) -> Option<String> {
        self.cookie.entries().get(HASH).cloned()
    }

    /// Runs `verb` and, in the same transaction, begins a session for the person it let in. The key is new, and the
    /// form tokens and codes given to this browser before are void.
    pub(crate) async fn sign_in<T: Send + 'static>(
        &self,
        state: &State,
        verb: impl Fn(&mut Tx<'_>) -> directory::Result<T> + Send + 'static,
        who: fn(&T) -> Option<Entrance>,
    ) -> directory::Result<T> {
        let key = String::from(generate_session_key());
        let (old, new, agent) = (self.key_hash(), token::hash(&key), self.user_agent.clone());
        let shown = state.write(move |tx| {
            let shown = verb(tx)?;
            match who(&shown) {
                None => {}
                Some(Entrance::Proved(actor)) => {
                    old.iter().try_for_each(|old| Session::end(tx, old))?;
                    Session::begin(tx, &new, &actor, &agent)?;
                }
                Some(Entrance::SignedIn(user)) => {
                    let old = old.as_deref().unwrap_or_default();
                    let visitor = Session::visitor_of(tx, old, user)?.ok_or(Error::Stale)?;
                    visitor.session.rotate_key(tx, &new)?;
                }
            }
            Ok(shown)
        });
        let shown = shown.await?;
        if who(&shown).is_some() {
            self.carry(&key);
        }
        Ok(shown)
    }

    /// Runs `verb`, ends the person's other sessions, and gives this one a new key. Answers `false`, having done
    /// nothing, when this session has been ended since the request arrived (SECURITY C4).
    pub(crate) async fn keep_only_this_session(
        &self,
        state: &State,
        user: Id<User>,
        verb: impl Fn(&mut Tx<'_>, &Visitor) -> directory::Result<()> + Send + 'static,
    ) -> directory::Result<bool> {
        let key = String::from(generate_session_key());
        let (old, new) = (self.key_hash(), token::hash(&key));
        let goes_on = state.write(move |tx| {
            let Some(old) = &old else { return Ok(false) };
            let Some(visitor) = Session::visitor_of(tx, old, user)? else { return Ok(false) };
            verb(tx, &visitor)?;
            visitor.session.end_others(tx)?;
            visitor.session.rotate_key(tx, &new).map(|()| true)
        });
        let goes_on = goes_on.await?;
        if goes_on {
            self.carry(&key);
        }
        Ok(goes_on)
    }

    fn carry(&self, key: &str) {
        self.cookie.clear();
        if let Err(error) = self.cookie.insert(NEXT, key) {
            // Text is always valid JSON; without the entry nobody is signed in, which is safe.
            log::error!("a session key could not be carried: {error}");
        }
        self.cookie.renew();
        self.browser.renew();
    }

    /// Signs this browser out.
    pub(crate) async fn sign_out(&self, state: &State) -> directory::Result<()> {
        if let Some(old) = self.key_hash() {
            state.write(move |tx| Session::end(tx, &old)).await?;
        }
        self.cookie.purge();
        self.browser.renew();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> SessionKey {
        text.to_owned().try_into().unwrap()
    }

    #[actix_web::test]
    async fn a_request_knows_the_hash_of_its_key_only() {
        let entries = Keyring.load(&key("key")).await.unwrap().unwrap();
        assert_eq!(entries, Entries::from([(HASH.to_owned(), token::hash("key"))]));
    }

    #[actix_web::test]
    async fn an_ended_session_cannot_be_written_to_c4() {
        assert!(Keyring.update(key("key"), Entries::new(), &Duration::ZERO).await.is_err());
        assert!(Keyring.save(Entries::new(), &Duration::ZERO).await.is_err());
    }

    #[test]
    fn keys_are_64_characters_that_nobody_guesses() {
        let key = String::from(generate_session_key());
        assert!(key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }
}
