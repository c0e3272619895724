//! Databases for tests: each test has its own, and it is gone when the test ends.
//!
//! Those on PostgreSQL are schemas of the database that `VESTIBULE_TEST_POSTGRES_URL` names.

#![expect(clippy::expect_used, reason = "a test that has no database can only stop")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests have no settings, and make schemas outside any transaction"
)]

mod contents;
mod pattern;
mod queries;

use std::path::PathBuf;

use diesel::connection::{Connection, SimpleConnection};
use diesel::{PgConnection, SqliteConnection};
use uuid::Uuid;

use crate::clock::Clock;
use crate::db::{Conn, DatabaseUrl, Dialect, Directory, Options};
use crate::keys::Keys;

pub use self::contents::Contents;
pub use self::pattern::Pattern;
pub use self::queries::{asked, count_queries};

/// Where the tests find a PostgreSQL database in which they may create schemas.
pub const POSTGRES_URL: &str = "VESTIBULE_TEST_POSTGRES_URL";

/// An empty database that is removed when this is dropped.
#[derive(Debug)]
pub struct TestDatabase {
    url: DatabaseUrl,
    remains: Remains,
}

/// A lock that is held until this is dropped.
pub struct Held(#[expect(dead_code, reason = "it holds the lock by being there")] Conn);

#[derive(Debug)]
enum Remains {
    Folder(PathBuf),
    Schema { server: String, name: String },
}

impl TestDatabase {
    /// A new, empty database of this kind.
    ///
    /// # Panics
    /// As [`TestDatabase::sqlite`] and [`TestDatabase::postgres`] do.
    #[must_use]
    pub fn on(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Sqlite => Self::sqlite(),
            Dialect::Postgres => Self::postgres(),
        }
    }

    /// A file in a folder of its own, not yet made.
    ///
    /// # Panics
    /// When the folder for temporary files cannot be written to.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = std::env::temp_dir().join(format!("vestibule-test-{}", Uuid::new_v4().simple()));
        std::fs::create_dir_all(&folder).expect("a folder for the test's database");
        Self { url: DatabaseUrl::Sqlite(folder.join("vestibule.db")), remains: Remains::Folder(folder) }
    }

    /// A new schema, which connections to [`TestDatabase::url`] use in place of `public`.
    ///
    /// # Panics
    /// When `VESTIBULE_TEST_POSTGRES_URL` is not set or names no database that answers.
    #[must_use]
    pub fn postgres() -> Self {
        let server = std::env::var(POSTGRES_URL)
            .expect("VESTIBULE_TEST_POSTGRES_URL names the PostgreSQL for tests; bin/test starts a cluster");
        let name = format!("test_{}", Uuid::new_v4().simple());
        let mut conn = PgConnection::establish(&server).expect("the PostgreSQL for tests answers");
        conn.batch_execute(&format!("CREATE SCHEMA {name}")).expect("a schema for the test");
        let separator = if server.contains('?') { '&' } else { '?' };
        let url = DatabaseUrl::Postgres(format!("{server}{separator}options=-csearch_path%3D{name}"));
        Self { url, remains: Remains::Schema { server, name } }
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// Holds the write lock of a file, as a program that hangs would, until the answer is dropped.
    ///
    /// # Panics
    /// When it is no file, or does not answer.
    #[must_use]
    pub fn hold(&self) -> Held {
        self.hold_file("BEGIN IMMEDIATE")
    }

    /// Begins to read a file and does not end until the answer is dropped: the write-ahead log cannot be truncated
    /// meanwhile.
    ///
    /// # Panics
    /// As [`TestDatabase::hold`].
    #[must_use]
    pub fn look(&self) -> Held {
        self.hold_file("BEGIN; SELECT count(*) FROM sqlite_schema")
    }

    fn hold_file(&self, statements: &str) -> Held {
        assert!(matches!(self.url, DatabaseUrl::Sqlite(_)), "only a file is held as a whole");
        self.hold_by(statements)
    }

    /// Lets everybody read a table of a server and nobody write to it, until the answer is dropped.
    ///
    /// # Panics
    /// When it is no server, or does not answer.
    #[must_use]
    pub fn hold_table(&self, name: &str) -> Held {
        assert!(matches!(self.url, DatabaseUrl::Postgres(_)), "a file is held as a whole");
        self.hold_by(&format!("BEGIN; LOCK TABLE {name} IN EXCLUSIVE MODE"))
    }

    fn hold_by(&self, statements: &str) -> Held {
        let mut conn = self.connect();
        conn.batch_execute(statements).expect("nobody else holds it");
        Held(conn)
    }

    /// A connection beside those of the programs that work with it, for which it waits.
    fn connect(&self) -> Conn {
        match &self.url {
            DatabaseUrl::Sqlite(path) => {
                let path = path.to_str().expect("a path of UTF-8");
                let mut conn = SqliteConnection::establish(path).expect("the database answers");
                conn.batch_execute("PRAGMA busy_timeout = 5000").expect("it waits");
                Conn::Sqlite(conn)
            }
            DatabaseUrl::Postgres(url) => {
                Conn::Postgres(PgConnection::establish(url).expect("the database answers"))
            }
        }
    }

    /// Opens it with this clock, keys of its own and four connections. The schema is still to be made.
    ///
    /// # Panics
    /// When it cannot be opened.
    #[must_use]
    pub fn open(&self, clock: Clock) -> Directory {
        let options = Options { clock, keys: Keys::new([7; 32]), connections: 4 };
        Directory::open(&self.url, options).expect("the test's database opens")
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let removed = match &self.remains {
            Remains::Folder(folder) => std::fs::remove_dir_all(folder).map_err(|error| error.to_string()),
            Remains::Schema { server, name } => drop_schema(server, name),
        };
        if let Err(reason) = removed {
            log::warn!("a test's database is left behind: {reason}");
        }
    }
}

fn drop_schema(server: &str, name: &str) -> Result<(), String> {
    let mut conn = PgConnection::establish(server).map_err(|error| error.to_string())?;
    // A connection somebody still holds must not make the test hang.
    let statement = format!("SET lock_timeout = '5s'; DROP SCHEMA {name} CASCADE");
    conn.batch_execute(&statement).map_err(|error| error.to_string())
}
