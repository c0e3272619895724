//! The seeds of the fuzzer, tried with every test run.

use std::{fs, path::PathBuf};

use rand::{RngExt, SeedableRng, rngs::StdRng};

/// What lists of people are made of, and what goes wrong in them.
const PIECES: [&str; 24] = [
    "ann@partner.test",
    "Bob.Lee@Partner.test",
    "Ann Lee <ann@partner.test>",
    "\"Lee, Bob\" <bob@partner.test>",
    "'cam@bücher.test'",
    "mailto:dan@partner.test?subject=x",
    "ann",
    "partner.test",
    "@",
    "<",
    ">",
    "\"",
    "'",
    "(",
    ")",
    "\\",
    ",",
    ";",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\u{a0}",
    "\u{202e}é",
];

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(name)
}

/// Tries every seed of a target.
fn try_seeds(target: &str, property: fn(&[u8])) {
    let seeds = fs::read_dir(folder("seeds").join(target)).unwrap();
    let tried = seeds.map(|seed| property(&fs::read(seed.unwrap().path()).unwrap())).count();
    assert!(tried >= 3, "{target} has {tried} seeds");
}

/// Makes a test of each target.
macro_rules! targets {
    ($($target:ident),+ $(,)?) => {
        $(#[test] fn $target() { try_seeds(stringify!($target), super::$target); })+

        const TARGETS: &[&str] = &[$(stringify!($target)),+];
    };
}

targets!(address, addresses, cookie, form, next, rule, token);

#[test]
fn every_target_of_the_fuzzer_is_tried() {
    let files = fs::read_dir(folder("fuzz_targets")).unwrap().map(|file| file.unwrap().path());
    let mut names: Vec<_> =
        files.map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    assert_eq!(names, TARGETS);
}

/// The same ones at every run.
#[test]
fn lists_of_people_made_of_any_pieces_keep_what_they_promise() {
    let mut chance = StdRng::seed_from_u64(1);
    for _ in 0..5_000 {
        let many = chance.random_range(1..16);
        let list: String = (0..many).map(|_| PIECES[chance.random_range(0..PIECES.len())]).collect();
        super::addresses(list.as_bytes());
    }
}
