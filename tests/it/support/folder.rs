//! A folder for one test.

use std::path::{Path, PathBuf};

/// Gone with all that is in it when this is dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// A new, empty one.
    pub(crate) fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("vestibule-test-{:016x}", rand::random::<u64>()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The whole name of a file in it, which need not be there.
    pub(crate) fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left behind is in the folder for temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
