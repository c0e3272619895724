//! Lists by name: where the next page begins, and what is sought.

use diesel::dsl::{And, Escape, Gt, GtEq, Like, Or};
use diesel::prelude::*;
use diesel::sql_types::Text;
use uuid::Uuid;

use super::column::{DbUuid, Id};
use super::expression::{PlannedAnew, planned_anew};
use super::text::like_infix;

/// Greater than any name, where names are ordered by their bytes.
pub(crate) const LAST: &str = "\u{10ffff}";

/// The rows after one of this name and id.
pub(crate) type ComesAfter<N, I, T> = And<GtEq<N, String>, Or<Gt<N, String>, Gt<I, Id<T>>>>;

/// Rows that come after this name and id, in the order of both. The first half finds the place in an index, on both
/// databases, and the second is exact. The first page comes after none, and is asked for in the same words as the
/// others.
pub(crate) fn comes_after<N, I, T>(name: N, id: I, last: Option<&(String, Id<T>)>) -> ComesAfter<N, I, T>
where
    N: Expression<SqlType = Text> + Copy,
    I: Expression<SqlType = DbUuid>,
{
    let (last, last_id) = last.cloned().unwrap_or_else(|| (String::new(), Id::new(Uuid::nil())));
    name.ge(last.clone()).and(name.gt(last).or(id.gt(last_id)))
}

/// A part of a name or of an address.
pub(crate) type IsCalled<N, A> = PlannedAnew<Or<Escape<Like<N, String>>, Escape<Like<A, String>>>>;

/// Rows that have this in the name or in the address, both written as they are searched.
pub(crate) fn is_called<N, A>(name: N, address: A, sought: &str) -> IsCalled<N, A>
where
    N: Expression<SqlType = Text>,
    A: Expression<SqlType = Text>,
{
    let pattern = like_infix(sought);
    planned_anew(name.like(pattern.clone()).escape('\\').or(address.like(pattern).escape('\\')))
}
