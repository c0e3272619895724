//! Every route, asked by everybody: who is let in is `every_route.txt`, which people review.

use std::collections::BTreeSet;

use reqwest::Method;

use crate::support::cast::OLIVIA;
use crate::support::panel::Panel;
use crate::support::routes::{self, Route};
use crate::support::stage::{self, Audience, OTTOS_WORDS};
use crate::support::visitor::Visitor;

/// What a form without any field may come to where the sender is let in.
const LET_IN: [u16; 6] = [200, 303, 400, 409, 410, 422];

/// Asks a route with no field but the form's token.
async fn ask(visitor: &mut Visitor, method: &Method, address: &str) {
    if *method == Method::GET {
        visitor.get(address).await;
        return;
    }
    visitor.open("/apps").await;
    let token = visitor.token();
    visitor.send(Method::POST, address, &[("csrf_token".to_owned(), token)]).await;
}

fn is_sent_to_sign_in(visitor: &Visitor) -> bool {
    visitor.path() != "/sign-out"
        && visitor.status() == 303
        && visitor.location().is_some_and(|to| to == "/sign-in" || to.starts_with("/sign-in?next="))
}

/// What is wrong with an answer to somebody, if anything is.
fn complaint(route: &Route, audience: Audience, visitor: &Visitor) -> Option<String> {
    let (status, gets) = (visitor.status(), route.method == Method::GET);
    let fits = match (route.admits.contains(&audience), audience) {
        (true, _) if gets => matches!(status, 200 | 303) && !is_sent_to_sign_in(visitor),
        (true, _) => LET_IN.contains(&status) && !is_sent_to_sign_in(visitor),
        // A page that lets nobody in is not there, for whoever asks.
        (false, Audience::Anonymous) => {
            is_sent_to_sign_in(visitor)
                || (route.admits.is_empty() && status == 404)
                || (!gets && status == 400)
        }
        // What was sent may be looked at first, as long as the thing it is about is not.
        (false, _) => matches!(status, 403 | 404) || (!gets && status == 400),
    };
    let told =
        format!("{} {} to {audience:?}: {status} {:?}", route.method, route.address, visitor.location());
    (!fits).then_some(told)
}

#[test]
fn every_route_has_its_audience_and_every_audience_its_route() {
    let declared = routes::declared().into_iter().map(|route| (route.method, route.handler));
    let declared: BTreeSet<(Method, String)> = declared.collect();
    let in_source = routes::in_source();
    let unlisted: Vec<_> = in_source.difference(&declared).collect();
    let unknown: Vec<_> = declared.difference(&in_source).collect();
    assert!(unlisted.is_empty(), "tests/it/every_route.txt does not say who may use {unlisted:#?}");
    assert!(unknown.is_empty(), "tests/it/every_route.txt names what is not there: {unknown:#?}");
}

async fn walk_as(audience: Audience) {
    let panel = stage::set();
    let mut visitor = audience.visitor(&panel).await;
    let _otto = panel.signed_in(stage::OTTO).await;
    let mut places = stage::olivias(&panel);
    // To end one's own would be to leave.
    places.insert("session", stage::of_otto(&panel)["session"].clone());
    let mut complaints = Vec::new();
    for route in routes::in_walking_order() {
        ask(&mut visitor, &route.method, &stage::filled(&route.address, &places)).await;
        complaints.extend(complaint(&route, audience, &visitor));
        let tells = (visitor.status() == 404 && audience != Audience::Administrator)
            .then(|| ["Salesforce", "Sales partners"].iter().find(|name| visitor.html().contains(**name)))
            .flatten();
        complaints.extend(tells.map(|name| format!("{} {}: a 404 says {name}", route.method, route.address)));
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[actix_web::test]
async fn every_route_answers_anonymous_visitors_as_declared() {
    walk_as(Audience::Anonymous).await;
}

#[actix_web::test]
async fn every_route_answers_guests_as_declared() {
    walk_as(Audience::Guest).await;
}

#[actix_web::test]
async fn every_route_answers_members_as_declared() {
    walk_as(Audience::Member).await;
}

#[actix_web::test]
async fn every_route_answers_owners_as_declared() {
    walk_as(Audience::Owner).await;
}

#[actix_web::test]
async fn every_route_answers_administrators_as_declared() {
    walk_as(Audience::Administrator).await;
}

/// Every address that is about somebody's things, with what makes it one.
fn about_things() -> Vec<Route> {
    let things = ["{app}", "{group}", "{user}", "{second}", "{invitation}", "{session}"];
    let mut routes = routes::in_walking_order();
    routes.retain(|route| things.iter().any(|thing| route.address.contains(thing)));
    routes
}

/// Olivia asks for these addresses, and finds nothing and changes nothing.
async fn olivia_finds_nothing(panel: &Panel, addresses: Vec<(Method, String)>) {
    let mut olivia = panel.signed_in(OLIVIA).await;
    let mut complaints = Vec::new();
    let before = panel.contents();
    for (method, address) in addresses {
        ask(&mut olivia, &method, &address).await;
        if !matches!(olivia.status(), 400 | 403 | 404) {
            complaints.push(format!("{method} {address}: {} {:?}", olivia.status(), olivia.location()));
        }
        let told = OTTOS_WORDS.iter().find(|word| olivia.html().contains(**word));
        complaints.extend(told.map(|word| format!("{method} {address} says {word}")));
        if panel.contents() != before {
            complaints.push(format!("{method} {address} wrote something"));
            break;
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[actix_web::test]
async fn an_owner_finds_nothing_of_another_owners_b3() {
    let panel = stage::set();
    let _otto = panel.signed_in(stage::OTTO).await;
    let places = stage::of_otto(&panel);
    let filled = |route: Route| (route.method, stage::filled(&route.address, &places));
    olivia_finds_nothing(&panel, about_things().into_iter().map(filled).collect()).await;
}

#[actix_web::test]
async fn an_owner_reaches_nobody_of_another_owners_through_a_thing_of_her_own_b3() {
    let panel = stage::set();
    let (mut places, ottos) = (stage::olivias(&panel), stage::of_otto(&panel));
    for name in ["user", "second", "invitation", "session", "assignment", "role"] {
        places.insert(name, ottos[name].clone());
    }
    let routes = about_things().into_iter();
    let theirs = ["{user}", "{second}", "{invitation}"];
    let routes = routes.filter(|route| theirs.iter().any(|place| route.address.contains(place)));
    let filled = |route: Route| (route.method, stage::filled(&route.address, &places));
    olivia_finds_nothing(&panel, routes.map(filled).collect()).await;
}

/// What nobody types into the bar of a browser, as it travels.
const ODD: [&str; 6] = ["%00", "a%00b", "%e2%80%ae", "%ff%fe", "..%2f..%2fetc", "%27%22%3E%3Cscript%3E"];

/// The names of what pages ask for behind the question mark.
const ASKED: [&str; 14] = [
    "q", "show", "after", "before", "next", "email", "user", "for", "sent", "name", "state", "actor",
    "target", "key",
];

#[actix_web::test]
async fn no_odd_address_is_an_error_of_ours() {
    let panel = stage::set();
    let mut adam = Audience::Administrator.visitor(&panel).await;
    let places = stage::olivias(&panel);
    let (long, mut complaints) = ("x".repeat(2000), Vec::new());
    for route in routes::declared().into_iter().filter(|route| route.method == Method::GET) {
        let plain = stage::filled(&route.address, &places);
        let mut odd: Vec<String> = Vec::new();
        let all: Vec<String> = ASKED.iter().map(|name| format!("{name}=%E2%80%AEa")).collect();
        odd.push(format!("{plain}?{}", all.join("&")));
        for value in ODD.into_iter().chain([long.as_str()]) {
            odd.push(format!("{plain}?q={value}&after={value}&before={value}&name={value}"));
            for place in places.keys().filter(|place| route.address.contains(&format!("{{{place}}}"))) {
                let address = route.address.replace(&format!("{{{place}}}"), value);
                odd.push(stage::filled(&address, &places));
            }
        }
        for address in odd {
            adam.get(&address).await;
            if adam.status() >= 500 {
                complaints.push(format!("{} {}", adam.status(), address.get(..120).unwrap_or(&address)));
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
