//! How much is free where Vestibule writes.

use std::path::Path;

/// Room on the disk of a folder, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// What this user may still fill.
    pub free: u64,
    /// The size of the disk.
    pub total: u64,
}

impl Room {
    /// The room of this folder; nothing when the system does not say.
    #[must_use]
    pub fn of(folder: &Path) -> Option<Room> {
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
    }
}
