//! A disk of a few megabytes, made for a database and filled to the last byte; and a file that nobody may change any
//! more. Only root can do either.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::process::is_root;

const SIZE: &str = "size=24m";

/// A disk of its own under a folder, until this is dropped.
pub(crate) struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// Puts what is in the folder on a small disk; `None` to whom that is not allowed.
    pub(crate) fn under(folder: &Path) -> anyhow::Result<Option<Disk>> {
        if !is_root()? {
            return Ok(None);
        }
        let aside = folder.with_extension("aside");
        copy(folder, &aside)?;
        let mounted = done(Command::new("mount").args(["-t", "tmpfs", "-o", SIZE, "tmpfs"]).arg(folder));
        let disk = mounted.then(|| Disk { folder: folder.to_owned() });
        if disk.is_some() {
            copy(&aside, folder)?;
        }
        fs::remove_dir_all(&aside)?;
        Ok(disk)
    }

    /// Leaves no byte.
    pub(crate) fn fill(&self) -> anyhow::Result<()> {
        let mut file = File::create(self.filler())?;
        loop {
            match file.write_all(&[0; 4096]) {
                Err(error) if error.kind() == ErrorKind::StorageFull => return Ok(()),
                outcome => outcome?,
            }
        }
    }

    /// Makes room again.
    pub(crate) fn clear(&self) -> anyhow::Result<()> {
        Ok(fs::remove_file(self.filler())?)
    }

    fn filler(&self) -> PathBuf {
        self.folder.join("filler")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        done(Command::new("umount").arg("--lazy").arg(&self.folder));
    }
}

/// Forbids everybody to change these files, or allows it again; says whether that could be done.
pub(crate) fn freeze(files: &[PathBuf], frozen: bool) -> bool {
    done(Command::new("chattr").arg(if frozen { "+i" } else { "-i" }).args(files))
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

fn done(command: &mut Command) -> bool {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}
