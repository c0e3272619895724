//! One connection type over both databases.
#![expect(missing_docs, reason = "the derive generates public items that cannot carry documentation")]
#![expect(clippy::disallowed_methods, reason = "the derive writes an `establish`, which nothing calls")]

use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;

/// A connection to either database. Queries are written once against it; where the databases differ in more
/// than spelling, `each_dialect!` opens it.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// A file on this machine.
    Sqlite(SqliteConnection),
    /// A server.
    Postgres(PgConnection),
}
