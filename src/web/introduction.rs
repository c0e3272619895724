//! What the frame and the sign-in page show in `vestibule demo` only: whom a visitor can be, with one click.

use std::sync::Arc;

use super::paths;

/// The people of a sample organisation. A panel without one shows nothing of it anywhere.
#[derive(Clone, Debug)]
pub struct Introduction {
    people: Arc<[Introduced]>,
    password: &'static str,
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

impl Introduction {
    /// These people, and the password of those who have one.
    #[must_use]
    pub fn new(people: Vec<Introduced>, password: &'static str) -> Introduction {
        Introduction { people: people.into(), password }
    }

    /// The people, in the order in which to show them.
    #[must_use]
    pub fn people(&self) -> &[Introduced] {
        &self.people
    }

    /// For those who want to see how signing in works.
    #[must_use]
    pub const fn password(&self) -> &'static str {
        self.password
    }

    /// Signs in as one of them, `POST`.
    #[must_use]
    pub const fn sign_in(&self) -> &'static str {
        paths::DEMO_SIGN_IN
    }

    /// The mail that would have been sent.
    #[must_use]
    pub const fn mail(&self) -> &'static str {
        paths::DEMO_MAIL
    }
}
