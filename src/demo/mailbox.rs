//! The mail of the demo, as it was sent: nothing of it leaves this process.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web::{self, Data, Path, ServiceConfig},
};
use askama::Template;
use chrono::{DateTime, FixedOffset, Utc};

use super::paths;
use crate::{
    mail::{Memory, SentMessage},
    web::{Page, PageError, Visit, filters, view::Fact},
};

/// A mail may bring its own look and nothing else: no script, no picture, no form. Its links open in the window.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'self'; frame-ancestors 'self'; \
    sandbox allow-top-navigation-by-user-activation";

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route(paths::MAIL, web::get().to(list))
        .route(&paths::mail("{number}"), web::get().to(show))
        .route(&paths::mail_html("{number}"), web::get().to(html));
}

/// One mail in the list.
struct Line {
    href: String,
    subject: String,
    to: String,
    when: String,
}

#[derive(Template)]
#[template(path = "demo/mailbox.html")]
struct MailboxPage {
    page: Page,
    mails: Vec<Line>,
}

/// `GET /demo/mail`: newest first.
async fn list(visit: Visit, memory: Data<Memory>) -> Result<HttpResponse, PageError> {
    let mut kept = memory.messages();
    kept.sort_by_key(|mail| (sent_at(mail), mail.number));
    let line = |mail: SentMessage| Line {
        href: paths::mail(mail.number),
        when: when(&visit, &mail),
        subject: mail.subject,
        to: mail.to,
    };
    let mails = kept.into_iter().rev().map(line).collect();
    visit.html(StatusCode::OK, &MailboxPage { page: visit.page("demo-mail"), mails })
}

#[derive(Template)]
#[template(path = "demo/mail.html")]
struct MailPage {
    page: Page,
    facts: Vec<Fact>,
    frame: String,
    text: String,
    headers: String,
    source: String,
}

/// `GET /demo/mail/{number}`
async fn show(visit: Visit, memory: Data<Memory>, number: Path<u64>) -> Result<HttpResponse, PageError> {
    let mail = find(&memory, *number)?;
    let texts = visit.texts;
    let fact = |key, value| Fact { label: texts.get(key), value };
    let facts = vec![
        fact("demo-mail-from", header_of(&mail, "From").unwrap_or_default()),
        fact("demo-mail-to", mail.to.clone()),
        fact("demo-mail-date", when(&visit, &mail)),
    ];
    let page = visit.page_titled(mail.subject.clone());
    let view = MailPage {
        page,
        facts,
        frame: paths::mail_html(mail.number),
        headers: headers(&mail).to_owned(),
        text: mail.text,
        source: mail.source,
    };
    visit.html(StatusCode::OK, &view)
}

/// `GET /demo/mail/{number}/html`: the HTML part, for the frame. Its links lead out of the frame.
async fn html(memory: Data<Memory>, number: Path<u64>) -> Result<HttpResponse, PageError> {
    let mail = find(&memory, *number)?;
    let body = mail.html.replacen("<head>", "<head><base target=\"_top\">", 1);
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .body(body))
}

fn find(memory: &Memory, number: u64) -> Result<SentMessage, PageError> {
    memory.messages().into_iter().find(|mail| mail.number == number).ok_or(PageError::NotFound)
}

fn headers(mail: &SentMessage) -> &str {
    mail.source.split_once("\r\n\r\n").map_or(mail.source.as_str(), |(headers, _)| headers)
}

/// The value of a header with this name, unfolded; encoded words stay as they are.
fn header_of(mail: &SentMessage, name: &str) -> Option<String> {
    let unfolded = headers(mail).replace("\r\n ", " ");
    let found = unfolded.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    found.map(str::to_owned)
}

fn sent_at(mail: &SentMessage) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc2822(&header_of(mail, "Date")?).ok()
}

fn when(visit: &Visit, mail: &SentMessage) -> String {
    let moment = sent_at(mail).map(|moment| moment.with_timezone(&Utc));
    moment.map(|moment| visit.texts.date_time_zone(moment, visit.zone())).unwrap_or_default()
}
