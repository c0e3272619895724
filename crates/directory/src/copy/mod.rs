//! A copy of all that a directory holds: into a file and back, or straight into another database (decision 14).
//!
//! It is read in one transaction, so that it is one state of the directory while people go on using it; table by table,
//! each after those that its rows refer to; and a bounded number of rows at a time. Sums show that nothing was lost.

mod after;
mod file;
mod stored;
mod table;
mod tables;
#[cfg(test)]
mod tests;

use std::io::{self, BufRead, Seek, Write};

use self::file::{Reader, Writer};
use self::stored::Stored;
use self::table::Nowhere;
use crate::Error;
use crate::db::{Directory, MigrateError, without_timeouts};

pub use self::after::{Aftermath, SHOWN};
pub use self::file::Header;
pub(crate) use self::stored::must_be_empty;
pub use self::stored::{is_founded, is_of_another_key};
pub use self::table::Sum;

/// Why nothing was copied. Whatever had been written was undone.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The file cannot be read or written.
    #[error("the file cannot be read or written")]
    File(#[from] io::Error),
    /// The file is something else.
    #[error("this is not a backup of Vestibule")]
    NotABackup,
    /// The end is missing.
    #[error("the backup is cut off: its end is missing; nothing of it was kept")]
    CutOff,
    /// The sums do not agree.
    #[error("the backup is not as it was written: {0} has changed since; nothing of it was kept")]
    Altered(String),
    /// A newer program made it.
    #[error("the backup was made by Vestibule {0}, which is newer; restore it with that version")]
    Newer(String),
    /// An older program made it.
    #[error(
        "the backup was made by Vestibule {0}, which is older; restore it with that version, then upgrade"
    )]
    Older(String),
    /// Links of the backup are worth nothing under this key.
    #[error(
        "the backup was made under another secret key, with which every link in mailed invitations would die"
    )]
    OtherKey,
    /// There is something in the database already.
    #[error("the database is not empty: there are rows in {0}")]
    NotEmpty(&'static str),
    /// The database must be migrated first.
    #[error("the database is not up to date: migration {0} is to be applied")]
    NotMigrated(String),
    /// What was written is not what can be read.
    #[error("what was written to {0} does not read back as it was; nothing of it was kept")]
    Differs(String),
    /// The schema cannot be made or read.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// What the database said.
    #[error(transparent)]
    Directory(#[from] Error),
}

impl From<diesel::result::Error> for CopyError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Directory(error.into())
    }
}

/// Whether a backup may be restored that was made under another secret key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherKey {
    /// No: every link in mailed invitations would die.
    Refuse,
    /// Yes: the key of the backup is lost or is not to be used any more.
    Accept,
}

/// What a restore did.
#[derive(Clone, Debug)]
pub struct Restored {
    /// What the backup says of itself.
    pub header: Header,
    /// What is in each table.
    pub sums: Vec<Sum>,
    /// What was ended and is held.
    pub aftermath: Aftermath,
}

/// Writes the present state of a directory to a file. `product` is the version of the program.
///
/// # Errors
/// When the database is not up to date or does not answer, or the file cannot be written.
pub fn back_up(
    directory: &Directory,
    to: impl Write,
    product: &str,
) -> Result<(Header, Vec<Sum>), CopyError> {
    up_to_date(directory)?;
    let (schema, dialect) = (directory.schema()?, directory.dialect());
    directory.read_once(|tx| {
        let header = Header::new(&schema, product, tx.now, dialect, tx.keys());
        let mut writer = Writer::begin(to, &header)?;
        let sums = table::copy(&mut Stored::of(tx)?, &mut writer)?;
        writer.finish()?;
        Ok((header, sums))
    })
}

/// Fills an empty directory from a file, all or nothing, and ends what was given out since the backup: see
/// [`after_copy`]. The file is read twice, so that it is known to be whole before anything is written.
///
/// # Errors
/// When the file is not whole or not for this program, the database is not empty, or the secret key is another than
/// that of the backup and `other_key` refuses that.
pub fn restore(
    directory: &Directory,
    mut from: impl BufRead + Seek,
    other_key: OtherKey,
) -> Result<Restored, CopyError> {
    let (mut reader, header) = Reader::begin(&mut from)?;
    header.fits(&directory.schema()?)?;
    table::copy(&mut reader, &mut Nowhere)?;
    reader.finish()?;
    if other_key == OtherKey::Refuse && !header.is_of(directory.keys()) {
        return Err(CopyError::OtherKey);
    }
    from.rewind()?;
    directory.migrate()?;
    directory.write_once(|tx| {
        let (mut reader, header) = Reader::begin(&mut from)?;
        let sums = stored::fill(tx, &mut reader)?;
        reader.finish()?;
        Ok(Restored { header, sums, aftermath: after::begin_again(tx)? })
    })
}

/// What a database needs that was brought back by other means than [`restore`], such as its own server's: sessions and
/// codes are ended, links issued after the copy are dead for ever, and mail is held until it is released. From now on its
/// links and sessions come from the key of `directory`, whichever they came from before.
///
/// # Errors
/// When the database is not up to date or does not answer.
pub fn after_copy(directory: &Directory) -> Result<Aftermath, CopyError> {
    up_to_date(directory)?;
    Ok(directory.write(|tx| {
        without_timeouts(tx.conn)?;
        after::begin_again(tx)
    })?)
}

/// Fills an empty database with the present state of another. It stays the same deployment: sessions and links go on.
///
/// # Errors
/// When one of the two does not answer, `from` is not up to date or `to` is not empty, or a row reads back differently.
pub fn move_to(from: &Directory, to: &Directory) -> Result<Vec<Sum>, CopyError> {
    up_to_date(from)?;
    to.migrate()?;
    from.read_once(|seen| {
        let mut seen = Stored::of(seen)?;
        to.write_once(|tx| stored::fill(tx, &mut seen))
    })
}

fn up_to_date(directory: &Directory) -> Result<(), CopyError> {
    match directory.pending_migrations()?.into_iter().next() {
        Some(missing) => Err(CopyError::NotMigrated(missing)),
        None => Ok(()),
    }
}
