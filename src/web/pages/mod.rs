//! The pages themselves, one file or folder for each noun. A page uses the kit and the directory, never another page.

pub(crate) mod account;
pub(crate) mod admin;
pub(crate) mod apps;
pub(crate) mod groups;
pub(crate) mod members;
pub(crate) mod redemption;
pub(crate) mod setup;
pub(crate) mod sign_in;
