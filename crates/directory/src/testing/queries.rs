//! Counting what is asked of a database, to hold pages to their budget.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

use super::TestDatabase;
use crate::db::DatabaseUrl;

/// What was asked, for each database by the address its connections were made with.
static ASKED: Mutex<BTreeMap<String, Vec<String>>> = Mutex::new(BTreeMap::new());

/// What begins a question of ours; the rest prepares connections and begins and ends transactions.
const QUESTIONS: [&str; 5] = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"];

#[derive(Default)]
struct Clerk {
    database: String,
}

impl Instrumentation for Clerk {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => url.clone_into(&mut self.database),
            InstrumentationEvent::StartQuery { query, .. } => self.write_down(&query.to_string()),
            _ => {}
        }
    }
}

impl Clerk {
    fn write_down(&self, query: &str) {
        let is_question = QUESTIONS.iter().any(|word| query.trim_start().starts_with(word));
        // Whether the connection lives, and what time it is there: the pool's own question, and that of a commit.
        let is_ping = |text: &str| matches!(text.trim(), "SELECT 1" | "SELECT CURRENT_TIMESTAMP");
        if is_question && !query.split(" -- ").next().is_some_and(is_ping) {
            let mut asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
            asked.entry(self.database.clone()).or_default().push(query.to_owned());
        }
    }
}

/// Writes down what every connection is asked that is made from now on in this process.
///
/// # Panics
/// When it cannot be told to Diesel.
pub fn count_queries() {
    set_default_instrumentation(|| Some(Box::new(Clerk::default()))).expect("Diesel counts");
}

impl TestDatabase {
    /// What this database was asked since this was called last, in order; nothing unless [`count_queries`] was called
    /// before it was opened.
    #[must_use]
    pub fn queries(&self) -> Vec<String> {
        let mut asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
        let own = |url: &str| match &self.url {
            DatabaseUrl::Sqlite(path) => path.to_str() == Some(url),
            DatabaseUrl::Postgres(whole) => {
                whole.rsplit_once("%3D").is_some_and(|(_, schema)| url.contains(schema))
            }
        };
        asked
            .iter_mut()
            .filter(|(url, _)| own(url))
            .flat_map(|(_, queries)| std::mem::take(queries))
            .collect()
    }
}
