//! Every mail with its state, and where mail goes.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{self, Path, ServiceConfig},
};
use askama::Template;
use directory::{
    Error,
    delivery::{self, Delivery, DeliveryFilter, DeliveryState},
};

use super::{ROWS, id, reading, tabs, words, words::Badge};
use crate::web::{
    Administrating, Flash, Page, PageError, Posted,
    asked::{Asked, first_page, sought},
    filters, paths,
    view::{Pager, Tab, Tone},
};

/// The routes of the mails.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route(paths::ADMIN_MAIL, web::get().to(show))
        .route(&retry_path("{id}"), web::post().to(try_again))
        .route(&release_path(), web::post().to(release));
}

fn retry_path(id: impl std::fmt::Display) -> String {
    format!("{}/{id}/retry", paths::ADMIN_MAIL)
}

fn release_path() -> String {
    format!("{}/release", paths::ADMIN_MAIL)
}

#[derive(Template)]
#[template(path = "admin/mail.html")]
struct MailPage {
    page: Page,
    goes: Goes,
    held: Option<Held>,
    search: String,
    show: String,
    filters: Vec<Tab>,
    columns: Vec<String>,
    mails: Vec<Row>,
    pager: Pager,
}

/// Where mail goes.
struct Goes {
    tone: Tone,
    title: String,
    text: String,
}

/// That mail waits, and what ends it.
struct Held {
    title: String,
    text: String,
    release: String,
}

struct Row {
    recipient: String,
    user: String,
    kind: String,
    asked: String,
    state: Badge,
    detail: String,
    attempts: String,
    answer: String,
    retry: Option<String>,
}

async fn show(visit: Administrating, Asked(asked): Asked) -> Result<HttpResponse, PageError> {
    let (show, search) = (asked.value("show").to_owned(), sought(&asked));
    let before = reading::optional_id(&asked, "before")?;
    let filter = DeliveryFilter { search: search.clone(), state: show.parse().ok(), before };
    let directory::Page { rows: mails, more } =
        visit.oversee(move |tx, administrator| delivery::list(tx, administrator, &filter, ROWS)).await?;
    let next = mails.last().filter(|_| more).map(|last| {
        let last = last.id.to_string();
        paths::with_query(paths::ADMIN_MAIL, &[("q", &search), ("show", &show), ("before", &last)])
    });
    let first = first_page(&asked, "before", paths::ADMIN_MAIL, &[("q", &search), ("show", &show)]);
    let columns = ["to", "state", "answer"];
    let shows = [""].into_iter().chain(DeliveryState::ALL.iter().map(|state| state.as_str()));
    let view = MailPage {
        page: visit.page_at("mail", "admin-mail"),
        goes: goes(&visit),
        held: held(&visit),
        filters: tabs(visit.texts, "admin-mail", (paths::ADMIN_MAIL, &search), shows, &show),
        columns: columns.map(|name| visit.texts.get(&format!("admin-mail-column-{name}"))).into(),
        mails: mails.iter().map(|mail| row(&visit, mail)).collect(),
        pager: Pager { first, next },
        search,
        show,
    };
    visit.html(StatusCode::OK, &view)
}

async fn try_again(visit: Administrating, path: Path<String>, _: Posted) -> Result<HttpResponse, PageError> {
    let id = id(&path)?;
    let again = visit.write(move |tx, administrator| delivery::queue_again(tx, administrator, id));
    let flash = match again.await {
        Ok(()) => {
            visit.state.courier.wake();
            Flash::ok("admin-mail-queued-again")
        }
        Err(Error::Refused(_)) => Flash::bad("admin-mail-not-failed"),
        Err(error) => return Err(error.into()),
    };
    let back =
        if visit.here.starts_with(paths::ADMIN_MAIL) { visit.here.as_str() } else { paths::ADMIN_MAIL };
    Ok(visit.see_other(back, flash))
}

async fn release(visit: Administrating, _: Posted) -> Result<HttpResponse, PageError> {
    visit.write(delivery::release).await?;
    visit.state.courier.wake();
    Ok(visit.see_other(paths::ADMIN_MAIL, Flash::ok("admin-mail-released")))
}

/// After a restore: since when mail waits.
fn held(visit: &Administrating) -> Option<Held> {
    let (texts, since) = (visit.texts, visit.organisation.restoration.mail_held_since?);
    let moment = texts.date_time_zone(since, visit.zone());
    Some(Held {
        title: texts.with("admin-mail-held", &[("moment", moment.into())]),
        text: texts.get("admin-mail-held-text"),
        release: release_path(),
    })
}

/// The relay as it is shown, which is without its password, or the folder.
fn goes(visit: &Administrating) -> Goes {
    let (texts, settings) = (visit.texts, &visit.state.settings);
    match &settings.smtp_url {
        Some(relay) => Goes {
            tone: Tone::Ok,
            title: texts.with("admin-mail-goes-relay", &[("relay", relay.to_string().into())]),
            text: String::new(),
        },
        None if visit.state.introduction.is_some() => Goes {
            tone: Tone::Ok,
            title: texts.get("demo-mail-goes"),
            text: texts.get("demo-mail-goes-text"),
        },
        None => Goes {
            tone: Tone::Warn,
            title: texts.get("admin-mail-goes-folder"),
            text: texts.with(
                "admin-mail-goes-folder-text",
                &[("folder", settings.mail_dir().display().to_string().into())],
            ),
        },
    }
}

fn row(visit: &Administrating, mail: &Delivery) -> Row {
    let (texts, zone) = (visit.texts, visit.zone());
    let moment = match mail.state {
        DeliveryState::Queued | DeliveryState::Retrying | DeliveryState::OnHold => mail.next_attempt_at,
        DeliveryState::Sent | DeliveryState::Failed | DeliveryState::Dropped => {
            mail.finished_at.unwrap_or(mail.created_at)
        }
    };
    let moment = texts.date_time_zone(moment, zone);
    Row {
        recipient: mail.recipient.clone(),
        user: paths::admin_user(mail.user_id),
        kind: texts.get(&format!("admin-mail-kind-{}", mail.kind.as_str())),
        asked: texts.date_time_zone(mail.created_at, zone),
        state: words::of_mail(texts, &mail.progress()),
        detail: match mail.state {
            DeliveryState::OnHold => String::new(),
            DeliveryState::Retrying => texts.with("admin-mail-next-try", &[("moment", moment.into())]),
            _ => moment,
        },
        attempts: texts.count("admin-mail-attempts", mail.attempts),
        answer: mail.answer.clone(),
        retry: (mail.state == DeliveryState::Failed).then(|| retry_path(mail.id)),
    }
}
