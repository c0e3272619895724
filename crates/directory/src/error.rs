//! The one error of this layer.

use diesel::result::{DatabaseErrorKind, Error as Diesel};

use crate::access::Refusal;
use crate::db::ConnectError;

/// What a verb answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a verb did nothing. Whichever it is, the transaction has been rolled back.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, as far as this person may know (404).
    #[error("there is no such thing, as far as this person may know")]
    Hidden,
    /// The person may see it but not manage it, and this is why (403).
    #[error("not allowed: {0:?}")]
    Forbidden(Refusal),
    /// What was asked for is against a rule; said beside the field (422).
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The form was filled in from facts that have changed since (409).
    #[error("the form is out of date")]
    Stale,
    /// The database cannot be reached or is too busy; trying again may help (503).
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The database refused a statement (500).
    #[error("the database refused: {0}")]
    Database(Diesel),
}

impl From<Diesel> for Error {
    fn from(error: Diesel) -> Self {
        if is_unavailability(&error) { Self::Unavailable(error.to_string()) } else { Self::Database(error) }
    }
}

impl From<ConnectError> for Error {
    fn from(error: ConnectError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Error {
    /// Another transaction was faster: this one is to begin again.
    pub(crate) fn overtaken() -> Self {
        let why = Box::new("overtaken by another transaction".to_owned());
        Self::Database(Diesel::DatabaseError(DatabaseErrorKind::SerializationFailure, why))
    }

    /// Whether the same transaction may well succeed when it is run again.
    pub(crate) fn is_conflict(&self) -> bool {
        matches!(self, Self::Database(error) if is_conflict(error))
    }
}

/// What PostgreSQL and SQLite say when the database is in trouble and the statement is not to blame. Diesel hands on
/// neither SQLSTATE nor SQLite's code, so that the words have to do.
const OUTAGES: [&str; 19] = [
    "database is locked",
    "database table is locked",
    "database or disk is full",
    "disk I/O error",
    "readonly database",
    "unable to open database file",
    "locking protocol",
    "statement timeout",
    "lock timeout",
    "No space left on device",
    "terminating connection",
    "connection to server",
    "server closed the connection",
    "could not receive data from server",
    "could not send data to server",
    "no connection to the server",
    "the database system is",
    "too many clients",
    "remaining connection slots",
];

fn is_unavailability(error: &Diesel) -> bool {
    match error {
        Diesel::DatabaseError(
            DatabaseErrorKind::ClosedConnection
            | DatabaseErrorKind::UnableToSendCommand
            // A server that a failover has made a replica, or that its operator has told to keep still.
            | DatabaseErrorKind::ReadOnlyTransaction,
            _,
        )
        | Diesel::BrokenTransactionManager => true,
        Diesel::DatabaseError(DatabaseErrorKind::Unknown, facts) => {
            OUTAGES.iter().any(|words| facts.message().contains(words))
        }
        Diesel::RollbackErrorOnCommit { commit_error, .. } => is_unavailability(commit_error),
        _ => false,
    }
}

/// The column of invitation numbers. A number that exists already is no conflict that a retry resolves: the sequence
/// lags behind its table, and a retry would hide that. Both databases name the column.
const GIVEN_ONCE: &str = "number";

fn is_conflict(error: &Diesel) -> bool {
    match error {
        Diesel::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        // Two transactions that look for a row and both add it: the second, run again, finds it.
        Diesel::DatabaseError(DatabaseErrorKind::UniqueViolation, facts) => {
            !facts.message().contains(GIVEN_ONCE)
        }
        Diesel::DatabaseError(DatabaseErrorKind::Unknown, facts) => {
            facts.message().contains("deadlock detected")
        }
        Diesel::RollbackErrorOnCommit { commit_error, .. } => is_conflict(commit_error),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(kind: DatabaseErrorKind, words: &str) -> Error {
        Error::from(Diesel::DatabaseError(kind, Box::new(words.to_owned())))
    }

    #[test]
    fn trouble_of_the_database_is_unavailability() {
        for kind in [DatabaseErrorKind::ClosedConnection, DatabaseErrorKind::ReadOnlyTransaction] {
            assert!(matches!(said(kind, ""), Error::Unavailable(_)));
        }
        assert!(matches!(said(DatabaseErrorKind::Unknown, "database is locked"), Error::Unavailable(_)));
        assert!(matches!(said(DatabaseErrorKind::Unknown, "no such table: x"), Error::Database(_)));
        assert!(matches!(said(DatabaseErrorKind::UniqueViolation, "database is locked"), Error::Database(_)));
    }

    #[test]
    fn conflicts_between_transactions_are_told_from_mistakes() {
        assert!(said(DatabaseErrorKind::SerializationFailure, "").is_conflict());
        assert!(said(DatabaseErrorKind::Unknown, "deadlock detected").is_conflict());
        assert!(
            said(DatabaseErrorKind::UniqueViolation, "UNIQUE constraint failed: users.address_key")
                .is_conflict()
        );
        for twice in
            ["UNIQUE constraint failed: invitations.number", "unique constraint \"invitations_by_number\""]
        {
            assert!(!said(DatabaseErrorKind::UniqueViolation, twice).is_conflict(), "{twice}");
        }
        assert!(!said(DatabaseErrorKind::ForeignKeyViolation, "").is_conflict());
    }
}
