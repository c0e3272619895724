//! The database: the layer that hides from all but a few verbs that there are two of them. It has no word of the
//! domain.
//!
//! - [`Directory`] lends transactions: [`Directory::read`] and [`Directory::write`]
//! - [`Tx`] is all a verb needs of the world: a connection, the instant, new identifiers, the keys
//! - [`Id`], [`Timestamp`] and `text_column!` are the columns that both databases hold
//! - `each_dialect!` is for statements that cannot be written once for both, and for those that are asked most often

mod alphabet;
mod checkpoint;
mod conn;
mod connect;
mod count;
mod dialect;
mod directory;
mod expression;
mod id;
mod migrate;
mod pool;
#[cfg_attr(not(test), expect(clippy::wildcard_imports, reason = "a table may name any SQL type"))]
pub(crate) mod schema;
pub mod standing;
mod text_column;
mod time;
mod timestamp;
mod transaction;
mod url;
mod writer;

#[cfg(test)]
mod migrate_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod transaction_tests;

pub use self::alphabet::ByName;
pub(crate) use self::alphabet::{LAST, comes_after, contains_in_name_or_address, like_infix, like_prefix};
pub use self::conn::{Conn, MultiBackend};
pub use self::connect::{ConnectError, OpenError};
pub use self::count::Count;
pub(crate) use self::count::count_of;
pub use self::dialect::Dialect;
pub(crate) use self::dialect::{analyse, each_dialect, insert_all, without_timeouts};
pub use self::directory::{Directory, Options};
pub(crate) use self::expression::{among, first_of, literal, one_of, planned_anew, prepared_update, word};
pub use self::id::{DbUuid, Id};
pub use self::migrate::MigrateError;
pub use self::pool::PoolFigures;
pub use self::text_column::UnknownText;
pub(crate) use self::text_column::text_column;
pub use self::timestamp::Timestamp;
pub use self::transaction::Tx;
pub use self::url::{DatabaseUrl, DatabaseUrlError};
