//! `GET, POST /admin/apps/new`: the catalogue, and the form that adds an app from it or a custom one.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use directory::app::App;
use directory::catalogue::{Catalogue, CatalogueEntry, Collection};
use directory::text::Words;

use super::new_form::{self, CUSTOM, From};
use crate::text::{Language, Texts};
use crate::web::asked::{Asked, sought};
use crate::web::view::{Logo, Tab, Tile};
use crate::web::{Administrating, Flash, Page, PageError, Posted, filters, logos, paths};

#[derive(Template)]
#[template(path = "admin/apps/new.html")]
struct CataloguePage {
    page: Page,
    q: String,
    pills: Vec<Tab>,
    custom: Tile,
    shelves: Vec<Shelf>,
}

struct Shelf {
    id: String,
    title: String,
    tiles: Vec<Tile>,
}

pub(super) async fn show(visit: Administrating, Asked(asked): Asked) -> Result<HttpResponse, PageError> {
    if asked.sends("from") {
        let from = From::of(asked.value("from")).ok_or(PageError::NotFound)?;
        return new_form::page(&visit, from, from.filled(visit.texts));
    }
    let (texts, q) = (visit.texts, sought(&asked));
    let shelves = shelves(texts, &q);
    let pill = |shelf: &Shelf| Tab {
        label: shelf.title.clone(),
        href: format!("#{}", shelf.id),
        count: Some(shelf.tiles.len().to_string()),
        current: false,
    };
    let view = CataloguePage {
        page: visit.page("admin-app-new").administering(paths::ADMIN_APPS),
        pills: shelves.iter().map(pill).collect(),
        custom: custom(texts),
        shelves,
        q,
    };
    visit.html(StatusCode::OK, &view)
}

pub(super) async fn create(
    visit: Administrating,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let from = From::of(form.value("from")).ok_or(PageError::BadRequest)?;
    let Some(properties) = new_form::read(&mut form) else { return new_form::page(&visit, from, form) };
    let added = visit.write(move |tx, administrator| App::add(tx, administrator, &properties, from.entry()));
    let Some(app) = visit.settle(&mut form, "", added.await)? else {
        return new_form::page(&visit, from, form);
    };
    let flash = Flash::ok("admin-app-created").with("app", &app.name);
    Ok(visit.see_other(&paths::admin_app(&app.slug), flash))
}

fn address(from: &str) -> String {
    paths::with_query(paths::ADMIN_APPS_NEW, &[("from", from)])
}

fn custom(texts: Texts) -> Tile {
    Tile {
        id: CUSTOM.to_owned(),
        name: texts.get("admin-app-custom"),
        description: texts.get("admin-app-custom-text"),
        logo: Logo::plain("square-pen"),
        href: address(CUSTOM),
        owned: false,
    }
}

fn shelves(texts: Texts, q: &str) -> Vec<Shelf> {
    let language = texts.language();
    let words = Words::of(q);
    let shelf = |collection: &Collection| Shelf {
        id: collection.key.clone(),
        title: collection.name.in_language(language).to_owned(),
        tiles: Catalogue::entries()
            .iter()
            .filter(|entry| entry.collection == collection.key && matches(entry, language, &words))
            .map(|entry| tile(entry, language))
            .collect(),
    };
    Catalogue::collections().iter().map(shelf).filter(|shelf| !shelf.tiles.is_empty()).collect()
}

fn matches(entry: &CatalogueEntry, language: Language, words: &Words) -> bool {
    words.all_in(&format!("{} {} {}", entry.name, entry.publisher, entry.description.in_language(language)))
}

fn tile(entry: &CatalogueEntry, language: Language) -> Tile {
    Tile {
        id: entry.key.clone(),
        name: entry.name.clone(),
        description: entry.description.in_language(language).to_owned(),
        logo: logos::of_entry(entry),
        href: address(&entry.key),
        owned: false,
    }
}
