//! Who has a password, who may set one, and whose may be taken away (SPEC 5.2).

use chrono::TimeDelta;

use super::Answer;
use crate::access::refusal::Refusal;
use crate::user::UserKind;

/// How long a sign-in proves well enough for a first password that it is the mailbox's owner who sets it.
const FRESH: TimeDelta = TimeDelta::minutes(10);

/// May this person have a password? Guests prove their mailbox with each session instead: one that is closed when they
/// leave their firm lets them in no more (SECURITY D9).
///
/// # Errors
/// [`Refusal::GuestPassword`].
pub fn have_password(kind: UserKind) -> Answer {
    match kind {
        UserKind::Member => Ok(()),
        UserKind::Guest => Err(Refusal::GuestPassword),
    }
}

/// May this person set a password, so long after they signed in? Whoever changes one shows the one there is. A first
/// one has nothing to show but the sign-in: whoever finds a browser open would otherwise have a way in for good
/// (SECURITY C4).
///
/// # Errors
/// [`Refusal::GuestPassword`], [`Refusal::SignInTooOld`].
pub fn set_password(kind: UserKind, has_password: bool, since_sign_in: TimeDelta) -> Answer {
    have_password(kind)?;
    if has_password || since_sign_in <= FRESH { Ok(()) } else { Err(Refusal::SignInTooOld) }
}

/// May this person's password be taken away, with none in its place? An administrator could not sign in any more.
///
/// # Errors
/// [`Refusal::PasswordMissing`].
pub fn lose_password(administrator: bool) -> Answer {
    if administrator { Err(Refusal::PasswordMissing) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_has_no_password_however_new_the_session_is_d9() {
        assert_eq!(have_password(UserKind::Guest), Err(Refusal::GuestPassword));
        for has_password in [false, true] {
            let set = set_password(UserKind::Guest, has_password, TimeDelta::zero());
            assert_eq!(set, Err(Refusal::GuestPassword));
        }
    }

    #[test]
    fn a_first_password_is_set_within_ten_minutes_and_another_at_any_time() {
        let late = FRESH + TimeDelta::microseconds(1);
        assert_eq!(set_password(UserKind::Member, false, FRESH), Ok(()));
        assert_eq!(set_password(UserKind::Member, false, late), Err(Refusal::SignInTooOld));
        assert_eq!(set_password(UserKind::Member, true, late), Ok(()));
    }

    #[test]
    fn an_administrator_keeps_a_password() {
        assert_eq!(lose_password(true), Err(Refusal::PasswordMissing));
        assert_eq!(lose_password(false), Ok(()));
    }
}
