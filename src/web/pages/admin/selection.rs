//! The step that *Add user* of an app and *Add owners* of a group share: search, select, add all of them.

use directory::Error;
use directory::user::{UserFilter, UserState};

use crate::web::{Administrating, Flash, Form, PageError};

/// How many people, or how many groups, a search shows.
pub(super) const FOUND: i64 = 20;

/// Those who can be selected.
pub(super) fn active(search: &str) -> UserFilter {
    UserFilter { search: search.to_owned(), state: Some(UserState::Active), ..UserFilter::default() }
}

/// Everything selected, at least one; `nobody` is the complaint, beside the boxes, when there is none.
pub(super) fn selected<T>(
    form: &mut Form,
    field: &str,
    nobody: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Option<Vec<T>> {
    let selected: Option<Vec<T>> = form.values(field).into_iter().map(read).collect();
    match selected {
        Some(selected) if selected.is_empty() => form.refuse(field, nobody),
        None => form.refuse(field, "field-choice"),
        Some(selected) => return Some(selected),
    }
    None
}

/// Why nothing was added; `gone` is the key of the sentence that somebody else took away what was selected.
pub(super) fn complaint(visit: &Administrating, error: Error, gone: &str) -> Result<String, PageError> {
    match error {
        Error::Refused(refusal) => Ok(visit.sentence(&refusal)),
        Error::Hidden => Ok(visit.texts.get(gone)),
        error => Err(error.into()),
    }
}

/// What the next page says of so many; a note cannot choose between one and several itself.
pub(super) fn note(count: usize, one: Flash, several: Flash) -> Flash {
    if count == 1 { one } else { several.with("count", count) }
}
