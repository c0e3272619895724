//! One program at a time, by the lock of a file.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::OpenError;
use super::files::open_or_make;

/// Holds an exclusive lock among all processes on this SQLite file until the answer is dropped.
pub(in crate::db) fn lock_beside(database: &Path) -> Result<File, OpenError> {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    let path = PathBuf::from(name);
    let file = open_or_make(&path)?;
    lock(&file, &path).map_err(|reason| OpenError::File { path, reason })?;
    Ok(file)
}

fn lock(file: &File, path: &Path) -> io::Result<()> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            log::info!("waiting for another program, which holds {}", path.display());
            file.lock()
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::DatabaseUrl;
    use crate::testing::TestDatabase;

    #[test]
    fn a_lock_that_cannot_be_made_is_named_and_not_the_database() {
        let database = TestDatabase::sqlite();
        let DatabaseUrl::Sqlite(file) = database.url() else { panic!("not a file") };
        let lock = file.with_file_name("vestibule.db.lock");
        std::fs::create_dir(&lock).unwrap();
        let refused = lock_beside(file).unwrap_err().to_string();
        assert!(refused.starts_with(&format!("{} cannot be made: ", lock.display())), "{refused}");
    }

    #[test]
    fn a_lock_is_waited_for_and_let_go() {
        let database = TestDatabase::sqlite();
        let DatabaseUrl::Sqlite(file) = database.url() else { panic!("not a file") };
        let held = lock_beside(file).unwrap();
        let other = File::open(file.with_file_name("vestibule.db.lock")).unwrap();
        assert!(matches!(other.try_lock(), Err(TryLockError::WouldBlock)));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| lock_beside(file).unwrap());
            drop(held);
            drop(waiting.join().unwrap());
        });
        other.try_lock().unwrap();
    }
}
