//! Every mail with its state, and where mail goes.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{self, ServiceConfig},
};
use askama::Template;
use directory::{
    Error,
    delivery::{self, Delivery, DeliveryFilter, DeliveryKind, DeliveryState},
};

use super::{
    confirm::{self, Question},
    mail_is_held, reading, tabs, words,
    words::Badge,
};
use crate::web::{
    Administrating, Flash, Page, PageError, Posted, ROWS,
    asked::{Asked, PathId, first_page, sought},
    filters,
    mail_route::MailRoute,
    paths,
    view::{Pager, Tab, Tone},
};

/// The routes of the mails.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route(paths::ADMIN_MAIL, web::get().to(show))
        .route(&paths::admin_mail_retry("{id}"), web::post().to(try_again))
        .route(paths::ADMIN_MAIL_RELEASE, web::get().to(ask_release))
        .route(paths::ADMIN_MAIL_RELEASE, web::post().to(release));
}

#[derive(Template)]
#[template(path = "admin/mail.html")]
struct MailPage {
    page: Page,
    goes: GoesView,
    held: Option<Held>,
    search: String,
    show: String,
    filters: Vec<Tab>,
    columns: Vec<String>,
    mails: Vec<Row>,
    pager: Pager,
    filtered: bool,
}

/// Where mail goes, in words.
struct GoesView {
    tone: Tone,
    title: String,
    text: String,
}

/// That mail waits, and what ends it.
struct Held {
    title: String,
    text: String,
    release: &'static str,
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
        visit.read(move |tx, administrator| delivery::list(tx, administrator, &filter, ROWS)).await?;
    let next = mails.last().filter(|_| more).map(|last| {
        let last = last.id.to_string();
        paths::with_query(paths::ADMIN_MAIL, &[("q", &search), ("show", &show), ("before", &last)])
    });
    let first = first_page(&asked, "before", paths::ADMIN_MAIL, &[("q", &search), ("show", &show)]);
    let columns = ["to", "state", "answer"];
    let shows = [""].into_iter().chain(DeliveryState::ALL.iter().map(|state| state.as_str()));
    let view = MailPage {
        page: visit.page("admin-mail").administering(paths::ADMIN_MAIL),
        goes: goes(&visit),
        held: held(&visit),
        filters: tabs(visit.texts, "admin-mail", (paths::ADMIN_MAIL, &search), shows, &show),
        columns: columns.map(|name| visit.texts.get(&format!("admin-mail-column-{name}"))).into(),
        mails: mails.iter().map(|mail| row(&visit, mail)).collect(),
        pager: Pager { first, next },
        filtered: !search.is_empty() || !show.is_empty() || asked.sends("before"),
        search,
        show,
    };
    visit.html(StatusCode::OK, &view)
}

async fn try_again(
    visit: Administrating,
    PathId(id): PathId<Delivery>,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let again = visit.write(move |tx, administrator| delivery::queue_again(tx, administrator, id));
    let flash = match again.await {
        Ok(kind) => {
            let waits = mail_is_held(&visit) && kind != DeliveryKind::Code;
            Flash::ok(if waits { "admin-mail-waits" } else { "admin-mail-queued-again" })
        }
        Err(Error::Stale) => Flash::bad("admin-mail-not-failed"),
        Err(error) => return Err(error.into()),
    };
    let back =
        if visit.here.starts_with(paths::ADMIN_MAIL) { visit.here.as_str() } else { paths::ADMIN_MAIL };
    Ok(visit.see_other(back, flash))
}

async fn ask_release(visit: Administrating) -> Result<HttpResponse, PageError> {
    if !mail_is_held(&visit) {
        return Ok(visit.see_other(paths::ADMIN_MAIL, None::<Flash>));
    }
    let outbox = visit.read(|tx, _| delivery::outbox(tx)).await?;
    let question = Question {
        heading: visit.texts.get("admin-mail-release-title"),
        text: visit.texts.count("admin-mail-release-text", outbox.queued + outbox.retrying),
        action: paths::ADMIN_MAIL_RELEASE.to_owned(),
        button: visit.texts.get("admin-mail-release"),
        cancel: paths::ADMIN_MAIL.to_owned(),
    };
    confirm::ask(&visit, paths::ADMIN_MAIL, question)
}

async fn release(visit: Administrating, _: Posted) -> Result<HttpResponse, PageError> {
    visit.write(delivery::release).await?;
    Ok(visit.see_other(paths::ADMIN_MAIL, Flash::ok("admin-mail-released")))
}

/// After a restore: since when mail waits.
fn held(visit: &Administrating) -> Option<Held> {
    let (texts, since) = (visit.texts, visit.organisation.restoration.mail_held_since?);
    let moment = texts.date_time_zone(since, visit.zone());
    Some(Held {
        title: texts.with("admin-mail-held", &[("moment", moment.into())]),
        text: texts.get("admin-mail-held-text"),
        release: paths::ADMIN_MAIL_RELEASE,
    })
}

fn goes(visit: &Administrating) -> GoesView {
    let texts = visit.texts;
    match MailRoute::of(visit) {
        MailRoute::Relay(relay) => GoesView {
            tone: Tone::Ok,
            title: texts.with("admin-mail-goes-relay", &[("relay", relay.into())]),
            text: String::new(),
        },
        MailRoute::Demo => GoesView {
            tone: Tone::Ok,
            title: texts.get("demo-mail-goes"),
            text: texts.get("demo-mail-goes-text"),
        },
        MailRoute::Folder(folder) => GoesView {
            tone: Tone::Warn,
            title: texts.get("admin-mail-goes-folder"),
            text: texts.with("admin-mail-goes-folder-text", &[("folder", folder.into())]),
        },
    }
}

fn row(visit: &Administrating, mail: &Delivery) -> Row {
    let (texts, zone, progress) = (visit.texts, visit.zone(), mail.progress());
    let moment = match mail.state {
        DeliveryState::Queued | DeliveryState::Retrying | DeliveryState::OnHold => mail.next_attempt_at,
        DeliveryState::Sent | DeliveryState::Failed | DeliveryState::Dropped => progress.ended_at(),
    };
    let moment = texts.date_time_zone(moment, zone);
    Row {
        recipient: mail.recipient.clone(),
        user: paths::admin_user(mail.user_id),
        kind: texts.get(&format!("admin-mail-kind-{}", mail.kind.as_str())),
        asked: texts.date_time_zone(mail.created_at, zone),
        state: words::of_mail(texts, &progress),
        detail: match mail.state {
            DeliveryState::OnHold => String::new(),
            DeliveryState::Retrying => texts.with("admin-mail-next-try", &[("moment", moment.into())]),
            _ => moment,
        },
        attempts: texts.count("admin-mail-attempts", mail.attempts),
        answer: mail.answer.clone(),
        retry: (mail.state == DeliveryState::Failed).then(|| paths::admin_mail_retry(mail.id)),
    }
}
