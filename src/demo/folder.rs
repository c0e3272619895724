//! A folder that lasts as long as the demo.

use std::{
    fs::{self, DirBuilder},
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

/// A folder for this user alone; dropping it removes it with all that is in it.
pub(super) struct Folder(PathBuf);

impl Folder {
    /// A new folder among the temporary files.
    pub(super) fn new() -> io::Result<Folder> {
        let path = std::env::temp_dir().join(format!("vestibule-demo-{:016x}", rand::random::<u64>()));
        DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Folder(path))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            log::warn!("{} is left behind: {error}", self.0.display());
        }
    }
}
