//! How the database stands beside this program: its schema, and its clock.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::conn::Conn;
use super::migrate::known;
use super::{Timestamp, Tx, each_dialect};
use crate::{Error, Result};

/// The schema beside the one that this program knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchemaStanding {
    /// Versions of migrations that are still to be applied.
    pub missing: Vec<String>,
    /// Versions of migrations that a newer program applied.
    pub unknown: Vec<String>,
}

#[derive(QueryableByName)]
struct Applied {
    #[diesel(sql_type = Text)]
    version: String,
}

#[derive(QueryableByName)]
struct Reading {
    #[diesel(sql_type = BigInt)]
    micros: i64,
}

/// Compares the schema with what this program knows. Unlike [`super::Directory::pending_migrations`] it waits for
/// nobody who is migrating.
///
/// # Errors
/// Only the database's.
pub fn schema(tx: &mut Tx<'_>) -> Result<SchemaStanding> {
    let known = known(tx.conn.dialect()).map_err(|error| Error::Unavailable(error.to_string()))?;
    let query = "SELECT version FROM __diesel_schema_migrations ORDER BY version";
    let applied: Vec<Applied> = each_dialect!(tx.conn, c => diesel::sql_query(query).load(c))?;
    let applied: Vec<String> = applied.into_iter().map(|row| row.version).collect();
    let beyond = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|version| !those.contains(version)).cloned().collect()
    };
    Ok(SchemaStanding { missing: beyond(&known, &applied), unknown: beyond(&applied, &known) })
}

/// What the clock of the server shows; nothing for a file, which has none.
///
/// # Errors
/// Only the database's.
pub fn server_clock(tx: &mut Tx<'_>) -> Result<Option<Timestamp>> {
    let Conn::Postgres(c) = &mut *tx.conn else { return Ok(None) };
    let query = "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::BIGINT AS micros";
    let reading: Reading = diesel::sql_query(query).get_result(c)?;
    Ok(Some(Timestamp::from_micros(reading.micros)))
}
