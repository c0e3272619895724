//! What is wrong with the rule of a dynamic group, as a sentence that says what to write instead.

use directory::group_rule::{ATTRIBUTES, MAX_RULE, RuleMistake};

use crate::text::Texts;

/// In the reader's language.
pub(super) fn say(texts: Texts, mistake: &RuleMistake) -> String {
    match mistake {
        RuleMistake::Empty => texts.get("field-required"),
        RuleMistake::TooLong => texts.with("field-too-long-at-most", &[("max", MAX_RULE.into())]),
        RuleMistake::Unprintable => texts.get("field-control-character"),
        RuleMistake::TooDeep => texts.get("rule-too-deep"),
        RuleMistake::Syntax { character } => texts.with("rule-syntax", &[("column", (*character).into())]),
        RuleMistake::UnknownAttribute(name) => unknown_attribute(texts, name),
        RuleMistake::Prefixed { prefix, attribute } => texts.with(
            "rule-prefixed",
            &[("prefix", prefix.as_str().into()), ("attribute", attribute.as_str().into())],
        ),
        RuleMistake::UnknownFunction(name) => {
            texts.with("rule-unknown-function", &[("name", name.as_str().into())])
        }
        RuleMistake::NotTrueOrFalse => texts.get("rule-not-true-or-false"),
        RuleMistake::NoAnswer => texts.get("rule-no-answer"),
    }
}

fn unknown_attribute(texts: Texts, name: &str) -> String {
    let [others @ .., last] = ATTRIBUTES;
    let variables = [("name", name.into()), ("attributes", others.join(", ").into()), ("last", last.into())];
    texts.with("rule-unknown-attribute", &variables)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn every_mistake() -> Vec<RuleMistake> {
        let name = || "departmnt".to_owned();
        vec![
            RuleMistake::Empty,
            RuleMistake::TooLong,
            RuleMistake::Unprintable,
            RuleMistake::TooDeep,
            RuleMistake::Syntax { character: 7 },
            RuleMistake::UnknownAttribute(name()),
            RuleMistake::Prefixed { prefix: "user".to_owned(), attribute: "department".to_owned() },
            RuleMistake::UnknownFunction(name()),
            RuleMistake::NotTrueOrFalse,
            RuleMistake::NoAnswer,
        ]
    }

    #[test]
    fn every_mistake_is_a_sentence_in_both_languages() {
        for texts in Language::ALL.iter().map(|language| Texts::new(*language)) {
            for mistake in every_mistake() {
                let said = say(texts, &mistake);
                assert!(said.ends_with('.') && !said.contains("{$"), "{mistake:?}: {said}");
            }
        }
    }

    #[test]
    fn an_attribute_that_there_is_not_is_named_with_those_that_there_are() {
        let mistake = RuleMistake::UnknownAttribute("departmnt".to_owned());
        let said = say(Texts::new(Language::Dutch), &mistake);
        assert!(said.contains("“departmnt”") && said.ends_with("country of company."), "{said}");
    }
}
