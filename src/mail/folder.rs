//! Mail as `.eml` files, for an installation without a relay (SPEC section 7).

use std::{io, path::PathBuf};

use directory::delivery::WRITTEN_TO;
use tokio::fs;

use super::{Failure, Outgoing};

/// A folder that any mail program can open the files of.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Mail will be written to `path`, which is made when the first mail is.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Writes one file, named by the Message-ID: a mail that is sent again replaces itself.
    pub(super) async fn write(&self, mail: &Outgoing) -> Result<String, Failure> {
        let name = file_name(&mail.message_id);
        self.put(&name, &mail.source())
            .await
            .map_err(|error| Failure::RelayAway(format!("cannot write to the mail folder: {error}")))?;
        Ok(format!("{WRITTEN_TO}{name}"))
    }

    /// Under another name first, so that nobody reads half a mail. Mail holds personal links: for the owner's eyes.
    async fn put(&self, name: &str, content: &[u8]) -> io::Result<()> {
        self.make().await?;
        let unfinished = self.path.join(format!(".{name}.part"));
        let mut file = private_file().open(&unfinished).await?;
        tokio::io::AsyncWriteExt::write_all(&mut file, content).await?;
        file.sync_all().await?;
        fs::rename(&unfinished, self.path.join(name)).await
    }

    async fn make(&self) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true).mode(0o700);
        builder.create(&self.path).await
    }
}

fn private_file() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.create(true).write(true).truncate(true).mode(0o600);
    options
}

fn file_name(message_id: &str) -> String {
    let stem: String = message_id
        .trim_matches(['<', '>'])
        .chars()
        .map(|c| if is_plain(c) { c } else { '-' })
        .take(120)
        .collect();
    format!("{stem}.eml")
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@')
}
