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

use super::{require_key, say, say_counts};
use crate::{app, settings::Settings};

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

/// A file that is not whole yet; gone when it is dropped without being kept.
struct Draft {
    path: PathBuf,
    file: File,
}

impl Draft {
    fn beside(path: &Path) -> io::Result<Self> {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{}.new", std::process::id()));
        let path = PathBuf::from(name);
        let file = private().open(&path)?;
        Ok(Self { path, file })
    }

    /// Gives it its name. To hold the name first makes sure that nobody else has it.
    fn keep(self, path: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        private().open(path)?;
        fs::rename(&self.path, path)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Gone already when it was kept.
        let _ = fs::remove_file(&self.path);
    }
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    options
}
