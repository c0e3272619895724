//! What the tests stand on: a panel, people who use it, and the things they use.

pub(crate) mod cast;
pub(crate) mod database;
pub(crate) mod form;
pub(crate) mod mailbox;
pub(crate) mod page_rules;
pub(crate) mod panel;
pub(crate) mod paths;
mod relay;
pub(crate) mod visitor;
