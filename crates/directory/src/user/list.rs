//! Lists of users by name.

use diesel::dsl::{IntoBoxed, Select};
use diesel::prelude::*;

use super::{User, UserKind, UserState};
use crate::Result;
use crate::db::schema::users;
use crate::db::{ByName, LAST, MultiBackend, Tx, comes_after, contains_in_name_or_address, like_prefix};
use crate::page::{Page, limit_for};
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
    pub after: Option<ByName<User>>,
}

type Query<'a> = IntoBoxed<'a, Select<users::table, diesel::dsl::AsSelect<User, MultiBackend>>, MultiBackend>;

/// Users by name. Where something is sought, those whose name begins with it come first: they stand together in an
/// index, however many there are and whatever is sought.
///
/// # Errors
/// Only the database's.
pub fn list(tx: &mut Tx<'_>, filter: &UserFilter, rows: i64) -> Result<Page<User>> {
    let limit = limit_for(rows);
    let sought = search_key(&filter.search);
    let after = filter.after.as_ref();
    if sought.is_empty() {
        return Ok(Page::of(page(tx, all(filter), after, limit)?, rows));
    }
    // Two alphabets, one after the other: names that begin with what is sought, then the rest (decision 17).
    let in_first = after.is_none_or(|(name, _)| name.starts_with(&sought));
    let mut found = Vec::new();
    if in_first {
        found = page(tx, beginning_with(filter, &sought), after, limit)?;
    }
    let left = limit - i64::try_from(found.len()).unwrap_or(i64::MAX);
    if left > 0 {
        let after = after.filter(|_| !in_first);
        found.extend(page(tx, containing(filter, &sought), after, left)?);
    }
    Ok(Page::of(found, rows))
}

/// Users whose name begins with what is sought.
fn beginning_with<'a>(filter: &UserFilter, sought: &str) -> Query<'a> {
    all(filter).filter(users::name_key.between(sought.to_owned(), format!("{sought}{LAST}")))
}

/// Users who have what is sought elsewhere in the name, or in the address.
fn containing<'a>(filter: &UserFilter, sought: &str) -> Query<'a> {
    let begins_otherwise = users::name_key.not_like(like_prefix(sought)).escape('\\');
    all(filter).filter(begins_otherwise).filter(contains_in_name_or_address(
        users::name_key,
        users::address_key,
        sought,
    ))
}

fn all<'a>(filter: &UserFilter) -> Query<'a> {
    let mut query = users::table.select(User::as_select()).into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(users::kind.eq(kind));
    }
    match filter.state {
        Some(state) => query.filter(users::state.eq(state)),
        None => query.filter(users::state.ne(UserState::Deleted)),
    }
}

fn page(tx: &mut Tx<'_>, query: Query<'_>, after: Option<&ByName<User>>, limit: i64) -> Result<Vec<User>> {
    let next = comes_after(users::name_key, users::id, after);
    Ok(query.filter(next).order((users::name_key, users::id)).limit(limit).load(tx.conn)?)
}
