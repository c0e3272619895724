//! Connections: how they are made, prepared, checked and pooled.

use std::io;
use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::connection::{CacheSize, Connection, SimpleConnection};
use diesel::r2d2::R2D2Connection;
use diesel::{PgConnection, SqliteConnection};
use r2d2::{ManageConnection, Pool};

use super::conn::Conn;
use super::time::DatabaseTime;
use super::url::{DatabaseUrl, with_patience, without_secrets};
use super::writer::Batch;

mod advice;
mod files;
mod lock;
mod seldom;

use self::advice::{owner, with_advice};
use self::files::open_or_make;
pub(super) use self::lock::lock_beside;
use self::seldom::Seldom;

/// How long a connection to a server is kept: after a failover or behind a balancer, what was opened before moves on.
const LONGEST: Duration = Duration::from_mins(30);
/// How long one that nobody needs is kept.
const IDLE: Duration = Duration::from_mins(10);

/// How long a request waits for a connection before it is told to come back later.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long a connection that answered is taken to be there still. Asking before each use would be one more message
/// to a server and back; one that breaks within it leaves the pool, and the request goes on with another.
const TRUST: Duration = Duration::from_secs(1);

/// `busy_timeout` comes first, so that the pragmas after it wait for a lock instead of failing.
/// `synchronous = FULL`: an invitation that was acknowledged survives a loss of power.
const SQLITE: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
    PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY;";

/// Pages that one connection keeps. Those that read are many, and what they read the operating system has kept already.
const SQLITE_READS: &str = "PRAGMA query_only = ON; PRAGMA cache_size = -4096;";

/// Only one writes, and what it writes is all over the indexes. Once the log is 16 megabytes long, a commit
/// brings into the file what [`super::checkpoint`] has left, and the log begins anew.
const SQLITE_WRITES: &str = "PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000;";

/// `random_page_cost`: under SERIALIZABLE, who reads a whole table is in the way of everybody who writes in it, so that
/// an index is worth more than the time it saves (PostgreSQL's manual, 13.2.3).
const POSTGRES: &str = "SET TIME ZONE 'UTC'; SET statement_timeout = '10s'; SET lock_timeout = '5s'; \
    SET idle_in_transaction_session_timeout = '60s'; SET random_page_cost = 1.1;";

/// Why a database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The SQLite file, or the folder it is in, cannot be made.
    #[error("{path} cannot be made: {reason}", path = path.display())]
    File {
        /// What was to be made.
        path: PathBuf,
        /// Why it cannot be.
        reason: io::Error,
    },
    /// A file that is there cannot be written to.
    #[error("{path} cannot be opened for writing: {reason}{advice}", path = path.display(), advice = owner(reason))]
    Unwritable {
        /// The SQLite file or the lock beside it.
        path: PathBuf,
        /// Why it cannot be.
        reason: io::Error,
    },
    /// There is no connection to be had.
    #[error(transparent)]
    Connect(#[from] ConnectError),
}

/// Why there is no connection, in the database's own words without anything secret.
#[derive(Debug, thiserror::Error)]
#[error("no connection to {place}: {reason}")]
pub struct ConnectError {
    place: String,
    reason: String,
}

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Read,
    Write,
}

/// Makes and checks the connections of one pool.
#[derive(Debug)]
pub(super) struct Manager {
    url: DatabaseUrl,
    purpose: Purpose,
    time: Arc<DatabaseTime>,
}

/// A connection of a pool, with when it last answered a question that was asked to find that out.
pub(super) struct Pooled {
    conn: Conn,
    answered: Instant,
    /// The transactions that wait for the one which is open on it.
    pub(super) batch: Option<Arc<Batch>>,
    /// Whether nobody can tell what became of a transaction on it.
    pub(super) in_doubt: bool,
    /// Whether it was to write and cannot: it is used once, to say so, and the next is opened anew.
    cannot_write: bool,
}

impl Drop for Pooled {
    fn drop(&mut self) {
        if let Some(batch) = &self.batch {
            batch.lose("the connection was closed");
        }
    }
}

impl Deref for Pooled {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Pooled {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

impl ManageConnection for Manager {
    type Connection = Pooled;
    type Error = ConnectError;

    fn connect(&self) -> Result<Pooled, ConnectError> {
        let mut conn = connect(&self.url, self.purpose)?;
        self.read_time(&mut conn)?;
        let cannot_write = self.purpose == Purpose::Write && is_read_only(&mut conn);
        Ok(Pooled { conn, answered: Instant::now(), batch: None, in_doubt: false, cannot_write })
    }

    fn is_valid(&self, pooled: &mut Pooled) -> Result<(), ConnectError> {
        if pooled.answered.elapsed() > TRUST {
            self.read_time(&mut pooled.conn)?;
            pooled.answered = Instant::now();
        }
        Ok(())
    }

    fn has_broken(&self, pooled: &mut Pooled) -> bool {
        pooled.in_doubt || (pooled.batch.is_none() && (pooled.cannot_write || pooled.conn.is_broken()))
    }
}

impl Manager {
    /// A sign of life, which brings the server's time along. A file does not hang up, and has no clock.
    fn read_time(&self, conn: &mut Conn) -> Result<(), ConnectError> {
        let Conn::Postgres(c) = conn else { return Ok(()) };
        self.time.read(c).map_err(|error| failed(&self.url, &error.to_string()))
    }
}

/// SQLite opens a file that may only be read without a word, and such a connection never writes, whatever becomes of
/// the file. What a checkpoint answers tells.
fn is_read_only(conn: &mut Conn) -> bool {
    match conn {
        Conn::Sqlite(c) => c.batch_execute("PRAGMA wal_checkpoint").is_err(),
        Conn::Postgres(_) => false,
    }
}

/// A pool that makes its connections when they are first needed, and one of them at once.
pub(super) fn pool(
    url: &DatabaseUrl,
    purpose: Purpose,
    size: u32,
    time: &Arc<DatabaseTime>,
) -> Pool<Manager> {
    let (longest, idle) = match url {
        // What waits in the connection, from one writer to the next, is a transaction.
        DatabaseUrl::Sqlite(_) => (None, None),
        DatabaseUrl::Postgres(_) => (Some(LONGEST), Some(IDLE)),
    };
    Pool::builder()
        .max_size(size.max(1))
        // Where one is closed while others wait, the next is opened for them.
        .min_idle(Some(1))
        .max_lifetime(longest)
        .idle_timeout(idle)
        .connection_timeout(PATIENCE)
        .error_handler(Box::new(Seldom::default()))
        .test_on_check_out(true)
        .build_unchecked(Manager { url: url.clone(), purpose, time: Arc::clone(time) })
}

/// A new connection, ready for use.
pub(super) fn connect(url: &DatabaseUrl, purpose: Purpose) -> Result<Conn, ConnectError> {
    establish(url, purpose).map_err(|reason| failed(url, &reason))
}

#[expect(clippy::disallowed_methods, reason = "the one place that makes connections")]
fn establish(url: &DatabaseUrl, purpose: Purpose) -> Result<Conn, String> {
    let pooled = url.is_pooled();
    match url {
        DatabaseUrl::Sqlite(path) => {
            let path = std::path::absolute(path).map_err(|error| error.to_string())?;
            let name = path.to_str().ok_or("the path is not UTF-8")?;
            let mut c = SqliteConnection::establish(name).map_err(|error| error.to_string())?;
            let pragmas = match purpose {
                Purpose::Read => SQLITE_READS,
                Purpose::Write => SQLITE_WRITES,
            };
            c.batch_execute(&format!("{SQLITE}{pragmas}")).map_err(|error| error.to_string())?;
            Ok(Conn::Sqlite(c))
        }
        DatabaseUrl::Postgres(url) => {
            let mut c = PgConnection::establish(&with_patience(url)).map_err(|error| error.to_string())?;
            if pooled {
                c.set_prepared_statement_cache_size(CacheSize::Disabled);
            } else {
                c.batch_execute(POSTGRES).map_err(|error| error.to_string())?;
            }
            Ok(Conn::Postgres(c))
        }
    }
}

fn failed(url: &DatabaseUrl, reason: &str) -> ConnectError {
    let reason = match url {
        DatabaseUrl::Sqlite(_) => with_advice(reason),
        DatabaseUrl::Postgres(url) => without_secrets(reason, url),
    };
    ConnectError { place: url.to_string(), reason }
}

/// Makes the SQLite file if it is missing, and makes sure that either database answers.
pub(super) fn prepare(url: &DatabaseUrl) -> Result<(), OpenError> {
    let DatabaseUrl::Sqlite(path) = url else {
        connect(url, Purpose::Read)?;
        return Ok(());
    };
    open_or_make(path)?;
    // The switch to WAL does not wait for locks: of several processes that start at once, one makes it.
    let _lock = lock_beside(path)?;
    connect(url, Purpose::Write)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_connection_is_told_without_the_password() {
        let url = DatabaseUrl::Postgres("postgres://vestibule:s3cret@127.0.0.1:1/panel".to_owned());
        let said = prepare(&url).unwrap_err().to_string();
        assert!(said.starts_with("no connection to postgres://127.0.0.1:1/panel: "), "{said}");
        assert!(!said.contains("s3cret"), "{said}");
    }
}
