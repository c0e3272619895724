//! What an address asks for: the names in its path, and what stands behind its question mark.

use std::fmt::Display;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use directory::{ByName, Id, email_address::MAX_ADDRESS};
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

/// The id in the path of an address, `{id}` in its pattern. What is none leads nowhere.
pub(crate) struct PathId<T>(pub(crate) Id<T>);

impl<T> FromRequest for PathId<T> {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request.match_info().query("id")).map(Self))
    }
}

/// The name of an app or a group in the path of an address, `{slug}` in its pattern.
pub(crate) struct Slug(pub(crate) String);

impl FromRequest for Slug {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(request.match_info().query("slug").to_owned())))
    }
}

/// The id in an address; what is none leads nowhere.
pub(crate) fn id<T>(text: &str) -> Result<Id<T>, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// The address of the first page of a list, from the others: without `place`, which says where a page begins,
/// and with what is kept of the question.
pub(crate) fn first_page(asked: &Form, place: &str, path: &str, kept: &[(&str, &str)]) -> Option<String> {
    (!asked.value(place).is_empty()).then(|| paths::with_query(path, kept))
}

/// After which name and id a page of a list begins.
pub(crate) fn after<T>(asked: &Form) -> Option<ByName<T>> {
    Some((asked.value("name").to_owned(), asked.value("after").parse().ok()?))
}

/// The address of the next page of a list, which begins after this name and id.
pub(crate) fn next_page(path: &str, kept: &[(&str, &str)], name: &str, id: impl Display) -> String {
    let id = id.to_string();
    let pairs: Vec<(&str, &str)> =
        kept.iter().copied().chain([("name", name), ("after", id.as_str())]).collect();
    paths::with_query(path, &pairs)
}

/// What somebody looks for: as typed, but no longer than an address of mail can be.
pub(crate) fn sought(asked: &Form) -> String {
    sought_in(asked, "q")
}

/// The same in another field.
pub(crate) fn sought_in(asked: &Form, field: &str) -> String {
    asked.value(field).trim().chars().filter(|c| !c.is_control()).take(MAX_ADDRESS).collect()
}

#[cfg(test)]
mod tests {
    use directory::group::Group;

    use super::*;

    #[test]
    fn the_next_page_begins_after_the_name_and_id_of_its_address() {
        let id: Id<Group> = "019aa0c8-2f3e-7000-8000-000000000001".parse().unwrap();
        let address = next_page("/groups", &[("show", "own"), ("search", "a&b"), ("q", "")], "zoë & co", id);
        let (_, query) = address.split_once('?').unwrap();
        let asked = Form::sent(form_urlencoded::parse(query.as_bytes()).into_owned().collect());
        assert_eq!(after(&asked), Some(("zoë & co".to_owned(), id)));
        assert_eq!(asked.value("search"), "a&b");
        assert!(asked.sends("show") && !asked.sends("q"));
    }

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
