//! What the tests stand on: a panel, people who use it, and the things they use.

pub(crate) mod mailbox;
pub(crate) mod page_rules;
pub(crate) mod paths;
mod relay;
