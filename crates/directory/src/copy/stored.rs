//! A database, as something rows are copied from and to.

use diesel::connection::SimpleConnection;
use diesel::{QueryDsl, QueryResult, RunQueryDsl};

use super::CopyError;
use super::table::{Nowhere, Sink, Source, Sum, Table, copy};
use crate::db::schema::organisation;
use crate::db::{Conn, Directory, Tx, unhurried};
use crate::{invitation, rate_limit, setup_link};

/// All rows of a database, as one transaction sees them.
pub(super) struct Stored<'a>(&'a mut Conn);

impl<'a> Stored<'a> {
    /// What this transaction sees. It may take its time from now on.
    pub(super) fn of(tx: &'a mut Tx<'_>) -> Result<Self, CopyError> {
        unhurried(tx.conn)?;
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
    analyse(tx.conn, &copied)?;
    Ok(copied)
}

/// Tells a server how much there is in each table, as it would find out for itself some minutes later. It looks at
/// these tables alone: one that it looked at is locked until all is committed, and others may have theirs beside them.
fn analyse(conn: &mut Conn, copied: &[Sum]) -> QueryResult<()> {
    let Conn::Postgres(c) = conn else { return Ok(()) };
    copied.iter().try_for_each(|sum| c.batch_execute(&format!("ANALYZE \"{}\"", sum.table)))
}

/// Whether there is an organisation in a database, whichever version of the program its schema is of.
///
/// # Errors
/// When the database does not answer, or a newer program has been at it.
pub fn is_founded(directory: &Directory) -> Result<bool, CopyError> {
    if directory.has_no_schema()? {
        return Ok(false);
    }
    Ok(directory.read(|tx| Ok(organisation::table.count().get_result::<i64>(tx.conn)? > 0))?)
}
