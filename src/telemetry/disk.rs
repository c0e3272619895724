//! How much is free where Vestibule writes.

use std::path::Path;

/// So many bytes.
pub const MEBIBYTE: u64 = 1024 * 1024;
/// A disk with less than this, in bytes, is about to be full.
pub const LITTLE_ROOM: u64 = 256 * MEBIBYTE;

/// Room on the disk of a folder, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// What this user may still fill.
    pub free: u64,
    /// The size of the disk.
    pub total: u64,
}

impl Room {
    /// The room of the folder that this file is in; nothing when the system does not say.
    #[must_use]
    pub fn beside(file: &Path) -> Option<Room> {
        Room::of(folder_of(file))
    }

    /// The room of this folder; nothing when the system does not say.
    #[must_use]
    pub fn of(folder: &Path) -> Option<Room> {
        let told = rustix::fs::statvfs(folder).ok()?;
        let bytes = |blocks: u64| blocks.saturating_mul(told.f_frsize);
        Some(Room { free: bytes(told.f_bavail), total: bytes(told.f_blocks) })
    }
}

/// The folder that a file is in, also of one that is named without any.
#[must_use]
pub fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_room_and_no_folder_has_none() {
        let room = Room::of(&std::env::temp_dir()).unwrap();
        assert!(room.total > 0 && room.free <= room.total, "{room:?}");
        assert_eq!(Room::of(Path::new("/nowhere/at/all")), None);
        assert!(Room::beside(Path::new("vestibule.db")).is_some(), "a file without a folder is in this one");
    }
}
