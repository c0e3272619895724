//! Every route: as `every_route.txt` declares it, and as the source has it.

use std::collections::BTreeSet;

use reqwest::Method;

use super::sources;
use super::stage::Audience;

/// One line of `every_route.txt`.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub method: Method,
    /// Who is let in.
    pub admits: Vec<Audience>,
    /// With places such as `{app}` in it.
    pub address: String,
    /// The file and the function that answers.
    pub handler: String,
}

/// Every route, in the order of the list.
pub(crate) fn declared() -> Vec<Route> {
    let lines = include_str!("../every_route.txt").lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(read).collect()
}

/// The list: what only looks before what changes, what takes things away last, and signing out after that.
pub(crate) fn in_walking_order() -> Vec<Route> {
    const TAKES_AWAY: [&str; 8] =
        ["/end", "delete", "remove", "revoke", "decline", "block", "accept", "/sign-out"];
    let mut routes = declared();
    routes.sort_by_key(|route| {
        let takes = TAKES_AWAY.iter().any(|word| route.address.contains(word));
        let ends = ["delete", "/sign-out"].iter().position(|word| route.address.ends_with(word));
        (route.method == Method::POST, takes, ends)
    });
    routes
}

fn read(line: &str) -> Route {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [method, admits, address, handler @ ..] = words.as_slice() else { panic!("not a route: {line}") };
    let let_in =
        |(place, audience): (usize, Audience)| (admits.as_bytes()[place] != b'.').then_some(audience);
    Route {
        method: method.parse().unwrap(),
        admits: Audience::ALL.into_iter().enumerate().filter_map(let_in).collect(),
        address: (*address).to_owned(),
        handler: handler.join(" "),
    }
}

/// Every method and handler that the source gives a route to.
pub(crate) fn in_source() -> BTreeSet<(Method, String)> {
    let mut found = BTreeSet::new();
    for file in sources::files("src/web", ".rs") {
        let name = file.strip_prefix("src/web").unwrap().with_extension("");
        let text = sources::read(&file);
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for other in ["web::resource", ".service(", "web::scope", "#[get(", "#[post("] {
            assert!(
                !code.contains(other),
                "{}: {other} is a way of routing that no test reads",
                file.display()
            );
        }
        for (before, after) in splits(code, "().to(") {
            let method = before.rsplit(|c: char| !c.is_ascii_lowercase()).next().unwrap_or_default();
            let handler = after.split(')').next().unwrap_or_default();
            if !(name.ends_with("routes") && handler == "error::not_found") {
                let method = method.to_ascii_uppercase().parse().unwrap();
                found.insert((method, format!("{} {handler}", name.display())));
            }
        }
    }
    found
}

fn splits<'a>(text: &'a str, sign: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    text.match_indices(sign).map(move |(at, _)| (&text[..at], &text[at + sign.len()..]))
}
