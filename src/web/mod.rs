//! The pages: what every one of them is made with, and the pages themselves.

pub mod assets;
pub mod faces;
pub mod filters;
pub mod form;
pub mod frame;
pub mod icons;
pub mod layout;
pub mod view;
