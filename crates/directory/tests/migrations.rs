//! The two trees of migrations say the same: same names, and the same tables, columns, indexes and foreign keys once
//! they have run.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(
    clippy::disallowed_methods,
    reason = "what migrations leave behind is looked at from outside the directory"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use diesel::migration::MigrationSource;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use directory::DatabaseUrl;
use directory::testing::TestDatabase;

/// One thing that can be said of a schema, worded alike for both databases.
#[derive(QueryableByName)]
struct Fact {
    #[diesel(sql_type = Text)]
    fact: String,
}

const OF_SQLITE: [&str; 3] = [
    "SELECT m.name || '.' || c.name || ' ' || lower(c.type)
        || CASE WHEN c.\"notnull\" OR c.pk > 0 THEN ' not null' ELSE '' END AS fact
     FROM sqlite_master m JOIN pragma_table_info(m.name) c
     WHERE m.type = 'table' AND m.name <> '__diesel_schema_migrations'",
    "SELECT CASE WHEN i.\"unique\" THEN 'unique ' ELSE 'index ' END || m.name || '('
        || (SELECT group_concat(x.name, ', ') FROM pragma_index_info(i.name) x) || ')'
        || CASE WHEN i.partial THEN ' where' ELSE '' END AS fact
     FROM sqlite_master m JOIN pragma_index_list(m.name) i
     WHERE m.type = 'table' AND m.name <> '__diesel_schema_migrations'",
    "SELECT m.name || '.' || f.\"from\" || ' -> ' || f.\"table\" || '.' || f.\"to\" || ' ' || lower(f.on_delete) AS fact
     FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
];

const OF_POSTGRES: [&str; 3] = [
    "SELECT table_name || '.' || column_name || ' '
        || CASE data_type WHEN 'uuid' THEN 'text' WHEN 'bytea' THEN 'blob'
             WHEN 'timestamp without time zone' THEN 'timestamp' ELSE data_type END
        || CASE WHEN is_nullable = 'NO' THEN ' not null' ELSE '' END AS fact
     FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name <> '__diesel_schema_migrations'",
    "SELECT CASE WHEN i.indisunique THEN 'unique ' ELSE 'index ' END || t.relname || '('
        || (SELECT string_agg(a.attname, ', ' ORDER BY k.position)
            FROM unnest(i.indkey) WITH ORDINALITY k (number, position)
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number) || ')'
        || CASE WHEN i.indpred IS NOT NULL THEN ' where' ELSE '' END AS fact
     FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
     WHERE t.relnamespace = current_schema()::regnamespace AND t.relname <> '__diesel_schema_migrations'",
    "SELECT here.relname || '.' || a.attname || ' -> ' || there.relname || '.' || b.attname || ' '
        || CASE f.confdeltype WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'r' THEN 'restrict'
             ELSE 'no action' END AS fact
     FROM pg_constraint f
     JOIN pg_class here ON here.oid = f.conrelid
     JOIN pg_class there ON there.oid = f.confrelid
     CROSS JOIN LATERAL unnest(f.conkey, f.confkey) AS k (ours, theirs)
     JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.ours
     JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = k.theirs
     WHERE f.contype = 'f' AND here.relnamespace = current_schema()::regnamespace",
];

fn tree(database: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(database)
}

fn names(database: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(tree(database)).unwrap();
    let name = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    entries.map(name).filter(|name| !name.starts_with('.')).collect()
}

/// Applies every migration, takes them all back, applies them again; answers the facts after each step.
fn up_down_up<C, DB>(
    conn: &mut C,
    database: &str,
    facts: impl Fn(&mut C) -> BTreeSet<String>,
) -> [BTreeSet<String>; 3]
where
    C: MigrationHarness<DB>,
    DB: diesel::backend::Backend,
    FileBasedMigrations: MigrationSource<DB>,
{
    let source = FileBasedMigrations::from_path(tree(database)).unwrap();
    conn.run_pending_migrations(source.clone()).unwrap();
    let first = facts(conn);
    conn.revert_all_migrations(source.clone()).unwrap();
    let reverted = facts(conn);
    conn.run_pending_migrations(source).unwrap();
    [first, reverted, facts(conn)]
}

fn on_sqlite() -> [BTreeSet<String>; 3] {
    let database = TestDatabase::sqlite();
    let DatabaseUrl::Sqlite(path) = database.url() else { unreachable!("the test asked for SQLite") };
    let mut conn = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    up_down_up(&mut conn, "sqlite", |conn| {
        let rows = OF_SQLITE.iter().flat_map(|query| diesel::sql_query(*query).load::<Fact>(conn).unwrap());
        rows.map(|row| row.fact).collect()
    })
}

fn on_postgres() -> [BTreeSet<String>; 3] {
    let database = TestDatabase::postgres();
    let DatabaseUrl::Postgres(url) = database.url() else { unreachable!("the test asked for PostgreSQL") };
    let mut conn = PgConnection::establish(url).unwrap();
    up_down_up(&mut conn, "postgres", |conn| {
        let rows = OF_POSTGRES.iter().flat_map(|query| diesel::sql_query(*query).load::<Fact>(conn).unwrap());
        rows.map(|row| row.fact).collect()
    })
}

fn lines(facts: &BTreeSet<String>) -> String {
    facts.iter().map(String::as_str).collect::<Vec<_>>().join("\n")
}

#[test]
fn both_trees_have_the_same_migrations_each_with_a_way_back() {
    assert_eq!(names("sqlite"), names("postgres"));
    assert!(!names("sqlite").is_empty());
    for database in ["sqlite", "postgres"] {
        for name in names(database) {
            for step in ["up.sql", "down.sql"] {
                assert!(tree(database).join(&name).join(step).is_file(), "{database}/{name}/{step}");
            }
        }
    }
}

#[test]
fn both_databases_end_with_the_same_schema() {
    let ([sqlite, ..], [postgres, ..]) = (on_sqlite(), on_postgres());
    assert!(sqlite.len() > 50);
    let [only_sqlite, only_postgres] = [&sqlite - &postgres, &postgres - &sqlite];
    assert!(
        only_sqlite.is_empty() && only_postgres.is_empty(),
        "only on SQLite:\n{}only on PostgreSQL:\n{}",
        lines(&only_sqlite),
        lines(&only_postgres)
    );
}

#[test]
fn migrations_can_be_taken_back_and_applied_again() {
    for [first, reverted, again] in [on_sqlite(), on_postgres()] {
        assert_eq!(lines(&reverted), "");
        assert_eq!(lines(&first), lines(&again));
    }
}
