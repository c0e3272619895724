//! What pages are compared with: the same page from one indexed query, without session, rules or anything else that
//! makes it a panel; and an answer that costs nothing. Here are the server and My Apps.

use std::{collections::BTreeMap, net::TcpListener};

use actix_web::{
    App, HttpResponse, HttpServer,
    http::header::{CONTENT_TYPE, HeaderValue},
    rt::System,
    web::{self, Data},
};
use anyhow::Context;
use askama::Template;
use directory::{
    Actor, Administrator, Directory, EmailAddress, Id, Tx,
    app::{self, AppFilter},
    catalogue::Catalogue,
    group::Group,
    user::User,
};
use vestibule::{
    app::open_directory,
    web::{
        assets, filters,
        layout::{Me, Organisation, Page, Section},
        view::{Link, Logo, Tab, Tile},
    },
};

use super::{
    floor_people, floor_writer,
    place::{self, ADMINISTRATOR, APPS},
    table::say,
};

/// The argument that makes this program the floor.
pub(crate) const WORD: &str = "floor";
pub(crate) const CONSTANT: &str = "/constant";
pub(crate) const APPS_PAGE: &str = "/apps";
pub(crate) const PEOPLE_PAGE: &str = "/people";
pub(crate) const INVITATIONS: &str = "/invitations";

/// The fields of the page's own template.
#[derive(Template)]
#[template(path = "apps/panel.html")]
struct Panel {
    page: Page,
    q: String,
    invite: Option<Link>,
    collections: Vec<Tab>,
    shelves: Vec<Shelf>,
    expired: Option<Link>,
    declined: Vec<Declined>,
    nothing: Option<Nothing>,
}

struct Shelf {
    id: String,
    title: String,
    tiles: Vec<AppTile>,
}

struct AppTile {
    tile: Tile,
    manage: Option<String>,
    invite: Option<String>,
}

struct Declined {
    sentence: String,
    reason: String,
    again: Option<Link>,
}

struct Nothing {
    text: String,
    icon: &'static str,
    way: Option<Link>,
}

/// What the queries need beside the directory: a proof and a group that were asked for once.
pub(super) struct Floor {
    pub(super) directory: Directory,
    administrator: Administrator,
    pub(super) group: Id<Group>,
    pub(super) writer: floor_writer::Writer,
}

/// Serves until it is killed.
pub(crate) fn serve(arguments: &[String]) -> anyhow::Result<()> {
    let [database, folder] = arguments else { anyhow::bail!("{WORD} DATABASE FOLDER") };
    let settings = place::settings(database, folder)?;
    let directory = open_directory(&settings)?;
    let (administrator, group) = (administrator(&directory)?, group(&directory)?);
    let writer = floor_writer::Writer::start(directory.clone())?;
    let floor = Data::new(Floor { directory, administrator, group, writer });
    let listener = TcpListener::bind("127.0.0.1:0")?;
    say(&format!("The floor listens at http://{}", listener.local_addr()?));
    let serve = move || {
        App::new()
            .app_data(floor.clone())
            .route(CONSTANT, web::get().to(constant))
            .route(APPS_PAGE, web::get().to(page))
            .route(PEOPLE_PAGE, web::get().to(floor_people::page))
            .route(INVITATIONS, web::post().to(floor_writer::create))
    };
    System::new().block_on(async {
        let server = HttpServer::new(serve)
            .workers(settings.sizes.workers)
            .worker_max_blocking_threads(settings.sizes.reading)
            .listen(listener)?;
        Ok(server.run().await?)
    })
}

fn administrator(directory: &Directory) -> anyhow::Result<Administrator> {
    directory.read(administrator_in).context("the floor's administrator")
}

fn administrator_in(tx: &mut Tx<'_>) -> directory::Result<Administrator> {
    let address = EmailAddress::parse(ADMINISTRATOR).map_err(|_| directory::Error::Hidden)?;
    let user = User::by_address(tx, &address)?.ok_or(directory::Error::Hidden)?;
    Administrator::find(tx, &Actor::of(&user).ok_or(directory::Error::Hidden)?)
}

async fn constant() -> HttpResponse {
    HttpResponse::Ok().body("all right")
}

/// The group of the first app with self-service.
fn group(directory: &Directory) -> anyhow::Result<Id<Group>> {
    let found = directory.read(|tx| {
        let administrator = administrator_in(tx)?;
        let apps = app::list(tx, &administrator, &AppFilter::default(), i64::from(i32::MAX))?.rows;
        apps.iter().find_map(|app| app.target_group_id).ok_or(directory::Error::Hidden)
    });
    found.context("the floor's group")
}

async fn page(floor: Data<Floor>) -> HttpResponse {
    let rows = i64::try_from(APPS).unwrap_or(i64::MAX);
    let list = move |floor: &Floor| {
        floor.directory.read(|tx| app::list(tx, &floor.administrator, &AppFilter::default(), rows))
    };
    answered(floor, list, |apps: directory::Page<app::App>| panel(apps.rows)).await
}

/// Asks on a blocking thread, and renders what was found.
pub(super) async fn answered<T: Send + 'static, P: Template>(
    floor: Data<Floor>,
    ask: impl Fn(&Floor) -> directory::Result<T> + Send + 'static,
    page: impl Fn(T) -> P,
) -> HttpResponse {
    let Ok(Ok(found)) = web::block(move || ask(&floor)).await else {
        return HttpResponse::ServiceUnavailable().finish();
    };
    match page(found).render() {
        Ok(html) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")))
            .body(html),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

fn panel(apps: Vec<app::App>) -> Panel {
    let mut by_collection: BTreeMap<String, Vec<AppTile>> = BTreeMap::new();
    for app in apps {
        by_collection.entry(app.collection.clone()).or_default().push(tile(&app));
    }
    let named = by_collection.into_iter().enumerate();
    let shelves: Vec<Shelf> = named
        .map(|(number, (title, tiles))| Shelf { id: format!("collection-{number}"), title, tiles })
        .collect();
    let tab = |shelf: &Shelf| Tab {
        label: shelf.title.clone(),
        href: format!("#{}", shelf.id),
        count: Some(shelf.tiles.len().to_string()),
        current: false,
    };
    let collections = shelves.iter().map(tab).collect();
    Panel {
        page: frame(),
        q: String::new(),
        invite: None,
        collections,
        shelves,
        expired: None,
        declined: Vec::new(),
        nothing: None,
    }
}

pub(super) fn frame() -> Page {
    Page {
        title: "My Apps".to_owned(),
        organisation: Organisation { name: "Vestibule".to_owned(), ..Organisation::default() },
        me: Some(Me {
            id: "0199f7a8-8e2d-7a10-b8e4-3a1f6f0f3c11".to_owned(),
            name: "petra".to_owned(),
            address: place::PERSON.to_owned(),
            groups: true,
            ..Me::default()
        }),
        section: Section::Apps,
        csrf: "token".repeat(17),
        here: "/apps".to_owned(),
        ..Page::default()
    }
}

fn tile(app: &app::App) -> AppTile {
    let entry = app.catalogue_key.as_deref().and_then(Catalogue::find);
    let logo = entry.map_or_else(
        || Logo::glyph(&app.glyph, &app.slug),
        |entry| Logo::image(assets::url(&format!("logos/{}", entry.logo))),
    );
    let tile = Tile {
        id: format!("app-{}", app.slug),
        name: app.name.clone(),
        description: app.description.clone(),
        logo,
        href: format!("/apps/{}/open", app.slug),
        owned: false,
    };
    AppTile { tile, manage: None, invite: None }
}
