//! A database, as something rows are copied from and to.

use diesel::dsl::exists;
use diesel::{QueryDsl, RunQueryDsl};

use super::CopyError;
use super::table::{Nowhere, Sink, Source, Sum, Table, copy};
use crate::db::schema::organisation;
use crate::db::{Conn, Directory, Tx, analyse, without_timeouts};
use crate::keys::Keys;
use crate::organisation::{KeyStanding, key_standing};
use crate::{invitation, rate_limit, setup_link};

/// All rows of a database, as one transaction sees them.
pub(super) struct Stored<'a>(&'a mut Conn);

impl<'a> Stored<'a> {
    /// What this transaction sees. It may take its time from now on.
    pub(super) fn of(tx: &'a mut Tx<'_>) -> Result<Self, CopyError> {
        without_timeouts(tx.conn)?;
        Ok(Self(tx.conn))
    }
}

impl Source for Stored<'_> {
    fn next<T: Table>(&mut self, last: Option<&T>) -> Result<Vec<T>, CopyError> {
        Ok(T::after(self.0, last)?)
    }
}

impl Sink for Stored<'_> {
    fn take<T: Table>(&mut self, rows: &[T], _lines: &[u8]) -> Result<(), CopyError> {
        Ok(T::insert(self.0, rows)?)
    }
}

/// Takes no row at all.
struct Vacant;

impl Sink for Vacant {
    fn take<T: Table>(&mut self, _rows: &[T], _lines: &[u8]) -> Result<(), CopyError> {
        Err(CopyError::NotEmpty(T::NAME))
    }
}

/// Makes sure that there is nothing in a database yet.
pub(crate) fn must_be_empty(tx: &mut Tx<'_>) -> Result<(), CopyError> {
    // A panel that was started before leaves a link for its first administrator, and counts who tries it.
    setup_link::end_all(tx)?;
    rate_limit::forget(tx)?;
    copy(&mut Stored::of(tx)?, &mut Vacant).map(drop)
}

/// Fills an empty database, and compares what can be read there afterwards with what was to be written.
pub(super) fn fill(tx: &mut Tx<'_>, source: &mut impl Source) -> Result<Vec<Sum>, CopyError> {
    must_be_empty(tx)?;
    let copied = copy(source, &mut Stored::of(tx)?)?;
    let written = copy(&mut Stored::of(tx)?, &mut Nowhere)?;
    if let Some((sum, _)) = copied.iter().zip(&written).find(|(copied, written)| copied != written) {
        return Err(CopyError::Differs(sum.table.clone()));
    }
    invitation::let_numbers_go_on(tx)?;
    let tables: Vec<&str> = copied.iter().map(|sum| sum.table.as_str()).collect();
    analyse(tx.conn, &tables)?;
    Ok(copied)
}

/// Whether there is an organisation in a database, whichever version of the program its schema is of.
///
/// # Errors
/// When the database does not answer, or a newer program has been at it.
pub fn is_founded(directory: &Directory) -> Result<bool, CopyError> {
    if directory.has_no_schema()? {
        return Ok(false);
    }
    let founded = directory.read(|tx| {
        let row = organisation::table.select(organisation::id);
        Ok(diesel::select(exists(row)).get_result::<bool>(tx.conn)?)
    });
    Ok(founded?)
}

/// Whether the links and sessions in a database come from another key than this one. An empty database has none.
///
/// # Errors
/// When the database does not answer, or a newer program has been at it.
pub fn is_of_another_key(directory: &Directory, keys: &Keys) -> Result<bool, CopyError> {
    if directory.has_no_schema()? {
        return Ok(false);
    }
    Ok(directory.read(|tx| key_standing(tx, keys))? == KeyStanding::Another)
}
