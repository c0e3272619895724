//! Passwords on pages: read from a form, hashed and checked away from the event loop, two at a time (SECURITY C9).

use std::time::Duration;

use actix_web::web;
use tokio::{sync::Semaphore, time::timeout};

use super::{
    PageError,
    form::{Complaint, Form},
};
use crate::password::{self, LONGEST, PasswordError, SHORTEST};

/// Argon2id takes 19 MiB and a whole core each.
pub(crate) const AT_ONCE: usize = 2;
static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);
/// How long somebody waits for their turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whether this is the password of the hash. Without a hash it never is, and takes as long (SECURITY C7).
pub(crate) async fn is_right(typed: String, hashed: Option<String>) -> Result<bool, PageError> {
    in_turn(move || password::verify(&typed, hashed.as_deref())).await
}

/// The password as it is kept; nothing when it was refused beside its field.
pub(crate) async fn hash(form: &mut Form, field: &str, typed: String) -> Result<Option<String>, PageError> {
    match in_turn(move || password::hash(&typed)).await? {
        Ok(hashed) => Ok(Some(hashed)),
        Err(error) => {
            form.refuse(field, complaint(error));
            Ok(None)
        }
    }
}

/// Reads a password that somebody chose. What anybody could guess of them is refused, whatever its case.
pub(crate) fn chosen(form: &mut Form, field: &str, guessable: &[&str]) -> Option<String> {
    form.parse(field, |typed| check(typed, guessable))
}

/// Reads a password that somebody has.
pub(crate) fn typed(form: &mut Form, field: &str) -> Option<String> {
    form.parse(field, |typed| match typed.len() {
        0 => Err(Complaint::key("field-required")),
        length if length > LONGEST => Err(complaint(PasswordError::TooLong)),
        _ => Ok(typed.to_owned()),
    })
}

fn check(typed: &str, guessable: &[&str]) -> Result<String, Complaint> {
    password::check_chosen(typed, guessable).map(|()| typed.to_owned()).map_err(complaint)
}

fn complaint(error: PasswordError) -> Complaint {
    match error {
        PasswordError::TooShort => Complaint::key("field-too-short").with("min", SHORTEST),
        PasswordError::TooLong => Complaint::key("password-too-long").with("max", LONGEST),
        PasswordError::Guessable => Complaint::key("password-guessable"),
        PasswordError::Failed => Complaint::key("error-500-title"),
    }
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, PageError> {
    let busy = PageError::Busy;
    let turn = timeout(PATIENCE, TURNS.acquire()).await.map_err(|_| busy("too many passwords at once"))?;
    let turn = turn.map_err(|_| busy("no passwords are checked any more"))?;
    let work = move || {
        // Until the work is done, which goes on when the visitor has hung up.
        let _turn = turn;
        work()
    };
    web::block(work).await.map_err(|_| busy("the thread for passwords went away"))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn choose(typed: &str) -> Result<String, Complaint> {
        check(typed, &["olivia@meridian.example", "Olivia Brandt", "Meridian Labs"])
    }

    #[test]
    fn a_password_is_long_enough_and_nothing_that_anybody_knows_of_them() {
        assert!(choose("correct horse battery").is_ok());
        assert_eq!(choose("too short"), Err(Complaint::key("field-too-short").with("min", 12)));
        assert_eq!(choose(&"é".repeat(600)), Err(Complaint::key("password-too-long").with("max", 1024)));
        for guess in ["OLIVIA@meridian.example", "Olívia Brandt", "meridian labs", "aaaaaaaaaaaaaa"] {
            assert_eq!(choose(guess), Err(Complaint::key("password-guessable")), "{guess}");
        }
    }

    #[test]
    fn an_existing_password_is_only_bounded_c9() {
        let mut form =
            Form::filled(&[("password", "short"), ("code", "x".repeat(2000).as_str()), ("empty", "")]);
        assert_eq!(typed(&mut form, "password").as_deref(), Some("short"));
        assert_eq!(typed(&mut form, "code"), None);
        assert_eq!(typed(&mut form, "empty"), None);
    }

    #[actix_web::test]
    async fn whoever_hangs_up_makes_no_room_for_another_password_c9() {
        let (done, wait) = mpsc::channel::<()>();
        let work = in_turn(move || wait.recv().is_err());
        assert!(timeout(Duration::from_millis(50), work).await.is_err(), "the visitor hangs up");
        assert!(TURNS.available_permits() < AT_ONCE);
        drop(done);
    }

    #[actix_web::test]
    async fn nobody_has_a_password() {
        assert!(!is_right("anything at all".to_owned(), None).await.unwrap());
    }
}
