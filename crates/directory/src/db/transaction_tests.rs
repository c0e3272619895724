//! What a transaction promises: all or nothing, as if alone, and never longer than somebody waits.

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Integer;

use super::{Conn, Dialect, Directory, Timestamp, Tx};
use crate::clock::Clock;
use crate::testing::TestDatabase;
use crate::{Error, Result};

const BOTH: [Dialect; 2] = [Dialect::Sqlite, Dialect::Postgres];

diesel::table! {
    counter (id) {
        id -> BigInt,
        value -> BigInt,
    }
}

fn counting(on: Dialect) -> (TestDatabase, Directory) {
    let database = TestDatabase::on(on);
    let directory = database.open(Clock::system());
    let table = "CREATE TABLE counter (id BIGINT PRIMARY KEY NOT NULL, value BIGINT NOT NULL); \
                 INSERT INTO counter VALUES (1, 0)";
    directory.write(|tx| Ok(tx.conn.batch_execute(table)?)).unwrap();
    (database, directory)
}

/// The server's process behind a connection.
fn process() -> SqlLiteral<Integer> {
    sql("pg_backend_pid()")
}

fn value(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(counter::table.find(1_i64).select(counter::value).first(tx.conn)?)
}

fn set(tx: &mut Tx<'_>, value: i64) -> Result<()> {
    diesel::update(counter::table).set(counter::value.eq(value)).execute(tx.conn)?;
    Ok(())
}

#[test]
fn an_error_undoes_everything() {
    for on in BOTH {
        let (_database, directory) = counting(on);
        let outcome = directory.write(|tx| set(tx, 7).and(Err::<(), _>(Error::Stale)));
        assert!(matches!(outcome, Err(Error::Stale)));
        assert_eq!(directory.read(value).unwrap(), 0);
    }
}

#[test]
fn what_was_written_is_looked_through() {
    for on in BOTH {
        let (_database, directory) = counting(on);
        directory.vacuum(&["counter"]).unwrap();
    }
}

#[test]
fn a_panic_undoes_everything_and_the_next_write_works() {
    for on in BOTH {
        let (_database, directory) = counting(on);
        let doomed = directory.clone();
        let outcome = thread::spawn(move || {
            doomed.write(|tx| -> Result<()> {
                set(tx, 7)?;
                panic!("on purpose")
            })
        });
        assert!(outcome.join().is_err());
        assert_eq!(directory.read(value).unwrap(), 0);
        directory.write(|tx| set(tx, 1)).unwrap();
        assert_eq!(directory.read(value).unwrap(), 1);
    }
}

#[test]
fn a_read_sees_one_state_and_cannot_write() {
    for on in BOTH {
        let (_database, directory) = counting(on);
        let seen = directory.read(|tx| {
            let before = value(tx)?;
            directory.write(|tx| set(tx, before + 1))?;
            Ok((before, value(tx)?))
        });
        assert_eq!(seen.unwrap(), (0, 0));
        assert_eq!(directory.read(value).unwrap(), 1);
        assert!(directory.read(|tx| set(tx, 9)).is_err());
        assert_eq!(directory.read(value).unwrap(), 1);
    }
}

#[test]
fn writes_at_once_end_as_if_one_after_the_other() {
    for on in BOTH {
        let (_database, directory) = counting(on);
        let attempts = AtomicUsize::new(0);
        let together = Barrier::new(4);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    together.wait();
                    for _ in 0..5 {
                        increment(&directory, &attempts);
                    }
                });
            }
        });
        assert_eq!(directory.read(value).unwrap(), 20);
        let tried = attempts.load(Ordering::SeqCst);
        assert!(tried >= 20 && (on == Dialect::Postgres || tried == 20), "{on:?} tried {tried} times");
    }
}

fn increment(directory: &Directory, attempts: &AtomicUsize) {
    let outcome = directory.write(|tx| {
        attempts.fetch_add(1, Ordering::SeqCst);
        let before = value(tx)?;
        thread::yield_now();
        set(tx, before + 1)
    });
    outcome.unwrap();
}

/// SQLite's writers share commits; what one of them does wrong is not the others' loss.
#[test]
fn a_shared_commit_keeps_every_one_or_says_so() {
    let (_database, directory) = counting(Dialect::Sqlite);
    let (kept, together) = (AtomicUsize::new(0), Barrier::new(16));
    thread::scope(|scope| {
        for number in 0..16_usize {
            let (directory, kept, together) = (&directory, &kept, &together);
            scope.spawn(move || {
                together.wait();
                for round in 0..20 {
                    let outcome = directory.write(|tx| {
                        let before = value(tx)?;
                        set(tx, before + 1)?;
                        if (number + round) % 4 == 0 { Err(Error::Stale) } else { Ok(()) }
                    });
                    kept.fetch_add(usize::from(outcome.is_ok()), Ordering::SeqCst);
                }
            });
        }
    });
    assert_eq!(kept.load(Ordering::SeqCst), 240);
    assert_eq!(directory.read(value).unwrap(), 240);
}

#[test]
fn a_panic_among_those_who_share_a_commit_is_told_to_all_and_keeps_nothing_unsaid() {
    let (_database, directory) = counting(Dialect::Sqlite);
    let (kept, together) = (AtomicUsize::new(0), Barrier::new(16));
    thread::scope(|scope| {
        for number in 0..16_usize {
            let (directory, kept, together) = (directory.clone(), &kept, &together);
            scope.spawn(move || {
                together.wait();
                let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                    directory.write(|tx| {
                        let before = value(tx)?;
                        set(tx, before + 1)?;
                        assert!(number % 5 != 0, "on purpose");
                        Ok(())
                    })
                }));
                kept.fetch_add(usize::from(matches!(outcome, Ok(Ok(())))), Ordering::SeqCst);
            });
        }
    });
    let kept = i64::try_from(kept.load(Ordering::SeqCst)).unwrap();
    assert_eq!(directory.read(value).unwrap(), kept);
    directory.write(|tx| set(tx, 1)).unwrap();
}

#[test]
fn a_serialization_failure_is_repeated() {
    let (_database, directory) = counting(Dialect::Postgres);
    let attempts = AtomicUsize::new(0);
    let outcome = directory.write(|tx| {
        let before = value(tx)?;
        if attempts.fetch_add(1, Ordering::SeqCst) == 0 {
            directory.write(|other| set(other, 10))?;
        }
        set(tx, before + 1)
    });
    outcome.unwrap();
    assert_eq!(attempts.load(Ordering::SeqCst), 2);
    assert_eq!(directory.read(value).unwrap(), 11);
}

#[test]
fn a_statement_that_failed_unnoticed_fails_the_commit() {
    let (_database, directory) = counting(Dialect::Postgres);
    let outcome = directory.write(|tx| {
        set(tx, 7)?;
        let _unnoticed = tx.conn.batch_execute("SELECT nonsense");
        Ok(())
    });
    assert!(matches!(outcome, Err(Error::Database(_))), "{outcome:?}");
    assert_eq!(directory.read(value).unwrap(), 0);
    directory.write(|tx| set(tx, 1)).unwrap();
}

#[test]
fn a_lost_connection_is_unavailability_and_does_not_last() {
    let (_database, directory) = counting(Dialect::Postgres);
    let outcome =
        directory.write(|tx| Ok(tx.conn.batch_execute("SELECT pg_terminate_backend(pg_backend_pid())")?));
    assert!(matches!(outcome, Err(Error::Unavailable(_))), "{outcome:?}");
    directory.ping().unwrap();
    directory.write(|tx| set(tx, 1)).unwrap();
}

#[test]
fn connections_that_broke_between_two_requests_fail_neither() {
    let (database, directory) = counting(Dialect::Postgres);
    let other = database.open(Clock::system());
    let requests: [fn(&Directory) -> Result<i64>; 2] =
        [|directory| directory.ask(value), |directory| directory.read(value)];
    for request in requests {
        let process: i32 = directory.read(|tx| Ok(diesel::select(process()).get_result(tx.conn)?)).unwrap();
        let end = format!("SELECT pg_terminate_backend({process}, 2000)");
        other.read(|tx| Ok(tx.conn.batch_execute(&end)?)).unwrap();
        assert_eq!(request(&directory).unwrap(), 0);
    }
}

#[test]
fn a_busy_pool_is_unavailability() {
    for on in BOTH {
        let (_database, directory) = counting(on);
        let outcome = hold(&directory, 4);
        assert!(matches!(outcome, Err(Error::Unavailable(_))), "{outcome:?}");
    }
}

/// Takes this many connections, one inside the other, and then asks for one more.
fn hold(directory: &Directory, depth: u32) -> Result<()> {
    directory.read(|_| if depth == 0 { Ok(()) } else { hold(directory, depth - 1) })
}

/// SECURITY J3: one clock for every instance, the database's, whatever the machines say.
#[test]
fn instances_whose_clocks_disagree_share_the_servers_time() {
    let database = TestDatabase::postgres();
    let servers = database.open(Clock::system()).read(server_time).unwrap();
    for minutes in [-10, 10] {
        let wrong = database.open(Clock::wrong_by(TimeDelta::minutes(minutes)));
        for instant in [wrong.read(|tx| Ok(tx.now)), wrong.write(|tx| Ok(tx.now)), Ok(wrong.now())] {
            let apart = instant.unwrap() - servers;
            assert!(apart.abs() < TimeDelta::seconds(30), "{minutes} minutes ahead: {apart} apart");
        }
    }
}

fn server_time(tx: &mut Tx<'_>) -> Result<Timestamp> {
    let Conn::Postgres(c) = tx.conn else { panic!("not a server") };
    Ok(diesel::select(diesel::dsl::now).get_result(c)?)
}

#[test]
fn the_servers_time_goes_on_between_two_readings_and_never_back() {
    let database = TestDatabase::postgres();
    let directory = database.open(Clock::wrong_by(TimeDelta::days(1)));
    let mut before = directory.read(|tx| Ok(tx.now)).unwrap();
    for _ in 0..20 {
        let now = directory.write(|tx| Ok(tx.now)).unwrap();
        assert!(now > before, "{now:?} after {before:?}");
        before = now;
    }
}

#[test]
fn a_clock_that_a_test_sets_counts_on_a_server_too() {
    let noon = "2026-11-20T12:00:00Z".parse::<Timestamp>().unwrap();
    let database = TestDatabase::postgres();
    assert_eq!(database.open(Clock::fixed(noon)).write(|tx| Ok(tx.now)).unwrap(), noon);
}
