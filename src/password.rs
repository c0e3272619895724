//! Passwords: Argon2id, and as much work for a person who does not exist (SPEC 5.2; SECURITY C7, C9).
//!
//! Hashing and verifying take their time: call them on a blocking thread, whose number bounds how many run at once.

use std::sync::LazyLock;

use argon2::{
    Argon2, PasswordHash, PasswordHasher, PasswordVerifier,
    password_hash::{SaltString, rand_core::OsRng},
};
use directory::text::search_key;

/// The shortest password, in characters.
pub const SHORTEST: usize = 12;
/// The longest, in bytes.
pub const LONGEST: usize = 1024;

/// Verified when there is nobody, so that nobody can tell by the time it takes.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody has this password").unwrap_or_default());

/// Why a password cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Fewer than [`SHORTEST`] characters.
    #[error("a password has at least {SHORTEST} characters")]
    TooShort,
    /// More than [`LONGEST`] bytes.
    #[error("a password has at most {LONGEST} bytes")]
    TooLong,
    /// A name, an address or one character again and again.
    #[error(
        "somebody could guess this password: choose one that is not a name, an address or one repeated character"
    )]
    Guessable,
    /// The machine has no randomness or no memory to spare.
    #[error("the password could not be hashed")]
    Failed,
}

/// Whether a password is as long as one must be, and not longer. Takes no time.
///
/// # Errors
/// [`PasswordError::TooShort`] or [`PasswordError::TooLong`].
pub fn check(password: &str) -> Result<(), PasswordError> {
    if password.chars().count() < SHORTEST {
        return Err(PasswordError::TooShort);
    }
    if password.len() > LONGEST {
        return Err(PasswordError::TooLong);
    }
    Ok(())
}

/// As [`check`], of a password that somebody chooses: not one of what anybody knows of them, whatever its case and
/// accents, nor one repeated character.
///
/// # Errors
/// Those of [`check`], and [`PasswordError::Guessable`].
pub fn check_chosen(password: &str, guessable: &[&str]) -> Result<(), PasswordError> {
    check(password)?;
    let key = search_key(password);
    let guessed = guessable.iter().any(|known| search_key(known) == key);
    let first = password.chars().next();
    let monotonous = password.chars().all(|c| Some(c) == first);
    if guessed || monotonous { Err(PasswordError::Guessable) } else { Ok(()) }
}

/// The password in PHC form, as it is stored.
///
/// # Errors
/// When it is too short or too long.
pub fn hash(password: &str) -> Result<String, PasswordError> {
    salted(password, &SaltString::generate(&mut OsRng))
}

/// As [`hash`], but the same each time for the same seed: for a directory to measure with, where all have one password.
///
/// # Errors
/// When it is too short or too long.
pub fn hash_for_measuring(password: &str, seed: u64) -> Result<String, PasswordError> {
    let salt = SaltString::encode_b64(&[seed.to_be_bytes(), *b"measured"].concat());
    salted(password, &salt.map_err(|_| PasswordError::Failed)?)
}

fn salted(password: &str, salt: &SaltString) -> Result<String, PasswordError> {
    check(password)?;
    let hashed = Argon2::default().hash_password(password.as_bytes(), salt);
    hashed.map(|hashed| hashed.to_string()).map_err(|_| PasswordError::Failed)
}

/// Whether this is the password of the hash; without one, it never is, and takes as long.
#[must_use]
pub fn verify(password: &str, hashed: Option<&str>) -> bool {
    let known = hashed.is_some();
    let hashed = hashed.unwrap_or(&NOBODY);
    let right = password.len() <= LONGEST
        && PasswordHash::new(hashed)
            .is_ok_and(|hashed| Argon2::default().verify_password(password.as_bytes(), &hashed).is_ok());
    right && known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_recognised_and_nothing_else_is() {
        let hashed = hash("correct horse battery").unwrap();
        assert!(hashed.starts_with("$argon2id$"));
        assert!(verify("correct horse battery", Some(&hashed)));
        assert!(!verify("correct horse batterx", Some(&hashed)));
        assert!(!verify("nobody has this password", None));
        assert!(!verify("correct horse battery", Some("no hash")));
    }

    #[test]
    fn its_length_is_bounded() {
        assert_eq!(hash("too short"), Err(PasswordError::TooShort));
        assert_eq!(hash(&"x".repeat(LONGEST + 1)), Err(PasswordError::TooLong));
    }
}
