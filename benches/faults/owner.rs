//! An owner at work: adds guests, opens pages, and keeps what was answered.

use std::{net::SocketAddr, time::Duration};

use reqwest::{Client, RequestBuilder, header::RETRY_AFTER, redirect::Policy};
use tokio::time::Instant;

use super::{browser, place, process::Panel};

/// Longer than any answer is to take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Somebody who owns the app with 50 people.
#[derive(Clone)]
pub(crate) struct Owner {
    client: Client,
    host: String,
    cookie: String,
    token: String,
    app: String,
}

/// How one request went.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// `None` when there was none, because nobody listened or the connection was cut.
    pub(crate) status: Option<u16>,
    pub(crate) took: Duration,
    pub(crate) retry_after: bool,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn is_kept(&self) -> bool {
        self.status == Some(303)
    }

    /// The only thing that may be said instead of what was asked for: come back later.
    pub(crate) fn is_postponed(&self) -> bool {
        self.status == Some(503) && self.retry_after && self.text.contains("<h1")
    }
}

impl Owner {
    /// Signs in at a running panel that people reach as it is.
    pub(crate) async fn at(panel: &Panel, app: &str) -> anyhow::Result<Owner> {
        Owner::through(panel.address, app).await
    }

    /// Signs in at the address that people know.
    pub(crate) async fn through(public: SocketAddr, app: &str) -> anyhow::Result<Owner> {
        let mut owner = browser::sign_in(public, place::OWNER).await?;
        let token = owner.token(&format!("{app}/manage/add")).await?;
        let client = Client::builder().redirect(Policy::none()).timeout(PATIENCE).build()?;
        Ok(Owner { client, host: public.to_string(), cookie: owner.cookie(), token, app: app.to_owned() })
    }

    /// Adds this guest, at any instance.
    pub(crate) async fn add(&self, at: SocketAddr, guest: &str) -> Answer {
        let form =
            [("csrf_token", self.token.as_str()), ("email", guest), ("message", ""), ("language", "en")];
        let url = format!("http://{at}{}/manage/members", self.app);
        self.ask(self.client.post(url).form(&form)).await
    }

    /// Takes an invitation back.
    pub(crate) async fn revoke(&self, at: SocketAddr, invitation: &str) -> Answer {
        let url = format!("http://{at}{}/manage/invitations/{invitation}/revoke", self.app);
        self.ask(self.client.post(url).form(&[("csrf_token", self.token.as_str())])).await
    }

    /// Opens a page, at any instance.
    pub(crate) async fn open(&self, at: SocketAddr, path: &str) -> Answer {
        self.ask(self.client.get(format!("http://{at}{path}"))).await
    }

    async fn ask(&self, request: RequestBuilder) -> Answer {
        let began = Instant::now();
        let sent = request.header("host", &self.host).header("cookie", &self.cookie).send().await;
        let Ok(answer) = sent else {
            return Answer { status: None, took: began.elapsed(), retry_after: false, text: String::new() };
        };
        let (status, retry_after) = (answer.status().as_u16(), answer.headers().contains_key(RETRY_AFTER));
        let text = answer.text().await;
        let status = text.is_ok().then_some(status);
        Answer { status, took: began.elapsed(), retry_after, text: text.unwrap_or_default() }
    }
}

/// The time that so many of a hundred answers kept within.
pub(crate) fn percentile(answers: &[Answer], percent: usize) -> Duration {
    let mut times: Vec<Duration> = answers.iter().map(|answer| answer.took).collect();
    times.sort_unstable();
    times.get((times.len() * percent).div_ceil(100).saturating_sub(1)).copied().unwrap_or_default()
}

/// The slowest.
pub(crate) fn slowest(answers: &[Answer]) -> Duration {
    percentile(answers, 100)
}
