//! *Add members*: a list of addresses, what will happen to each, the mail as the guest will get it, and **Add**.
//!
//! The list lives in the form until it is sent, so it needs neither a session nor a script. What is said about an
//! address before the press is worked out by the same rules that decide at the press (SPEC 3.2).

pub(super) mod edit;
mod fields;
mod foot;
mod letter;
pub(super) mod press;
pub(super) mod preview;
mod search;
mod sheet;
pub(crate) mod typed;
mod verdicts;
