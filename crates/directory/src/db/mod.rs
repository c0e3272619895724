//! The database: the layer that hides from all but a few verbs that there are two of them. It has no word of the
//! domain.
//!
//! - [`Directory`] lends transactions: [`Directory::read`] and [`Directory::write`]
//! - [`Tx`] is all a verb needs of the world: a connection, the instant, new identifiers, the keys
//! - [`Id`], [`Timestamp`] and `text_column!` are the columns that both databases hold
//! - `each_dialect!` is for statements that cannot be written once, and for those that are asked most often

mod alphabet;
mod column;
mod conn;
mod connect;
mod count;
mod dialect;
mod expression;
mod migrate;
mod pool;
#[cfg_attr(not(test), expect(clippy::wildcard_imports, reason = "a table may name any SQL type"))]
pub(crate) mod schema;
pub mod standing;
mod text;
mod time;
mod timestamp;
mod transaction;
mod url;
mod writer;

#[cfg(test)]
mod migrate_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod transaction_tests;

use std::sync::Arc;

use diesel::r2d2::R2D2Connection;
use r2d2::PooledConnection;

pub(crate) use self::alphabet::{LAST, comes_after, is_called};
pub use self::column::{DbUuid, Id};
pub use self::conn::{Conn, MultiBackend};
pub use self::connect::{ConnectError, OpenError};
pub use self::count::Count;
pub use self::dialect::Dialect;
pub(crate) use self::dialect::{analyse, each_dialect, insert_all, unhurried};
pub(crate) use self::expression::{count_of, first_of, kept, literal, one_of, planned_anew, word};
pub use self::migrate::MigrateError;
pub use self::pool::PoolFigures;
pub(crate) use self::text::text_column;
pub use self::text::{UnknownText, like_infix, like_prefix};
pub use self::timestamp::Timestamp;
pub use self::transaction::Tx;
pub use self::url::{DatabaseUrl, DatabaseUrlError};

use self::connect::Purpose;
use self::pool::Connections;
use self::time::DatabaseTime;
use self::transaction::Ids;
use self::writer::Writer;
use crate::clock::Clock;
use crate::keys::Keys;

/// What [`Directory::open`] needs beside the address of the data.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where every instant comes from, but on a database server that has a clock of its own.
    pub clock: Clock,
    /// The secret of the deployment.
    pub keys: Keys,
    /// How many connections may be open at once; on SQLite for reading, with one more for writing.
    pub connections: u32,
}

/// The directory of one organisation. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Directory(Arc<Shared>);

/// How a transaction begins, and how it ends when all went well.
#[derive(Clone, Copy)]
struct Kind {
    begin: fn(&mut Conn) -> diesel::QueryResult<()>,
    end: fn(&mut Conn) -> diesel::QueryResult<()>,
}

const READ: Kind = Kind { begin: dialect::begin_read, end: dialect::end_read };
const WRITE: Kind = Kind { begin: dialect::begin_write, end: dialect::commit };
const WRITE_ROWS: Kind = Kind { begin: dialect::begin_write_rows, end: dialect::commit };

struct Shared {
    url: DatabaseUrl,
    dialect: Dialect,
    time: Arc<DatabaseTime>,
    keys: Keys,
    ids: Ids,
    /// On PostgreSQL for writing, too.
    readers: Connections,
    /// On SQLite.
    writer: Option<Writer>,
}

impl Directory {
    /// Opens the database, which must answer. A missing SQLite file is made, readable by its owner only. The
    /// schema is left alone: see [`Directory::migrate`].
    ///
    /// # Errors
    /// When the file cannot be made or the database does not answer.
    pub fn open(url: &DatabaseUrl, options: Options) -> Result<Self, OpenError> {
        connect::prepare(url)?;
        let Options { clock, keys, connections } = options;
        let time = Arc::new(DatabaseTime::new(clock));
        let readers = Connections::new(url, Purpose::Read, connections, &time);
        let (dialect, writer) = match url {
            DatabaseUrl::Sqlite(_) => {
                (Dialect::Sqlite, Some(Writer::new(Connections::new(url, Purpose::Write, 1, &time))))
            }
            DatabaseUrl::Postgres(_) => (Dialect::Postgres, None),
        };
        Ok(Self(Arc::new(Shared {
            url: url.clone(),
            dialect,
            time,
            keys,
            ids: Ids::default(),
            readers,
            writer,
        })))
    }

    /// Brings the schema up to date and names the migrations applied. Safe to call from several programs at once.
    ///
    /// # Errors
    /// When the database was migrated by a newer program, or a migration fails.
    pub fn migrate(&self) -> Result<Vec<String>, MigrateError> {
        migrate::migrate(&self.0.url)
    }

    /// Names the migrations that [`Directory::migrate`] would apply.
    ///
    /// # Errors
    /// When the database was migrated by a newer program, or does not answer.
    pub fn pending_migrations(&self) -> Result<Vec<String>, MigrateError> {
        migrate::pending(&self.0.url)
    }

    /// Whether no program has been at this database yet.
    pub(crate) fn has_no_schema(&self) -> Result<bool, MigrateError> {
        Ok(self.pending_migrations()?.len() == migrate::known(self.0.dialect)?.len())
    }

    /// The version of the newest migration that this program knows: what the schema is called in a backup.
    ///
    /// # Errors
    /// When the migrations of this program cannot be read.
    pub(crate) fn schema(&self) -> Result<String, MigrateError> {
        Ok(migrate::known(self.0.dialect)?.pop().unwrap_or_default())
    }

    /// Runs `f` on one unchanging state of the database. A write in it fails.
    ///
    /// # Errors
    /// What `f` answers, and [`crate::Error::Unavailable`] when no connection is free for two seconds.
    pub fn read<T>(&self, f: impl Fn(&mut Tx<'_>) -> crate::Result<T>) -> crate::Result<T> {
        self.0.attempt(READ, &f)
    }

    /// Runs `f` as if nothing else happened meanwhile, and keeps what it wrote if it answers `Ok`.
    ///
    /// `f` may run several times: it must have no effect but on the database.
    ///
    /// # Errors
    /// What `f` answers, after everything it wrote was undone; [`crate::Error::Unavailable`] when the database is
    /// too busy.
    pub fn write<T>(&self, f: impl Fn(&mut Tx<'_>) -> crate::Result<T>) -> crate::Result<T> {
        transaction::repeated(|| self.0.write(WRITE, &f))
    }

    /// As [`Directory::write`], but others may write meanwhile what `f` reads. For work on single rows, each of which
    /// it changes only if the row is still as it was read, and which would only be in the way of others.
    ///
    /// # Errors
    /// As [`Directory::write`].
    pub fn write_rows<T>(&self, f: impl Fn(&mut Tx<'_>) -> crate::Result<T>) -> crate::Result<T> {
        transaction::repeated(|| self.0.write(WRITE_ROWS, &f))
    }

    /// As [`Directory::read`], for work that cannot be begun again and fails in ways of its own.
    pub(crate) fn read_once<T, E: From<crate::Error>>(
        &self,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.0.attempt(READ, f)
    }

    /// As [`Directory::write`], for work that cannot be begun again and fails in ways of its own.
    pub(crate) fn write_once<T, E: From<crate::Error>>(
        &self,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.0.write(WRITE, f)
    }

    /// The secret of the deployment.
    pub(crate) fn keys(&self) -> &Keys {
        &self.0.keys
    }

    /// The current instant, as a transaction begun now would have it: the server's where there is one.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.time.now()
    }

    /// The clock it was opened with.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        self.0.time.clock()
    }

    /// Which database this is.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.0.dialect
    }

    /// How busy the connections are, by what they are for. On PostgreSQL the same ones read and write.
    #[must_use]
    pub fn pools(&self) -> Vec<(&'static str, PoolFigures)> {
        match &self.0.writer {
            Some(writer) => vec![("read", self.0.readers.figures()), ("write", writer.figures())],
            None => vec![("all", self.0.readers.figures())],
        }
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when there is none.
    pub fn ping(&self) -> crate::Result<()> {
        self.read(|tx| Ok(diesel::connection::SimpleConnection::batch_execute(tx.conn, "SELECT 1")?))
    }
}

impl std::fmt::Debug for Directory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Directory").field(&self.0.url).finish()
    }
}

impl Shared {
    fn transaction<'a>(&'a self, conn: &'a mut Conn) -> Tx<'a> {
        Tx::new(conn, self.time.now(), &self.keys, &self.ids)
    }

    fn write<T, E: From<crate::Error>>(
        &self,
        kind: Kind,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.writer {
            Some(writer) => writer.run(|conn| f(&mut self.transaction(conn))),
            None => self.attempt(kind, f),
        }
    }

    /// A connection with a transaction begun. One that broke since it last answered costs nobody a request: nothing has
    /// been asked on it, so that another does as well; none is left after as many as there may be.
    fn begun(&self, kind: Kind) -> crate::Result<PooledConnection<connect::Manager>> {
        for _ in 0..self.readers.figures().most {
            let mut conn = self.readers.lend()?;
            match (kind.begin)(&mut conn) {
                Ok(()) => return Ok(conn),
                Err(_) if conn.is_broken() => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(crate::Error::Unavailable("every connection has broken".to_owned()))
    }

    fn attempt<T, E: From<crate::Error>>(
        &self,
        kind: Kind,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut conn = self.begun(kind)?;
        match f(&mut self.transaction(&mut conn)) {
            Ok(value) => {
                (kind.end)(&mut conn).map(|()| value).map_err(|error| crate::Error::from(error).into())
            }
            Err(error) => {
                dialect::roll_back(&mut conn);
                Err(error)
            }
        }
    }
}
