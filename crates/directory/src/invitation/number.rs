//! The numbers of invitations. They rise, so that how many were made since one of them is known without counting, and
//! on PostgreSQL without a reason for two transactions to conflict.

use diesel::connection::SimpleConnection;
use diesel::dsl::max;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::Result;
use crate::db::schema::invitations;
use crate::db::{Conn, Tx, literal};

/// The greatest number so far.
pub(super) fn last(tx: &mut Tx<'_>) -> Result<i64> {
    let last: Option<i64> = invitations::table.select(max(invitations::number)).get_result(tx.conn)?;
    Ok(last.unwrap_or(0))
}

/// A number that no invitation has, greater than all that were given. Where a transaction was undone, one is missing.
pub(super) fn next(tx: &mut Tx<'_>) -> Result<i64> {
    match tx.conn {
        Conn::Sqlite(_) => Ok(last(tx)? + 1),
        Conn::Postgres(c) => Ok(diesel::select(NextNumber).get_result(c)?),
    }
}

/// Lets numbers go on after those that came from another database.
pub(crate) fn go_on(tx: &mut Tx<'_>) -> Result<()> {
    if let Conn::Postgres(c) = tx.conn {
        c.batch_execute(
            "SELECT setval('invitation_numbers', max(number)) FROM invitations HAVING max(number) > 0",
        )?;
    }
    Ok(())
}

literal!(
    /// The sequence stands outside of transactions.
    NextNumber: BigInt = "nextval('invitation_numbers')"
);
