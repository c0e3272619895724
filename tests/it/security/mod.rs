//! The rows of the threat list, tried over HTTP as an attacker would; each test names its row.

mod authority;
mod connections;
mod failures;
mod groups;
mod instances;
mod late;
mod links;
mod lists;
mod mails;
mod rows;
mod sessions;
mod timing;
mod web;
