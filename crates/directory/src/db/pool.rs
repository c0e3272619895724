//! A pool of connections, and how busy it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use r2d2::{Pool, PooledConnection};

use super::connect::{self, Manager, Purpose};
use super::time::DatabaseTime;
use super::url::DatabaseUrl;

/// Connections that are lent and come back. It counts who waits for one.
pub(super) struct Connections {
    pool: Pool<Manager>,
    waiting: AtomicU32,
    timeouts: AtomicU64,
}

/// How busy a pool is at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolFigures {
    /// Connections that may be open at once.
    pub most: u32,
    /// Connections that are lent.
    pub in_use: u32,
    /// Connections that are open and not lent.
    pub idle: u32,
    /// How many threads asked for a connection and have none yet.
    pub waiting: u32,
    /// How often, since the start, a thread waited in vain for a connection.
    pub timeouts: u64,
}

impl Connections {
    pub(super) fn new(url: &DatabaseUrl, purpose: Purpose, most: u32, time: &Arc<DatabaseTime>) -> Self {
        Self {
            pool: connect::pool(url, purpose, most, time),
            waiting: AtomicU32::default(),
            timeouts: AtomicU64::default(),
        }
    }

    /// Lends a connection; waits for one.
    pub(super) fn lend(&self) -> crate::Result<PooledConnection<Manager>> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let lent = self.pool.get();
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        lent.map_err(|error| {
            self.timeouts.fetch_add(1, Ordering::Relaxed);
            crate::Error::Unavailable(error.to_string())
        })
    }

    /// Lends a connection if nobody has it.
    pub(super) fn lend_at_once(&self) -> Option<PooledConnection<Manager>> {
        self.pool.try_get()
    }

    /// Whether somebody waits for a connection.
    pub(super) fn is_awaited(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }

    pub(super) fn figures(&self) -> PoolFigures {
        let state = self.pool.state();
        PoolFigures {
            most: self.pool.max_size(),
            in_use: state.connections.saturating_sub(state.idle_connections),
            idle: state.idle_connections,
            waiting: self.waiting.load(Ordering::Relaxed),
            timeouts: self.timeouts.load(Ordering::Relaxed),
        }
    }
}
