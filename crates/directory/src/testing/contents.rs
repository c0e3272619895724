//! All that a database holds, to tell whether anything was written.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::TestDatabase;
use crate::db::{DatabaseUrl, each_dialect};

/// What comes and goes by itself, and what migrations note for themselves.
const PASSING: [&str; 4] = ["__diesel_schema_migrations", "one_time_codes", "rate_limits", "sessions"];
/// How far a mail is on its way is the courier's business.
const OF_A_MAIL: [&str; 5] = ["id", "kind", "recipient", "invitation_id", "generation"];

/// The rows of each table, one text each, in order.
pub type Contents = BTreeMap<String, Vec<String>>;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

impl TestDatabase {
    /// Changes something behind the back of the programs that work with it.
    ///
    /// # Panics
    /// When the database does not do it.
    pub fn tell(&self, statement: &str) {
        let mut conn = self.connect();
        let told = each_dialect!(&mut conn, c => diesel::sql_query(statement).execute(c));
        told.expect("a statement that can be carried out");
    }

    /// The answers of a query with one column, a text named `line`.
    ///
    /// # Panics
    /// When the database does not answer.
    #[must_use]
    pub fn ask(&self, question: &str) -> Vec<String> {
        let mut conn = self.connect();
        let found: QueryResult<Vec<Line>> =
            each_dialect!(&mut conn, c => diesel::sql_query(question).load(c));
        found.expect("a question that can be answered").into_iter().map(|line| line.line).collect()
    }

    /// Every row of every table, but for sessions, codes and counters, and for how far a mail is on its way.
    ///
    /// # Panics
    /// When the database does not answer.
    #[must_use]
    pub fn contents(&self) -> Contents {
        let questions = match &self.url {
            DatabaseUrl::Sqlite(_) => &SQLITE,
            DatabaseUrl::Postgres(_) => &POSTGRES,
        };
        let mut conn = self.connect();
        read(|query| each_dialect!(&mut conn, c => diesel::sql_query(query).load(c)), questions)
    }
}

/// How a database is asked what is in it.
struct Questions {
    tables: &'static str,
    columns: &'static str,
    /// The text of a column whose name stands in place of `{}`.
    value: &'static str,
}

const SQLITE: Questions = Questions {
    tables: "SELECT name AS line FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1",
    columns: "SELECT name AS line FROM pragma_table_info('{}')",
    value: "quote(\"{}\")",
};

const POSTGRES: Questions = Questions {
    tables: "SELECT table_name::text AS line FROM information_schema.tables WHERE table_schema = current_schema() \
        ORDER BY 1",
    columns: "SELECT column_name::text AS line FROM information_schema.columns WHERE table_name = '{}' \
        AND table_schema = current_schema() ORDER BY ordinal_position",
    value: "quote_nullable(\"{}\"::text)",
};

fn read(mut ask: impl FnMut(String) -> QueryResult<Vec<Line>>, questions: &Questions) -> Contents {
    let mut lines = |query: String| {
        let found = ask(query).expect("the database answers");
        found.into_iter().map(|line| line.line).collect::<Vec<String>>()
    };
    let mut contents = Contents::new();
    for table in lines(questions.tables.to_owned()) {
        if PASSING.contains(&table.as_str()) {
            continue;
        }
        let mut columns = lines(questions.columns.replace("{}", &table));
        if table == "deliveries" {
            columns.retain(|column| OF_A_MAIL.contains(&column.as_str()));
        }
        let values: Vec<String> =
            columns.iter().map(|column| questions.value.replace("{}", column)).collect();
        let rows = format!("SELECT {} AS line FROM \"{table}\" ORDER BY 1", values.join(" || ' ' || "));
        contents.insert(table, lines(rows));
    }
    contents
}
