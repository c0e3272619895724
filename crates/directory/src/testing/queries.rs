//! Counting what is asked of a database, to hold pages to their budget.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

use super::TestDatabase;
use crate::db::DatabaseUrl;

/// What was asked, for each database by the address its connections were made with.
static ASKED: Mutex<BTreeMap<String, Vec<Asked>>> = Mutex::new(BTreeMap::new());

/// A question.
struct Asked {
    query: String,
    transaction: u64,
}

/// What begins a question of ours; the rest prepares connections and begins and ends transactions.
const QUESTIONS: [&str; 5] = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"];

#[derive(Default)]
struct Clerk {
    database: String,
    /// Which of all transactions its connection is in, or was in last.
    transaction: u64,
}

impl Instrumentation for Clerk {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => url.clone_into(&mut self.database),
            InstrumentationEvent::BeginTransaction { .. } => self.transaction = number(),
            InstrumentationEvent::StartQuery { query, .. } => self.write_down(&query.to_string()),
            _ => {}
        }
    }
}

impl Clerk {
    fn write_down(&self, query: &str) {
        let is_question = QUESTIONS.iter().any(|word| query.trim_start().starts_with(word));
        // Whether the connection lives, and what time it is there: the pool's own question, and that of a commit.
        let is_ping =
            |text: &str| matches!(text.trim(), "SELECT 1" | "SELECT 1; COMMIT" | "SELECT CURRENT_TIMESTAMP");
        if is_question && !query.split(" -- ").next().is_some_and(is_ping) {
            let asked = Asked { query: query.to_owned(), transaction: self.transaction };
            all().entry(self.database.clone()).or_default().push(asked);
        }
    }
}

fn all() -> MutexGuard<'static, BTreeMap<String, Vec<Asked>>> {
    ASKED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A number that no transaction had.
fn number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Records every statement on the connections that are made from now on in this process.
///
/// # Panics
/// When it cannot be told to Diesel.
pub fn count_queries() {
    set_default_instrumentation(|| Some(Box::new(Clerk::default()))).expect("Diesel counts");
}

/// What any database was asked since this was called last, transaction by transaction; nothing unless
/// [`count_queries`] was called before it was opened.
#[must_use]
pub fn asked() -> Vec<Vec<String>> {
    let mut transactions: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for asked in std::mem::take(&mut *all()).into_values().flatten() {
        transactions.entry(asked.transaction).or_default().push(asked.query);
    }
    transactions.into_values().collect()
}

impl TestDatabase {
    /// What this database was asked since this was called last, in order; nothing unless [`count_queries`] was called
    /// before it was opened.
    #[must_use]
    pub fn queries(&self) -> Vec<String> {
        let own = |url: &str| match &self.url {
            DatabaseUrl::Sqlite(path) => path.to_str() == Some(url),
            DatabaseUrl::Postgres(whole) => {
                whole.rsplit_once("%3D").is_some_and(|(_, schema)| url.contains(schema))
            }
        };
        all()
            .iter_mut()
            .filter(|(url, _)| own(url))
            .flat_map(|(_, asked)| std::mem::take(asked))
            .map(|asked| asked.query)
            .collect()
    }
}
