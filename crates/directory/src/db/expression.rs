//! Parts of queries for which Diesel has no words.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::expression::{ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AsChangeset, AstPass, IntoUpdateTarget, QueryFragment, QueryId};
use diesel::query_source::QuerySource;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Bool, HasSqlType, Text};

/// Whether a value is among the rows of a query that was put together at run time (a boxed one), which Diesel's
/// `eq_any` takes for neither database.
pub(crate) fn one_of<C: Expression, Q>(value: C, rows: Q) -> OneOf<C, Q> {
    OneOf(value, rows)
}

/// See [`one_of`].
#[derive(Clone, Copy, Debug, QueryId)]
pub(crate) struct OneOf<C, Q>(C, Q);

impl<C: Expression, Q> Expression for OneOf<C, Q> {
    type SqlType = Bool;
}

impl<C: AppearsOnTable<T>, Q, T> AppearsOnTable<T> for OneOf<C, Q> {}

impl<C: SelectableExpression<T>, Q, T> SelectableExpression<T> for OneOf<C, Q> {}

impl<C, Q, G> ValidGrouping<G> for OneOf<C, Q> {
    type IsAggregate = is_aggregate::Never;
}

impl<C: QueryFragment<DB>, Q: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for OneOf<C, Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(" IN (");
        self.1.walk_ast(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }
}

/// Whether a text is one of these, of which there is at least one. Each number of them has one statement that stays
/// prepared; that of Diesel's `eq_any` is prepared anew each time on SQLite. Several comparisons joined by `OR` would have
/// PostgreSQL read every row that one of them finds, also where a few were enough.
pub(crate) fn among<C: Expression<SqlType = Text>>(text: C, these: &[String]) -> Among<'_, C> {
    debug_assert!(!these.is_empty(), "among none");
    Among(text, these)
}

/// See [`among`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Among<'a, C>(C, &'a [String]);

impl<C> Expression for Among<'_, C> {
    type SqlType = Bool;
}

impl<C: AppearsOnTable<T>, T> AppearsOnTable<T> for Among<'_, C> {}

impl<C: SelectableExpression<T>, T> SelectableExpression<T> for Among<'_, C> {}

impl<C, G> ValidGrouping<G> for Among<'_, C> {
    type IsAggregate = is_aggregate::Never;
}

impl<C> QueryId for Among<'_, C> {
    type QueryId = ();
    // Found again by its text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C: QueryFragment<DB>, DB> QueryFragment<DB> for Among<'_, C>
where
    DB: Backend + HasSqlType<Text>,
    String: ToSql<Text, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out.reborrow())?;
        for (place, text) in self.1.iter().enumerate() {
            out.push_sql(if place == 0 { " IN (" } else { ", " });
            out.push_bind_param::<Text, _>(text)?;
        }
        out.push_sql(")");
        Ok(())
    }
}

/// The ids of the first `rows` rows of several queries taken together, by name. Each part selects (id, name,
/// tie-breaker), is ordered by name, tie-breaker and id, and is limited to `rows` itself, so that none is read further
/// than can be shown. An array of parts has one text that stays prepared; a `Vec` is spelled out each time.
pub(crate) fn first_of<P: AsRef<[Q]>, Q>(parts: P, rows: i64) -> FirstOf<P, Q> {
    FirstOf(parts, rows, PhantomData)
}

/// See [`first_of`].
#[derive(Clone, Debug)]
pub(crate) struct FirstOf<P, Q>(P, i64, PhantomData<Q>);

impl<Q> QueryId for FirstOf<Vec<Q>, Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryId, const N: usize> QueryId for FirstOf<[Q; N], Q> {
    type QueryId = FirstOf<[Q::QueryId; N], Q::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}

impl<P, Q, DB> QueryFragment<DB> for FirstOf<P, Q>
where
    P: AsRef<[Q]>,
    Q: QueryFragment<DB>,
    DB: Backend + HasSqlType<BigInt>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("WITH together (id, name, other) AS (");
        for (place, part) in self.0.as_ref().iter().enumerate() {
            out.push_sql(if place == 0 { "SELECT * FROM (" } else { " UNION ALL SELECT * FROM (" });
            part.walk_ast(out.reborrow())?;
            out.push_sql(") AS part");
        }
        out.push_sql(") SELECT id FROM together ORDER BY name, other, id LIMIT ");
        out.push_bind_param::<BigInt, _>(&self.1)
    }
}

/// Has the statement planned for its very values each time: whether an index helps a search depends on what is sought.
pub(crate) fn planned_anew<E: Expression>(expression: E) -> PlannedAnew<E> {
    PlannedAnew(expression)
}

/// See [`planned_anew`].
#[derive(Clone, Copy, Debug, QueryId, ValidGrouping)]
pub(crate) struct PlannedAnew<E>(E);

impl<E: Expression> Expression for PlannedAnew<E> {
    type SqlType = E::SqlType;
}

impl<E: AppearsOnTable<T>, T> AppearsOnTable<T> for PlannedAnew<E> {}

impl<E: SelectableExpression<T>, T> SelectableExpression<T> for PlannedAnew<E> {}

impl<E: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for PlannedAnew<E> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.unsafe_to_cache_prepared();
        self.0.walk_ast(out)
    }
}

/// An `UPDATE` of these rows that is prepared once on each connection, as a `SELECT` is. Diesel's own is prepared anew
/// each time, because a value that is `None` may leave its column out; what is written with this has one text, or two
/// (decision 20).
pub(crate) fn prepared_update<R, V>(
    rows: R,
    values: V,
) -> PreparedUpdate<<R::Table as QuerySource>::FromClause, R::WhereClause, V::Changeset>
where
    R: IntoUpdateTarget,
    V: AsChangeset<Target = R::Table>,
{
    let rows = rows.into_update_target();
    PreparedUpdate {
        table: rows.table.from_clause(),
        which: rows.where_clause,
        values: values.as_changeset(),
    }
}

/// See [`prepared_update`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct PreparedUpdate<T, W, V> {
    table: T,
    which: W,
    values: V,
}

impl<T, W, V> QueryId for PreparedUpdate<T, W, V> {
    type QueryId = ();
    // Found again by its text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T, W, V, DB> QueryFragment<DB> for PreparedUpdate<T, W, V>
where
    T: QueryFragment<DB>,
    W: QueryFragment<DB>,
    V: QueryFragment<DB>,
    DB: Backend,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("UPDATE ");
        self.table.walk_ast(out.reborrow())?;
        out.push_sql(" SET ");
        self.values.walk_ast(out.reborrow())?;
        self.which.walk_ast(out)
    }
}

impl<T, W, V, C> RunQueryDsl<C> for PreparedUpdate<T, W, V> {}

/// An SQL expression written into the statement instead of bound to it. Both databases use an index `WHERE state =
/// 'pending'` only if they see the constant while planning; Diesel's own literal would have the statement planned anew
/// each time.
macro_rules! literal {
    ($(#[$meaning:meta])* $name:ident: $sql_type:ty = $sql:literal) => {
        $(#[$meaning])*
        #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId)]
        pub(crate) struct $name;

        impl diesel::expression::Expression for $name {
            type SqlType = $sql_type;
        }

        impl<T> diesel::expression::AppearsOnTable<T> for $name {}

        impl<T> diesel::expression::SelectableExpression<T> for $name {}

        impl<G> diesel::expression::ValidGrouping<G> for $name {
            type IsAggregate = diesel::expression::is_aggregate::Never;
        }

        impl<B: diesel::backend::Backend> diesel::query_builder::QueryFragment<B> for $name {
            fn walk_ast<'b>(
                &'b self,
                mut out: diesel::query_builder::AstPass<'_, 'b, B>,
            ) -> diesel::prelude::QueryResult<()> {
                out.push_sql($sql);
                Ok(())
            }
        }
    };
}
pub(crate) use literal;

/// A value of an enumeration written into the statement instead of bound to it, as `literal!` writes a whole condition:
/// which index helps depends on the value. The text must have no quotation mark.
pub(crate) const fn word(text: &'static str) -> Word {
    Word(text)
}

/// See [`word`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word(&'static str);

impl Expression for Word {
    type SqlType = Text;
}

impl<T> AppearsOnTable<T> for Word {}

impl<T> SelectableExpression<T> for Word {}

impl<G> ValidGrouping<G> for Word {
    type IsAggregate = is_aggregate::Never;
}

impl QueryId for Word {
    type QueryId = ();
    // Statements with different words are different ones, of one type.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Backend> QueryFragment<DB> for Word {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("'");
        out.push_sql(self.0);
        out.push_sql("'");
        Ok(())
    }
}
