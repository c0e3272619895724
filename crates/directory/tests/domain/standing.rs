//! How the database stands beside the program.

use diesel::connection::SimpleConnection;
use directory::{Dialect, Error, standing};

use crate::cast::Cast;
use crate::on_both;

on_both!(only_a_server_says_in_what_language_it_speaks, a_database_that_takes_no_changes_is_away);

fn only_a_server_says_in_what_language_it_speaks(cast: &Cast) {
    let language = cast.read(standing::messages);
    assert_eq!(language.is_some(), cast.directory.dialect() == Dialect::Postgres, "{language:?}");
}

/// As a server that a failover has made a replica, which answers again with the next connection.
fn a_database_that_takes_no_changes_is_away(cast: &Cast) {
    let written = cast.directory.read(|tx| Ok(tx.conn.batch_execute("DELETE FROM setup_links")?));
    assert!(matches!(written, Err(Error::Unavailable(_))), "{written:?}");
}
