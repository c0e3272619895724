//! The list of tables and columns against what the migrations make.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::tables;
use crate::clock::Clock;
use crate::db::{Conn, Dialect};
use crate::testing::TestDatabase;

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
}

const OF_SQLITE: &str =
    "SELECT m.name || '.' || c.name AS name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name <> '__diesel_schema_migrations'";

const OF_POSTGRES: &str = "SELECT table_name || '.' || column_name AS name FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name <> '__diesel_schema_migrations'";

fn stored(on: Dialect) -> BTreeSet<String> {
    let database = TestDatabase::on(on);
    let directory = database.open(Clock::system());
    directory.migrate().unwrap();
    let columns: Vec<Column> = directory
        .read(|tx| {
            Ok(match tx.conn {
                Conn::Sqlite(c) => diesel::sql_query(OF_SQLITE).load(c)?,
                Conn::Postgres(c) => diesel::sql_query(OF_POSTGRES).load(c)?,
            })
        })
        .unwrap();
    columns.into_iter().map(|column| column.name).collect()
}

#[test]
fn every_column_of_every_table_is_copied() {
    let copied: BTreeSet<String> = tables::columns().into_iter().collect();
    for on in [Dialect::Sqlite, Dialect::Postgres] {
        assert_eq!(copied, stored(on));
    }
}
