//! Telling one browser from another, with or without a session.
//!
//! A random cookie that form tokens and mailed codes are bound to. It is renewed with each change of rights, so that
//! what was handed out before is worth nothing afterwards (SECURITY C1, G15).

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use actix_web::{
    Error, HttpMessage, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use directory::token;

use super::{
    State,
    cookies::{BROWSER, Cookies},
};

/// 32 random bytes in base64.
const LENGTH: usize = 43;

/// The browser of one request. Clones are the same browser.
#[derive(Debug, Clone)]
pub(crate) struct Browser(Rc<Facts>);

#[derive(Debug)]
struct Facts {
    value: RefCell<String>,
    /// Whether the browser has to be told its value: one that shows no form needs none.
    tell: Cell<bool>,
    known: bool,
}

impl Browser {
    /// The browser of this request.
    pub(crate) fn of(request: &HttpRequest) -> Browser {
        let found = request.extensions().get::<Browser>().cloned();
        found.unwrap_or_else(|| {
            let browser = Browser::read(request);
            request.extensions_mut().insert(browser.clone());
            browser
        })
    }

    fn read(request: &HttpRequest) -> Browser {
        let sent = State::of(request).and_then(|state| state.cookies.sent(request, BROWSER));
        let sent = sent.filter(|value| is_value(value));
        Browser(Rc::new(Facts {
            known: sent.is_some(),
            value: RefCell::new(sent.unwrap_or_else(fresh)),
            tell: Cell::new(false),
        }))
    }

    /// What form tokens are bound to. Asking makes sure that the browser gets to know it.
    pub(crate) fn value(&self) -> String {
        if !self.0.known {
            self.0.tell.set(true);
        }
        self.0.value.borrow().clone()
    }

    /// What mailed codes are bound to.
    pub(crate) fn key(&self) -> String {
        token::hash(&self.value())
    }

    /// Gives the browser a new value: form tokens and codes that were bound to the old one are void.
    pub(crate) fn renew(&self) {
        self.0.value.replace(fresh());
        self.0.tell.set(true);
    }

    fn news(&self) -> Option<String> {
        self.0.tell.get().then(|| self.0.value.borrow().clone())
    }
}

fn fresh() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

fn is_value(value: &str) -> bool {
    value.len() == LENGTH
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Middleware: sets the browser's cookie with the first answer that needs it, and after a change.
pub(crate) async fn remember(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut response = next.call(request).await?;
    let news = response.request().extensions().get::<Browser>().and_then(Browser::news);
    let cookies = State::of(response.request()).map(|state| state.cookies);
    if let Some((value, cookies)) = news.zip(cookies) {
        add(&mut response, cookies, value)?;
    }
    Ok(response)
}

fn add<B>(response: &mut ServiceResponse<B>, cookies: Cookies, value: String) -> Result<(), Error> {
    response.response_mut().add_cookie(&cookies.make(BROWSER, value)).map_err(Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_we_could_have_handed_out_is_taken_back() {
        assert!(is_value(&fresh()));
        for value in ["", "short", &"a".repeat(44), &format!("{}=", "a".repeat(42)), &"é".repeat(21)] {
            assert!(!is_value(value), "{value}");
        }
    }
}
