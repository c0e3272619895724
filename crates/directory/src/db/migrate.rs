//! Bringing a database to the schema of this program.

use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::sql_types::Bool;
use diesel::sqlite::Sqlite;
use diesel::{PgConnection, QueryResult, QueryableByName, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::Conn;
use super::connect::{ConnectError, Purpose, connect, lock_beside};
use super::dialect::Dialect;
use super::standing::{SchemaStanding, schema_if_any};
use super::url::DatabaseUrl;

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Held by whoever changes the schema; the number means nothing, but must stay.
const LOCK: &str = "SELECT pg_advisory_lock(7310031905)";
const TRY_LOCK: &str = "SELECT pg_try_advisory_lock(7310031905) AS taken";
/// Whoever waits for the lock waits however long it takes.
const UNHURRIED: &str = "SET statement_timeout = 0; SET lock_timeout = 0";
/// A migration itself waits for a lock for a limited time only: behind a statement that waits for one, everybody
/// queues.
const HURRIED: &str = "SET lock_timeout = '2s'";

/// How often a migration is tried while others hold what it needs, such as a backup that reads, and the pause between
/// two tries, in which those who queued behind it go on.
const TRIES: u32 = 30;
const PAUSE: Duration = Duration::from_secs(1);

/// Why a database was not brought to the schema of this program.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A newer program has been at this database; this one must not touch it.
    #[error(
        "the database has the schema of a newer version of this program (migration {0}); install that version, or \
         restore the backup from before the upgrade"
    )]
    NewerSchema(String),
    /// There is no connection to be had.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The lock that keeps several programs from migrating at once cannot be taken.
    #[error("the lock around the migration cannot be taken: {0}")]
    Lock(String),
    /// Something is missing, and the lock that keeps programs from migrating at once cannot be held through a pooler.
    #[error(
        "the schema must be brought up to date first, by `vestibule migrate` with the server's own address"
    )]
    Pooled,
    /// A migration went wrong and was rolled back; those before it stand.
    #[error("migration {name} failed: {reason}")]
    Failed {
        /// The name of the migration.
        name: String,
        /// What the database said.
        reason: String,
    },
    /// The list of what has been applied cannot be read.
    #[error("the applied migrations cannot be read: {0}")]
    Unreadable(String),
}

/// Applies what is missing and names it. Several programs may do so at once: one works, the others wait.
pub(super) fn migrate(url: &DatabaseUrl) -> Result<Vec<String>, MigrateError> {
    if url.is_pooled() {
        return if pending(url)?.is_empty() { Ok(Vec::new()) } else { Err(MigrateError::Pooled) };
    }
    locked(url, |conn| {
        missing(conn)?;
        match conn {
            Conn::Sqlite(c) => run(c, SQLITE),
            Conn::Postgres(c) => run(c, POSTGRES),
        }
    })
}

/// Names what is missing. It only reads: a replica allows no more, and it waits for nobody who is migrating.
pub(super) fn pending(url: &DatabaseUrl) -> Result<Vec<String>, MigrateError> {
    missing(&mut connect(url, Purpose::Read)?)
}

/// Names what is missing, in order; an error if there is more in the database than this program knows.
fn missing(conn: &mut Conn) -> Result<Vec<String>, MigrateError> {
    let standing = schema_if_any(conn).map_err(|error| MigrateError::Unreadable(error.to_string()))?;
    let SchemaStanding { missing, mut unknown } = standing;
    if let Some(newest) = unknown.pop() {
        return Err(MigrateError::NewerSchema(newest));
    }
    let mut names = names(conn.dialect())?;
    Ok(missing.iter().filter_map(|version| names.remove(version)).collect())
}

/// The versions of all migrations that this program knows, in order.
pub(super) fn known(dialect: Dialect) -> Result<Vec<String>, MigrateError> {
    Ok(names(dialect)?.into_keys().collect())
}

/// The names of all migrations that this program knows, by version.
fn names(dialect: Dialect) -> Result<BTreeMap<String, String>, MigrateError> {
    match dialect {
        Dialect::Sqlite => named::<Sqlite>(&SQLITE),
        Dialect::Postgres => named::<Pg>(&POSTGRES),
    }
}

fn named<DB: Backend>(source: &EmbeddedMigrations) -> Result<BTreeMap<String, String>, MigrateError>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    let migrations = source.migrations().map_err(|error| MigrateError::Unreadable(error.to_string()))?;
    let names = migrations.iter().map(|migration| {
        let name = migration.name();
        (name.version().to_string(), name.to_string())
    });
    Ok(names.collect())
}

/// Works on a connection of its own, while every other program that asks for the same waits.
fn locked<T>(
    url: &DatabaseUrl,
    work: impl FnOnce(&mut Conn) -> Result<T, MigrateError>,
) -> Result<T, MigrateError> {
    let _file = match url {
        DatabaseUrl::Sqlite(path) => {
            Some(lock_beside(path).map_err(|error| MigrateError::Lock(error.to_string()))?)
        }
        DatabaseUrl::Postgres(_) => None,
    };
    let mut conn = connect(url, Purpose::Write)?;
    if let Conn::Postgres(c) = &mut conn {
        lock(c).map_err(|error| MigrateError::Lock(error.to_string()))?;
    }
    work(&mut conn)
}

#[derive(QueryableByName)]
struct Tried {
    #[diesel(sql_type = Bool)]
    taken: bool,
}

/// Takes the lock of a server, which is released with the connection, whatever happens.
fn lock(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute(UNHURRIED)?;
    let tried: Tried = diesel::sql_query(TRY_LOCK).get_result(conn)?;
    if !tried.taken {
        log::info!("waiting for another program, which changes the schema");
        conn.batch_execute(LOCK)?;
    }
    conn.batch_execute(HURRIED)
}

/// Applies what is missing, in order, and names it.
fn run<C, DB>(conn: &mut C, source: EmbeddedMigrations) -> Result<Vec<String>, MigrateError>
where
    C: MigrationHarness<DB>,
    DB: Backend,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let missing = conn.pending_migrations(source);
    let missing = missing.map_err(|error| MigrateError::Unreadable(error.to_string()))?;
    let mut applied = Vec::new();
    for migration in missing {
        applied.push(apply(conn, &*migration)?);
    }
    Ok(applied)
}

/// Applies one migration, repeatedly while others hold what it needs, and names it. Each try is one transaction.
#[expect(clippy::disallowed_methods, reason = "there is nothing to wait on but time")]
fn apply<C, DB>(conn: &mut C, migration: &dyn Migration<DB>) -> Result<String, MigrateError>
where
    C: MigrationHarness<DB>,
    DB: Backend,
{
    let name = migration.name().to_string();
    let mut tried = 0;
    loop {
        tried += 1;
        let Err(error) = conn.run_migration(migration) else { return Ok(name) };
        let reason = error.to_string();
        if tried == TRIES || !is_in_the_way(&reason) {
            return Err(MigrateError::Failed { name, reason });
        }
        log::info!("migration {name} waits for others: {reason}");
        thread::sleep(PAUSE);
    }
}

/// Whether a migration failed only because of others, which will be done.
fn is_in_the_way(reason: &str) -> bool {
    ["lock timeout", "deadlock detected"].iter().any(|words| reason.contains(words))
}
