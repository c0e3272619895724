//! The list of docs/THREATS.md is whole, and what it names is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The rows of each part of the threat list.
const PARTS: [(char, usize); 6] = [('A', 18), ('B', 13), ('C', 9), ('D', 10), ('E', 6), ('F', 6)];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The cells of each row.
fn rows() -> Vec<Vec<String>> {
    let table = fs::read_to_string(root().join("docs/THREATS.md")).unwrap();
    let lines = table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| row"));
    lines.map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// The names of all functions in the Rust files below a folder.
fn functions(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            functions(&path, names);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let found = text.split("fn ").skip(1).filter_map(|rest| rest.split(['(', '<']).next());
            names.extend(found.map(str::to_owned));
        }
    }
}

#[test]
fn every_row_is_in_the_list_once_and_in_order() {
    let all = PARTS.iter().flat_map(|(part, rows)| (1..=*rows).map(move |row| format!("{part}{row}")));
    let listed: Vec<String> = rows().into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(listed, all.collect::<Vec<_>>());
}

#[test]
fn every_row_has_a_test_that_is_there_or_a_reason() {
    let mut there = BTreeSet::new();
    for folder in ["src", "crates", "tests/it"] {
        functions(&root().join(folder), &mut there);
    }
    for row in rows() {
        let [name, _, rule, tests] = &*row else { panic!("{row:?}") };
        let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty() || rule.starts_with("There is no"), "{name} has neither test nor reason");
        for test in named {
            assert!(there.contains(test), "{name} names {test}, which is not there");
        }
    }
}
