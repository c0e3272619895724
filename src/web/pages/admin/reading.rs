//! Reading what administrators send: answers, versions and ids.

use directory::Id;

use super::id;
use crate::web::{Form, PageError};

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

/// The version that a form is drawn with. What was filled in keeps its own, so that what somebody else has saved since
/// is not overwritten unseen; the current one is for whoever is told on the same page that there is another.
pub(super) fn version_to_show(form: &Form, current: i64) -> i64 {
    if form.sends("version") && !form.is_stale() { version(form) } else { current }
}

/// The id in a field that may be left empty; what is none leads nowhere.
pub(super) fn optional_id<T>(asked: &Form, name: &str) -> Result<Option<Id<T>>, PageError> {
    Some(asked.value(name)).filter(|value| !value.is_empty()).map(id).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_version_is_out_of_date() {
        assert_eq!(version(&Form::filled(&[("version", "x")])), -1);
        assert_eq!(version(&Form::filled(&[("version", "7")])), 7);
    }

    #[test]
    fn what_was_filled_in_keeps_its_version_until_another_is_told() {
        let mut form = Form::filled(&[("version", "7")]);
        assert_eq!(version_to_show(&form, 8), 7);
        form.refuse("name", "field-required");
        assert_eq!(version_to_show(&form, 8), 7);
        form.outdate();
        assert_eq!(version_to_show(&form, 8), 8);
        assert_eq!(version_to_show(&Form::empty(), 8), 8);
    }
}
