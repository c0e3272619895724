//! Deleting rows that are of no use any more.

use crate::{Result, Tx, one_time_code, rate_limit, session};

/// How many rows are deleted in one transaction: whoever writes meanwhile waits for no more than that.
pub const AT_ONCE: i64 = 500;

/// Deletes at most [`AT_ONCE`] rows, and answers how many. With none, nothing is left for now.
pub type CleanUp = fn(&mut Tx<'_>) -> Result<usize>;

/// All there is to do; the order does not matter.
pub const CLEAN_UPS: [CleanUp; 3] = [session::clean_up, one_time_code::clean_up, rate_limit::clean_up];
