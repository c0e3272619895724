//! Where the two databases are told apart, but for a few verbs that do so themselves.

use diesel::connection::{AnsiTransactionManager, Connection, SimpleConnection, TransactionManager};
use diesel::result::{Error, QueryResult};
use serde::{Deserialize, Serialize};

use super::conn::Conn;

/// Which of the two databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    /// A file on this machine, with one writer at a time.
    Sqlite,
    /// A server.
    Postgres,
}

impl Conn {
    /// Which database this is a connection to.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }
}

/// Runs one text against the connection of either database: what [`Conn`] itself cannot express, which is
/// `ON CONFLICT`, and the insertion of several rows at once (not both together: SQLite's half takes one row); and what
/// is asked most often, because a statement that is known by its type is found again without being spelled out, which
/// costs as much as the answer.
///
/// ```ignore
/// each_dialect!(tx.conn, c => diesel::insert_into(group_member::table)
///     .values(&row).on_conflict_do_nothing().execute(c))?;
/// ```
macro_rules! each_dialect {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite($c) => $body,
            $crate::db::Conn::Postgres($c) => $body,
        }
    };
}
pub(crate) use each_dialect;

/// Writes many rows of one table as they are: on PostgreSQL by `COPY`, on SQLite with one statement that is prepared
/// once. Their type derives `Insertable` with `treat_none_as_default_value = false`.
macro_rules! insert_all {
    ($conn:expr, $table:expr, $rows:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite(c) => {
                $rows.iter().try_for_each(|row| diesel::insert_into($table).values(row).execute(c).map(drop))
            }
            $crate::db::Conn::Postgres(c) => {
                diesel::copy_from($table).from_insertable($rows).execute(c).map(drop)
            }
        }
    };
}
pub(crate) use insert_all;

/// Begins a transaction that sees one state of the database and changes nothing.
pub(super) fn begin_read(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN"),
        Conn::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(
            c,
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        ),
    }
}

/// Asks a server for a sign of life after a question failed outside of a transaction: Diesel counts a connection as
/// broken when a statement fails on it, but not yet when one cannot be prepared.
pub(super) fn notice_a_lost_connection(conn: &mut Conn) {
    if let Conn::Postgres(c) = conn {
        let _sign_of_life = c.batch_execute("SELECT 1");
    }
}

/// Begins a transaction whose effect is as if no other ran beside it.
pub(super) fn begin_write(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        Conn::Postgres(c) => {
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL SERIALIZABLE")
        }
    }
}

/// Begins a transaction beside which others may change what it reads. A file has one writer anyway.
pub(super) fn begin_write_rows(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(_) => begin_write(conn),
        Conn::Postgres(c) => {
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL READ COMMITTED")
        }
    }
}

/// Ends a transaction that only read: there is nothing that could be lost.
pub(super) fn end_read(conn: &mut Conn) -> QueryResult<()> {
    <Conn as Connection>::TransactionManager::commit_transaction(conn)
}

/// Commits what was written.
///
/// PostgreSQL answers COMMIT with success even when a statement failed, was passed over, and all is undone. In that
/// state any statement fails, so that one is asked first, in the same message. Diesel learns from the server that the
/// transaction is over.
pub(super) fn commit(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::commit_transaction(c),
        Conn::Postgres(c) => c.batch_execute("SELECT 1; COMMIT").inspect_err(|_| leave(c)),
    }
}

/// Leaves a transaction that could not be committed, unless the server has ended it already.
fn leave(conn: &mut diesel::PgConnection) {
    match AnsiTransactionManager::rollback_transaction(conn) {
        Ok(()) | Err(Error::NotInTransaction) => {}
        Err(error) => log::warn!("a transaction could not be left, its connection is closed: {error}"),
    }
}

/// Undoes what was written. A connection that cannot even do that counts as broken and leaves the pool.
pub(super) fn roll_back(conn: &mut Conn) {
    if let Err(error) = <Conn as Connection>::TransactionManager::rollback_transaction(conn) {
        log::warn!("a transaction could not be rolled back, its connection is closed: {error}");
    }
}

/// Tells a server how much there is in these tables, as it would find out for itself some minutes later. Tables are named
/// so that no others are locked until all is committed: several directories may lie beside each other.
pub(crate) fn analyse(conn: &mut Conn, tables: &[&str]) -> QueryResult<()> {
    let Conn::Postgres(c) = conn else { return Ok(()) };
    c.batch_execute(&format!("ANALYZE {}", listed(tables)))
}

/// As [`analyse`], outside of a transaction: afterwards the server also knows that everybody sees these rows, and counts
/// them from an index alone.
pub(super) fn vacuum(conn: &mut Conn, tables: &[&str]) -> QueryResult<()> {
    let Conn::Postgres(c) = conn else { return Ok(()) };
    c.batch_execute(&format!("VACUUM (ANALYZE) {}", listed(tables)))
}

fn listed(tables: &[&str]) -> String {
    tables.iter().map(|table| format!("\"{table}\"")).collect::<Vec<_>>().join(", ")
}

/// Lets a transaction read or write whole tables without a time limit, and write rows before those that they refer to.
/// What they refer to must be there when the transaction ends.
pub(crate) fn without_timeouts(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(c) => c.batch_execute("PRAGMA defer_foreign_keys = ON"),
        Conn::Postgres(c) => c.batch_execute(
            "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; \
             SET CONSTRAINTS ALL DEFERRED",
        ),
    }
}
