//! The files that a database of its own file needs: made for their owner alone.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

use super::OpenError;

/// Opens a file to write at its end, and makes it and its folder if they are missing. What root makes belongs to the
/// owner of the folder: a command that root runs once must not keep the service from its own database.
///
/// # Errors
/// When it cannot be made, or cannot be opened.
pub(super) fn open_or_make(path: &Path) -> Result<File, OpenError> {
    made_or_found(path).map_err(|reason| {
        let path = path.to_owned();
        if path.is_file() { OpenError::Unwritable { path, reason } } else { OpenError::File { path, reason } }
    })
}

fn made_or_found(path: &Path) -> io::Result<File> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        private_folder().recursive(true).create(folder)?;
    }
    // Only a file that was not there before is given away: another may be a link to anything.
    match private_file().append(true).create_new(true).open(path) {
        Ok(file) => {
            give_to_owner(&file, folder.unwrap_or(Path::new(".")));
            Ok(file)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            OpenOptions::new().append(true).open(path)
        }
        Err(error) => Err(error),
    }
}

/// Gives a file to the owner of its folder, which only root can do; the file of anybody else stays theirs.
#[cfg(unix)]
fn give_to_owner(file: &File, folder: &Path) {
    use std::os::unix::fs::{MetadataExt, fchown};

    if let (Ok(made), Ok(folder)) = (file.metadata(), folder.metadata())
        && made.uid() != folder.uid()
    {
        // Refused to everybody but root, whose file is at home in such a folder.
        let _ = fchown(file, Some(folder.uid()), Some(folder.gid()));
    }
}

#[cfg(not(unix))]
fn give_to_owner(_file: &File, _folder: &Path) {}

/// Nobody but the owner reads what is made with it.
fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn private_folder() -> DirBuilder {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};

    use super::super::prepare;
    use super::*;
    use crate::db::DatabaseUrl;
    use crate::testing::TestDatabase;

    #[test]
    fn a_missing_file_is_made_for_its_owner_alone() {
        let database = TestDatabase::sqlite();
        let DatabaseUrl::Sqlite(beside) = database.url() else { panic!("not a file") };
        let path = beside.with_file_name("new").join("folder").join("vestibule.db");
        prepare(&DatabaseUrl::Sqlite(path.clone())).unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    }

    #[test]
    fn what_root_makes_belongs_to_the_owner_of_the_folder() {
        let database = TestDatabase::sqlite();
        let DatabaseUrl::Sqlite(file) = database.url() else { panic!("not a file") };
        // Nobody else can give a folder away.
        if chown(file.parent().unwrap(), Some(65_534), None).is_err() {
            return;
        }
        prepare(database.url()).unwrap();
        let lock = file.with_file_name("vestibule.db.lock");
        assert_eq!([file.as_path(), &lock].map(|made| made.metadata().unwrap().uid()), [65_534; 2]);
    }

    #[test]
    fn a_file_that_is_there_and_cannot_be_written_to_is_not_said_to_be_made() {
        let path = Path::new("vestibule.db").to_owned();
        let reason = io::Error::from(io::ErrorKind::PermissionDenied);
        let said = OpenError::Unwritable { path, reason }.to_string();
        assert!(said.starts_with("vestibule.db cannot be opened for writing: "), "{said}");
        assert!(said.ends_with("it has to belong to the user of the service"), "{said}");
    }
}
