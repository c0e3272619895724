//! Lists by name: where the next page begins, and how a part of a name is sought.

use diesel::dsl::{And, Escape, Gt, GtEq, Like, Or};
use diesel::prelude::*;
use diesel::sql_types::Text;
use uuid::Uuid;

use super::expression::{PlannedAnew, planned_anew};
use super::id::{DbUuid, Id};

/// Greater than any name, where names are ordered by their bytes.
pub(crate) const LAST: &str = "\u{10ffff}";

/// The name key and id of the last row of a page by name: the next page begins after it.
pub type ByName<T> = (String, Id<T>);

/// See [`comes_after`].
pub(crate) type ComesAfter<N, I, T> = And<GtEq<N, String>, Or<Gt<N, String>, Gt<I, Id<T>>>>;

/// The rows after the last one of a page, in the order of name and id; without a last one all of them, so that the
/// first page is asked for by the same statement as the others. The first half of the condition finds the place in an
/// index, on both databases, and the second is exact.
pub(crate) fn comes_after<N, I, T>(name: N, id: I, last: Option<&ByName<T>>) -> ComesAfter<N, I, T>
where
    N: Expression<SqlType = Text> + Copy,
    I: Expression<SqlType = DbUuid>,
{
    let (last, last_id) = last.cloned().unwrap_or_else(|| (String::new(), Id::new(Uuid::nil())));
    name.ge(last.clone()).and(name.gt(last).or(id.gt(last_id)))
}

/// See [`contains_in_name_or_address`].
pub(crate) type ContainsInNameOrAddress<N, A> =
    PlannedAnew<Or<Escape<Like<N, String>>, Escape<Like<A, String>>>>;

/// The rows that have `sought` somewhere in the name or in the address. All three are given in the form in which they
/// are searched.
pub(crate) fn contains_in_name_or_address<N, A>(
    name: N,
    address: A,
    sought: &str,
) -> ContainsInNameOrAddress<N, A>
where
    N: Expression<SqlType = Text>,
    A: Expression<SqlType = Text>,
{
    let pattern = like_infix(sought);
    planned_anew(name.like(pattern.clone()).escape('\\').or(address.like(pattern).escape('\\')))
}

/// A `LIKE` pattern for texts that begin with `text`, taken literally. Use it with `.escape('\\')`.
#[must_use]
pub(crate) fn like_prefix(text: &str) -> String {
    escaped(text) + "%"
}

/// A `LIKE` pattern for texts that contain `text`, taken literally. Use it with `.escape('\\')`.
#[must_use]
pub(crate) fn like_infix(text: &str) -> String {
    format!("%{}%", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::{like_infix, like_prefix};

    #[test]
    fn the_special_characters_of_like_are_escaped() {
        assert_eq!(like_prefix("a_b"), "a\\_b%");
        assert_eq!(like_infix("50%\\"), "%50\\%\\\\%");
    }
}
