//! The only writer of an SQLite database. Transactions that wait at the same time share a commit, and so one wait for
//! the disk: each runs in its own savepoint and is answered after the commit. There is no writer thread: a thread hands
//! the connection on, its transaction still open, while another waits; the last in line commits for all (decision 15).

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel::connection::{Connection, TransactionManager};
use r2d2::PooledConnection;

use super::checkpoint::Checkpoints;
use super::conn::Conn;
use super::connect::Manager;
use super::dialect;
use super::pool::{Connections, PoolFigures};
use crate::{Error, Result};

/// How many transactions share a commit at most, and for how long it may be put off for more to come.
const MOST: usize = 64;
const LONGEST: Duration = Duration::from_millis(10);

/// How long a thread waits for the commit before it looks whether it must commit itself: the thread that was to take
/// the connection may have given up waiting for it.
const LOOK: Duration = Duration::from_millis(20);

/// Inside a transaction it begins and ends savepoints.
type Transactions = <Conn as Connection>::TransactionManager;

/// A pool of one connection, because there is one writer anyway: waiting for it here is bounded and wakes at once,
/// waiting for the file's lock means asking again and again.
pub(super) struct Writer {
    connections: Connections,
    checkpoints: Checkpoints,
}

/// Transactions that share a commit.
pub(super) struct Batch {
    begun: Instant,
    members: AtomicUsize,
    outcome: Mutex<Option<Outcome>>,
    decided: Condvar,
}

#[derive(Clone)]
enum Outcome {
    Kept,
    Lost(String),
}

impl Batch {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            begun: Instant::now(),
            members: AtomicUsize::new(0),
            outcome: Mutex::default(),
            decided: Condvar::new(),
        })
    }

    fn is_full(&self) -> bool {
        self.members.load(Ordering::Relaxed) >= MOST || self.begun.elapsed() >= LONGEST
    }

    /// Tells the members that nothing of theirs was kept, unless they were told otherwise before.
    pub(super) fn lose(&self, why: &str) {
        self.decide(Outcome::Lost(why.to_owned()));
    }

    fn decide(&self, outcome: Outcome) {
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(outcome);
        self.decided.notify_all();
    }

    fn wait(&self, time: Duration) -> Option<Outcome> {
        let undecided = self.outcome.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.decided.wait_timeout_while(undecided, time, |outcome| outcome.is_none());
        waited.unwrap_or_else(PoisonError::into_inner).0.clone()
    }
}

impl Writer {
    pub(super) fn new(connections: Connections, checkpoints: Checkpoints) -> Self {
        Self { connections, checkpoints }
    }

    pub(super) fn figures(&self) -> PoolFigures {
        self.connections.figures()
    }

    /// See [`Checkpoints::bring_all`].
    pub(super) fn settle(&self) -> Result<()> {
        self.checkpoints.bring_all()
    }

    /// Runs `f` in a transaction of its own, and answers once it is kept.
    ///
    /// # Errors
    /// What `f` answers; [`Error::Unavailable`] when the connection is not free for two seconds or the disk keeps
    /// nothing.
    pub(super) fn run<T, E: From<Error>>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        let mut conn = self.connections.lend()?;
        let batch = join(&mut conn)?;
        let outcome = in_savepoint(&mut conn, f);
        if outcome.is_ok() {
            batch.members.fetch_add(1, Ordering::Relaxed);
        }
        if self.connections.is_awaited() && !batch.is_full() {
            drop(conn);
        } else {
            commit(conn);
        }
        match self.decision(&batch) {
            Outcome::Kept => {
                self.checkpoints.count();
                outcome
            }
            Outcome::Lost(why) => outcome.and(Err(Error::Unavailable(why).into())),
        }
    }

    /// Waits for the commit, and makes it where nobody does (see [`LOOK`]).
    fn decision(&self, batch: &Arc<Batch>) -> Outcome {
        loop {
            if let Some(outcome) = batch.wait(LOOK) {
                return outcome;
            }
            if let Some(conn) = self.connections.lend_at_once() {
                commit(conn);
            }
        }
    }
}

/// Joins the transaction that is open on the connection, or begins one that others may join.
fn join(conn: &mut PooledConnection<Manager>) -> Result<Arc<Batch>> {
    if let Some(batch) = &conn.batch {
        return Ok(Arc::clone(batch));
    }
    dialect::begin_write(conn)?;
    let batch = Batch::new();
    conn.batch = Some(Arc::clone(&batch));
    Ok(batch)
}

fn in_savepoint<T, E: From<Error>>(
    conn: &mut PooledConnection<Manager>,
    f: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E> {
    // Until it is over nobody can tell in which state the connection is: a panic in `f` ends it.
    conn.in_doubt = true;
    Transactions::begin_transaction(&mut **conn).map_err(Error::from)?;
    let outcome = f(conn);
    let ended = match outcome {
        Ok(_) => Transactions::commit_transaction(&mut **conn),
        Err(_) => Transactions::rollback_transaction(&mut **conn),
    };
    conn.in_doubt = ended.is_err();
    outcome.and_then(|value| ended.map(|()| value).map_err(|error| Error::from(error).into()))
}

/// Commits what is open on the connection, if anything is.
fn commit(mut conn: PooledConnection<Manager>) {
    let Some(batch) = conn.batch.clone() else { return };
    // A connection that somebody left in doubt is closed when it is dropped, and the transaction with it.
    if conn.in_doubt {
        return;
    }
    match dialect::commit(&mut conn) {
        Ok(()) => {
            conn.batch = None;
            drop(conn);
            batch.decide(Outcome::Kept);
        }
        Err(error) => {
            conn.in_doubt = true;
            batch.lose(&error.to_string());
        }
    }
}
