//! What is found of the places on the disk that the panel writes to.

use std::path::Path;

use anyhow::{Context, bail};
use directory::DatabaseUrl;
use rustix::fs::{Access, access};

use super::Found;
use crate::telemetry::{LITTLE_ROOM, MEBIBYTE, Room};

/// The folder of everything beside the database.
pub(super) fn folder(path: &Path) -> anyhow::Result<Found> {
    if !is_there(path)? {
        return Ok(Found::Note(format!("{} is not there yet; the first start makes it", path.display())));
    }
    must_be_writable(path)?;
    match Room::of(path) {
        Some(room) => enough(room, path),
        None => Ok(Found::Note(format!("how much is free at {} is not known", path.display()))),
    }
}

/// The disk of an SQLite database, where it is not in the folder of the rest.
pub(super) fn disk_of_database(url: &DatabaseUrl, data_dir: &Path) -> Option<anyhow::Result<Found>> {
    let DatabaseUrl::Sqlite(file) = url else { return None };
    if file.parent() == Some(data_dir) {
        return None;
    }
    Some(enough(Room::beside(file)?, file))
}

/// Asks without making anything. Of root nothing is to be found out: it may write everywhere.
pub(super) fn must_be_writable(folder: &Path) -> anyhow::Result<()> {
    access(folder, Access::WRITE_OK | Access::EXEC_OK).with_context(|| {
        format!("{} cannot be written to; it has to belong to the user of the service", folder.display())
    })
}

fn enough(room: Room, place: &Path) -> anyhow::Result<Found> {
    let (free, total) = (room.free / MEBIBYTE, room.total / MEBIBYTE);
    let told = format!("{free} MiB of {total} MiB are free at {}", place.display());
    if room.free < LITTLE_ROOM {
        bail!("{told}: make room, at least {} MiB", LITTLE_ROOM / MEBIBYTE);
    }
    Ok(Found::Right(told))
}

/// What is to be said of a database whose file is still to be made.
pub(in crate::cli) fn missing(url: &DatabaseUrl) -> anyhow::Result<Option<String>> {
    let DatabaseUrl::Sqlite(file) = url else { return Ok(None) };
    let is_missing = !is_there(file)?;
    Ok(is_missing.then(|| format!("{} is not there yet; the first start makes it", file.display())))
}

/// Whether there is something of this name. Where the folder cannot be looked into nobody knows, and no start could go
/// well.
pub(super) fn is_there(path: &Path) -> anyhow::Result<bool> {
    path.try_exists().with_context(|| {
        format!("whether {} is there cannot be seen; run this as the user of the service", path.display())
    })
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;

    #[test]
    fn a_disk_that_is_about_to_be_full_is_wrong() {
        let total = 8 * LITTLE_ROOM;
        let full = enough(Room { free: LITTLE_ROOM - 1, total }, Path::new("data"));
        assert!(full.err().unwrap().to_string().contains("255 MiB of 2048 MiB are free at data: make room"));
        assert!(enough(Room { free: LITTLE_ROOM, total }, Path::new("data")).is_ok());
    }

    #[test]
    fn the_disk_of_the_database_is_told_where_it_may_be_another() {
        let elsewhere = DatabaseUrl::Sqlite(std::env::temp_dir().join("vestibule.db"));
        assert!(disk_of_database(&elsewhere, Path::new("data")).is_some());
        assert!(disk_of_database(&elsewhere, &std::env::temp_dir()).is_none());
        assert!(disk_of_database(&"postgres://h/d".parse().unwrap(), Path::new("data")).is_none());
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_or_looked_into_is_wrong() {
        let path = std::env::temp_dir().join(format!("vestibule-check-{:016x}", rand::random::<u64>()));
        fs::create_dir(&path).unwrap();
        assert!(must_be_writable(&path).is_ok());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
        let [written, seen] = [must_be_writable(&path), is_there(&path.join("vestibule.db")).map(drop)];
        fs::remove_dir(&path).unwrap();
        // Root may do everything.
        let is_root = rustix::process::geteuid().is_root();
        assert_eq!([written.is_ok(), seen.is_ok()], [is_root; 2]);
    }
}
