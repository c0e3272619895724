//! What the directory refuses, in the words of the pages.

use chrono_tz::Tz;
use directory::{DatabaseUrl, EmailAddress, Language, Refusal, text::TextError};

use crate::{password, text::Texts, web::refusals};

/// Why, as a sentence. Its instants are in UTC: a command knows no reader's zone.
pub(super) fn refusal(refusal: &Refusal) -> String {
    refusals::say(Texts::new(Language::English), refusal, Tz::UTC)
}

/// The address that was given.
pub(super) fn address(given: &str) -> anyhow::Result<EmailAddress> {
    EmailAddress::parse(given)
        .map_err(|part| anyhow::anyhow!("{given}: {}", refusal(&Refusal::InvalidAddress { part })))
}

/// What is wrong with a text that was given.
pub(super) fn text(error: TextError) -> String {
    match error {
        TextError::Empty => "is empty".to_owned(),
        TextError::TooLong(most) => format!("has more than {most} characters"),
        TextError::Unprintable => "has characters that cannot be printed".to_owned(),
    }
}

/// How to come by an empty database, where what `setting` names has something in it.
pub(super) fn empty_database(setting: &str, url: &DatabaseUrl) -> String {
    let way = match url {
        DatabaseUrl::Sqlite(file) => {
            let file = file.display();
            format!("move {file}, {file}-wal and {file}-shm away, or name another file")
        }
        DatabaseUrl::Postgres(_) => "make a new one (createdb)".to_owned(),
    };
    format!("{setting} must name an empty database: {way}")
}

/// The password that was given, as it is kept. What anybody could guess is refused as on the pages.
pub(super) fn hash_chosen(given: &str, guessable: &[&str]) -> anyhow::Result<String> {
    password::check_chosen(given, guessable)?;
    Ok(password::hash(given)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_is_told_in_sentences() {
        let refused = address("ann@").unwrap_err().to_string();
        assert_eq!(refused, "ann@: The part after the @ is not a domain name.");
        assert_eq!(refusal(&Refusal::AddressTaken), "There is already somebody with this address.");
        assert_eq!(text(TextError::Empty), "is empty");
    }

    #[test]
    fn a_password_that_anybody_could_guess_is_not_kept() {
        for guess in ["Ann@partner.test", "aaaaaaaaaaaaaaaa"] {
            let refused = hash_chosen(guess, &["ann@partner.test"]).unwrap_err().to_string();
            assert!(refused.contains("could guess"), "{refused}");
        }
        assert!(hash_chosen("correct horse battery", &["ann@partner.test"]).is_ok());
    }
}
