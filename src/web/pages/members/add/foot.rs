//! The line that says what **Add** will do.

use directory::invitation::Verdict;

use crate::text::Texts;

/// The line, and the words on the button.
pub(super) struct Foot {
    pub(super) text: String,
    /// The same in a few words, for the window's title; empty while nobody is on the list.
    pub(super) short: String,
    pub(super) button: String,
}

impl Foot {
    /// What a press does to these.
    pub(super) fn of(texts: Texts, verdicts: &[Verdict]) -> Self {
        let count = |holds: fn(&Verdict) -> bool| verdicts.iter().filter(|verdict| holds(verdict)).count();
        let invited = count(|verdict| matches!(verdict, Verdict::Invite(_)));
        let added = count(|verdict| matches!(verdict, Verdict::Add(_)));
        let skipped = verdicts.len() - invited - added;
        let people = invited + added;
        Self {
            text: text(texts, invited, added, skipped),
            short: short(texts, people, skipped),
            button: button(texts, people),
        }
    }
}

fn button(texts: Texts, people: usize) -> String {
    if people == 0 { texts.get("add") } else { texts.count("add-button", people) }
}

fn text(texts: Texts, invited: usize, added: usize, skipped: usize) -> String {
    if invited + added + skipped == 0 {
        return texts.get("add-list-empty");
    }
    let counted = |key: &str, count: usize| (count > 0).then(|| texts.count(key, count));
    let parts: Vec<String> =
        [counted("add-invited", invited), counted("add-at-once", added)].into_iter().flatten().collect();
    let mut sentences = Vec::new();
    if !parts.is_empty() {
        let people = texts.count("add-people", invited + added);
        sentences.push(format!("{people}: {}.", parts.join(", ")));
    }
    sentences.extend(counted("add-skipped", skipped));
    sentences.join(" ")
}

fn short(texts: Texts, people: usize, skipped: usize) -> String {
    let counted = |key: &str, count: usize| (count > 0).then(|| texts.count(key, count));
    let parts = [counted("add-people", people), counted("add-skipped", skipped)].into_iter().flatten();
    parts.map(|part| part.trim_end_matches('.').to_owned()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{button, short, text};
    use crate::text::{Language, Texts};

    #[test]
    fn the_foot_says_what_the_button_will_do() {
        let texts = Texts::new(Language::English);
        assert_eq!(
            text(texts, 1, 1, 2),
            "2 people will be added: 1 guest is invited, 1 colleague or guest gets access at once. 2 are skipped."
        );
        assert_eq!(text(texts, 0, 0, 1), "1 is skipped.");
        assert_eq!(text(texts, 0, 0, 0), "Nobody on the list yet.");
        assert_eq!((button(texts, 2), button(texts, 0)), ("Add 2 people".to_owned(), "Add".to_owned()));
        assert_eq!(short(texts, 2, 1), "2 people will be added, 1 is skipped");
        assert_eq!(short(texts, 0, 0), "");
    }
}
