//! The seeds of the fuzzer, tried with every test run.

use std::{fs, path::PathBuf};

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
