//! A guest with the link of a mail.

use std::net::SocketAddr;

use anyhow::Context;
use reqwest::{Client, RequestBuilder, Response, header::HOST, redirect::Policy};

use super::{browser, mailbox::Mail, process::Panel};

/// A browser of its own, and where the link leads.
pub(crate) struct Guest {
    client: Client,
    host: String,
    path: String,
}

impl Guest {
    /// Whoever reads this mail of a panel.
    pub(crate) fn reading(mail: &Mail, panel: &Panel) -> anyhow::Result<Guest> {
        let (host, link) = (panel.host(), mail.link());
        let path = link.strip_prefix(&format!("http://{host}")).context("a link to elsewhere")?.to_owned();
        let client = Client::builder().cookie_store(true).redirect(Policy::none()).build()?;
        Ok(Guest { client, host, path })
    }

    /// Opens the link at any instance; answers the status.
    pub(crate) async fn open(&self, at: SocketAddr) -> anyhow::Result<u16> {
        let shown = self.send(self.client.get(format!("http://{at}{}", self.path))).await?;
        Ok(shown.status().as_u16())
    }

    /// Asks for a code, which comes by mail.
    pub(crate) async fn ask_for_a_code(&self, at: SocketAddr) -> anyhow::Result<()> {
        let asked = self.post(at, "code", &[]).await?;
        anyhow::ensure!(asked.status().as_u16() == 303, "no code: {}", asked.status());
        Ok(())
    }

    /// Accepts with the code of a mail; answers the status.
    pub(crate) async fn accept(&self, at: SocketAddr, code: &str) -> anyhow::Result<u16> {
        let answer = self.post(at, "accept", &[("code", code), ("name", "Guest")]).await?;
        Ok(answer.status().as_u16())
    }

    async fn post(&self, at: SocketAddr, what: &str, fields: &[(&str, &str)]) -> anyhow::Result<Response> {
        let shown = self.send(self.client.get(format!("http://{at}{}", self.path))).await?;
        let token = browser::token(&shown.text().await?)?;
        let mut form = vec![("csrf_token", token.as_str())];
        form.extend(fields);
        self.send(self.client.post(format!("http://{at}{}/{what}", self.path)).form(&form)).await
    }

    async fn send(&self, request: RequestBuilder) -> anyhow::Result<Response> {
        Ok(request.header(HOST, &self.host).send().await?)
    }
}
