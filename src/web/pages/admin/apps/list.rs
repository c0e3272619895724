//! `GET /admin/apps`: *Enterprise applications > All applications*.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use directory::app::{self, App, AppFilter};
use directory::app_self_service::{self, Progress};
use directory::{Administrator, Organisation, Tx};

use super::super::{shown, tabs};
use crate::text::Texts;
use crate::web::asked::{Asked, after, first_page, next_page, sought};
use crate::web::view::{Logo, Pager, Tab};
use crate::web::{Administrating, Page, PageError, ROWS, filters, logos, paths};

/// How many apps are looked through for those that a filter lets through.
const LOOKED_THROUGH: i64 = 1_000;

#[derive(Template)]
#[template(path = "admin/apps/list.html")]
struct ListPage {
    page: Page,
    q: String,
    show: &'static str,
    pills: Vec<Tab>,
    columns: Vec<String>,
    rows: Vec<Row>,
    pager: Pager,
    new: &'static str,
    filtered: bool,
}

struct Row {
    name: String,
    host: String,
    href: String,
    logo: Logo,
    collection: String,
    ready: String,
    done: usize,
    self_service: bool,
    enabled: bool,
    checklist: String,
}

/// Which apps to show, by how far their self-service is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    All,
    On,
    Ready,
    Missing,
    Off,
}

impl Show {
    const ALL: [(Self, &'static str); 5] = [
        (Self::All, ""),
        (Self::On, "on"),
        (Self::Ready, "ready"),
        (Self::Missing, "missing"),
        (Self::Off, "off"),
    ];

    fn admits(self, app: &App, progress: &Progress) -> bool {
        let complete = progress.checklist.is_complete();
        match self {
            Self::All => true,
            Self::On => app.self_service,
            Self::Ready => complete,
            Self::Missing => app.self_service && !complete,
            Self::Off => !app.self_service,
        }
    }
}

/// A page of the list, and the app after which the next one begins.
struct Found {
    rows: Vec<(App, Progress)>,
    last: Option<App>,
}

pub(super) async fn show(visit: Administrating, Asked(asked): Asked) -> Result<HttpResponse, PageError> {
    let (q, (show, word)) = (sought(&asked), shown(&asked, Show::All, &Show::ALL));
    let filter = AppFilter { search: q.clone(), after: after(&asked) };
    let organisation = visit.organisation.clone();
    let found =
        visit.read(move |tx, administrator| find(tx, administrator, &organisation, &filter, show)).await?;
    let (texts, kept) = (visit.texts, [("q", q.as_str()), ("show", word)]);
    let first = first_page(&asked, "after", paths::ADMIN_APPS, &kept);
    let next = found.last.map(|app| next_page(paths::ADMIN_APPS, &kept, &app.name_key, app.id));
    let view = ListPage {
        page: visit.page("admin-app-all").administering(paths::ADMIN_APPS),
        pills: tabs(texts, "admin-app-show", (paths::ADMIN_APPS, &q), Show::ALL.map(|(_, word)| word), word),
        columns: ["admin-app", "admin-app-collection", "admin-app-self-service", "admin-app-sign-in"]
            .map(|key| texts.get(key))
            .into(),
        rows: found.rows.iter().map(|(app, progress)| row(texts, app, progress)).collect(),
        pager: Pager { first, next },
        new: paths::ADMIN_APPS_NEW,
        filtered: !q.is_empty() || show != Show::All || asked.sends("after"),
        show: word,
        q,
    };
    visit.html(StatusCode::OK, &view)
}

/// With a filter, more apps are read than shown; where that is not enough, the next page goes on from the last read.
fn find(
    tx: &mut Tx<'_>,
    administrator: &Administrator,
    organisation: &Organisation,
    filter: &AppFilter,
    show: Show,
) -> directory::Result<Found> {
    let limit = if show == Show::All { ROWS } else { LOOKED_THROUGH };
    let directory::Page { rows: apps, more } = app::list(tx, administrator, filter, limit)?;
    let last_read = apps.last().cloned().filter(|_| more);
    let progress = app_self_service::progress(tx, organisation, &apps)?;
    let admitted = apps.into_iter().zip(progress).filter(|(app, progress)| show.admits(app, progress));
    let directory::Page { rows, more: cut } = directory::Page::of(admitted.collect(), ROWS);
    let last = if cut { rows.last().map(|(app, _)| app.clone()) } else { last_read };
    Ok(Found { rows, last })
}

fn row(texts: Texts, app: &App, progress: &Progress) -> Row {
    let done = progress.checklist.prerequisites_done();
    Row {
        name: app.name.clone(),
        host: app.host().unwrap_or_default(),
        href: paths::admin_app(&app.slug),
        logo: logos::of(app),
        collection: app.collection.clone(),
        ready: texts.count("admin-app-of-three", done),
        done,
        self_service: app.self_service,
        enabled: app.enabled,
        checklist: paths::admin_app_self_service(&app.slug),
    }
}
