//! A relay's answer made fit for a list that people read.

/// As much of an answer as a list shows.
const LONGEST: usize = 200;

/// Shortens an answer, takes out control characters, and hides every address but the recipient's and the link of an
/// invitation: relays quote other people's addresses (a forwarding target, a blocked sender) that the reader may not
/// know, and of a message that they refuse the link in it, with which whoever reads it could get in as the guest
/// (SECURITY R9, A11). Links of the relay's own stay: they often say what is wrong.
pub(super) fn tidy(answer: &str, recipient: &str) -> String {
    let plain: String = answer.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = plain.split_whitespace().map(|word| hide_secret(word, recipient)).collect();
    shorten(&words.join(" "))
}

fn hide_secret<'a>(word: &'a str, recipient: &str) -> &'a str {
    let is_address = word.contains('@') && !bare(word).eq_ignore_ascii_case(bare(recipient));
    if is_address || leads_in(word) { "…" } else { word }
}

/// Whether a word is the link of an invitation, what is left of one that was wrapped, or one inside another link.
fn leads_in(word: &str) -> bool {
    word.to_ascii_lowercase().contains("invitations")
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

/// Whether a refusal is about the recipient, for whom another try would change nothing: by its enhanced code (RFC
/// 3463), or, without one, by its code (RFC 5321, 4.2.3). What else is refused, such as a client that may not relay
/// (`5.7.1`) or a quota of ours (`5.4.5`), can be mended at the relay.
pub(super) fn is_about_recipient(code: u16, answer: &str) -> bool {
    match answer.split_whitespace().find_map(enhanced) {
        Some((1, detail)) => matches!(detail, 0..=3 | 6 | 10),
        Some((4, detail)) => detail == 1,
        Some((subject, _)) => subject == 2,
        None => matches!(code, 550 | 551 | 553),
    }
}

/// Subject and detail of `5.subject.detail`.
fn enhanced(word: &str) -> Option<(u16, u16)> {
    let code = word.trim_matches(|c: char| !c.is_ascii_digit());
    let (subject, detail) = code.strip_prefix("5.")?.split_once('.')?;
    Some((subject.parse().ok()?, detail.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{is_about_recipient, tidy};

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

    #[test]
    fn the_link_of_an_invitation_that_a_relay_quotes_is_shown_to_nobody() {
        let answer = "554 5.7.1 <https://access.example.org/invitations/AbC-123> looks like spam";
        assert_eq!(tidy(answer, "a@b.test"), "554 5.7.1 … looks like spam");
        assert_eq!(tidy("554 org/Invitations/AbC-123, spam", "a@b.test"), "554 … spam");
        assert_eq!(
            tidy("554 (https://safe.test/?u=https%3A%2F%2Fa%2Finvitations%2FAbC)", "a@b.test"),
            "554 …"
        );
        assert_eq!(tidy("554 https://urldefense.test/?u=https-3A__a_invitations_AbC", "a@b.test"), "554 …");
        let listed = "554 5.7.1 blocked, see https://lists.test/query/ip/192.0.2.1";
        assert_eq!(tidy(listed, "a@b.test"), listed);
        assert_eq!(tidy("550 mailbox/user unknown", "a@b.test"), "550 mailbox/user unknown");
    }

    #[test]
    fn only_a_refused_recipient_is_given_up() {
        let given_up =
            ["550 5.1.1 no such user", "550 no such user", "552 5.2.2 mailbox full", "553 5.1.3 bad address"];
        let to_be_mended = [
            "554 5.7.1 <unknown[192.0.2.1]>: Client host rejected: Access denied",
            "553 5.7.1 sender address rejected: not owned by user",
            "550 5.1.8 sender address rejected: domain not found",
            "550 5.4.5 daily sending quota exceeded",
            "553 sorry, that domain is not in my list of allowed rcpthosts (#5.7.1)",
            "554 transaction failed",
        ];
        let about = |answer: &&str| is_about_recipient(answer[..3].parse().unwrap(), answer);
        assert!(given_up.iter().all(about));
        assert!(!to_be_mended.iter().any(about));
    }
}
