//! The pages themselves, one file or folder for each noun. A page uses the kit and the directory, never another page.

pub(crate) mod apps;
