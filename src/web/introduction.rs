//! What the frame and the sign-in page show in `vestibule demo` only: whom a visitor can be, with one click.

use std::sync::Arc;

/// The people of a sample organisation. A panel without one shows nothing of it anywhere.
#[derive(Clone, Debug)]
pub struct Introduction {
    /// In the order in which to show them.
    pub people: Arc<[Introduced]>,
    /// For those who want to see how signing in works.
    pub password: &'static str,
    /// Signs in as one of them, `POST`.
    pub sign_in: &'static str,
    /// The mail that would have been sent.
    pub mail: &'static str,
}

/// Somebody a visitor can be.
#[derive(Clone, Debug)]
pub struct Introduced {
    /// The id, which gives the colour of the face.
    pub id: String,
    /// The name.
    pub name: String,
    /// The address, by which the form names them.
    pub address: String,
    /// The key of what they are.
    pub role: &'static str,
    /// The key of what they can show.
    pub shows: &'static str,
}
