//! Writing a file so that nobody ever finds half of it under its name.

use std::{
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use rustix::fs::{CWD, RenameFlags, renameat_with};

/// A file still being written, which its owner alone may read; dropping it deletes it. What a killed process leaves of
/// it has a random suffix, so it never blocks the next one: in a container every process has the same id.
pub(crate) struct Draft {
    path: PathBuf,
    /// To write to.
    pub(crate) file: File,
}

impl Draft {
    /// A draft of the file of this name, in the same folder.
    pub(crate) fn beside(path: &Path) -> io::Result<Self> {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{:016x}.new", rand::random::<u64>()));
        let path = PathBuf::from(name);
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        Ok(Self { path, file })
    }

    /// Gives it its name once it is on the disk: under that name it is there whole or not at all.
    ///
    /// # Errors
    /// `AlreadyExists` when another file has the name; what else keeps it from the disk.
    pub(crate) fn keep(self, path: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        match fs::hard_link(&self.path, path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
            // Some file systems know no second name.
            Err(_) => self.rename(path)?,
            Ok(()) => {}
        }
        drop(self);
        File::open(folder_of(path))?.sync_all()
    }

    fn rename(&self, path: &Path) -> io::Result<()> {
        Ok(renameat_with(CWD, &self.path, CWD, path, RenameFlags::NOREPLACE)?)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Gone already when it was renamed.
        let _ = fs::remove_file(&self.path);
    }
}

/// The folder that a file is in, also of one that is named without any.
pub(crate) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use std::{env::temp_dir, os::unix::fs::PermissionsExt};

    use super::*;

    /// Runs with the name of a file in a folder of its own, and answers what is in the folder afterwards.
    fn in_a_folder(test: impl FnOnce(&Path)) -> Vec<String> {
        let folder = temp_dir().join(format!("vestibule-draft-{:016x}", rand::random::<u64>()));
        fs::create_dir(&folder).unwrap();
        test(&folder.join("a.backup"));
        let entries = fs::read_dir(&folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        fs::remove_dir_all(&folder).unwrap();
        names.sort();
        names
    }

    #[test]
    fn a_file_that_is_kept_is_its_owners_alone_and_nothing_is_left_beside_it() {
        let left = in_a_folder(|file| {
            Draft::beside(file).unwrap().keep(file).unwrap();
            assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
        });
        assert_eq!(left, ["a.backup"]);
    }

    #[test]
    fn a_file_that_is_there_is_not_overwritten_under_either_way_of_naming() {
        let left = in_a_folder(|file| {
            fs::write(file, "the first").unwrap();
            assert!(Draft::beside(file).unwrap().rename(file).is_err());
            assert!(Draft::beside(file).unwrap().keep(file).is_err());
            assert_eq!(fs::read(file).unwrap(), b"the first");
        });
        assert_eq!(left, ["a.backup"]);
    }

    #[test]
    fn a_file_that_cannot_get_its_name_leaves_nothing_under_it() {
        let left = in_a_folder(|file| {
            let draft = Draft::beside(file).unwrap();
            fs::remove_file(&draft.path).unwrap();
            assert!(draft.keep(file).is_err());
        });
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn what_a_process_that_was_killed_left_behind_stops_no_later_one() {
        let killed = format!("a.backup.{}.new", std::process::id());
        let left = in_a_folder(|file| {
            fs::write(file.with_file_name(&killed), "half").unwrap();
            Draft::beside(file).unwrap().keep(file).unwrap();
        });
        assert_eq!(left, ["a.backup", killed.as_str()]);
    }
}
