//! Tiles in their collections.

use std::collections::BTreeMap;

use directory::app::App;
use directory::text::{Words, search_key};

use crate::web::view::{Logo, Tab, Tile};
use crate::web::{Page, logos, paths};

/// A collection with its tiles.
pub(super) struct Shelf {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) tiles: Vec<AppTile>,
}

/// A tile with what its menu offers.
pub(super) struct AppTile {
    pub(super) tile: Tile,
    pub(super) manage: Option<String>,
    pub(super) invite: Option<String>,
}

/// The collections by name; what is in none, and *Groups*, come last.
pub(super) fn fill(
    page: &Page,
    tiles: Vec<directory::panel::Tile>,
    groups: Option<String>,
    q: &str,
) -> Vec<Shelf> {
    let words = Words::of(q);
    let mut by_name: BTreeMap<String, Vec<AppTile>> = BTreeMap::new();
    let mut rest = Vec::new();
    let tiles =
        tiles.into_iter().map(|tile| (tile.app.collection.clone(), app_tile(&tile.app, tile.managed)));
    for (collection, tile) in tiles.filter(|(_, tile)| matches(&tile.tile, &words)) {
        if collection.is_empty() {
            rest.push(tile);
        } else {
            by_name.entry(collection).or_default().push(tile);
        }
    }
    rest.extend(
        groups.map(|sentence| groups_tile(page, sentence)).filter(|tile| matches(&tile.tile, &words)),
    );
    let mut named: Vec<(String, Vec<AppTile>)> = by_name.into_iter().collect();
    named.sort_by_cached_key(|(title, _)| search_key(title));
    let mut shelves: Vec<Shelf> = named
        .into_iter()
        .enumerate()
        .map(|(number, (title, tiles))| Shelf { id: format!("collection-{number}"), title, tiles })
        .collect();
    if !rest.is_empty() {
        let title = if shelves.is_empty() { "apps-all" } else { "apps-other" };
        shelves.push(Shelf { id: "collection-other".to_owned(), title: page.t(title), tiles: rest });
    }
    shelves
}

/// The links to the collections, when there are several.
pub(super) fn pills(page: &Page, shelves: &[Shelf]) -> Vec<Tab> {
    let tab = |shelf: &Shelf| Tab {
        label: shelf.title.clone(),
        href: format!("#{}", shelf.id),
        count: Some(page.texts.number(i64::try_from(shelf.tiles.len()).unwrap_or(i64::MAX))),
        current: false,
    };
    if shelves.len() > 1 { shelves.iter().map(tab).collect() } else { Vec::new() }
}

fn app_tile(app: &App, managed: bool) -> AppTile {
    let manage = managed.then(|| paths::app_manage(&app.slug));
    let tile = Tile {
        id: format!("app-{}", app.slug),
        name: app.name.clone(),
        description: app.description.lines().next().unwrap_or_default().to_owned(),
        logo: logos::of(app),
        href: paths::app_open(&app.slug),
        owned: managed,
    };
    AppTile { tile, invite: manage.as_deref().map(paths::add), manage }
}

fn groups_tile(page: &Page, sentence: String) -> AppTile {
    let tile = Tile {
        id: "tile-groups".to_owned(),
        name: page.t("nav-groups"),
        description: sentence,
        logo: Logo::plain("users-round"),
        href: paths::GROUPS.to_owned(),
        owned: false,
    };
    AppTile { tile, manage: None, invite: None }
}

fn matches(tile: &Tile, words: &Words) -> bool {
    words.all_in(&format!("{} {}", tile.name, tile.description))
}
