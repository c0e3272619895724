//! A directory that is open: its connections, and the transactions that are lent on them.

use std::sync::Arc;

use diesel::connection::SimpleConnection;
use diesel::r2d2::R2D2Connection;
use r2d2::PooledConnection;

use super::checkpoint::Checkpoints;
use super::conn::Conn;
use super::connect::{self, OpenError, Purpose};
use super::dialect::{self, Dialect};
use super::migrate::{self, MigrateError};
use super::pool::{Connections, PoolFigures};
use super::time::DatabaseTime;
use super::timestamp::Timestamp;
use super::transaction::{self, Ids, Tx};
use super::url::DatabaseUrl;
use super::writer::Writer;
use crate::clock::Clock;
use crate::keys::Keys;

/// What [`Directory::open`] needs beside the address of the data.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where every instant comes from, except on a database server, which has a clock of its own.
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
    /// Connections for reading; on PostgreSQL for writing, too.
    readers: Connections,
    /// The only writer of an SQLite database; none on PostgreSQL.
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
                let connections = Connections::new(url, Purpose::Write, 1, &time);
                (Dialect::Sqlite, Some(Writer::new(connections, Checkpoints::of(url))))
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

    /// Whether the database has no schema yet: none of the known migrations was applied.
    ///
    /// # Errors
    /// As [`Directory::pending_migrations`].
    pub fn has_no_schema(&self) -> Result<bool, MigrateError> {
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

    /// As [`Directory::read`], for one question alone: it sees one state of the database anyhow, and a server is spared
    /// the messages that begin and end a transaction. A write in it is kept.
    ///
    /// # Errors
    /// As [`Directory::read`].
    pub fn ask<T>(&self, f: impl Fn(&mut Tx<'_>) -> crate::Result<T>) -> crate::Result<T> {
        let ask = |conn: &mut Conn| {
            let answer = f(&mut self.0.transaction(conn));
            answer.inspect_err(|_| dialect::notice_a_lost_connection(conn))
        };
        self.0.first_answer(ask).map(|(_, answer)| answer)
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

    /// As [`Directory::write`], but others may meanwhile write what `f` reads, and neither makes the other begin again.
    /// For work on single rows that changes each row only if it is still as it was read.
    ///
    /// # Errors
    /// As [`Directory::write`].
    pub fn write_rows<T>(&self, f: impl Fn(&mut Tx<'_>) -> crate::Result<T>) -> crate::Result<T> {
        transaction::repeated(|| self.0.write(WRITE_ROWS, &f))
    }

    /// As [`Directory::read`], for work that cannot be repeated and has errors of its own.
    pub(crate) fn read_once<T, E: From<crate::Error>>(
        &self,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.0.attempt(READ, f)
    }

    /// As [`Directory::write`], for work that cannot be repeated and has errors of its own.
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

    /// Brings what SQLite keeps beside its file into it, so that the file of a panel that was stopped is whole by itself.
    /// A server is left alone.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the file cannot be opened or written, or is in use for five seconds.
    pub fn settle(&self) -> crate::Result<()> {
        self.0.writer.as_ref().map_or(Ok(()), Writer::settle)
    }

    /// Does at once what a server does by itself some minutes after many rows were written; see [`dialect::vacuum`].
    pub(crate) fn vacuum(&self, tables: &[&str]) -> crate::Result<()> {
        if self.0.dialect == Dialect::Sqlite {
            return Ok(());
        }
        let mut conn = connect::connect(&self.0.url, Purpose::Write)?;
        // A pooler would lend the connection, and this with it, to others.
        if !self.0.url.is_pooled() {
            conn.batch_execute("SET statement_timeout = 0")?;
        }
        Ok(dialect::vacuum(&mut conn, tables)?)
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when there is none.
    pub fn ping(&self) -> crate::Result<()> {
        self.read(|tx| Ok(tx.conn.batch_execute("SELECT 1")?))
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

    /// What a connection answers to the first question, and the connection. One that has broken since it last answered
    /// fails nobody's request: nothing was done on it yet, so that another takes its place. After as many as the pool
    /// holds, none can be left.
    fn first_answer<T>(
        &self,
        ask: impl Fn(&mut Conn) -> crate::Result<T>,
    ) -> crate::Result<(PooledConnection<connect::Manager>, T)> {
        for _ in 0..self.readers.figures().most {
            let mut conn = self.readers.lend()?;
            match ask(&mut conn) {
                Ok(answer) => return Ok((conn, answer)),
                Err(_) if conn.is_broken() => {}
                Err(error) => return Err(error),
            }
        }
        Err(crate::Error::Unavailable("every connection has broken".to_owned()))
    }

    fn attempt<T, E: From<crate::Error>>(
        &self,
        kind: Kind,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let (mut conn, ()) = self.first_answer(|conn| Ok((kind.begin)(conn)?))?;
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
