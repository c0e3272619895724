//! Asking for invitations that nobody has decided, so that both databases use the index over them.

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::Result;
use crate::db::schema::invitations;
use crate::db::{Id, Tx, literal};
use crate::user::User;

literal!(
    /// Nobody has decided, in the words of the index.
    IsPending: Bool = "invitations.state = 'pending'"
);

/// Nobody has decided.
pub(crate) const fn is_pending() -> IsPending {
    IsPending
}

/// Whether an invitation to this person waits for an answer, whether it has expired or not.
pub(crate) fn is_open_for(tx: &mut Tx<'_>, user: Option<Id<User>>) -> Result<bool> {
    let of_user = invitations::table.filter(invitations::user_id.nullable().eq(user).assume_not_null());
    Ok(diesel::select(exists(of_user.filter(is_pending()))).get_result(tx.conn)?)
}

/// How many invitations nobody has decided, expired ones among them.
pub(crate) fn count_pending(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(invitations::table.filter(is_pending()).count().get_result(tx.conn)?)
}
