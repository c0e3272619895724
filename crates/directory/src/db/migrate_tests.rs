//! Migrating: once, by one, and never backwards.

use std::thread;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::migrate::known;
use super::standing::{SchemaStanding, schema, server_clock};
use super::{Dialect, MigrateError, Tx, each_dialect};
use crate::Result;
use crate::clock::Clock;
use crate::testing::TestDatabase;

const BOTH: [Dialect; 2] = [Dialect::Sqlite, Dialect::Postgres];

#[test]
fn a_second_migration_finds_nothing_to_do() {
    for on in BOTH {
        let database = TestDatabase::on(on);
        let directory = database.open(Clock::system());
        let pending = directory.pending_migrations().unwrap();
        assert!(!pending.is_empty());
        assert_eq!(directory.migrate().unwrap(), pending);
        assert!(directory.pending_migrations().unwrap().is_empty());
        assert!(directory.migrate().unwrap().is_empty());
    }
}

#[test]
fn of_five_that_start_at_once_one_migrates() {
    for on in BOTH {
        let database = TestDatabase::on(on);
        let migrated = thread::scope(|scope| {
            let starts = [(); 5].map(|()| scope.spawn(|| database.open(Clock::system()).migrate().unwrap()));
            starts.map(|start| start.join().unwrap()).iter().filter(|names| !names.is_empty()).count()
        });
        assert_eq!(migrated, 1);
    }
}

#[test]
fn a_newer_schema_is_refused() {
    for on in BOTH {
        let database = TestDatabase::on(on);
        let directory = database.open(Clock::system());
        directory.migrate().unwrap();
        let newer = "INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231000000')";
        directory.write(|tx| Ok(tx.conn.batch_execute(newer)?)).unwrap();
        for refused in [directory.migrate(), directory.pending_migrations()] {
            assert!(
                matches!(refused, Err(MigrateError::NewerSchema(version)) if version == "29991231000000")
            );
        }
    }
}

#[test]
fn how_the_schema_stands_is_told_inside_a_transaction() {
    for on in BOTH {
        let database = TestDatabase::on(on);
        let directory = database.open(Clock::system());
        directory.migrate().unwrap();
        assert_eq!(directory.read(schema).unwrap(), SchemaStanding::default());
        let known = directory.read(|tx| Ok(known(tx.conn.dialect()).unwrap())).unwrap();
        let other = "UPDATE __diesel_schema_migrations SET version = '29991231000000' WHERE version = \
            (SELECT MAX(version) FROM __diesel_schema_migrations)";
        directory.write(|tx| Ok(tx.conn.batch_execute(other)?)).unwrap();
        let standing = directory.read(schema).unwrap();
        assert_eq!(standing.unknown, ["29991231000000"]);
        assert_eq!(standing.missing, known[known.len() - 1..]);
        let clock = directory.read(server_clock).unwrap();
        assert_eq!(clock.is_some(), on == Dialect::Postgres);
        assert!(clock.is_none_or(|clock| (clock - directory.clock().now()).abs().num_seconds() < 5));
    }
}

#[derive(QueryableByName)]
struct Waiting {
    #[diesel(sql_type = BigInt)]
    waiting: i64,
}

fn is_waited_for(tx: &mut Tx<'_>) -> Result<bool> {
    let query = "SELECT count(*) AS waiting FROM pg_locks \
        WHERE relation = '__diesel_schema_migrations'::regclass AND NOT granted";
    let found: Waiting = each_dialect!(tx.conn, c => diesel::sql_query(query).get_result(c))?;
    Ok(found.waiting > 0)
}

/// Goes together with itself and with reading, and not with a migration, which ends with a row in that table.
fn is_in_the_way(tx: &mut Tx<'_>) -> Result<()> {
    Ok(tx.conn.batch_execute("LOCK TABLE __diesel_schema_migrations IN SHARE MODE")?)
}

#[test]
fn a_migration_that_waits_for_one_keeps_no_other_waiting_and_goes_on_afterwards() {
    let database = TestDatabase::postgres();
    let directory = database.open(Clock::system());
    let table = "CREATE TABLE __diesel_schema_migrations (version VARCHAR(50) PRIMARY KEY NOT NULL, \
        run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)";
    directory.write(|tx| Ok(tx.conn.batch_execute(table)?)).unwrap();
    let migrating = directory.write(|tx| {
        is_in_the_way(tx)?;
        let there = directory.clone();
        let migrating = thread::spawn(move || there.migrate());
        while !directory.read(is_waited_for)? {
            assert!(!migrating.is_finished(), "nothing was in its way");
            thread::yield_now();
        }
        directory.write(is_in_the_way)?;
        Ok(migrating)
    });
    assert!(!migrating.unwrap().join().unwrap().unwrap().is_empty());
}
