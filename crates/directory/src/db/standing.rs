//! How the database compares with this program: its schema, its clock, and its language.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::conn::Conn;
use super::migrate::known;
use super::{Dialect, Timestamp, Tx, each_dialect};
use crate::{Error, Result};

/// The schema compared with the one that this program knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchemaStanding {
    /// Versions of migrations that are still to be applied, in order.
    pub missing: Vec<String>,
    /// Versions of migrations that a newer program applied, in order.
    pub unknown: Vec<String>,
}

#[derive(QueryableByName)]
struct Applied {
    #[diesel(sql_type = Text)]
    version: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct Shown {
    #[diesel(sql_type = Text)]
    text: String,
}

/// Compares the schema of a database that was migrated before with what this program knows.
///
/// # Errors
/// Only the database's.
pub fn schema(tx: &mut Tx<'_>) -> Result<SchemaStanding> {
    compared(tx.conn)
}

/// As [`schema`], for a database that may be empty.
pub(super) fn schema_if_any(conn: &mut Conn) -> Result<SchemaStanding> {
    if is_begun(conn)? {
        return compared(conn);
    }
    Ok(SchemaStanding { missing: versions(conn)?, unknown: Vec::new() })
}

fn is_begun(conn: &mut Conn) -> Result<bool> {
    let query = match conn.dialect() {
        Dialect::Sqlite => {
            "SELECT count(*) AS number FROM sqlite_schema WHERE name = '__diesel_schema_migrations'"
        }
        Dialect::Postgres => "SELECT count(to_regclass('__diesel_schema_migrations')) AS number",
    };
    let tables: Number = each_dialect!(conn, c => diesel::sql_query(query).get_result(c))?;
    Ok(tables.number > 0)
}

fn compared(conn: &mut Conn) -> Result<SchemaStanding> {
    let known = versions(conn)?;
    let query = "SELECT version FROM __diesel_schema_migrations ORDER BY version";
    let applied: Vec<Applied> = each_dialect!(conn, c => diesel::sql_query(query).load(c))?;
    let applied: Vec<String> = applied.into_iter().map(|row| row.version).collect();
    let beyond = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|version| !those.contains(version)).cloned().collect()
    };
    Ok(SchemaStanding { missing: beyond(&known, &applied), unknown: beyond(&applied, &known) })
}

fn versions(conn: &Conn) -> Result<Vec<String>> {
    known(conn.dialect()).map_err(|error| Error::Unavailable(error.to_string()))
}

/// The language of the server's error messages, as PostgreSQL calls it; none for a file, whose are always English.
///
/// # Errors
/// Only the database's.
pub fn messages(tx: &mut Tx<'_>) -> Result<Option<String>> {
    let Conn::Postgres(c) = &mut *tx.conn else { return Ok(None) };
    let shown: Shown = diesel::sql_query("SELECT current_setting('lc_messages') AS text").get_result(c)?;
    Ok(Some(shown.text))
}

/// What the clock of the server shows; none for a file, which has no clock.
///
/// # Errors
/// Only the database's.
pub fn server_clock(tx: &mut Tx<'_>) -> Result<Option<Timestamp>> {
    let Conn::Postgres(c) = &mut *tx.conn else { return Ok(None) };
    let query = "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::BIGINT AS number";
    let micros: Number = diesel::sql_query(query).get_result(c)?;
    Ok(Some(Timestamp::from_micros(micros.number)))
}
