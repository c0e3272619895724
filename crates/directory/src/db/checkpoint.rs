//! Brings what was written to SQLite's log into its file, beside the writer. SQLite by itself does it within a commit, and
//! everybody who waits to write waits for it (decision 22).

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use diesel::prelude::*;
use diesel::sql_types::Integer;

use super::connect::{self, Purpose};
use super::dialect::each_dialect;
use super::url::DatabaseUrl;
use crate::{Error, Result};

/// After how many transactions: together they write some four megabytes.
const TRANSACTIONS: u32 = 64;

/// What is written now, without waiting for anybody who reads or writes.
const SOME: &str = "PRAGMA wal_checkpoint(PASSIVE)";
/// All of it, once nobody reads it any more; the log is empty then.
const ALL: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// A thread that does so every now and then, as long as this is there.
pub(super) struct Checkpoints {
    file: Arc<File>,
    written: AtomicU32,
    due: SyncSender<()>,
}

/// What SQLite answers. Of what it also tells, how much was brought, nothing is needed.
#[derive(QueryableByName)]
struct Checkpoint {
    /// Not 0 where it left something to do.
    #[diesel(sql_type = Integer)]
    busy: i32,
}

struct File {
    url: DatabaseUrl,
    /// Of two checkpoints at once, SQLite leaves the second undone.
    one_at_a_time: Mutex<()>,
}

impl Checkpoints {
    pub(super) fn of(url: &DatabaseUrl) -> Self {
        let file = Arc::new(File { url: url.clone(), one_at_a_time: Mutex::default() });
        let (due, waiting) = sync_channel(1);
        let worked_on = Arc::clone(&file);
        thread::spawn(move || keep_up(&worked_on, &waiting));
        Self { file, written: AtomicU32::new(0), due }
    }

    /// Counts a transaction that is over.
    pub(super) fn count(&self) {
        if (self.written.fetch_add(1, Ordering::Relaxed) + 1).is_multiple_of(TRANSACTIONS) {
            // Where one waits already, it is for this, too.
            let _ = self.due.try_send(());
        }
    }

    /// Leaves nothing beside the file.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the file cannot be opened or written, or is in use for five seconds.
    pub(super) fn bring_all(&self) -> Result<()> {
        match self.file.bring(Purpose::Write, ALL)? {
            Checkpoint { busy: 0 } => Ok(()),
            Checkpoint { .. } => Err(Error::Unavailable("it is in use".to_owned())),
        }
    }
}

/// What cannot be brought now is for the next time, and for the writer's own commit.
fn keep_up(file: &File, due: &Receiver<()>) {
    for () in due {
        if let Err(error) = file.bring(Purpose::Read, SOME) {
            log::warn!("what was written could not be brought into SQLite's file yet: {error}");
        }
    }
}

impl File {
    fn bring(&self, purpose: Purpose, checkpoint: &str) -> Result<Checkpoint> {
        let _alone = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let mut conn = connect::connect(&self.url, purpose)?;
        Ok(each_dialect!(&mut conn, c => diesel::sql_query(checkpoint).get_result(c))?)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::time::{Duration, Instant};

    use diesel::connection::SimpleConnection;

    use super::*;
    use crate::clock::Clock;
    use crate::db::{Directory, Tx};
    use crate::testing::TestDatabase;

    fn opened() -> (TestDatabase, Directory, PathBuf) {
        let database = TestDatabase::sqlite();
        let directory = database.open(Clock::system());
        directory.write(|tx| run(tx, "CREATE TABLE note (text TEXT NOT NULL)")).unwrap();
        let DatabaseUrl::Sqlite(path) = database.url() else { panic!("not on SQLite") };
        let path = path.clone();
        (database, directory, path)
    }

    fn run(tx: &mut Tx<'_>, sql: &str) -> Result<()> {
        Ok(tx.conn.batch_execute(sql)?)
    }

    /// Two pages in each transaction: less than SQLite itself would checkpoint.
    fn write(directory: &Directory, times: u32) {
        for _ in 0..times {
            directory.write(|tx| run(tx, "INSERT INTO note VALUES (hex(randomblob(4000)))")).unwrap();
        }
    }

    fn length(path: &Path) -> u64 {
        fs::metadata(path).map_or(0, |file| file.len())
    }

    #[test]
    fn what_was_written_gets_into_the_file_without_the_writer() {
        let (_database, directory, path) = opened();
        directory.settle().unwrap();
        let before = length(&path);
        let began = Instant::now();
        write(&directory, TRANSACTIONS);
        while length(&path) == before {
            assert!(began.elapsed() < Duration::from_secs(10), "nothing was brought into the file");
            thread::yield_now();
        }
    }

    #[test]
    fn a_file_that_somebody_reads_is_not_said_to_be_whole() {
        let (database, directory, _path) = opened();
        write(&directory, 1);
        let reader = database.look();
        write(&directory, 1);
        assert!(matches!(directory.settle(), Err(Error::Unavailable(_))));
        drop(reader);
        directory.settle().unwrap();
    }

    #[test]
    fn nothing_is_left_beside_the_file_also_while_one_is_under_way() {
        let (_database, directory, path) = opened();
        let log = PathBuf::from(format!("{}-wal", path.display()));
        for _ in 0..20 {
            write(&directory, TRANSACTIONS);
            directory.settle().unwrap();
            assert_eq!(length(&log), 0);
        }
    }
}
