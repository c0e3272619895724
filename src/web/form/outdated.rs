//! A form that somebody else was faster with: what was typed, beside what is saved now.

use super::{Form, SECRET};

impl Form {
    /// Notes that somebody else changed what it is about since it was drawn, so that nothing of it was saved.
    pub const fn outdate(&mut self) {
        self.stale = true;
    }

    /// Whether somebody else was faster.
    #[must_use]
    pub const fn is_stale(&self) -> bool {
        self.stale
    }

    /// Keeps beside what was typed what is saved now: `now` is the form as the page would be opened with. Nothing is
    /// kept unless somebody else was faster.
    pub fn set_beside(&mut self, now: &Form) {
        if self.stale {
            self.saved_now.clone_from(&now.fields);
        }
    }

    /// What is saved in a field now, where that is something else than was typed.
    #[must_use]
    pub fn saved_now(&self, name: &str) -> Option<&str> {
        let (_, saved) = self.saved_now.iter().find(|(field, _)| field == name)?;
        let differs = !SECRET.contains(&name) && !is_same(saved, self.value(name));
        differs.then_some(saved.as_str())
    }

    /// Whether this value is saved in a field now, and something else was typed.
    #[must_use]
    pub fn is_saved_now(&self, name: &str, value: &str) -> bool {
        self.saved_now(name).is_some_and(|saved| saved == value)
    }
}

/// Whether two texts say the same: browsers end lines in their own way, and what is saved has no blanks around it.
fn is_same(saved: &str, typed: &str) -> bool {
    saved.trim().lines().eq(typed.trim().lines())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beside(typed: &[(&str, &str)], saved: &[(&str, &str)]) -> Form {
        let mut form = Form::filled(typed);
        form.outdate();
        form.set_beside(&Form::filled(saved));
        form
    }

    #[test]
    fn only_what_differs_from_what_was_typed_is_told() {
        let form = beside(&[("name", "Mia"), ("country", "NL")], &[("name", "Maria"), ("country", "NL")]);
        assert_eq!(form.saved_now("name"), Some("Maria"));
        assert_eq!(form.value("name"), "Mia");
        assert_eq!([form.saved_now("country"), form.saved_now("company")], [None, None]);
        assert!(form.is_saved_now("name", "Maria") && !form.is_saved_now("country", "NL"));
    }

    #[test]
    fn an_emptied_field_is_told_and_the_ends_of_lines_are_not() {
        let form = beside(&[("name", "Mia"), ("list", "a\r\nb\r\n")], &[("name", ""), ("list", "a\nb")]);
        assert_eq!([form.saved_now("name"), form.saved_now("list")], [Some(""), None]);
    }

    #[test]
    fn a_form_in_time_and_a_secret_tell_nothing() {
        let mut form = Form::filled(&[("name", "Mia")]);
        form.set_beside(&Form::filled(&[("name", "Maria")]));
        assert_eq!(form.saved_now("name"), None);
        assert_eq!(beside(&[("password", "a")], &[("password", "b")]).saved_now("password"), None);
    }
}
