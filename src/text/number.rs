//! Numbers with the thousands mark of the language.

use directory::Count;
use fluent_templates::fluent_bundle::FluentValue;

use super::{Language, Texts};

impl Texts {
    /// A whole number as the language writes it: `1,250` or `1.250`.
    #[must_use]
    pub fn number(self, number: i64) -> String {
        grouped(&number.to_string(), mark(self.language()))
    }

    /// How many there are: `950`, or `1,000+` for more than anybody counted.
    #[must_use]
    pub fn counted(self, count: Count) -> String {
        count.exact().map_or_else(|| self.number(Count::LIMIT) + "+", |exact| self.number(exact))
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
    use directory::Count;

    use super::{Language, Texts};

    #[test]
    fn thousands_are_marked_the_way_the_language_does() {
        let (en, nl) = (Texts::new(Language::English), Texts::new(Language::Dutch));
        assert_eq!(en.number(999), "999");
        assert_eq!(en.number(1250), "1,250");
        assert_eq!(nl.number(1_234_567), "1.234.567");
    }

    #[test]
    fn what_nobody_counted_to_the_end_says_so() {
        let (en, nl) = (Texts::new(Language::English), Texts::new(Language::Dutch));
        assert_eq!(en.counted(Count::of(Count::LIMIT)), "1,000");
        assert_eq!(nl.counted(Count::of(Count::LIMIT + 1)), "1.000+");
        assert_eq!(en.count("groups-members", Count::of(1)), "1 member");
        assert_eq!(en.count("groups-members", Count::of(Count::LIMIT + 1)), "1,000+ members");
        assert_eq!(nl.number(-100), "-100");
    }
}
