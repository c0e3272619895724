//! Reading what administrators send: answers, versions, and where a page of a list begins.

use std::fmt::Display;
use std::str::FromStr;

use actix_web::http::StatusCode;
use directory::Id;

use super::id;
use crate::web::{Form, PageError, paths};

/// One of the answers of a choice.
pub(super) fn choice<T: FromStr>(typed: &str) -> Result<T, &'static str> {
    typed.parse().map_err(|_| "field-choice")
}

/// The answer to a question.
pub(super) fn yes_no(typed: &str) -> Result<bool, &'static str> {
    match typed {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("field-choice"),
    }
}

/// How a form says it.
pub(super) fn answer(is: bool) -> String {
    if is { "yes".to_owned() } else { "no".to_owned() }
}

/// The version that a form was filled in from; what is none is out of date.
pub(super) fn version(form: &Form) -> i64 {
    form.value("version").parse().unwrap_or(-1)
}

/// The version that a form is drawn with. What was filled in keeps its own, so that what somebody else has saved since is
/// not overwritten unseen; the current one is for whoever is told on the same page that there is another.
pub(super) fn version_to_show(form: &Form, current: i64, status: StatusCode) -> i64 {
    if form.sends("version") && status != StatusCode::CONFLICT { version(form) } else { current }
}

/// The id in a field that may be left empty; what is none leads nowhere.
pub(super) fn optional_id<T>(asked: &Form, name: &str) -> Result<Option<Id<T>>, PageError> {
    Some(asked.value(name)).filter(|value| !value.is_empty()).map(id).transpose()
}

/// After which name and id a page of a list begins.
pub(super) fn place<T>(asked: &Form) -> Option<(String, Id<T>)> {
    Some((asked.value("after").to_owned(), asked.value("at").parse().ok()?))
}

/// The address of the next page of a list.
pub(super) fn next(path: &str, kept: &[(&str, &str)], name: &str, id: impl Display) -> String {
    let id = id.to_string();
    let pairs: Vec<(&str, &str)> =
        kept.iter().copied().chain([("after", name), ("at", id.as_str())]).collect();
    paths::asking(path, &pairs)
}

#[cfg(test)]
mod tests {
    use directory::user::User;
    use url::Url;

    use super::*;

    #[test]
    fn the_next_page_begins_where_its_address_says() {
        let id: Id<User> = "019aa0c8-2f3e-7000-8000-000000000001".parse().unwrap();
        let address = next("/admin/groups", &[("q", "a&b"), ("show", "")], "zoë", id);
        let url = Url::parse("https://panel.test").unwrap().join(&address).unwrap();
        let asked = Form::sent(url.query_pairs().into_owned().collect());
        assert_eq!(place(&asked), Some(("zoë".to_owned(), id)));
        assert_eq!(asked.value("q"), "a&b");
        assert!(!asked.sends("show"));
    }

    #[test]
    fn what_is_no_version_is_out_of_date() {
        assert_eq!(version(&Form::filled(&[("version", "x")])), -1);
        assert_eq!(version(&Form::filled(&[("version", "7")])), 7);
    }

    #[test]
    fn what_was_filled_in_keeps_its_version_until_another_is_told() {
        let (filled, new) = (Form::filled(&[("version", "7")]), Form::empty());
        assert_eq!(version_to_show(&filled, 8, StatusCode::UNPROCESSABLE_ENTITY), 7);
        assert_eq!(version_to_show(&filled, 8, StatusCode::OK), 7);
        assert_eq!(version_to_show(&filled, 8, StatusCode::CONFLICT), 8);
        assert_eq!(version_to_show(&new, 8, StatusCode::UNPROCESSABLE_ENTITY), 8);
    }
}
