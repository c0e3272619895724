//! The numbers of invitations. They rise, so that how many were made since one of them is known without counting, and
//! on PostgreSQL without a reason for two transactions to conflict.

use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::dsl::max;
use diesel::expression::{ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::BigInt;

use crate::Result;
use crate::db::schema::invitations;
use crate::db::{Conn, Tx};

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

/// The sequence stands outside of transactions.
#[derive(Clone, Copy, Debug, QueryId)]
struct NextNumber;

impl Expression for NextNumber {
    type SqlType = BigInt;
}

impl<G> ValidGrouping<G> for NextNumber {
    type IsAggregate = is_aggregate::Never;
}

impl<T> AppearsOnTable<T> for NextNumber {}

impl<T> SelectableExpression<T> for NextNumber {}

impl<B: Backend> QueryFragment<B> for NextNumber {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, B>) -> QueryResult<()> {
        out.push_sql("nextval('invitation_numbers')");
        Ok(())
    }
}
