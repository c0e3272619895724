//! Who may import whom, and how long a file may be: the rooms of docs/ARCHITECTURE.md, read from the code.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::support::paths::paths_in;
use crate::support::sources::{files, read};

/// What the code in one folder (or file) must not name. The first room whose folder fits a file is the file's.
struct Room {
    folder: &'static str,
    must_not: &'static [&'static str],
}

const ROOMS: &[Room] = &[
    Room { folder: "src/web/routes.rs", must_not: &["diesel", "lettre", "crate::mail", "directory::db"] },
    Room {
        folder: "src/web/pages/",
        must_not: &["diesel", "lettre", "crate::mail", "crate::app", "crate::cli", "directory::db"],
    },
    Room {
        folder: "src/web/",
        must_not: &["diesel", "lettre", "crate::mail", "crate::app", "crate::cli", "crate::web::pages"],
    },
    Room {
        folder: "src/mail/",
        must_not: &["diesel", "actix_web", "crate::web", "crate::app", "crate::cli"],
    },
    Room {
        folder: "src/letter/",
        must_not: &["diesel", "actix_web", "lettre", "crate::web", "crate::mail", "crate::app", "crate::cli"],
    },
    Room {
        folder: "src/text/",
        must_not: &[
            "diesel",
            "actix_web",
            "lettre",
            "crate::web",
            "crate::mail",
            "crate::letter",
            "crate::app",
        ],
    },
    Room { folder: "src/", must_not: &["diesel"] },
    Room {
        folder: "crates/directory/src/access/rules",
        must_not: &["diesel", "crate::db", "crate::Tx", "std::fs", "std::io", "std::net", "log"],
    },
    Room { folder: "crates/directory/src/", must_not: &["actix_web", "askama", "lettre", "tokio"] },
];

/// What is plain enough for every room.
const PLAIN: [&str; 3] = ["directory::db::Tx", "crate::db::Id", "crate::db::Timestamp"];

/// The modules that the database layer may name besides itself.
const BELOW_DB: [&str; 5] = ["db", "clock", "keys", "error", "testing"];

fn code() -> Vec<(String, String)> {
    let mut all = files("src", ".rs");
    all.extend(files("crates/directory/src", ".rs"));
    let read = |path: PathBuf| (path.to_str().unwrap().to_owned(), read(&path));
    all.into_iter().map(read).collect()
}

/// Whether `path` is `prefix` or something inside it.
fn is_in(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// The module a file is, as in `crate::web::pages`.
fn module(file: &str) -> String {
    let inside = file.split_once("src/").unwrap().1;
    let name = inside.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
    if matches!(name.as_str(), "lib" | "main") { "crate".to_owned() } else { format!("crate::{name}") }
}

fn report(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_room_keeps_to_its_imports() {
    let mut wrong = Vec::new();
    for (file, text) in code() {
        let room = ROOMS.iter().find(|room| file.starts_with(room.folder)).unwrap();
        for path in paths_in(&text, &module(&file)) {
            let banned = room.must_not.iter().any(|banned| is_in(&path, banned));
            if banned && !PLAIN.contains(&path.as_str()) {
                wrong.push(format!("{file} must not use {path}"));
            }
        }
    }
    report(&wrong);
}

#[test]
fn no_page_uses_another_page() {
    let pages: Vec<(String, String)> =
        code().into_iter().filter(|(file, _)| file.starts_with("src/web/pages/")).collect();
    let modules: BTreeSet<String> = pages.iter().map(|(file, _)| module(file)).collect();
    let mut wrong = Vec::new();
    for (file, text) in pages.iter().filter(|(file, _)| !file.ends_with("/mod.rs")) {
        let own = module(file);
        for path in paths_in(text, &own) {
            let other = modules.iter().find(|other| is_in(&path, other) && !is_in(&own, other));
            if let Some(other) = other {
                // What several pages of one resource share stands beside them, in their folder.
                let beside = other.rsplit_once("::").unwrap().0;
                if !modules.contains(beside) || beside == "crate::web::pages" || !is_in(&own, beside) {
                    wrong.push(format!("{file} must not use {path}: it is another page"));
                }
            }
        }
    }
    report(&wrong);
}

#[test]
fn the_database_layer_knows_no_noun() {
    let mut wrong = Vec::new();
    for (file, text) in code().iter().filter(|(file, _)| file.starts_with("crates/directory/src/db/")) {
        for path in paths_in(text, &module(file)) {
            let mut parts = path.split("::");
            let noun = (parts.next() == Some("crate")).then(|| parts.next()).flatten();
            let is_module = noun.is_some_and(|noun| noun.starts_with(|c: char| c.is_ascii_lowercase()));
            if is_module && !noun.is_some_and(|noun| BELOW_DB.contains(&noun)) {
                wrong.push(format!("{file} must not use {path}"));
            }
        }
    }
    report(&wrong);
}

/// The crates in one table of a manifest.
fn dependencies(manifest: &str, table: &str) -> BTreeSet<String> {
    let text = read(manifest);
    let rest = text.split_once(&format!("\n[{table}]\n")).map_or("", |(_, rest)| rest);
    let lines = rest.split("\n[").next().unwrap_or_default().lines();
    let name = |line: &str| line.split(['=', '.', ' ', '#']).next().unwrap_or_default().to_owned();
    lines.map(name).filter(|name| !name.is_empty()).collect()
}

#[test]
fn the_domain_does_not_depend_on_the_edges_nor_they_on_diesel() {
    let domain = dependencies("crates/directory/Cargo.toml", "dependencies");
    for edge in ["actix-web", "askama", "lettre", "tokio"] {
        assert!(!domain.contains(edge), "{edge}");
    }
    assert!(!dependencies("Cargo.toml", "dependencies").contains("diesel"));
}

#[test]
fn every_dependency_has_its_reason() {
    let reasons = read("docs/decisions/0012-dependencies.md");
    let given: BTreeSet<&str> =
        reasons.split(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c)).collect();
    let tables = ["Cargo.toml", "crates/directory/Cargo.toml"]
        .into_iter()
        .flat_map(|manifest| ["dependencies", "dev-dependencies"].map(|table| (manifest, table)));
    let missing = tables.flat_map(|(manifest, table)| dependencies(manifest, table));
    report(&missing.filter(|name| !given.contains(name.as_str())).collect::<Vec<_>>());
}

#[test]
fn no_file_is_longer_than_a_person_reads_in_one_go() {
    let is_written = |path: &PathBuf| !path.ends_with("schema.rs");
    let code = ["src", "crates", "tests"].into_iter().flat_map(|folder| files(folder, ".rs"));
    let code = code.filter(is_written).map(|path| (path, 300));
    let templates = files("templates", "").into_iter().map(|path| (path, 80));
    let too_long = code.chain(templates).filter_map(|(path, limit)| {
        let lines = read(&path).lines().count();
        (lines > limit).then(|| format!("{} has {lines} lines; the limit is {limit}", path.display()))
    });
    report(&too_long.collect::<Vec<_>>());
}
