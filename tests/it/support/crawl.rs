//! Going through all pages that somebody can reach, link by link.

use std::collections::{BTreeSet, VecDeque};

use reqwest::Method;
use scraper::Html;

use super::form::select;
use super::panel::Panel;
use super::press::Press;
use super::routes;
use super::stage::{self, Audience};
use super::visitor::Visitor;

/// More pages than one of each kind; beyond it they repeat.
const ENOUGH: usize = 200;

/// Every page of a kind that this visitor reaches, from the routes that let them in and from the links of the pages.
pub(crate) async fn pages(panel: &Panel, audience: Audience, visitor: &mut Visitor) -> Vec<String> {
    let places = stage::olivias(panel);
    let gets = routes::declared().into_iter();
    let gets = gets.filter(|route| route.method == Method::GET && route.admits.contains(&audience));
    let mut open: VecDeque<String> = gets.map(|route| stage::filled(&route.address, &places)).collect();
    let (mut seen, mut pages) = (BTreeSet::new(), Vec::new());
    while let Some(address) = open.pop_front() {
        if pages.len() >= ENOUGH || !seen.insert(kind(&address)) {
            continue;
        }
        visitor.get(&address).await;
        assert!(visitor.status() < 500, "{address}: {visitor}");
        if visitor.status() == 200 {
            open.extend(links(&visitor.page()));
            pages.push(address);
        }
    }
    pages
}

/// Every way of sending a form of these pages, one of each shape, with the page it stands on.
pub(crate) async fn presses(visitor: &mut Visitor, pages: &[String]) -> Vec<(String, Press)> {
    let (mut seen, mut presses) = (BTreeSet::new(), Vec::new());
    for page in pages {
        visitor.get(page).await;
        for press in Press::all(&visitor.page()) {
            if seen.insert(press.shape()) {
                presses.push((page.clone(), press));
            }
        }
    }
    presses
}

/// Pages that differ in an identifier, or in the value of a question, are of one kind.
fn kind(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let path: Vec<&str> = path.split('/').map(|part| if part.len() >= 32 { "{id}" } else { part }).collect();
    let names: Vec<&str> = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
    format!("{}?{}", path.join("/"), names.join("&"))
}

fn links(page: &Html) -> Vec<String> {
    let hrefs = select(page, "a[href]").into_iter().filter_map(|link| link.attr("href").map(str::to_owned));
    let own =
        hrefs.filter(|href| href.starts_with('/') && !href.starts_with("//") && !href.contains("/open"));
    own.map(|href| href.split('#').next().unwrap_or_default().to_owned()).collect()
}
