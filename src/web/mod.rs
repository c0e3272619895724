//! The pages: what every one of them is made with, and the pages themselves.
//!
//! A handler is made of [`Visit`], [`SignedIn`], [`Arriving`] or [`Administrating`] (who asks), [`asked::Asked`] (what
//! the address asks for), [`Posted`] or [`Uploaded`] (what was sent), a template, and [`PageError`] (everything that is
//! no page).

mod arrival;
pub(crate) mod asked;
pub mod assets;
pub(crate) mod browser;
pub(crate) mod chunked;
pub(crate) mod codes;
mod complaints;
pub(crate) mod compression;
pub(crate) mod connection;
pub(crate) mod cookies;
pub(crate) mod csrf;
pub(crate) mod current;
pub(crate) mod error;
mod error_page;
mod faces;
pub mod filters;
pub(crate) mod flash;
pub mod form;
mod frame;
pub(crate) mod headers;
pub(crate) mod health;
mod hosts;
pub mod icons;
mod introduction;
mod known_browser;
pub mod layout;
pub(crate) mod logos;
pub(crate) mod mail_route;
pub(crate) mod metrics;
mod outages;
mod page;
pub(crate) mod pages;
pub(crate) mod passwords;
pub(crate) mod paths;
mod patience;
mod posted;
mod preferences;
pub(crate) mod rate_limit;
pub(crate) mod refusals;
pub(crate) mod request;
pub(crate) mod routes;
mod rule_mistakes;
pub(crate) mod session;
mod signed_in;
mod state;
mod turns;
mod uploaded;
pub(crate) mod user_agent;
pub mod view;

pub(crate) use current::Visit;
pub(crate) use error::PageError;
pub(crate) use flash::Flash;
pub(crate) use form::Form;
pub use introduction::{Introduced, Introduction};
pub(crate) use layout::Page;
pub(crate) use outages::Outage;
pub(crate) use posted::Posted;
pub(crate) use signed_in::{Administrating, Arriving, SignedIn};
pub use state::Nudge;
pub(crate) use state::State;
pub(crate) use uploaded::Uploaded;

/// Rows of a page of a list (SPEC 3.5).
pub(crate) const ROWS: i64 = 50;
