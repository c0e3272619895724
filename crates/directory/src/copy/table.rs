//! Copying table by table: from one place to another, a chunk of rows at a time, summed on the way.

use diesel::QueryResult;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{CopyError, tables};
use crate::db::Conn;
use crate::token::hexadecimal;

/// The rows of one table.
pub(super) trait Table: Serialize + DeserializeOwned {
    /// What it is called.
    const NAME: &'static str;
    /// How many rows are held in memory at once.
    const CHUNK: usize;

    /// The next chunk in the order of the primary key, which is the same on both databases.
    fn after(conn: &mut Conn, last: Option<&Self>) -> QueryResult<Vec<Self>>;

    /// Writes rows as they are.
    fn insert(conn: &mut Conn, rows: &[Self]) -> QueryResult<()>;
}

/// What one table holds: the same sums, the same rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sum {
    /// The table.
    #[serde(rename = "end_of")]
    pub table: String,
    /// How many rows.
    pub rows: u64,
    /// SHA-256 of the rows in the order of their key, each as a line of JSON, in hexadecimal digits.
    pub sha256: String,
}

/// Where rows come from.
pub(super) trait Source {
    /// The next rows of a table, after the last one that was read; none when there are no more.
    fn next<T: Table>(&mut self, last: Option<&T>) -> Result<Vec<T>, CopyError>;

    /// Compares what was read of a table with what the source knows of it.
    fn compare(&mut self, _sum: &Sum) -> Result<(), CopyError> {
        Ok(())
    }
}

/// Where rows go.
pub(super) trait Sink {
    /// Takes rows, which are also written out as lines of JSON.
    fn take<T: Table>(&mut self, rows: &[T], lines: &[u8]) -> Result<(), CopyError>;

    /// Notes that a table is complete.
    fn close(&mut self, _sum: &Sum) -> Result<(), CopyError> {
        Ok(())
    }
}

/// Takes rows and keeps none: for their sums alone.
pub(super) struct Nowhere;

impl Sink for Nowhere {
    fn take<T: Table>(&mut self, _rows: &[T], _lines: &[u8]) -> Result<(), CopyError> {
        Ok(())
    }
}

/// A copy under way.
pub(super) struct Copying<'a, S, K> {
    source: &'a mut S,
    sink: &'a mut K,
    sums: Vec<Sum>,
}

/// Copies every table, and answers what each held.
pub(super) fn copy(source: &mut impl Source, sink: &mut impl Sink) -> Result<Vec<Sum>, CopyError> {
    let mut copying = Copying { source, sink, sums: Vec::new() };
    tables::each(&mut copying)?;
    Ok(copying.sums)
}

impl<S: Source, K: Sink> Copying<'_, S, K> {
    pub(super) fn table<T: Table>(&mut self) -> Result<(), CopyError> {
        let (mut digest, mut count, mut last) = (Sha256::new(), 0, None);
        loop {
            let mut rows = self.source.next::<T>(last.as_ref())?;
            if rows.is_empty() {
                break;
            }
            let lines = lines(&rows)?;
            digest.update(&lines);
            count += rows.len() as u64;
            self.sink.take(&rows, &lines)?;
            last = rows.pop();
        }
        let sum = Sum { table: T::NAME.to_owned(), rows: count, sha256: hexadecimal(&digest.finalize()) };
        self.source.compare(&sum)?;
        self.sink.close(&sum)?;
        self.sums.push(sum);
        Ok(())
    }
}

fn lines<T: Table>(rows: &[T]) -> Result<Vec<u8>, CopyError> {
    let mut lines = Vec::new();
    for row in rows {
        serde_json::to_writer(&mut lines, row).map_err(std::io::Error::from)?;
        lines.push(b'\n');
    }
    Ok(lines)
}

/// Writes out, for each table, its row, and how rows are read in the order of their key and written.
///
/// `by` is the primary key; the number is how many rows are held in memory at once.
macro_rules! written_out {
    ($($table:ident by $key:tt, $chunk:literal { $($(#[$of_column:meta])* $column:ident: $type:ty,)+ })+) => {
        $(mod $table {
            use super::*;
            use crate::db::schema::$table as stored;

            #[derive(Queryable, Selectable, Insertable, Serialize, Deserialize)]
            #[diesel(table_name = stored, treat_none_as_default_value = false)]
            #[serde(deny_unknown_fields)]
            pub(super) struct Row {
                $($(#[$of_column])* $column: $type,)+
            }

            impl Table for Row {
                const NAME: &'static str = stringify!($table);
                const CHUNK: usize = $chunk;

                fn after(conn: &mut Conn, last: Option<&Self>) -> QueryResult<Vec<Self>> {
                    let query = stored::table.select(Self::as_select()).limit($chunk).into_boxed();
                    in_order!(query, last, $key).load(conn)
                }

                fn insert(conn: &mut Conn, rows: &[Self]) -> QueryResult<()> {
                    insert_all!(conn, stored::table, rows)
                }
            }
        })+

        /// Copies each table, in their order.
        pub(super) fn each<S: Source, K: Sink>(copying: &mut Copying<'_, S, K>) -> Result<(), CopyError> {
            $(copying.table::<$table::Row>()?;)+
            Ok(())
        }

        /// Every column that is copied, as `table.column`.
        #[cfg(test)]
        pub(super) fn columns() -> Vec<String> {
            vec![$($(concat!(stringify!($table), ".", stringify!($column)).to_owned(),)+)+]
        }
    };
}

/// The rows after the last one that was read. The first part of a key of two stands alone too, so that the index is
/// entered where the last chunk ended.
macro_rules! in_order {
    ($query:ident, $last:ident, ($key:ident)) => {
        match $last {
            Some(last) => $query.filter(stored::$key.gt(&last.$key)),
            None => $query,
        }
        .order(stored::$key)
    };
    ($query:ident, $last:ident, ($first:ident, $second:ident)) => {
        match $last {
            Some(last) => $query
                .filter(stored::$first.ge(&last.$first))
                .filter(stored::$first.gt(&last.$first).or(stored::$second.gt(&last.$second))),
            None => $query,
        }
        .order((stored::$first, stored::$second))
    };
}
pub(super) use {in_order, written_out};
