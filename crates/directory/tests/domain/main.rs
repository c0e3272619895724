//! The domain on both databases: each test runs on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access_matrix;
mod asked_again;
mod audit;
mod awaited_codes;
mod backup;
mod blocking;
mod cast;
mod codes;
mod concurrency;
mod courier;
mod defaults;
mod filling;
mod forgetting;
mod group_rules;
mod groups;
mod housekeeping;
mod inviting;
mod languages;
mod limits;
mod limits_told;
mod lists;
mod mailbox_proofs;
mod managing;
mod on_hold;
mod owners;
mod passwords;
mod prepared;
mod proofs;
mod query_plans;
mod redeeming;
mod restored_mails;
mod restoring;
mod returning;
mod self_service;
mod sessions;
mod settings_impact;
mod setup_link;
mod signing_in;
mod standing;
mod states;
mod suspended;
mod unwanted_codes;
mod waking;

/// Makes of each function a test on SQLite and one on PostgreSQL.
macro_rules! on_both {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $test() { super::$test(&crate::cast::Cast::on(directory::Dialect::Sqlite)); })+
        }
        mod postgres {
            $(#[test] fn $test() { super::$test(&crate::cast::Cast::on(directory::Dialect::Postgres)); })+
        }
    };
}
pub(crate) use on_both;
