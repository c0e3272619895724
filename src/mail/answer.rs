//! A relay's answer made fit for a list that people read.

/// As much of an answer as a list shows.
const LONGEST: usize = 200;

/// Shortens an answer, takes out control characters, and hides every address but the recipient's:
/// relays quote other people's addresses (a forwarding target, a blocked sender) that the reader may not know.
pub(super) fn tidy(answer: &str, recipient: &str) -> String {
    let plain: String = answer.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = plain.split_whitespace().map(|word| hide_address(word, recipient)).collect();
    shorten(&words.join(" "))
}

fn hide_address<'a>(word: &'a str, recipient: &str) -> &'a str {
    if word.contains('@') && !bare(word).eq_ignore_ascii_case(bare(recipient)) { "…" } else { word }
}

/// Without the brackets and punctuation that relays put around addresses.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn an_answer_is_one_short_line_of_printable_text() {
        assert_eq!(tidy("550 5.1.1\r\n no such\u{7} user", "a@b.test"), "550 5.1.1 no such user");
        assert_eq!(tidy(&"x".repeat(500), "a@b.test").chars().count(), 200);
    }

    #[test]
    fn only_the_recipient_may_be_named() {
        let answer = "550 <Ann@Partner.test> forwards to boss@secret.test";
        assert_eq!(tidy(answer, "ann@partner.test"), "550 <Ann@Partner.test> forwards to …");
        assert_eq!(tidy("550 a@b.test,c@d.test", "a@b.test"), "550 …");
        assert_eq!(tidy("550 eve-a@b.test", "a@b.test"), "550 …");
        assert_eq!(tidy("450 x@b.test", ""), "450 …");
    }
}
