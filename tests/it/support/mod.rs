//! What the tests share.

pub(crate) mod page_rules;
