//! The list of docs/THREATS.md is whole, and what it names is there.

use std::collections::BTreeSet;

use crate::support::sources::{files, read};

/// The rows of each part of the threat list.
const PARTS: [(char, usize); 6] = [('A', 18), ('B', 13), ('C', 9), ('D', 10), ('E', 6), ('F', 6)];

/// The cells of each row.
fn rows() -> Vec<Vec<String>> {
    let table = read("docs/THREATS.md");
    let lines = table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| row"));
    lines.map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// The names of all functions in the Rust files below a folder.
fn functions(folder: &str) -> BTreeSet<String> {
    let named = |path| {
        let text = read(path);
        let found = text.split("fn ").skip(1).filter_map(|rest| rest.split(['(', '<']).next());
        found.map(str::to_owned).collect::<Vec<_>>()
    };
    files(folder, ".rs").into_iter().flat_map(named).collect()
}

#[test]
fn every_row_is_in_the_list_once_and_in_order() {
    let all = PARTS.iter().flat_map(|(part, rows)| (1..=*rows).map(move |row| format!("{part}{row}")));
    let listed: Vec<String> = rows().into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(listed, all.collect::<Vec<_>>());
}

#[test]
fn every_row_has_a_test_that_is_there_or_a_reason() {
    let there: BTreeSet<String> = ["src", "crates", "tests/it"].into_iter().flat_map(functions).collect();
    for row in rows() {
        let [name, _, rule, tests] = &*row else { panic!("{row:?}") };
        let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty() || rule.starts_with("There is no"), "{name} has neither test nor reason");
        for test in named {
            assert!(there.contains(test), "{name} names {test}, which is not there");
        }
    }
}
