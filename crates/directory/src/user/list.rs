//! Lists of users by name.

use diesel::dsl::{And, Escape, Gt, GtEq, Like, Or};
use diesel::prelude::*;

use super::{User, UserKind, UserState};
use crate::Result;
use crate::db::schema::users;
use crate::db::{Id, PlannedAnew, Tx, like_infix, planned_anew};
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
    if let Some(called) = is_called(&filter.search) {
        query = query.filter(called);
    }
    if let Some((name, id)) = &filter.after {
        query = query.filter(comes_after(name.clone(), *id));
    }
    Ok(query.order((users::name_key, users::id)).limit(rows + 1).load(tx.conn)?)
}

/// Part of a name or of an address.
type IsCalled =
    PlannedAnew<Or<Escape<Like<users::name_key, String>>, Escape<Like<users::address_key, String>>>>;

/// People with this in their name or address; `None` when nothing is sought.
pub(crate) fn is_called(part: &str) -> Option<IsCalled> {
    let sought = search_key(part);
    let pattern = like_infix(&sought);
    let name = users::name_key.like(pattern.clone()).escape('\\');
    let address = users::address_key.like(pattern).escape('\\');
    (!sought.is_empty()).then(|| planned_anew(name.or(address)))
}

type ComesAfter =
    And<GtEq<users::name_key, String>, Or<Gt<users::name_key, String>, Gt<users::id, Id<User>>>>;

/// People who come after this one by name. The first half finds the place in an index, the second is exact.
pub(crate) fn comes_after(name: String, id: Id<User>) -> ComesAfter {
    users::name_key.ge(name.clone()).and(users::name_key.gt(name).or(users::id.gt(id)))
}
