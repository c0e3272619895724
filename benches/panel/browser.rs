//! Signing in as a person does, through the forms.

use std::net::SocketAddr;

use anyhow::Context;
use reqwest::{
    Client, Response,
    header::{HeaderMap, SET_COOKIE},
    redirect::Policy,
};

use super::place::PASSWORD;

/// Somebody who is signed in.
pub(crate) struct SignedIn {
    client: Client,
    address: SocketAddr,
    /// The header lines that say so, each with its end.
    pub(crate) headers: String,
}

/// Signs a member in with the password that everybody has.
pub(crate) async fn sign_in(address: SocketAddr, email: &str) -> anyhow::Result<SignedIn> {
    let client = Client::builder().cookie_store(true).redirect(Policy::none()).build()?;
    let url = format!("http://{address}/sign-in");
    let shown = client.get(&url).send().await?;
    let mut cookies = cookies(shown.headers());
    let token = token(&shown.text().await?)?;
    let form =
        [("csrf_token", token.as_str()), ("email", email), ("way", "password"), ("password", PASSWORD)];
    let answer: Response = client.post(&url).form(&form).send().await?;
    anyhow::ensure!(answer.status().as_u16() == 303, "{email} is not signed in: {}", answer.status());
    // What comes later wins, as in a browser.
    cookies.extend(self::cookies(answer.headers()));
    let jar: std::collections::BTreeMap<_, _> =
        cookies.iter().filter_map(|pair| pair.split_once('=')).collect();
    let pairs: Vec<String> = jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
    Ok(SignedIn { client, address, headers: format!("cookie: {}\r\n", pairs.join("; ")) })
}

impl SignedIn {
    /// The token of the forms on a page.
    pub(crate) async fn token(&self, path: &str) -> anyhow::Result<String> {
        token(&self.open(path).await?)
    }

    /// A page.
    pub(crate) async fn open(&self, path: &str) -> anyhow::Result<String> {
        let page = self.client.get(format!("http://{}{path}", self.address)).send().await?;
        Ok(page.error_for_status()?.text().await?)
    }
}

fn cookies(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.filter_map(|line| line.split(';').next()).map(str::to_owned).collect()
}

/// The token of the forms on this page.
pub(crate) fn token(page: &str) -> anyhow::Result<String> {
    let (_, rest) = page.split_once(r#"name="csrf_token" value=""#).context("a page without a form")?;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}
