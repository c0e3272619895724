//! Lists of users by name.

use diesel::prelude::*;

use super::{User, UserKind, UserState};
use crate::Result;
use crate::db::schema::users;
use crate::db::{Id, Tx, like_infix};
use crate::text::search_key;

/// Which users to list.
#[derive(Clone, Debug, Default)]
pub struct UserFilter {
    /// Part of a name or address.
    pub search: String,
    /// Only this kind.
    pub kind: Option<UserKind>,
    /// Only this state.
    pub state: Option<UserState>,
    /// Only those after this name and id: the next page.
    pub after: Option<(String, Id<User>)>,
}

/// Users by name, one more than `rows` when there is a next page.
///
/// # Errors
/// Only the database's.
pub fn list(tx: &mut Tx<'_>, filter: &UserFilter, rows: i64) -> Result<Vec<User>> {
    let mut query = users::table.select(User::as_select()).into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(users::kind.eq(kind));
    }
    query = match filter.state {
        Some(state) => query.filter(users::state.eq(state)),
        None => query.filter(users::state.ne(UserState::Deleted)),
    };
    let sought = search_key(&filter.search);
    if !sought.is_empty() {
        let pattern = like_infix(&sought);
        query = query.filter(
            users::name_key
                .like(pattern.clone())
                .escape('\\')
                .or(users::address_key.like(pattern).escape('\\')),
        );
    }
    if let Some((name, id)) = &filter.after {
        let later = users::name_key.gt(name.clone());
        query = query.filter(later.or(users::name_key.eq(name.clone()).and(users::id.gt(*id))));
    }
    Ok(query.order((users::name_key, users::id)).limit(rows + 1).load(tx.conn)?)
}
