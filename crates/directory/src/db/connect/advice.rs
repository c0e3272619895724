//! What to do about a file that cannot be used.

use std::io;

/// What SQLite says, and what to do about it.
const ADVICE: [(&str, &str); 3] = [
    ("not a database", "name another file, or restore a backup into a new one"),
    ("malformed", "restore a backup into a new file (docs/BACKUP.md)"),
    ("readonly database", "the file and its folder have to belong to the user of the service"),
];

/// What SQLite said, with what to do about it where that is known.
pub(super) fn with_advice(reason: &str) -> String {
    match ADVICE.iter().find(|(said, _)| reason.contains(said)) {
        Some((_, advice)) => format!("{reason}; {advice}"),
        None => reason.to_owned(),
    }
}

/// What to do when the system refuses a file, as the end of a sentence; empty when it is not about permissions.
pub(super) fn owner(error: &io::Error) -> &'static str {
    if error.kind() == io::ErrorKind::PermissionDenied {
        "; it has to belong to the user of the service"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::super::prepare;
    use crate::db::DatabaseUrl;
    use crate::testing::TestDatabase;

    #[test]
    fn a_file_of_something_else_is_told_once_and_with_advice() {
        let database = TestDatabase::sqlite();
        let DatabaseUrl::Sqlite(file) = database.url() else { panic!("not a file") };
        std::fs::write(file, "something else that is long enough to be looked at ".repeat(40)).unwrap();
        let refused = prepare(database.url()).unwrap_err();
        let said = refused.to_string();
        assert!(said.contains("not a database; name another file"), "{said}");
        assert!(std::error::Error::source(&refused).is_none(), "what is told twice is read twice");
    }
}
