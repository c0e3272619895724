//! `vestibule backup FILE`: one state of the directory, in a file.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::Args;
use directory::copy;
use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::{require_key, say, say_counts};
use crate::{app, settings::Settings, telemetry::folder_of};

/// Where the backup goes.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file to make; one that is there already is left alone.
    file: PathBuf,
}

impl Backup {
    /// Writes the backup. It has its name once it is whole and on the disk, not before.
    pub(super) fn run(self, settings: &Settings) -> anyhow::Result<()> {
        let name = self.file.display().to_string();
        if self.file.exists() {
            bail!("{name} is there already; backups are never overwritten");
        }
        require_key(settings)?;
        let directory = app::open_directory(settings)?;
        let draft = Draft::beside(&self.file).with_context(|| name.clone())?;
        let written = copy::back_up(&directory, BufWriter::new(&draft.file), env!("CARGO_PKG_VERSION"));
        let (header, sums) = written.context("nothing was backed up")?;
        draft.keep(&self.file).with_context(|| name.clone())?;
        say_counts(&sums);
        say(&format!("{name} holds the directory as it was at {}.", header.at));
        say(&format!(
            "Not in it: the settings, and the secret key in {}. Without that key the links in mails that were sent are \
             worth nothing; keep a copy of it elsewhere.",
            settings.secret_key_file.display()
        ));
        Ok(())
    }
}

/// A file that is not whole yet; gone when it is dropped. What a kill leaves of it is called as the backup with
/// something after it, and is in nobody's way: in a container every process has the same number.
struct Draft {
    path: PathBuf,
    file: File,
}

impl Draft {
    fn beside(path: &Path) -> io::Result<Self> {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{:016x}.new", rand::random::<u64>()));
        let path = PathBuf::from(name);
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        Ok(Self { path, file })
    }

    /// Gives it its name, unless somebody else has it: under that name it is there whole or not at all.
    fn keep(self, path: &Path) -> io::Result<()> {
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

#[cfg(test)]
mod tests {
    use std::{env::temp_dir, os::unix::fs::PermissionsExt};

    use super::*;

    /// Runs with the name of a backup in a folder of its own, and answers what is in the folder afterwards.
    fn in_a_folder(test: impl FnOnce(&Path)) -> Vec<String> {
        let folder = temp_dir().join(format!("vestibule-backup-{:016x}", rand::random::<u64>()));
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
    fn a_backup_that_is_kept_is_its_owners_alone_and_nothing_is_left_beside_it() {
        let left = in_a_folder(|file| {
            Draft::beside(file).unwrap().keep(file).unwrap();
            assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
        });
        assert_eq!(left, ["a.backup"]);
    }

    #[test]
    fn a_backup_that_is_there_is_not_overwritten_under_either_way_of_naming() {
        let left = in_a_folder(|file| {
            fs::write(file, "the first").unwrap();
            assert!(Draft::beside(file).unwrap().rename(file).is_err());
            assert!(Draft::beside(file).unwrap().keep(file).is_err());
            assert_eq!(fs::read(file).unwrap(), b"the first");
        });
        assert_eq!(left, ["a.backup"]);
    }

    #[test]
    fn a_backup_that_cannot_get_its_name_leaves_nothing_under_it() {
        let left = in_a_folder(|file| {
            let draft = Draft::beside(file).unwrap();
            fs::remove_file(&draft.path).unwrap();
            assert!(draft.keep(file).is_err());
        });
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn what_a_backup_that_was_killed_left_behind_stops_no_later_one() {
        let killed = format!("a.backup.{}.new", std::process::id());
        let left = in_a_folder(|file| {
            fs::write(file.with_file_name(&killed), "half").unwrap();
            Draft::beside(file).unwrap().keep(file).unwrap();
        });
        assert_eq!(left, ["a.backup", killed.as_str()]);
    }
}
