//! Signing in: what is proved, and what is still wanted (SPEC 5.2).
//!
//! The ways of proving are a list; a person's wanted factors are compared with those proved. Passkeys and other
//! providers join the list later.

use chrono::TimeDelta;

use crate::access::Actor;
use crate::activity::{self, Action};
use crate::db::Tx;
use crate::email_address::EmailAddress;
use crate::language::Language;
use crate::one_time_code::{self, CodePurpose, Entered, Shown};
use crate::rate_limit::RateLimit;
use crate::session::Entrance;
use crate::user::{User, UserState};
use crate::{Result, invitation, organisation, redemption};

/// A way of proving who one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// The password.
    Password,
    /// A code sent to the mailbox.
    Code,
}

/// How signing in goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Enough is proved: a session may begin.
    SignedIn(Box<Actor>),
    /// This factor is wanted too.
    Wanted(Factor),
    /// An invited guest proved the mailbox: on to the invitation with this token.
    Invited(String),
    /// The digits are wrong; this many tries are left.
    WrongCode(i64),
    /// A new code must be asked for.
    CodeOver,
    /// The address and password do not go together, or nobody may sign in with them.
    Refused,
    /// Enough is proved; but after a restore only administrators get in until one of them has had a look.
    Restored,
}

impl Progress {
    /// Nothing was proved.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        matches!(self, Self::Refused | Self::WrongCode(_) | Self::CodeOver)
    }

    /// Who may have a session now.
    #[must_use]
    pub fn entrance(&self) -> Option<Entrance> {
        match self {
            Self::SignedIn(actor) => Some(Entrance::Proved(actor.clone())),
            _ => None,
        }
    }
}

/// The password hash to check what was typed against; none for addresses that have none, and for guests. The caller
/// does the same work in either case, so that time tells nothing (SECURITY C7).
///
/// # Errors
/// Only the database's.
pub fn password_hash(tx: &mut Tx<'_>, address: &EmailAddress) -> Result<Option<String>> {
    let active = User::by_address(tx, address)?.filter(|user| user.state == UserState::Active);
    Ok(active.and_then(|user| user.password().map(str::to_owned)))
}

/// Goes on after a password that is right by this hash: refused if it has been changed while it was checked, which
/// takes its time.
///
/// # Errors
/// Only the database's.
pub fn password_proved(
    tx: &mut Tx<'_>,
    address: &EmailAddress,
    hash: Option<&str>,
    browser: &str,
) -> Result<Progress> {
    let Some(user) = User::by_address(tx, address)? else { return Ok(Progress::Refused) };
    let Some(actor) = Actor::of(&user).filter(|_| hash.is_some() && user.password() == hash) else {
        return Ok(Progress::Refused);
    };
    let mut proved = vec![Factor::Password];
    if one_time_code::proved(tx, &address.key(), browser)? {
        proved.push(Factor::Code);
    }
    go_on(tx, &user, actor, &proved)
}

/// Wrong passwords that the audit tells of, for each address: anybody can type them.
const NOTED: RateLimit = RateLimit::new("sign-in-refused", 5, TimeDelta::hours(1));

/// Writes down that somebody typed a wrong password for this address, the first times in an hour. They are counted for
/// every address, so that the answer waits for the disk whichever it is (SECURITY C7).
///
/// # Errors
/// Only the database's.
pub fn password_wrong(tx: &mut Tx<'_>, address: &EmailAddress) -> Result<()> {
    if NOTED.of(address.key()).take(tx)?.is_some() {
        return Ok(());
    }
    match User::by_address(tx, address)? {
        Some(user) => activity::note_of_the_system(tx, Action::SignInRefused, &user.as_object()),
        None => Ok(()),
    }
}

/// Asks for a code by mail; the answer is the same for every address. Somebody who is not in yet gets one only while an
/// invitation waits: who has declined, or was not to come after all, is not mailed at a stranger's wish.
///
/// # Errors
/// Only the database's.
pub fn ask_for_code(
    tx: &mut Tx<'_>,
    address: &EmailAddress,
    browser: &str,
    shown: Shown<'_>,
    language: Language,
) -> Result<()> {
    let user = User::by_address(tx, address)?;
    // Asked for every address, so that time tells nothing (SECURITY C7).
    let is_awaited = invitation::is_open_for(tx, user.as_ref().map(|user| user.id))?;
    let may = user.as_ref().filter(|user| match user.state {
        UserState::Active => true,
        UserState::Invited => is_awaited,
        UserState::Blocked | UserState::Deleted => false,
    });
    let language = may.and_then(|user| user.language).unwrap_or(language);
    let request =
        one_time_code::Request { purpose: CodePurpose::SignIn, address, user: may, browser, shown, language };
    one_time_code::ask(tx, &request)?;
    Ok(())
}

/// Goes on after digits were entered, by whoever an app's direct link brought here, if one did.
///
/// # Errors
/// Only the database's.
pub fn enter_code(
    tx: &mut Tx<'_>,
    address: &EmailAddress,
    browser: &str,
    digits: &str,
    app: Option<&str>,
) -> Result<Progress> {
    let awaited = one_time_code::awaited(tx, CodePurpose::SignIn, &address.key(), browser)?;
    match one_time_code::enter(tx, awaited.as_ref(), digits)? {
        Entered::Right => {}
        Entered::Wrong(left) => return Ok(Progress::WrongCode(left)),
        Entered::Over => return Ok(Progress::CodeOver),
    }
    let Some(user) = User::by_address(tx, address)? else { return Ok(Progress::CodeOver) };
    let Some(actor) = Actor::of(&user) else {
        let link = match user.state {
            UserState::Invited => redemption::link_for_proved_guest(tx, user.id, app)?,
            UserState::Active | UserState::Blocked | UserState::Deleted => None,
        };
        return Ok(link.map_or(Progress::Refused, Progress::Invited));
    };
    let mut proved = vec![Factor::Code];
    if awaited.is_some_and(|code| code.password_proved) {
        proved.push(Factor::Password);
    }
    go_on(tx, &user, actor, &proved)
}

/// Lets the person in, or names the factor that is still wanted: an administrator proves both (SPEC 5.2). After a restore
/// people who were blocked since the backup are active again, so that nobody else is let in until the hold ends.
fn go_on(tx: &mut Tx<'_>, user: &User, actor: Actor, proved: &[Factor]) -> Result<Progress> {
    let missing = [Factor::Password, Factor::Code].into_iter().find(|factor| !proved.contains(factor));
    if let Some(missing) = missing.filter(|_| user.administrator) {
        return Ok(Progress::Wanted(missing));
    }
    if !user.administrator && organisation::is_held(tx)? {
        return Ok(Progress::Restored);
    }
    activity::note(tx, &actor, Action::SignedIn, &user.as_object())?;
    Ok(Progress::SignedIn(Box::new(actor)))
}
