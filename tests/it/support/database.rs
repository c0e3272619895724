//! The database of one test: on which of the two, the environment decides.

use directory::testing::TestDatabase;
use directory::{Clock, DatabaseUrl, Dialect, Directory};

/// SQLite, unless `VESTIBULE_TEST_DATABASE` says `postgres`; `bin/test` runs the tests once on each.
pub(crate) fn dialect() -> Dialect {
    #[expect(clippy::disallowed_methods, reason = "the test's own setting, not the panel's")]
    match std::env::var("VESTIBULE_TEST_DATABASE").as_deref() {
        Ok("postgres") => Dialect::Postgres,
        Ok("sqlite") | Err(_) => Dialect::Sqlite,
        Ok(other) => panic!("VESTIBULE_TEST_DATABASE is sqlite or postgres, not {other:?}"),
    }
}

/// A database of its own with the schema in it; gone when the first of the two is dropped.
pub(crate) fn migrated(clock: Clock) -> (TestDatabase, Directory) {
    let database = TestDatabase::on(dialect());
    let directory = database.open(clock);
    directory.migrate().unwrap();
    (database, directory)
}

/// The database as the setting `database_url` names it.
pub(crate) fn setting(database: &TestDatabase) -> String {
    match database.url() {
        DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
        DatabaseUrl::Postgres(url) => url.clone(),
    }
}
