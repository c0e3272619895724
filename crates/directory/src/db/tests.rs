//! Both databases hold what they are given, and answer alike. The table is the tests' own.

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use diesel::dsl::{count_star, exists};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as Diesel};

use super::{
    Conn, Dialect, Directory, Id, Timestamp, Tx, each_dialect, like_infix, like_prefix, text_column,
};
use crate::clock::Clock;
use crate::testing::TestDatabase;
use crate::{Error, Result};

const BOTH: [Dialect; 2] = [Dialect::Sqlite, Dialect::Postgres];

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    boat (id) {
        id -> DbUuid,
        name -> Text,
        rig -> Text,
        afloat -> Bool,
        berths -> BigInt,
        launched_at -> Timestamp,
        sunk_at -> Nullable<Timestamp>,
        tender_of -> Nullable<DbUuid>,
        hull -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    voyage (id) {
        id -> DbUuid,
        boat_id -> DbUuid,
        port -> Text,
    }
}

diesel::joinable!(voyage -> boat (boat_id));
diesel::allow_tables_to_appear_in_same_query!(boat, voyage);

text_column! {
    /// How the sails are set.
    pub enum Rig {
        /// One mast, one headsail.
        Sloop => "sloop",
        /// One mast, more headsails.
        Cutter => "cutter",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = boat)]
struct Boat {
    id: Id<Boat>,
    name: String,
    rig: Rig,
    afloat: bool,
    berths: i64,
    launched_at: Timestamp,
    sunk_at: Option<Timestamp>,
    tender_of: Option<Id<Boat>>,
    hull: Option<Rig>,
}

#[derive(Insertable)]
#[diesel(table_name = voyage)]
struct NewVoyage<'a> {
    id: Id<NewVoyage<'static>>,
    boat_id: Id<Boat>,
    port: &'a str,
}

impl Boat {
    fn new(tx: &Tx<'_>, name: &str) -> Self {
        Self {
            id: tx.new_id(),
            name: name.to_owned(),
            rig: Rig::Cutter,
            afloat: true,
            berths: 4,
            launched_at: tx.now,
            sunk_at: None,
            tender_of: None,
            hull: None,
        }
    }

    fn launch(tx: &mut Tx<'_>, name: &str) -> Result<Self> {
        let boat = Self::new(tx, name);
        let back: Self = diesel::insert_into(boat::table)
            .values(&boat)
            .returning(boat::all_columns)
            .get_result(tx.conn)?;
        assert_eq!(back, boat);
        Ok(back)
    }
}

fn harbour(on: Dialect) -> (TestDatabase, Directory) {
    let database = TestDatabase::on(on);
    let clock = Clock::fixed("2026-11-18T14:05:00.000001Z".parse().unwrap());
    let directory = database.open(clock);
    directory.write(|tx| Ok(tx.conn.batch_execute(&tables(on))?)).unwrap();
    (database, directory)
}

fn tables(on: Dialect) -> String {
    let uuid = if on == Dialect::Postgres { "UUID" } else { "TEXT" };
    format!(
        "CREATE TABLE boat (id {uuid} PRIMARY KEY NOT NULL, name TEXT NOT NULL UNIQUE, rig TEXT NOT NULL, \
         afloat BOOLEAN NOT NULL, berths BIGINT NOT NULL, launched_at TIMESTAMP NOT NULL, sunk_at TIMESTAMP, \
         tender_of {uuid}, hull TEXT); \
         CREATE TABLE voyage (id {uuid} PRIMARY KEY NOT NULL, boat_id {uuid} NOT NULL REFERENCES boat, \
         port TEXT NOT NULL)"
    )
}

fn names(directory: &Directory) -> Vec<String> {
    directory.read(|tx| Ok(boat::table.select(boat::name).order(boat::name).load(tx.conn)?)).unwrap()
}

#[test]
fn every_column_type_comes_back_as_it_went() {
    for on in BOTH {
        let (_database, directory) = harbour(on);
        let written = directory
            .write(|tx| {
                let first = Boat::launch(tx, "Anna")?;
                let second = Boat {
                    sunk_at: Some(tx.now - TimeDelta::days(1)),
                    tender_of: Some(first.id),
                    hull: Some(Rig::Sloop),
                    afloat: false,
                    berths: i64::MAX,
                    ..Boat::new(tx, "Bea")
                };
                diesel::insert_into(boat::table).values(&second).execute(tx.conn)?;
                Ok(vec![first, second])
            })
            .unwrap();
        let read = directory
            .read(|tx| Ok(boat::table.order(boat::name).select(Boat::as_select()).load::<Boat>(tx.conn)?))
            .unwrap();
        assert_eq!(read, written);
        assert!(written[0].id < written[1].id, "identifiers grow");
    }
}

#[test]
fn updates_and_deletes_return_rows() {
    for on in BOTH {
        let (_database, directory) = harbour(on);
        let id = directory.write(|tx| Boat::launch(tx, "Anna")).unwrap().id;
        let rig: Rig = directory
            .write(|tx| {
                Ok(diesel::update(boat::table.find(id))
                    .set((boat::rig.eq(Rig::Sloop), boat::sunk_at.eq(Some(tx.now))))
                    .returning(boat::rig)
                    .get_result(tx.conn)?)
            })
            .unwrap();
        assert_eq!(rig, Rig::Sloop);
        let sunk: Option<Timestamp> = directory
            .write(|tx| {
                Ok(diesel::delete(boat::table.find(id)).returning(boat::sunk_at).get_result(tx.conn)?)
            })
            .unwrap();
        assert_eq!(sunk, Some(directory.clock().now()));
        assert!(names(&directory).is_empty());
    }
}

#[test]
fn joins_filters_and_patterns_select_the_same() {
    for on in BOTH {
        let (_database, directory) = harbour(on);
        let found = directory
            .write(|tx| {
                let ids = ["a_b", "axb", "cab"].map(|name| Boat::launch(tx, name).map(|boat| boat.id));
                let [first, second, _] = ids.map(Result::unwrap);
                let trip = NewVoyage { id: tx.new_id(), boat_id: first, port: "Hull" };
                diesel::insert_into(voyage::table).values(&trip).execute(tx.conn)?;
                found(tx.conn, first, second)
            })
            .unwrap();
        assert_eq!(found, ["a_b", "a_b", "a_b,axb", "a_b", "a_b,cab"]);
    }
}

fn found(conn: &mut Conn, first: Id<Boat>, second: Id<Boat>) -> Result<Vec<String>> {
    let all = || boat::table.select(boat::name).order(boat::name).into_boxed();
    let sailed = voyage::table.filter(voyage::boat_id.eq(boat::id)).filter(voyage::port.eq("Hull"));
    let joined: Vec<String> = voyage::table.inner_join(boat::table).select(boat::name).load(conn)?;
    let lists: [Vec<String>; 4] = [
        all().filter(exists(sailed)).load(conn)?,
        all().filter(boat::id.eq_any([first, second])).filter(boat::rig.eq_any([Rig::Cutter])).load(conn)?,
        all().filter(boat::name.like(like_prefix("a_")).escape('\\')).load(conn)?,
        all()
            .filter(boat::name.like(like_infix("a")).escape('\\'))
            .filter(boat::name.ne("axb"))
            .load(conn)?,
    ];
    Ok([joined].into_iter().chain(lists).map(|list| list.join(",")).collect())
}

#[test]
fn the_order_of_instants_is_the_order_in_the_database() {
    for on in BOTH {
        let (_database, directory) = harbour(on);
        let start = directory.clock().now();
        for (name, later) in [("c", 1_000_000), ("a", 0), ("b", 100)] {
            directory
                .write(|tx| {
                    let launched_at = start + TimeDelta::microseconds(later);
                    let boat = Boat { launched_at, ..Boat::new(tx, name) };
                    Ok(diesel::insert_into(boat::table).values(&boat).execute(tx.conn)?)
                })
                .unwrap();
        }
        let (order, later): (Vec<String>, i64) = directory
            .read(|tx| {
                Ok((
                    boat::table.select(boat::name).order(boat::launched_at).load(tx.conn)?,
                    boat::table.filter(boat::launched_at.gt(start)).select(count_star()).first(tx.conn)?,
                ))
            })
            .unwrap();
        assert_eq!((order.join(""), later), ("abc".to_owned(), 2));
    }
}

#[test]
fn conflicting_rows_are_passed_over_on_both() {
    for on in BOTH {
        let (_database, directory) = harbour(on);
        let inserted = directory
            .write(|tx| {
                let anna = Boat::launch(tx, "Anna")?;
                let mut inserted = 0;
                for row in [Boat { id: tx.new_id(), ..anna }, Boat::new(tx, "Bea")] {
                    inserted += each_dialect!(tx.conn, c => diesel::insert_into(boat::table)
                        .values(&row).on_conflict(boat::name).do_nothing().execute(c))?;
                }
                let rows = vec![Boat::new(tx, "Cleo"), Boat::new(tx, "Dora")];
                each_dialect!(tx.conn, c => diesel::insert_into(boat::table).values(&rows).execute(c))?;
                Ok(inserted)
            })
            .unwrap();
        assert_eq!((inserted, names(&directory).join(",")), (1, "Anna,Bea,Cleo,Dora".to_owned()));
    }
}

#[test]
fn a_text_that_is_no_value_is_an_error_of_the_query() {
    for on in BOTH {
        let (_database, directory) = harbour(on);
        let id = directory.write(|tx| Boat::launch(tx, "Anna")).unwrap().id;
        let spoil = || diesel::update(boat::table.find(id)).set(boat::rig.eq("raft"));
        directory.write(|tx| Ok(spoil().execute(tx.conn)?)).unwrap();
        let read = directory.read(|tx| Ok(boat::table.select(boat::rig).first::<Rig>(tx.conn)?));
        assert!(matches!(read, Err(Error::Database(Diesel::DeserializationError(_)))), "{read:?}");
    }
}

#[test]
fn a_violated_constraint_is_told_and_a_savepoint_saves_the_rest() {
    for on in BOTH {
        let (_database, directory) = harbour(on);
        directory
            .write(|tx| {
                Boat::launch(tx, "Anna")?;
                let twin = Boat::new(tx, "Anna");
                let twice =
                    tx.conn.transaction(|c| diesel::insert_into(boat::table).values(&twin).execute(c));
                assert!(matches!(twice, Err(Diesel::DatabaseError(DatabaseErrorKind::UniqueViolation, _))));
                Boat::launch(tx, "Bea")
            })
            .unwrap();
        assert_eq!(names(&directory), ["Anna", "Bea"]);
        let lost =
            NewVoyage { id: Id::new(uuid::Uuid::nil()), boat_id: Id::new(uuid::Uuid::nil()), port: "" };
        let written =
            directory.write(|tx| Ok(diesel::insert_into(voyage::table).values(&lost).execute(tx.conn)?));
        let Err(Error::Database(Diesel::DatabaseError(kind, _))) = written else { panic!("{written:?}") };
        assert!(matches!(kind, DatabaseErrorKind::ForeignKeyViolation));
    }
}
