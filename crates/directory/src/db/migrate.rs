//! Bringing a database to the schema of this program.

use std::collections::BTreeSet;

use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::Conn;
use super::connect::{ConnectError, Purpose, connect, lock_beside};
use super::dialect::Dialect;
use super::url::DatabaseUrl;

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Held by whoever changes the schema; the number means nothing, but must stay.
const LOCK: &str = "SET statement_timeout = 0; SET lock_timeout = '60s'; SELECT pg_advisory_lock(7310031905)";

/// Why a database was not brought to the schema of this program.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A newer program has been at this database; this one must not touch it.
    #[error("the database has the schema of a newer version of this program (migration {0})")]
    NewerSchema(String),
    /// There is no connection to be had.
    #[error("{0}")]
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
    locked(url, |conn| match conn {
        Conn::Sqlite(c) => run(c, SQLITE),
        Conn::Postgres(c) => run(c, POSTGRES),
    })
}

/// Names what is missing.
pub(super) fn pending(url: &DatabaseUrl) -> Result<Vec<String>, MigrateError> {
    locked(url, |conn| match conn {
        Conn::Sqlite(c) => Ok(names(&missing(c, SQLITE)?)),
        Conn::Postgres(c) => Ok(names(&missing(c, POSTGRES)?)),
    })
}

/// The versions of all migrations that this program knows, in order.
pub(super) fn known(dialect: Dialect) -> Result<Vec<String>, MigrateError> {
    match dialect {
        Dialect::Sqlite => versions::<Sqlite>(&SQLITE),
        Dialect::Postgres => versions::<Pg>(&POSTGRES),
    }
}

fn versions<DB: Backend>(source: &EmbeddedMigrations) -> Result<Vec<String>, MigrateError>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    let migrations = source.migrations().map_err(|error| MigrateError::Unreadable(error.to_string()))?;
    let mut versions: Vec<String> =
        migrations.iter().map(|migration| migration.name().version().to_string()).collect();
    versions.sort();
    Ok(versions)
}

fn names<DB: Backend>(migrations: &[Box<dyn Migration<DB>>]) -> Vec<String> {
    migrations.iter().map(|migration| migration.name().to_string()).collect()
}

/// Lends a connection of its own, while every other program that asks for the same waits.
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
    if let (Conn::Postgres(c), false) = (&mut conn, url.is_pooled()) {
        // Let go with the connection, whatever happens.
        c.batch_execute(LOCK).map_err(|error| MigrateError::Lock(error.to_string()))?;
    }
    work(&mut conn)
}

fn run<C, DB>(conn: &mut C, source: EmbeddedMigrations) -> Result<Vec<String>, MigrateError>
where
    C: MigrationHarness<DB>,
    DB: Backend,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let mut applied = Vec::new();
    for migration in missing(conn, source)? {
        let name = migration.name().to_string();
        conn.run_migration(&*migration)
            .map_err(|error| MigrateError::Failed { name: name.clone(), reason: error.to_string() })?;
        applied.push(name);
    }
    Ok(applied)
}

/// What is missing, in order; an error if there is more in the database than this program knows.
fn missing<C, DB>(
    conn: &mut C,
    source: EmbeddedMigrations,
) -> Result<Vec<Box<dyn Migration<DB>>>, MigrateError>
where
    C: MigrationHarness<DB>,
    DB: Backend,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let unreadable =
        |error: Box<dyn std::error::Error + Send + Sync>| MigrateError::Unreadable(error.to_string());
    let known: Vec<Box<dyn Migration<DB>>> = source.migrations().map_err(unreadable)?;
    let known: BTreeSet<String> = known.iter().map(|m| m.name().version().to_string()).collect();
    let applied = conn.applied_migrations().map_err(unreadable)?;
    // Newest first.
    if let Some(unknown) = applied.iter().map(ToString::to_string).find(|version| !known.contains(version)) {
        return Err(MigrateError::NewerSchema(unknown));
    }
    conn.pending_migrations(source).map_err(unreadable)
}
