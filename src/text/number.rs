//! Numbers with the thousands mark of the language.

use fluent_templates::fluent_bundle::FluentValue;

use super::{Language, Texts};

impl Texts {
    /// A whole number as the language writes it: `1,250` or `1.250`.
    #[must_use]
    pub fn number(self, number: i64) -> String {
        grouped(&number.to_string(), mark(self.language()))
    }
}

pub(super) fn english<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    formatted(value, Language::English)
}

pub(super) fn dutch<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    formatted(value, Language::Dutch)
}

fn formatted(value: &FluentValue<'_>, language: Language) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => {
            Some(grouped(&format!("{:.0}", number.value), mark(language)))
        }
        _ => None,
    }
}

const fn mark(language: Language) -> char {
    match language {
        Language::English => ',',
        Language::Dutch => '.',
    }
}

fn grouped(digits: &str, mark: char) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let mut text = String::from(sign);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Language, Texts};

    #[test]
    fn thousands_are_marked_the_way_the_language_does() {
        let (en, nl) = (Texts::new(Language::English), Texts::new(Language::Dutch));
        assert_eq!(en.number(999), "999");
        assert_eq!(en.number(1250), "1,250");
        assert_eq!(nl.number(1_234_567), "1.234.567");
        assert_eq!(nl.number(-100), "-100");
    }
}
