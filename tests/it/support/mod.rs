//! What the tests stand on: a panel, people who use it, and the things they use.

pub(crate) mod bad_input;
pub(crate) mod cast;
pub(crate) mod crawl;
pub(crate) mod database;
pub(crate) mod door;
pub(crate) mod folder;
pub(crate) mod form;
pub(crate) mod log;
pub(crate) mod mailbox;
pub(crate) mod office;
pub(crate) mod page_rules;
pub(crate) mod panel;
pub(crate) mod paths;
pub(crate) mod people;
pub(crate) mod press;
mod relay;
pub(crate) mod routes;
pub(crate) mod sources;
pub(crate) mod stage;
pub(crate) mod visitor;
