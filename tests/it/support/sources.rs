//! The files of the repository, for tests that hold them to something.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` with this ending, relative to the repository, in order.
pub(crate) fn files(folder: &str, ending: &str) -> BTreeSet<PathBuf> {
    let Ok(entries) = std::fs::read_dir(root().join(folder)) else { return BTreeSet::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    let found = paths.flat_map(|path| {
        let relative = path.strip_prefix(root()).unwrap().to_path_buf();
        if path.is_dir() { files(relative.to_str().unwrap(), ending) } else { BTreeSet::from([relative]) }
    });
    found.filter(|path| path.to_str().unwrap().ends_with(ending)).collect()
}

/// What is in one of them.
pub(crate) fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}
