//! The secret of this deployment: a file, never in the database.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, fchown},
    path::Path,
};

use super::SettingError;
use crate::draft::{Draft, folder_of};

const LENGTH: usize = 32;

/// The secret in this file, which is made on the first start and must be readable by its owner alone.
///
/// # Errors
/// The file cannot be made or read, others can read it, or it is not 32 bytes.
pub fn secret_key(path: &Path) -> Result<[u8; LENGTH], SettingError> {
    let failed =
        |error: io::Error| SettingError::new("secret_key_file", format!("{}: {error}", path.display()));
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => create(path).map_err(failed)?,
        Err(error) => return Err(failed(error)),
        Ok(_) => {}
    }
    read(path)
}

/// Of two first starts at once one key wins, whole.
fn create(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder_of(path))?;
    let mut draft = Draft::beside(path)?;
    // Made by root, in a command that root runs once, it belongs to the service all the same; to everybody else this is
    // refused.
    let folder = fs::metadata(folder_of(path))?;
    let _ = fchown(&draft.file, Some(folder.uid()), Some(folder.gid()));
    draft.file.write_all(&rand::random::<[u8; LENGTH]>())?;
    match draft.keep(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        kept => kept,
    }
}

fn read(path: &Path) -> Result<[u8; LENGTH], SettingError> {
    let refused =
        |reason: String| SettingError::new("secret_key_file", format!("{}: {reason}", path.display()));
    let mut file = File::open(path).map_err(|error| refused(error.to_string()))?;
    let mode = file.metadata().map_err(|error| refused(error.to_string()))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(refused(format!("mode {:04o} lets others read it; chmod 600 it", mode & 0o7777)));
    }
    let mut secret = Vec::with_capacity(LENGTH);
    file.read_to_end(&mut secret).map_err(|error| refused(error.to_string()))?;
    let length = secret.len();
    secret.try_into().map_err(|_| refused(format!("is {length} bytes long instead of {LENGTH}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of one test, removed with it.
    struct Folder(std::path::PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let path = std::env::temp_dir().join(format!("vestibule-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            Folder(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn the_first_start_makes_a_key_that_the_next_one_finds() {
        let folder = Folder::new("key-made");
        let path = folder.0.join("deeper/secret.key");
        let made = secret_key(&path).unwrap();
        assert_eq!(secret_key(&path).unwrap(), made);
        assert_ne!(made, [0; LENGTH]);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_key_that_root_makes_belongs_to_the_owner_of_the_folder() {
        let folder = Folder::new("key-given");
        fs::create_dir_all(&folder.0).unwrap();
        // Nobody else can give a folder away.
        if std::os::unix::fs::chown(&folder.0, Some(65_534), None).is_ok() {
            let path = folder.0.join("secret.key");
            secret_key(&path).unwrap();
            assert_eq!(fs::metadata(&path).unwrap().uid(), 65_534);
        }
    }

    #[test]
    fn what_a_start_that_was_killed_left_behind_stops_no_later_one() {
        let folder = Folder::new("key-draft");
        fs::create_dir_all(&folder.0).unwrap();
        let left = folder.0.join(format!("secret.{}.new", std::process::id()));
        fs::write(&left, b"half of").unwrap();
        let path = folder.0.join("secret.key");
        let made = secret_key(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), made);
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 2);
    }

    #[test]
    fn a_key_that_cannot_get_its_name_leaves_nothing_behind() {
        let folder = Folder::new("key-unnamed");
        fs::create_dir_all(&folder.0).unwrap();
        // No file can have a name this long.
        let path = folder.0.join(format!("s.{}", "k".repeat(300)));
        assert!(create(&path).is_err());
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 0);
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let folder = Folder::new("key-open");
        let path = folder.0.join("secret.key");
        secret_key(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let refused = secret_key(&path).unwrap_err();
        assert_eq!(refused.setting, "secret_key_file");
        assert!(refused.reason.contains("0640"), "{refused}");
    }

    #[test]
    fn a_key_of_the_wrong_length_is_refused() {
        let folder = Folder::new("key-short");
        let path = folder.0.join("secret.key");
        secret_key(&path).unwrap();
        fs::write(&path, b"short").unwrap();
        assert!(secret_key(&path).unwrap_err().reason.contains("5 bytes"));
    }
}
