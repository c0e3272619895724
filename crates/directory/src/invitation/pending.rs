//! Asking for invitations that nobody has decided, so that both databases use the index over them.

use diesel::prelude::*;

use crate::Result;
use crate::db::schema::invitations;
use crate::db::{Tx, literal_condition};

literal_condition!(
    /// Nobody has decided, in the words of the index.
    IsPending = "invitations.state = 'pending'"
);

/// Nobody has decided.
pub(crate) const fn is_pending() -> IsPending {
    IsPending
}

/// How many invitations nobody has decided, expired ones among them.
pub(crate) fn count_pending(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(invitations::table.filter(is_pending()).count().get_result(tx.conn)?)
}
