//! Vestibule's domain and database: people, groups, apps and invitations, the rules between them, and the verbs
//! that change them. Each noun has a file of its own name, and a folder beside it when it has more than one ability.

pub mod access;
pub mod activity;
pub mod app;
pub mod app_assignment;
pub mod app_logo;
pub mod app_role;
pub mod app_self_service;
pub mod catalogue;
pub mod clock;
pub mod copy;
pub mod db;
pub mod delivery;
pub mod email_address;
mod error;
pub mod fill;
pub mod group;
pub mod group_member;
pub mod group_owner;
pub mod group_rule;
pub mod housekeeping;
pub mod invitation;
mod keys;
mod language;
pub mod member_list;
pub mod one_time_code;
pub mod organisation;
pub mod overview;
mod page;
pub mod panel;
pub mod rate_limit;
pub mod redemption;
pub mod session;
pub mod settings_impact;
pub mod setup_link;
pub mod sign_in;
pub mod simulation;
pub mod testing;
pub mod text;
pub mod token;
pub mod user;

pub(crate) use db::text_column;

pub use access::{Actor, Administrator, Manager, Refusal};
pub use clock::Clock;
pub use db::{
    ByName, Count, DatabaseUrl, Dialect, Directory, Id, Options, PoolFigures, Timestamp, Tx, standing,
};
pub use email_address::EmailAddress;
pub use error::{Error, Result};
pub use keys::Keys;
pub use language::Language;
pub use organisation::Organisation;
pub use page::Page;
