//! How many there are, as far as anybody wants to know.

use std::ops::Add;

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::{ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::BigInt;

/// A number of rows: exact up to [`Count::LIMIT`], and beyond that just more, so that no page costs more because the
/// directory has grown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, FromSqlRow)]
pub struct Count(i64);

impl Count {
    /// The greatest exact number.
    pub const LIMIT: i64 = 1_000;

    /// So many; with one more than [`Count::LIMIT`] or above, just more.
    #[must_use]
    pub const fn of(rows: i64) -> Self {
        if rows > Self::LIMIT { Self(Self::LIMIT + 1) } else { Self(rows) }
    }

    /// The number, unless there are more than anybody counted.
    #[must_use]
    pub const fn exact(self) -> Option<i64> {
        if self.0 > Self::LIMIT { None } else { Some(self.0) }
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::of(self.0 + other.0)
    }
}

impl<DB: Backend> FromSql<BigInt, DB> for Count
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        i64::from_sql(bytes).map(Self::of)
    }
}

/// Counts the rows of a query, and stops beyond [`Count::LIMIT`]: however many there are, it costs no more than that.
pub(crate) fn count_of<Q>(rows: Q) -> CountOf<Q> {
    CountOf(rows)
}

/// See [`count_of`].
#[derive(Clone, Copy, Debug, QueryId)]
pub(crate) struct CountOf<Q>(Q);

impl<Q> Expression for CountOf<Q> {
    type SqlType = BigInt;
}

impl<Q, T> AppearsOnTable<T> for CountOf<Q> {}

impl<Q, T> SelectableExpression<T> for CountOf<Q> {}

impl<Q, G> ValidGrouping<G> for CountOf<Q> {
    type IsAggregate = is_aggregate::Never;
}

impl<Q: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for CountOf<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("(SELECT COUNT(*) FROM (");
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(" LIMIT ");
        out.push_sql(&(Count::LIMIT + 1).to_string());
        out.push_sql(") AS counted)");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn a_count_is_exact_up_to_its_limit() {
        assert_eq!(Count::of(0).exact(), Some(0));
        assert_eq!(Count::of(Count::LIMIT).exact(), Some(Count::LIMIT));
        assert_eq!(Count::of(Count::LIMIT + 1).exact(), None);
    }

    #[test]
    fn a_sum_is_as_exact_as_its_parts() {
        assert_eq!(Count::of(2) + Count::of(3), Count::of(5));
        assert_eq!((Count::of(Count::LIMIT) + Count::of(1)).exact(), None);
        assert_eq!((Count::of(1_000_000) + Count::of(1)).exact(), None);
    }
}
