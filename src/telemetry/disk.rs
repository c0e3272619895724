//! How much is free where Vestibule writes.

use std::path::Path;

use crate::draft::folder_of;

/// In bytes.
pub(crate) const MEBIBYTE: u64 = 1024 * 1024;
/// A disk with less than this, in bytes, is about to be full.
pub(crate) const LITTLE_ROOM: u64 = 256 * MEBIBYTE;

/// Room on the disk of a folder, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    /// What this user may still fill.
    pub(crate) free: u64,
    /// The size of the disk.
    pub(crate) total: u64,
}

impl Room {
    /// The room of the folder that this file is in; nothing when the system does not say.
    #[must_use]
    pub(crate) fn beside(file: &Path) -> Option<Room> {
        Room::of(folder_of(file))
    }

    /// The room of this folder; nothing when the system does not say.
    #[must_use]
    pub(crate) fn of(folder: &Path) -> Option<Room> {
        let told = rustix::fs::statvfs(folder).ok()?;
        let bytes = |blocks: u64| blocks.saturating_mul(told.f_frsize);
        Some(Room { free: bytes(told.f_bavail), total: bytes(told.f_blocks) })
    }
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
