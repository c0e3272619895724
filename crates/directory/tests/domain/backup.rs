//! What a copy holds: one state, whole, and exactly as it was, whichever database it came from and goes to.

use std::io::Cursor;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;

use diesel::connection::SimpleConnection;
use directory::access::Administrator;
use directory::app::App;
use directory::copy::{self, CopyError, OtherKey, Restored, Sum};
use directory::invitation::{self, Draft, Outcome};
use directory::rate_limit::RateLimit;
use directory::session::Session;
use directory::testing::TestDatabase;
use directory::text::Message;
use directory::{DatabaseUrl, Dialect, Directory, Keys, Options, app_role, redemption};

use crate::cast::{Cast, name};
use crate::on_both;

on_both!(
    every_row_moves_exactly_there_and_back,
    a_moved_deployment_goes_on,
    a_backup_under_load_is_one_state,
    a_backup_is_restored_on_either_database,
    a_file_that_is_not_whole_is_refused_and_nothing_is_kept,
    a_file_of_another_schema_is_refused,
    only_an_empty_database_is_filled,
    another_key_must_be_known_about,
);

const BOTH: [Dialect; 2] = [Dialect::Sqlite, Dialect::Postgres];

/// An empty, migrated database with the clock of the cast.
pub(crate) fn empty(cast: &Cast, on: Dialect) -> (TestDatabase, Directory) {
    let database = TestDatabase::on(on);
    let directory = database.open(cast.clock.clone());
    directory.migrate().unwrap();
    (database, directory)
}

pub(crate) fn backup(directory: &Directory) -> Vec<u8> {
    let mut file = Vec::new();
    copy::back_up(directory, &mut file, "0.0.0").unwrap();
    file
}

pub(crate) fn restore(directory: &Directory, file: &[u8]) -> Result<Restored, CopyError> {
    copy::restore(directory, Cursor::new(file), OtherKey::Refuse)
}

pub(crate) fn invite(cast: &Cast, address: &str) {
    let draft = Draft { message: Message::parse("Welkom “Ann” \\ 🎉\nنص").unwrap(), language: None };
    cast.as_manager(&cast.olivia, |tx, manager| invitation::add(tx, manager, address, &draft)).unwrap();
}

/// Somebody's sponsor comes after them in the order of keys.
const LATER_SPONSOR: &str =
    "UPDATE users SET sponsor_id = (SELECT id FROM users WHERE address_key = 'mia@meridian.test')
    WHERE address_key = 'adam@meridian.test'";

/// Something in every table, with everything in it that a copy could spoil.
fn fill(cast: &Cast) {
    invite(cast, "ann@partner.test");
    let token = cast.token_for("ann@partner.test");
    invite(cast, "bob@partner.test");
    let logo: Vec<u8> = b"\x89PNG\r\n\x1a\n".iter().copied().chain(0..=255).collect();
    cast.as_administrator(|tx, administrator| {
        let app = App::find(tx, cast.app.id)?;
        app_role::add(tx, administrator, &app, &name("Reader"))?;
        App::set_logo(tx, administrator, &app.slug, Some(&logo))
    })
    .unwrap();
    invite(cast, "mia@meridian.test");
    cast.write(|tx| Ok(tx.conn.batch_execute(LATER_SPONSOR)?));
    cast.write(|tx| redemption::ask_for_code(tx, &token, "hers"));
    cast.write(|tx| Session::begin(tx, "a key", &cast.mia, "a browser"));
    cast.write(|tx| RateLimit::new("code", 5, chrono::TimeDelta::hours(1)).of("x").take(tx).map(drop));
}

fn other(dialect: Dialect) -> Dialect {
    if dialect == Dialect::Sqlite { Dialect::Postgres } else { Dialect::Sqlite }
}

fn rows(sums: &[Sum], table: &str) -> u64 {
    sums.iter().find(|sum| sum.table == table).unwrap().rows
}

fn every_row_moves_exactly_there_and_back(cast: &Cast) {
    fill(cast);
    let (_away, there) = empty(cast, other(cast.directory.dialect()));
    let (home, back) = empty(cast, cast.directory.dialect());
    let first = copy::move_to(&cast.directory, &there).unwrap();
    let second = copy::move_to(&there, &back).unwrap();
    assert_eq!(first, second);
    assert_eq!(cast.database.contents(), home.contents());
    let empty: Vec<&str> = first.iter().filter(|sum| sum.rows == 0).map(|sum| sum.table.as_str()).collect();
    assert_eq!(empty, ["setup_links"]);
}

fn a_moved_deployment_goes_on(cast: &Cast) {
    fill(cast);
    cast.write(|tx| Ok(tx.conn.batch_execute("UPDATE invitations SET number = number + 1000000")?));
    let token = cast.token_for("bob@partner.test");
    let (database, there) = empty(cast, other(cast.directory.dialect()));
    copy::move_to(&cast.directory, &there).unwrap();
    assert!(there.read(|tx| Session::visitor(tx, "a key")).unwrap().is_some());
    assert!(there.read(|tx| redemption::offer(tx, &token, "his")).is_ok());
    assert!(
        there
            .read(|tx| Ok(directory::Organisation::load(tx)?.restoration))
            .unwrap()
            .mail_held_since
            .is_none()
    );
    let add = |address: &str| {
        there.write(|tx| {
            let manager = directory::Manager::of_app(tx, &cast.olivia, &cast.app.slug)?;
            invitation::add(tx, &manager, address, &Draft::default())
        })
    };
    let added = ["dora@partner.test", "carl@partner.test"].map(|address| add(address).unwrap());
    assert!(added.iter().all(|outcome| matches!(outcome, Outcome::Invited(_))), "{added:?}");
    let last = database.ask("SELECT address_key AS line FROM invitations ORDER BY number DESC LIMIT 2");
    assert_eq!(
        last,
        ["carl@partner.test", "dora@partner.test"],
        "their numbers are not after those that were moved"
    );
}

/// SECURITY J7.
fn a_backup_under_load_is_one_state(cast: &Cast) {
    cast.settings(|settings| {
        (settings.inviter_hourly_limit, settings.inviter_daily_limit) = (100_000, 100_000);
        settings.organisation_hourly_limit = 100_000;
    });
    let (begun, over) = (AtomicU32::new(0), AtomicBool::new(false));
    let files = thread::scope(|scope| {
        for number in 0..3 {
            let (begun, over) = (&begun, &over);
            scope.spawn(move || {
                let mut count = 0;
                while !over.load(Ordering::Relaxed) {
                    invite(cast, &format!("guest{number}x{count}@partner.test"));
                    count += 1;
                    begun.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        while begun.load(Ordering::Relaxed) < 10 {
            thread::yield_now();
        }
        let files = [(); 5].map(|()| {
            let before = begun.load(Ordering::Relaxed);
            let file = backup(&cast.directory);
            while begun.load(Ordering::Relaxed) == before {
                thread::yield_now();
            }
            (u64::from(before), file)
        });
        over.store(true, Ordering::Relaxed);
        files
    });
    let (_database, fresh) = empty(cast, other(cast.directory.dialect()));
    let quiet = restore(&fresh, &files[0].1).unwrap().sums;
    let apart = |sums: &[Sum], table: &str| rows(sums, table) - rows(sums, "invitations");
    for (acknowledged, file) in &files {
        let (_database, fresh) = empty(cast, cast.directory.dialect());
        let sums = restore(&fresh, file).unwrap().sums;
        assert!(rows(&sums, "invitations") >= *acknowledged);
        for table in ["deliveries", "users", "activities"] {
            assert_eq!(apart(&sums, table), apart(&quiet, table), "half an invitation in {table}");
        }
        assert_eq!(apart(&sums, "deliveries"), 0);
    }
}

/// A read replica refuses whatever would write, as this connection does.
#[test]
fn a_replica_is_backed_up() {
    let cast = Cast::on(Dialect::Postgres);
    fill(&cast);
    let DatabaseUrl::Postgres(url) = cast.database.url() else { panic!("not a server") };
    let url = DatabaseUrl::Postgres(format!("{url}%20-cdefault_transaction_read_only%3Don"));
    let options = Options { clock: cast.clock.clone(), keys: Keys::new([7; 32]), connections: 2 };
    let replica = Directory::open(&url, options).unwrap();
    assert!(replica.write(|tx| Session::begin(tx, "a key", &cast.mia, "a browser")).is_err());
    assert!(backup(&replica) == backup(&cast.directory), "the replica holds something else");
}

fn a_backup_is_restored_on_either_database(cast: &Cast) {
    fill(cast);
    let file = backup(&cast.directory);
    for on in BOTH {
        let (database, fresh) = empty(cast, on);
        let restored = restore(&fresh, &file).unwrap();
        let (mut before, mut after) = (cast.database.contents(), database.contents());
        for changed in ["organisation", "activities"] {
            assert!(before.remove(changed).is_some() && after.remove(changed).is_some());
        }
        assert!(on != cast.directory.dialect() || before == after);
        assert_eq!(restored.header.at, cast.clock.now());
        assert_eq!(restored.header.dialect, cast.directory.dialect());
        let aftermath = restored.aftermath;
        assert_eq!((aftermath.sessions_ended, aftermath.open_invitations), (1, 2));
        assert_eq!(aftermath.administrators, [("Adam Admin".to_owned(), "adam@meridian.test".to_owned())]);
        assert_eq!(rows(&restored.sums, "sessions"), 1);
    }
}

/// SECURITY J6. Whatever is done to the file, nothing is kept.
fn a_file_that_is_not_whole_is_refused_and_nothing_is_kept(cast: &Cast) {
    fill(cast);
    let file = backup(&cast.directory);
    let (database, fresh) = empty(cast, cast.directory.dialect());
    let untouched = database.contents();
    let refused = |changed: &[u8], what: &str| {
        let error = restore(&fresh, changed).err().unwrap_or_else(|| panic!("{what} was restored"));
        let database = matches!(error, CopyError::Directory(_) | CopyError::Differs(_));
        assert!(!database, "{what} is told by the database: {error}");
        error
    };
    for cut in (0..file.len()).step_by(file.len() / 40) {
        let error = refused(&file[..cut], "a part of a backup");
        assert!(matches!(error, CopyError::CutOff | CopyError::NotABackup), "{cut}: {error}");
    }
    let last_line = file[..file.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    assert!(matches!(refused(&file[..last_line], "a backup without its end"), CopyError::CutOff));
    for place in (0..file.len()).step_by(file.len() / 60) {
        let mut changed = file.clone();
        changed[place] = if changed[place] == b'1' { b'2' } else { b'1' };
        refused(&changed, &format!("a backup with another byte at {place}"));
    }
    let lines: Vec<&[u8]> = file.split_inclusive(|byte| *byte == b'\n').collect();
    for number in 1..lines.len() {
        let without: Vec<u8> =
            lines.iter().enumerate().filter(|(n, _)| *n != number).flat_map(|(_, l)| l.to_vec()).collect();
        refused(&without, &format!("a backup without line {number}"));
    }
    refused(&[file.as_slice(), b"\n"].concat(), "a backup with something after it");
    assert_eq!(database.contents(), untouched);
    restore(&fresh, &file).unwrap();
}

fn a_file_of_another_schema_is_refused(cast: &Cast) {
    let file = String::from_utf8(backup(&cast.directory)).unwrap();
    let (_database, fresh) = empty(cast, cast.directory.dialect());
    let of_schema = |schema: &str| {
        let start = file.find("\"schema\":\"").unwrap() + 10;
        let changed = format!("{}{schema}{}", &file[..start], &file[start + 14..]);
        restore(&fresh, changed.as_bytes()).unwrap_err()
    };
    assert!(matches!(of_schema("29991231000000"), CopyError::Newer(product) if product == "0.0.0"));
    assert!(matches!(of_schema("20010101000000"), CopyError::Older(product) if product == "0.0.0"));
    assert!(matches!(restore(&fresh, b"-- PostgreSQL database dump\n").unwrap_err(), CopyError::NotABackup));
    assert!(matches!(restore(&fresh, b"").unwrap_err(), CopyError::NotABackup));
}

fn only_an_empty_database_is_filled(cast: &Cast) {
    fill(cast);
    let file = backup(&cast.directory);
    let before = cast.database.contents();
    assert!(matches!(restore(&cast.directory, &file).unwrap_err(), CopyError::NotEmpty("organisation")));
    let (_database, moved) = empty(cast, other(cast.directory.dialect()));
    copy::move_to(&cast.directory, &moved).unwrap();
    let again = copy::move_to(&moved, &cast.directory).unwrap_err();
    assert!(matches!(again, CopyError::NotEmpty("organisation")));
    assert_eq!(cast.database.contents(), before);
    // A panel that was started on an empty database has made a link for its first administrator, and counts who tries it.
    let (_database, started) = empty(cast, cast.directory.dialect());
    let link = started.write(|tx| directory::setup_link::create(tx, [7; 32])).unwrap().unwrap();
    let door = RateLimit::new("set-up link", 1, chrono::TimeDelta::hours(1));
    let take = || started.write(|tx| door.of("x").take(tx)).unwrap();
    assert!(take().is_none() && take().is_some());
    restore(&started, &file).unwrap();
    assert!(started.read(|tx| directory::setup_link::check(tx, &link)).is_err());
    assert!(take().is_none());
}

fn another_key_must_be_known_about(cast: &Cast) {
    let file = backup(&cast.directory);
    let (database, _) = empty(cast, cast.directory.dialect());
    let options = Options { clock: cast.clock.clone(), keys: Keys::new([8; 32]), connections: 2 };
    let elsewhere = Directory::open(database.url(), options).unwrap();
    assert!(matches!(restore(&elsewhere, &file).unwrap_err(), CopyError::OtherKey));
    copy::restore(&elsewhere, Cursor::new(&file), OtherKey::Accept).unwrap();
    assert!(elsewhere.read(|tx| Administrator::find(tx, &cast.adam)).is_ok());
}
