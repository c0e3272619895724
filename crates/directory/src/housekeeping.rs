//! Taking away what is over: rows that no question asks for any more.

use crate::{Result, Tx, one_time_code, rate_limit, session};

/// How many rows are taken away in one transaction: whoever writes meanwhile waits for no more than that.
pub const AT_ONCE: i64 = 500;

/// Takes at most [`AT_ONCE`] rows away and counts them. With none, nothing is left for now.
pub type CleanUp = fn(&mut Tx<'_>) -> Result<usize>;

/// All there is to do; the order does not matter.
pub const CLEAN_UPS: [CleanUp; 3] = [session::clean_up, one_time_code::clean_up, rate_limit::clean_up];
