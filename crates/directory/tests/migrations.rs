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
    "SELECT m.name || '.' || f.\"from\" || ' -> ' || f.\"table\" || '.' || f.\"to\" || ' ' || lower(f.on_delete)
        || ', ' || lower(f.on_update) AS fact
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
     -- An index over parts of texts is something SQLite does without.
     JOIN pg_class own ON own.oid = i.indexrelid JOIN pg_am way ON way.oid = own.relam AND way.amname = 'btree'
     WHERE t.relnamespace = current_schema()::regnamespace AND t.relname <> '__diesel_schema_migrations'",
    "SELECT here.relname || '.' || a.attname || ' -> ' || there.relname || '.' || b.attname || ' '
        || CASE f.confdeltype WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'r' THEN 'restrict'
             ELSE 'no action' END
        || CASE f.confupdtype WHEN 'c' THEN ', cascade' ELSE ', no action' END AS fact
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

/// What a version that does not know of the migration stumbles over; docs/MIGRATIONS.md says what to do instead.
const BREAKS: [&str; 4] = ["drop table", "drop index", "rename", "create unique index"];

/// What it stumbles over in a table that is altered.
const BREAKS_A_TABLE: [&str; 10] = [
    "drop column",
    "drop default",
    "rename",
    "set not null",
    "add constraint",
    "add check",
    "add foreign key",
    "add unique",
    "add primary key",
    "add exclude",
];

/// Why the version before could not go on after this statement, if it could not. `made` are the tables of the same
/// migration, which no older version writes to.
fn breaks(statement: &str, made: &[&str]) -> Option<&'static str> {
    if let Some(altered) = statement.strip_prefix("alter table ") {
        return actions(altered).into_iter().find_map(breaks_a_table);
    }
    let of_the_same = |table: &&str| statement.contains(&format!(" {table} ")) || statement.ends_with(table);
    if statement.starts_with("create unique index") && made.iter().any(of_the_same) {
        return None;
    }
    BREAKS.into_iter().find(|words| statement.contains(words))
}

/// What is done to one table, each by itself: between the commas that are in no brackets.
fn actions(altered: &str) -> Vec<&str> {
    let mut depth = 0;
    let is_between = |letter: char| {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        letter == ',' && depth == 0
    };
    altered.split(is_between).collect()
}

fn breaks_a_table(action: &str) -> Option<&'static str> {
    if let Some(found) = BREAKS_A_TABLE.into_iter().find(|words| action.contains(words)) {
        return Some(found);
    }
    if action.contains(" type ") {
        return Some("another type");
    }
    let bare = action.contains(" not null") && !action.contains(" default ");
    bare.then_some("not null without default")
}

/// The statements that may not be, of one migration.
fn breaking(source: &str) -> Vec<String> {
    if source.lines().any(|line| line.starts_with("-- contract: ")) {
        return Vec::new();
    }
    let code: Vec<&str> = source.lines().map(|line| line.split("--").next().unwrap_or_default()).collect();
    let code = code.join(" ").to_lowercase().replace('(', " ( ").replace('"', "");
    let statements: Vec<String> =
        code.split(';').map(|statement| statement.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let made: Vec<&str> = statements
        .iter()
        .filter_map(|statement| statement.strip_prefix("create table "))
        .filter_map(|rest| rest.split(' ').next())
        .collect();
    let told = statements
        .iter()
        .filter_map(|statement| breaks(statement, &made).map(|reason| format!("{reason}: {statement}")));
    told.collect()
}

/// SECURITY I9, J2: instances of the version before go on while the new one starts.
#[test]
fn no_migration_after_the_first_breaks_the_version_before() {
    for database in ["sqlite", "postgres"] {
        for name in names(database).into_iter().skip(1) {
            let source = std::fs::read_to_string(tree(database).join(&name).join("up.sql")).unwrap();
            assert_eq!(breaking(&source), Vec::<String>::new(), "{database}/{name}; see docs/MIGRATIONS.md");
        }
    }
}

#[test]
fn what_breaks_the_version_before_is_told_from_what_does_not() {
    for breaks in [
        "DROP TABLE boats;",
        "ALTER TABLE boats DROP COLUMN rig;",
        "ALTER TABLE boats RENAME COLUMN rig TO sails;",
        "ALTER TABLE boats\n    ADD COLUMN berths BIGINT NOT NULL;",
        "ALTER TABLE boats ALTER COLUMN rig SET NOT NULL;",
        "ALTER TABLE boats ALTER COLUMN rig TYPE BIGINT;",
        "ALTER TABLE boats ADD CONSTRAINT afloat CHECK (draught > 0);",
        "CREATE UNIQUE INDEX boats_by_name ON boats (name);",
        "ALTER TABLE boats ADD UNIQUE (name);",
        "ALTER TABLE boats ADD PRIMARY KEY (name, rig);",
        "ALTER TABLE boats ADD EXCLUDE USING gist (berth WITH =);",
        "ALTER TABLE boats ALTER COLUMN rig DROP DEFAULT;",
        "DROP INDEX boats_by_name;",
        "ALTER TABLE boats ADD COLUMN rig TEXT NOT NULL, ADD COLUMN berths BIGINT NOT NULL DEFAULT 0;",
        "ALTER TABLE boats ADD COLUMN mast NUMERIC(4, 1) NOT NULL DEFAULT 0, ADD COLUMN rig TEXT NOT NULL;",
    ] {
        assert_eq!(breaking(breaks).len(), 1, "{breaks}");
    }
    for expands in [
        "CREATE TABLE berths (id BIGINT PRIMARY KEY NOT NULL); CREATE UNIQUE INDEX by_id ON berths (id);",
        "ALTER TABLE boats ADD COLUMN berths BIGINT NOT NULL DEFAULT 0;",
        "ALTER TABLE boats ADD COLUMN mast NUMERIC(4, 1) NOT NULL DEFAULT 0, ADD COLUMN rig TEXT;",
        "ALTER TABLE boats ADD COLUMN harbour TEXT; -- drop table is only spoken of",
        "CREATE INDEX boats_by_name ON boats (name);",
        "-- contract: 0.3.0\nALTER TABLE boats DROP COLUMN rig;",
    ] {
        assert_eq!(breaking(expands), Vec::<String>::new(), "{expands}");
    }
}

/// Foreign keys that no index finds, of what is ever deleted: whoever does so reads all of their table, row by row.
const NOT_FOUND: &str = "SELECT m.name || '.' || f.\"from\" || ' -> ' || f.\"table\" AS fact
     FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
     WHERE m.type = 'table' AND f.seq = 0 AND f.\"table\" NOT IN ('users', 'invitations') AND NOT EXISTS (
         SELECT 1 FROM pragma_index_list(m.name) i JOIN sqlite_master s ON s.name = i.name
         JOIN pragma_index_info(i.name) x ON x.seqno = 0 AND x.name = f.\"from\"
         WHERE NOT i.partial OR s.sql LIKE '%) WHERE ' || f.\"from\" || ' IS NOT NULL')";

#[test]
fn what_names_a_row_that_is_deleted_is_found_by_an_index() {
    let database = TestDatabase::sqlite();
    let DatabaseUrl::Sqlite(path) = database.url() else { unreachable!("the test asked for SQLite") };
    let mut conn = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    conn.run_pending_migrations(FileBasedMigrations::from_path(tree("sqlite")).unwrap()).unwrap();
    let mut not_found = |first: &str| -> Vec<String> {
        diesel::sql_query(first).execute(&mut conn).unwrap();
        let rows = diesel::sql_query(NOT_FOUND).load::<Fact>(&mut conn).unwrap();
        rows.into_iter().map(|row| row.fact).collect()
    };
    assert_eq!(not_found("SELECT 1"), Vec::<String>::new());
    assert_eq!(not_found("DROP INDEX deliveries_by_code"), ["deliveries.code_id -> one_time_codes"]);
}
