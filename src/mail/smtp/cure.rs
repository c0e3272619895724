//! What mends what TLS and SMTP say of a relay.

/// What is said, and what is to be set in `smtp_url`, as the end of a sentence.
const CURES: [(&str, &str); 3] = [
    ("UnknownIssuer", " (name the authority with ?ca=FILE)"),
    ("STARTTLS is not supported", " (use smtps://, or ?tls=none on a network you trust)"),
    ("InvalidContentType", " (the port speaks STARTTLS: use smtp://)"),
];

/// What mends it; empty when only its own words help.
pub(super) fn cure(reason: &str) -> &'static str {
    CURES.iter().find(|(said, _)| reason.contains(said)).map_or("", |(_, cure)| cure)
}

#[cfg(test)]
mod tests {
    use super::cure;

    #[test]
    fn what_is_known_to_be_mended_in_the_settings_is_told_with_its_cure() {
        assert!(cure("invalid peer certificate: UnknownIssuer").contains("?ca=FILE"));
        assert!(cure("STARTTLS is not supported on this server").contains("smtps://"));
        assert!(cure("received corrupt message of type InvalidContentType").contains("smtp://"));
        assert_eq!(cure("550 no such user"), "");
    }
}
