//! What a browser does: it keeps cookies, and sends forms with the token of the page.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::atomic::{AtomicU32, Ordering},
};

use anyhow::Context;
use reqwest::{
    Client, RequestBuilder, Response, StatusCode,
    header::{HeaderMap, SET_COOKIE},
    redirect::Policy,
};

use super::place::PASSWORD;

/// A browser, of which every one has an address of its own as far as the panel believes its proxies.
#[derive(Clone)]
pub(crate) struct Browser {
    client: Client,
    address: SocketAddr,
    /// What it says its address is.
    pub(crate) forwarded: String,
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

    /// What it sends as its cookies.
    pub(crate) fn cookie(&self) -> String {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    /// A page.
    pub(crate) async fn open(&mut self, path: &str) -> anyhow::Result<String> {
        let shown = self.send(self.client.get(format!("http://{}{path}", self.address))).await?;
        Ok(shown.error_for_status()?.text().await?)
    }

    /// The token of the forms on a page.
    pub(crate) async fn token(&mut self, path: &str) -> anyhow::Result<String> {
        token(&self.open(path).await?).with_context(|| path.to_owned())
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
        self.send(self.client.post(format!("http://{}{path}", self.address)).form(&form)).await
    }

    async fn send(&mut self, request: RequestBuilder) -> anyhow::Result<Response> {
        let request = request.header("cookie", self.cookie()).header("x-forwarded-for", &self.forwarded);
        let answer = request.send().await?;
        self.keep(answer.headers());
        Ok(answer)
    }

    fn keep(&mut self, headers: &HeaderMap) {
        let lines = headers.get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
        let pairs = lines.filter_map(|line| line.split(';').next()).filter_map(|pair| pair.split_once('='));
        self.cookies.extend(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    /// Types the password that everybody has. An administrator is then asked for a code.
    pub(crate) async fn type_password(&mut self, email: &str) -> anyhow::Result<Response> {
        let token = self.token("/sign-in").await?;
        self.post("/sign-in", &token, &[("email", email), ("way", "password"), ("password", PASSWORD)]).await
    }
}

/// What all browsers share.
pub(crate) fn client() -> anyhow::Result<Client> {
    Ok(Client::builder().redirect(Policy::none()).build()?)
}

/// Signs a member in who is no administrator.
pub(crate) async fn sign_in(address: SocketAddr, email: &str) -> anyhow::Result<Browser> {
    let mut browser = Browser::new(&client()?, address);
    let answer = browser.type_password(email).await?;
    arrived(email, &answer)?;
    Ok(browser)
}

/// Whoever is signed in is led to another page.
pub(crate) fn arrived(email: &str, answer: &Response) -> anyhow::Result<()> {
    anyhow::ensure!(
        answer.status() == StatusCode::SEE_OTHER,
        "{email} is not signed in: {}",
        answer.status()
    );
    Ok(())
}

/// The token of the forms on this page.
pub(crate) fn token(page: &str) -> anyhow::Result<String> {
    let (_, rest) = page.split_once(r#"name="csrf_token" value=""#).context("a page without a form")?;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}
