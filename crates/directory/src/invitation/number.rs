//! The numbers of invitations. They rise, so that how many were made since one of them is known without counting, and
//! on PostgreSQL without a reason for two transactions to conflict.

use diesel::connection::SimpleConnection;
use diesel::dsl::max;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::Invitation;
use crate::Result;
use crate::db::schema::invitations;
use crate::db::{Conn, Tx, literal};

/// The greatest number so far.
pub(super) fn last(tx: &mut Tx<'_>) -> Result<i64> {
    let last: Option<i64> = invitations::table.select(max(invitations::number)).get_result(tx.conn)?;
    Ok(last.unwrap_or(0))
}

/// Writes an invitation, and answers the number that it was given: one that no other has, greater than all before. Where
/// a transaction was undone, one is missing.
pub(super) fn write(tx: &mut Tx<'_>, invitation: &Invitation) -> Result<i64> {
    let into = diesel::insert_into(invitations::table);
    Ok(match tx.conn {
        Conn::Sqlite(c) => into.values(numbered(invitation)).returning(invitations::number).get_result(c)?,
        Conn::Postgres(c) => into.values(invitation).returning(invitations::number).get_result(c)?,
    })
}

/// Writes many, which are numbered in their order.
pub(crate) fn write_all(conn: &mut Conn, rows: &[Invitation]) -> QueryResult<()> {
    let into = invitations::table;
    match conn {
        Conn::Sqlite(c) => rows
            .iter()
            .try_for_each(|row| diesel::insert_into(into).values(numbered(row)).execute(c).map(drop)),
        Conn::Postgres(c) => diesel::copy_from(into).from_insertable(rows).execute(c).map(drop),
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
    /// A server gives it by itself. SQLite has one writer, so that nobody else takes this one.
    OneMore: BigInt = "(SELECT coalesce(max(number), 0) + 1 FROM invitations)"
);

type Numbered<'a> = (&'a Invitation, diesel::dsl::Eq<invitations::number, OneMore>);

fn numbered(invitation: &Invitation) -> Numbered<'_> {
    (invitation, invitations::number.eq(OneMore))
}
