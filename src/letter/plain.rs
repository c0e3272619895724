//! Words that people typed, made harmless for a mail (SPEC 4.4, SECURITY.md D4).
//!
//! An invitation leaves from the organisation's own mail server with valid signatures, so whoever may invite could use
//! it to send strangers a lure. The templates escape markup, but that is not enough: nearly every mail program makes
//! links of its own out of whatever looks like an address. So everything that could become one is broken by a
//! zero-width space: behind the colon of a scheme (`http:`, `tel:`), behind the dot of a host (`evil.example`), behind
//! an at sign. A person reads the same words; a program finds nothing to link.

use directory::text::reorders;

/// Breaks what a mail program would link.
const BREAK: char = '\u{200b}';

/// A name or a sentence as one line of plain, unlinkable text.
pub(crate) fn line(text: &str) -> String {
    unlinked(&one_line(text))
}

/// A message as lines of plain, unlinkable text. Empty when there is nothing to read.
pub(crate) fn lines(text: &str) -> Vec<String> {
    text.trim().lines().map(line).collect()
}

/// One line of printable text: what may reach a header. Control characters become spaces; marks that turn
/// the reading direction, and could make a text read otherwise than it is, go.
pub(crate) fn one_line(text: &str) -> String {
    // Before the marks go: a separator of lines is one of them, and parts words.
    let spaced = text.chars().map(|c| if is_break(c) { ' ' } else { c });
    let printable: String = spaced.filter(|c| !reorders(*c)).collect();
    printable.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

fn unlinked(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = rest.next() {
        safe.push(c);
        let joins = rest.peek().is_some_and(|after| !after.is_whitespace()) && !before.is_whitespace();
        if joins && is_joint(c) {
            safe.push(BREAK);
        }
        before = c;
    }
    safe
}

/// What holds an address together, with the dots of other scripts that host names may be written with.
fn is_joint(c: char) -> bool {
    matches!(c, '.' | ':' | '@' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}' | '\u{ff20}' | '\u{ff1a}')
}

#[cfg(test)]
mod tests {
    use super::{line, lines, one_line};

    #[test]
    fn nothing_that_looks_like_an_address_stays_whole() {
        for lure in
            ["http://evil.example", "evil.example", "x@evil.example", "tel:+31201234567", "evil。example"]
        {
            let harmless = line(lure);
            assert!(!harmless.contains(lure), "{lure}");
            assert_eq!(harmless.replace('\u{200b}', ""), lure, "a person reads the same");
        }
    }

    #[test]
    fn ordinary_sentences_are_left_alone() {
        let text = "Hi Ann, here it is. See you: tomorrow?";
        assert_eq!(line(text), text);
    }

    #[test]
    fn lines_stay_lines_and_names_become_one() {
        assert_eq!(lines("Hi Ann,\r\n\r\nSee you\n"), ["Hi Ann,", "", "See you"]);
        assert_eq!(one_line("Olivia\r\nBcc: all \u{202e}x"), "Olivia Bcc: all x");
        assert_eq!(one_line("Olivia\u{2028}Bra\u{feff}ndt"), "Olivia Brandt");
        assert!(lines("  \n ").is_empty());
    }
}
