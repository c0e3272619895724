//! What a person sent in a form: every field as it was typed, and what is wrong with it.

mod outdated;

use std::{fmt, str::FromStr};

use actix_web::http::StatusCode;

/// Fields whose values never come back into a page.
const SECRET: [&str; 5] = ["password", "new_password", "current_password", "repeat_password", "code"];

/// The raw fields of a form in the order they came, with the mistakes found so far, whether they came too late, and
/// what had been saved by then.
#[derive(Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    mistakes: Vec<Mistake>,
    stale: bool,
    saved_now: Vec<(String, String)>,
}

/// Something wrong with one field, or with the whole form when the field is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    field: String,
    complaint: Complaint,
}

/// What is wrong, as a key of the catalogue or as a finished sentence. `Page::say` makes it a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Complaint {
    /// A key with its variables.
    Key(&'static str, Vec<(&'static str, String)>),
    /// A sentence in the reader's language.
    Sentence(String),
}

impl From<&'static str> for Complaint {
    fn from(key: &'static str) -> Self {
        Self::Key(key, Vec::new())
    }
}

impl From<String> for Complaint {
    fn from(sentence: String) -> Self {
        Self::Sentence(sentence)
    }
}

impl Complaint {
    /// A key with its variables: `Complaint::key("field-too-long").with("max", 120)`.
    #[must_use]
    pub const fn key(key: &'static str) -> Self {
        Self::Key(key, Vec::new())
    }

    /// The same with one more variable. A finished sentence has none and stays as it is.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        if let Self::Key(_, variables) = &mut self {
            variables.push((name, value.to_string()));
        }
        self
    }
}

/// One of the answers of a choice, for [`Form::parse`]; what is none of them is a mistake.
pub(crate) fn choice<T: FromStr>(typed: &str) -> Result<T, &'static str> {
    typed.parse().map_err(|_| "field-choice")
}

impl Mistake {
    /// The field's name, which is also the id of its control; empty for the whole form.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// What is wrong with it.
    #[must_use]
    pub const fn complaint(&self) -> &Complaint {
        &self.complaint
    }
}

impl Form {
    /// A form nobody has filled in.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// A form that shows these values, for a page that edits what there is.
    #[must_use]
    pub fn filled<N: AsRef<str>, V: AsRef<str>>(values: &[(N, V)]) -> Self {
        Self::sent(
            values
                .iter()
                .map(|(name, value)| (name.as_ref().to_owned(), value.as_ref().to_owned()))
                .collect(),
        )
    }

    /// A form as it was sent.
    #[must_use]
    pub const fn sent(fields: Vec<(String, String)>) -> Self {
        Self { fields, mistakes: Vec::new(), stale: false, saved_now: Vec::new() }
    }

    /// The value of a field, the first if it came more than once; empty if it did not come.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// Every value of a field, in the order they came.
    #[must_use]
    pub fn values(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }

    /// What a control shows again: the value, unless the field is a secret.
    #[must_use]
    pub fn shown(&self, name: &str) -> &str {
        if SECRET.contains(&name) { "" } else { self.value(name) }
    }

    /// Whether a box was ticked or a question answered with yes.
    #[must_use]
    pub fn checked(&self, name: &str) -> bool {
        !matches!(self.value(name), "" | "no" | "off" | "false")
    }

    /// Whether this is one of the values sent for a field.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.fields.iter().any(|(field, sent)| field == name && sent == value)
    }

    /// Whether the field came at all.
    #[must_use]
    pub fn sends(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }

    /// Reads a field that has one value. A mistake is written beside the field and gives `None`.
    pub fn parse<T, E: Into<Complaint>>(
        &mut self,
        name: &str,
        parser: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        if self.values(name).len() > 1 {
            self.refuse(name, "field-duplicate");
            return None;
        }
        match parser(self.value(name)) {
            Ok(value) => Some(value),
            Err(complaint) => {
                self.refuse(name, complaint);
                None
            }
        }
    }

    /// Reads a field that may be left empty: `Some(None)` when it was.
    pub fn parse_optional<T, E: Into<Complaint>>(
        &mut self,
        name: &str,
        parser: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<Option<T>> {
        self.parse(name, |value| if value.trim().is_empty() { Ok(None) } else { parser(value).map(Some) })
    }

    /// Writes beside a field what is wrong with it; an empty name means the whole form.
    pub fn refuse(&mut self, field: &str, complaint: impl Into<Complaint>) {
        self.mistakes.push(Mistake { field: field.to_owned(), complaint: complaint.into() });
    }

    /// Passes over what is wrong with a field that the page does not ask for.
    pub fn forgive(&mut self, field: &str) {
        self.mistakes.retain(|mistake| mistake.field != field);
    }

    /// The first mistake in a field.
    #[must_use]
    pub fn error(&self, field: &str) -> Option<&Complaint> {
        self.mistakes.iter().find(|mistake| mistake.field == field).map(Mistake::complaint)
    }

    /// All mistakes, in the order they were found.
    #[must_use]
    pub fn errors(&self) -> &[Mistake] {
        &self.mistakes
    }

    /// Whether nothing is wrong so far.
    #[must_use]
    pub const fn is_valid(&self) -> bool {
        self.mistakes.is_empty()
    }

    /// The status of the page that shows it again: 409 where somebody else was faster, 422 where it was refused.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match (self.stale, self.is_valid()) {
            (true, _) => StatusCode::CONFLICT,
            (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
            (false, true) => StatusCode::OK,
        }
    }

    /// Empties a field, for instance after it was taken over into a list.
    pub fn clear(&mut self, name: &str) {
        self.fields.retain(|(field, _)| field != name);
    }

    /// Gives a field one value.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.clear(name);
        self.fields.push((name.to_owned(), value.into()));
    }
}

impl fmt::Debug for Form {
    /// Names only: values are personal, and may be secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.fields.iter().map(|(name, _)| name.as_str()).collect();
        formatter
            .debug_struct("Form")
            .field("fields", &names)
            .field("mistakes", &self.mistakes)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Complaint, Form, StatusCode};

    fn whole(text: &str) -> Result<u8, &'static str> {
        text.parse().map_err(|_| "field-number")
    }

    #[test]
    fn what_was_typed_is_kept_beside_what_is_wrong_with_it() {
        let mut form = Form::filled(&[("days", "soon"), ("name", "Ledger")]);
        assert_eq!(form.parse("days", whole), None);
        form.refuse("name", String::from("Ledger is taken."));
        assert_eq!(form.value("days"), "soon");
        assert_eq!(form.error("days"), Some(&Complaint::key("field-number")));
        assert_eq!(form.errors().len(), 2);
        assert_eq!(form.errors()[1].field(), "name");
        assert!(!form.is_valid());
    }

    #[test]
    fn a_single_value_sent_twice_is_a_mistake_and_many_values_are_not() {
        let mut form = Form::filled(&[("days", "3"), ("days", "30"), ("pick", "a"), ("pick", "b")]);
        assert_eq!(form.parse("days", whole), None);
        assert_eq!(form.error("days"), Some(&Complaint::key("field-duplicate")));
        assert_eq!(form.values("pick"), ["a", "b"]);
        assert!(form.has("pick", "b") && !form.has("pick", "c"));
    }

    #[test]
    fn an_empty_optional_field_is_no_mistake() {
        let mut form = Form::filled(&[("days", " ")]);
        assert_eq!(form.parse_optional("days", whole), Some(None));
        form.set("days", "7");
        assert_eq!(form.parse_optional("days", whole), Some(Some(7)));
        assert!(form.is_valid());
    }

    #[test]
    fn the_status_tells_what_came_too_late_from_what_was_refused() {
        let mut form = Form::empty();
        form.refuse("", "field-required");
        assert_eq!([Form::empty().status(), form.status()].map(|status| status.as_u16()), [200, 422]);
        form.outdate();
        assert_eq!(form.status(), StatusCode::CONFLICT);
    }

    #[test]
    fn boxes_and_questions() {
        let form = Form::filled(&[("a", "on"), ("b", "yes"), ("c", "no")]);
        assert_eq!(["a", "b", "c", "d"].map(|name| form.checked(name)), [true, true, false, false]);
    }

    #[test]
    fn secrets_are_read_but_not_shown_or_printed() {
        let form = Form::filled(&[("password", "hunter2"), ("email", "ann@partner.test")]);
        assert_eq!(form.value("password"), "hunter2");
        assert_eq!(form.shown("password"), "");
        assert!(!format!("{form:?}").contains("hunter2"));
        assert!(!format!("{form:?}").contains("ann@"));
    }
}
