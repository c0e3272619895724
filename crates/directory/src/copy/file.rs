//! A backup: a header, the rows of each table as lines of JSON, a sum after each table, and a sum of the whole.

use std::io::{self, BufRead, Read, Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::CopyError;
use super::table::{Sink, Source, Sum, Table};
use crate::db::{Dialect, Timestamp};
use crate::keys::Keys;
use crate::token::hexadecimal;

const FORMAT: &str = "vestibule backup";
/// Raised when a program of before could not read it.
const VERSION: u32 = 1;
/// What the sum of the whole is called.
const WHOLE: &str = "backup";
const SUM: &[u8] = b"{\"end_of\":";
/// Longer than the longest row, which is a logo.
const LONGEST: u64 = 4 * 1024 * 1024;

/// The first line: what a backup is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Always `vestibule backup`.
    format: String,
    /// The version of the format.
    version: u32,
    /// The newest migration of the database.
    pub schema: String,
    /// The version of the program.
    pub product: String,
    /// The one state of the database that it holds is of this instant.
    pub at: Timestamp,
    /// From which database.
    pub dialect: Dialect,
    /// Tells whether a secret key is the one that links were made with, and nothing else of it.
    pub key: String,
}

impl Header {
    pub(super) fn new(schema: &str, product: &str, at: Timestamp, dialect: Dialect, keys: &Keys) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            schema: schema.to_owned(),
            product: product.to_owned(),
            at,
            dialect,
            key: keys.fingerprint(),
        }
    }

    /// Whether the links that were mailed before the backup are links under this key too.
    #[must_use]
    pub fn is_of(&self, keys: &Keys) -> bool {
        self.key == keys.fingerprint()
    }

    /// Whether a program with this schema can read the rows.
    pub(super) fn fits(&self, schema: &str) -> Result<(), CopyError> {
        match self.schema.as_str().cmp(schema) {
            std::cmp::Ordering::Equal => Ok(()),
            std::cmp::Ordering::Greater => Err(CopyError::Newer(self.product.clone())),
            std::cmp::Ordering::Less => Err(CopyError::Older(self.product.clone())),
        }
    }
}

/// Writes a backup.
pub(super) struct Writer<W> {
    to: W,
    digest: Sha256,
    rows: u64,
}

impl<W: Write> Writer<W> {
    pub(super) fn begin(to: W, header: &Header) -> Result<Self, CopyError> {
        let mut writer = Self { to, digest: Sha256::new(), rows: 0 };
        writer.line(header)?;
        Ok(writer)
    }

    /// Writes the sum of the whole, without which a backup counts as cut off.
    pub(super) fn finish(mut self) -> Result<(), CopyError> {
        let sha256 = hexadecimal(&self.digest.clone().finalize());
        self.line(&Sum { table: WHOLE.to_owned(), rows: self.rows, sha256 })?;
        Ok(self.to.flush()?)
    }

    fn line(&mut self, value: &impl Serialize) -> Result<(), CopyError> {
        let mut line = serde_json::to_vec(value).map_err(io::Error::from)?;
        line.push(b'\n');
        self.write(&line)
    }

    fn write(&mut self, lines: &[u8]) -> Result<(), CopyError> {
        self.digest.update(lines);
        Ok(self.to.write_all(lines)?)
    }
}

impl<W: Write> Sink for Writer<W> {
    fn take<T: Table>(&mut self, rows: &[T], lines: &[u8]) -> Result<(), CopyError> {
        self.rows += rows.len() as u64;
        self.write(lines)
    }

    fn close(&mut self, sum: &Sum) -> Result<(), CopyError> {
        self.line(sum)
    }
}

/// Reads a backup, and believes nothing of it.
pub(super) struct Reader<R> {
    from: R,
    digest: Sha256,
    rows: u64,
    line: Vec<u8>,
    /// The sum that was read at the end of the present table.
    sum: Option<Sum>,
}

impl<R: BufRead> Reader<R> {
    pub(super) fn begin(from: R) -> Result<(Self, Header), CopyError> {
        let mut reader = Self { from, digest: Sha256::new(), rows: 0, line: Vec::new(), sum: None };
        reader.read().map_err(|error| match error {
            CopyError::File(_) => error,
            _ => CopyError::NotABackup,
        })?;
        let header: Header = serde_json::from_slice(&reader.line).map_err(|_| CopyError::NotABackup)?;
        match header.version {
            _ if header.format != FORMAT => Err(CopyError::NotABackup),
            VERSION => Ok((reader, header)),
            _ => Err(CopyError::Newer(header.product)),
        }
    }

    /// Makes sure that the whole was read, and that it is what was written.
    pub(super) fn finish(mut self) -> Result<(), CopyError> {
        let sha256 = hexadecimal(&self.digest.clone().finalize());
        self.read()?;
        let whole = Sum { table: WHOLE.to_owned(), rows: self.rows, sha256 };
        let is_last = self.from.fill_buf()?.is_empty();
        if is_last && serde_json::from_slice(&self.line).ok() == Some(whole) {
            Ok(())
        } else {
            Err(CopyError::Altered(WHOLE.to_owned()))
        }
    }

    /// Reads the next line.
    fn read(&mut self) -> Result<(), CopyError> {
        self.line.clear();
        (&mut self.from).take(LONGEST).read_until(b'\n', &mut self.line)?;
        self.digest.update(&self.line);
        match self.line.pop() {
            Some(b'\n') => Ok(()),
            Some(_) if self.line.len() as u64 + 1 >= LONGEST => Err(CopyError::Altered(WHOLE.to_owned())),
            _ => Err(CopyError::CutOff),
        }
    }
}

impl<R: BufRead> Source for Reader<R> {
    fn next<T: Table>(&mut self, _last: Option<&T>) -> Result<Vec<T>, CopyError> {
        let altered = |_| CopyError::Altered(T::NAME.to_owned());
        let mut rows = Vec::new();
        while self.sum.is_none() && rows.len() < T::CHUNK {
            self.read()?;
            if self.line.starts_with(SUM) {
                self.sum = Some(serde_json::from_slice(&self.line).map_err(altered)?);
            } else {
                rows.push(serde_json::from_slice(&self.line).map_err(altered)?);
            }
        }
        self.rows += rows.len() as u64;
        Ok(rows)
    }

    fn compare(&mut self, sum: &Sum) -> Result<(), CopyError> {
        match self.sum.take() {
            Some(read) if read == *sum => Ok(()),
            _ => Err(CopyError::Altered(sum.table.clone())),
        }
    }
}
