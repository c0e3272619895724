//! What an address asks for behind its question mark.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use directory::Id;
use url::form_urlencoded;

use super::{Form, PageError, paths};

/// The query of an address, read like a form: `Asked(asked): Asked` among a handler's parameters. What is not asked
/// for is empty, and nothing in it is ever an error.
pub(crate) struct Asked(pub(crate) Form);

impl FromRequest for Asked {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let pairs = form_urlencoded::parse(request.query_string().as_bytes());
        ready(Ok(Self(Form::sent(pairs.into_owned().collect()))))
    }
}

/// The id in an address; what is none leads nowhere.
pub(crate) fn id<T>(text: &str) -> Result<Id<T>, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// The address of the first page of a list, from the others: without `place`, which says where a page begins,
/// and with what is kept of the question.
pub(crate) fn first_page(asked: &Form, place: &str, path: &str, kept: &[(&str, &str)]) -> Option<String> {
    (!asked.value(place).is_empty()).then(|| paths::asking(path, kept))
}

/// What somebody looks for: as typed, but no longer than a search can use.
pub(crate) fn sought(asked: &Form) -> String {
    sought_in(asked, "q")
}

/// The same in another field.
pub(crate) fn sought_in(asked: &Form, field: &str) -> String {
    const LONGEST: usize = 254;
    asked.value(field).trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_pages_after_the_first_lead_back_to_it() {
        let first = |place: &str| {
            let asked = Form::filled(&[("q", "a&b"), ("after", place), ("name", "zoë")]);
            first_page(&asked, "after", "/groups", &[("q", asked.value("q")), ("show", "")])
        };
        assert_eq!(first("7"), Some("/groups?q=a%26b".to_owned()));
        assert_eq!(first(""), None);
    }
}
