//! What a browser does: it keeps cookies, and sends forms with the token of the page.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::atomic::{AtomicU32, Ordering},
};

use anyhow::Context;
use reqwest::{
    Client, Response, StatusCode,
    header::{HeaderMap, SET_COOKIE},
    redirect::Policy,
};

use super::{browser, place::PASSWORD, sink::Sink};

/// A browser, of which every one has an address of its own as far as the panel believes its proxies.
pub(crate) struct Browser {
    client: Client,
    address: SocketAddr,
    forwarded: String,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    pub(crate) fn new(client: &Client, address: SocketAddr) -> Browser {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let [_, a, b, c] = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        Browser {
            client: client.clone(),
            address,
            forwarded: format!("10.{a}.{b}.{c}"),
            cookies: BTreeMap::new(),
        }
    }

    /// The header lines that say who this is, each with its end.
    pub(crate) fn headers(&self) -> String {
        format!("cookie: {}\r\nx-forwarded-for: {}\r\n", self.cookie_line(), self.forwarded)
    }

    fn cookie_line(&self) -> String {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    /// The token of the forms on a page.
    pub(crate) async fn token(&mut self, path: &str) -> anyhow::Result<String> {
        let request = self.client.get(format!("http://{}{path}", self.address));
        let answer = request.header("cookie", self.cookie_line()).header("x-forwarded-for", &self.forwarded);
        let answer = answer.send().await?.error_for_status()?;
        self.keep(answer.headers());
        browser::token(&answer.text().await?).with_context(|| path.to_owned())
    }

    /// Sends a form; the token comes with it.
    pub(crate) async fn post(
        &mut self,
        path: &str,
        token: &str,
        fields: &[(&str, &str)],
    ) -> anyhow::Result<Response> {
        let mut form = vec![("csrf_token", token)];
        form.extend(fields);
        let request = self.client.post(format!("http://{}{path}", self.address)).form(&form);
        let answer = request.header("cookie", self.cookie_line()).header("x-forwarded-for", &self.forwarded);
        let answer = answer.send().await?;
        self.keep(answer.headers());
        Ok(answer)
    }

    fn keep(&mut self, headers: &HeaderMap) {
        let lines = headers.get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
        let pairs = lines.filter_map(|line| line.split(';').next()).filter_map(|pair| pair.split_once('='));
        self.cookies.extend(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}

/// What all browsers share.
pub(crate) fn client() -> anyhow::Result<Client> {
    Ok(Client::builder().redirect(Policy::none()).build()?)
}

/// Signs a member in with the password that everybody has; an administrator also needs a code from the mail.
pub(crate) async fn sign_in(
    address: SocketAddr,
    email: &str,
    sink: Option<&Sink>,
) -> anyhow::Result<Browser> {
    let mut browser = Browser::new(&client()?, address);
    let token = browser.token("/sign-in").await?;
    let fields = [("email", email), ("way", "password"), ("password", PASSWORD)];
    let mut answer = browser.post("/sign-in", &token, &fields).await?;
    if let Some(sink) = sink {
        let code = sink.code(email).await?;
        let token = browser::token(&answer.text().await?)?;
        answer =
            browser.post("/sign-in", &token, &[("email", email), ("way", "code"), ("code", &code)]).await?;
    }
    anyhow::ensure!(
        answer.status() == StatusCode::SEE_OTHER,
        "{email} is not signed in: {}",
        answer.status()
    );
    Ok(browser)
}
