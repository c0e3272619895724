//! A person with a browser, in code: cookies, pages, links and forms; no scripts.

mod looking;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use reqwest::cookie::{CookieStore, Jar};
use reqwest::header::{CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, ORIGIN};
use reqwest::{Body, Client, Method, RequestBuilder, redirect};
use url::Url;

use super::form::{Form, has_field};
use super::page_rules::broken_page_rules;

/// Redirects in a row that a browser would follow.
const PATIENCE: usize = 10;

/// A browser with cookies of its own, and the page that is open in it.
///
/// `open`, `click` and `press` go where a browser would go; `get`, `post` and `send` stop at the first answer, and
/// `follow` goes on from there. After either, `status` is that of the first answer and the page is the last one.
pub(crate) struct Visitor {
    client: Client,
    jar: Arc<Jar>,
    at: Url,
    status: u16,
    headers: HeaderMap,
    html: String,
    weight: usize,
    filled: BTreeMap<String, Vec<String>>,
}

impl Visitor {
    /// A new browser, not yet anywhere, for a panel at this address.
    pub(crate) fn new(address: &str) -> Self {
        let jar = Arc::new(Jar::default());
        let client = Client::builder().no_proxy().redirect(redirect::Policy::none());
        let client = client.cookie_provider(Arc::clone(&jar)).timeout(Duration::from_secs(30));
        Self {
            client: client.build().unwrap(),
            jar,
            at: Url::parse(address).unwrap(),
            status: 0,
            headers: HeaderMap::new(),
            html: String::new(),
            weight: 0,
            filled: BTreeMap::new(),
        }
    }

    /// Opens an address of the panel, or a link from a mail.
    pub(crate) async fn open(&mut self, address: &str) -> &mut Self {
        self.get(address).await;
        self.go_on().await
    }

    /// Follows the link of this name on the page.
    pub(crate) async fn click(&mut self, name: &str) -> &mut Self {
        let address = self.link(name).unwrap_or_else(|| panic!("no link {name:?} on {self}"));
        self.open(&address).await
    }

    /// Fills in a field, for the next button that is pressed.
    #[track_caller]
    pub(crate) fn fill(&mut self, field: &str, value: &str) -> &mut Self {
        self.fill_all(field, &[value])
    }

    /// Gives a field these values in place of those it has: several boxes, or none.
    #[track_caller]
    pub(crate) fn fill_all(&mut self, field: &str, values: &[&str]) -> &mut Self {
        assert!(has_field(&self.page(), field), "no field {field:?} on {self}");
        self.filled.insert(field.to_owned(), values.iter().map(|&value| value.to_owned()).collect());
        self
    }

    /// Presses the button of this name; its form goes with what was filled in.
    pub(crate) async fn press(&mut self, button: &str) -> &mut Self {
        let form = Form::with_button(&self.page(), button);
        let mut form = form.unwrap_or_else(|| panic!("no button {button:?} on {self}"));
        for (name, values) in std::mem::take(&mut self.filled) {
            form.set(&name, &values);
        }
        let method = if form.posts { Method::POST } else { Method::GET };
        let action = if form.action.is_empty() { self.at.to_string() } else { form.action.clone() };
        self.send(method, &action, &form.fields).await;
        self.go_on().await
    }

    /// Asks for an address, and stops at the answer.
    pub(crate) async fn get(&mut self, address: &str) -> &mut Self {
        let request = self.client.get(self.address(address));
        self.ask(request).await
    }

    /// Posts the form of the page that goes to this address, with these values in it, and stops at the answer. Where
    /// the page has no such form, what is sent has only the page's token and these values.
    pub(crate) async fn post(&mut self, address: &str, values: &[(&str, &str)]) -> &mut Self {
        let mut fields = match Form::posting_to(&self.page(), address) {
            Some(form) => form.fields,
            None => self.token_field().into_iter().collect(),
        };
        fields.retain(|(name, _)| values.iter().all(|(value, _)| value != name));
        fields.extend(values.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())));
        self.send(Method::POST, address, &fields).await
    }

    /// Sends exactly these fields, and stops at the answer.
    pub(crate) async fn send(
        &mut self,
        method: Method,
        address: &str,
        fields: &[(String, String)],
    ) -> &mut Self {
        let mut address = self.address(address);
        let request = if method == Method::GET {
            address.query_pairs_mut().clear().extend_pairs(fields);
            self.client.get(address)
        } else {
            let origin = address.origin().ascii_serialization();
            self.client.request(method, address).header(ORIGIN, origin).form(fields)
        };
        self.ask(request).await
    }

    /// Sends what a browser would not send by itself: any header, any body; stops at the answer.
    pub(crate) async fn send_raw(
        &mut self,
        method: Method,
        address: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> &mut Self {
        let mut request = self.client.request(method, self.address(address)).body(body);
        for &(name, value) in headers {
            request = request.header(name, value);
        }
        self.ask(request).await
    }

    /// Goes where the answer points to, one step.
    pub(crate) async fn follow(&mut self) -> &mut Self {
        let to = self.location().unwrap_or_else(|| panic!("no redirect: {self}"));
        self.get(&to).await
    }

    /// The cookies that this browser sends.
    pub(crate) fn cookies(&self) -> String {
        let sent = self.jar.cookies(&self.at);
        sent.map_or_else(String::new, |sent| sent.to_str().unwrap().to_owned())
    }

    /// What it sends in the cookie of this name.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let sent = self.cookies();
        let mut sent = sent.split("; ").filter_map(|cookie| cookie.split_once('='));
        sent.find(|(of, _)| *of == name).map(|(_, value)| value.to_owned())
    }

    /// Another browser that sends these cookies, as a thief's would.
    pub(crate) fn with_cookies(&self, cookies: &str) -> Self {
        let thief = Self::new(self.at.as_str());
        for cookie in cookies.split("; ").filter(|cookie| !cookie.is_empty()) {
            thief.jar.add_cookie_str(cookie, &self.at);
        }
        thief
    }

    fn token_field(&self) -> Option<(String, String)> {
        self.forms().into_iter().flat_map(|form| form.fields).find(|(name, _)| name == "csrf_token")
    }

    fn address(&self, address: &str) -> Url {
        self.at.join(address).unwrap()
    }

    async fn go_on(&mut self) -> &mut Self {
        let first = self.status;
        for _ in 0..PATIENCE {
            let Some(to) = self.location() else { break };
            // Only the panel is real; where an app or another site would open, the visit ends.
            if self.address(&to).origin() != self.at.origin() {
                break;
            }
            self.get(&to).await;
        }
        self.status = first;
        self
    }

    async fn ask(&mut self, request: RequestBuilder) -> &mut Self {
        let answer = request.send().await.unwrap();
        self.at = answer.url().clone();
        self.status = answer.status().as_u16();
        self.headers = answer.headers().clone();
        self.filled.clear();
        let is_page = self.header(CONTENT_TYPE.as_str()).is_some_and(|kind| kind.starts_with("text/html"));
        // The preview of a mail is no page of ours: it is shut into a frame.
        let framed =
            self.header(CONTENT_SECURITY_POLICY.as_str()).is_some_and(|said| said.contains("sandbox"));
        let is_plain = self.header(CONTENT_ENCODING.as_str()).is_none();
        let body = answer.bytes().await.unwrap();
        self.weight = body.len();
        self.html = String::from_utf8_lossy(&body).into_owned();
        if is_page && is_plain && !framed && !self.html.is_empty() {
            let broken = broken_page_rules(&self.html);
            assert!(broken.is_empty(), "{} breaks the rules of pages:\n{}", self.at, broken.join("\n"));
        }
        self
    }
}
