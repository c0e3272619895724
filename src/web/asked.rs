//! What an address asks for behind its question mark.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use directory::Id;
use url::form_urlencoded;

use super::{Form, PageError};

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

/// What somebody looks for: as typed, but no longer than a search can use.
pub(crate) fn sought(asked: &Form) -> String {
    sought_in(asked, "q")
}

/// The same in another field.
pub(crate) fn sought_in(asked: &Form, field: &str) -> String {
    const LONGEST: usize = 254;
    asked.value(field).trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}
