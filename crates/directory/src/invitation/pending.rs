//! Asking for invitations that nobody has decided, so that both databases use the index over them.

use diesel::backend::Backend;
use diesel::dsl::Eq;
use diesel::expression::{ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::Text;

use crate::Result;
use crate::db::Tx;
use crate::db::schema::invitations;

/// The word in the statement itself. For a value that is bound to it later, neither database can count on the index
/// `WHERE state = 'pending'`; and Diesel's own literal would have the statement planned anew each time.
#[derive(Clone, Copy, Debug, QueryId)]
pub(crate) struct Pending;

/// Nobody has decided.
pub(crate) fn is_pending() -> Eq<invitations::state, Pending> {
    invitations::state.eq(Pending)
}

/// How many invitations nobody has decided, expired ones among them.
pub(crate) fn count_pending(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(invitations::table.filter(is_pending()).count().get_result(tx.conn)?)
}

impl Expression for Pending {
    type SqlType = Text;
}

impl<T> AppearsOnTable<T> for Pending {}

impl<T> SelectableExpression<T> for Pending {}

impl<G> ValidGrouping<G> for Pending {
    type IsAggregate = is_aggregate::Never;
}

impl<B: Backend> QueryFragment<B> for Pending {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, B>) -> QueryResult<()> {
        out.push_sql("'pending'");
        Ok(())
    }
}
