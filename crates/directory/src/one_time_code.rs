//! One-time codes by mail: six digits, ten minutes, this browser, five tries (SPEC 4.5, SECURITY C6).
//!
//! The digits are derived from the row with the deployment's secret, so the database cannot be turned into a code.

mod browser;
mod ending;

use chrono::TimeDelta;
use diesel::prelude::*;

use crate::activity::{self, Action};
use crate::db::schema::one_time_codes;
use crate::db::{Id, Timestamp, Tx, prepared_update};
use crate::delivery;
use crate::email_address::EmailAddress;
use crate::invitation::Invitation;
use crate::keys::Keys;
use crate::language::Language;
use crate::rate_limit::RateLimit;
use crate::user::User;
use crate::{Error, Result, text_column};

pub(crate) use self::browser::proved_and_awaited;
pub use self::browser::{awaited, awaited_address, proved};
pub use self::ending::clean_up;
pub(crate) use self::ending::{end_all, end_all_of};

/// How long a code can be used.
pub(crate) const VALID: TimeDelta = TimeDelta::minutes(10);
const TRIES: i64 = 5;
/// Codes mailed in an hour to one address, or for one browser that is known. Asking more often has the same answer and
/// mails nothing (SECURITY C8).
const PER_HOUR: i64 = 5;
/// Wrong digits for one address in a day. After these a browser that has shown nothing is mailed one code an hour: one
/// guess in a million is right, and whoever guesses may do so at many addresses (SECURITY C6).
const WRONG_DIGITS: RateLimit = RateLimit::new("wrong-digits", 50, TimeDelta::days(1));

text_column! {
    /// What a code is for.
    pub enum CodePurpose {
        /// To sign in.
        SignIn => "sign_in",
        /// To redeem an invitation.
        Redemption => "redemption",
    }
}

/// A code that was asked for.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = one_time_codes)]
pub struct OneTimeCode {
    /// Its id.
    pub id: Id<OneTimeCode>,
    /// What it is for.
    pub purpose: CodePurpose,
    /// For which address.
    pub address_key: String,
    /// To whom it was mailed; nobody for an unknown address, and once an address has had its codes of the hour. It
    /// looks the same, and its digits are never right.
    pub user_id: Option<Id<User>>,
    /// The invitation to redeem.
    pub invitation_id: Option<Id<Invitation>>,
    /// The browser that asked.
    pub browser_key: String,
    /// That browser had given the right password before.
    pub password_proved: bool,
    /// How often a code was tried.
    pub attempts: i64,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// When the right digits were entered.
    pub finished_at: Option<Timestamp>,
}

/// What a browser that asks for a code has shown already. Anybody who knows an address can use up the codes of those
/// who have shown nothing; the others have codes of their own (SECURITY C8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown<'a> {
    /// Nothing.
    Nothing,
    /// The owner of the address has signed in here before; this is what the browser is known by.
    KnownBrowser(&'a str),
    /// The right password.
    Password,
    /// The link of this invitation.
    Link(Id<Invitation>),
}

/// What a code is asked for.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// What it is for.
    pub purpose: CodePurpose,
    /// For which address.
    pub address: &'a EmailAddress,
    /// The user who gets the mail; without one nothing is mailed.
    pub user: Option<&'a User>,
    /// The browser that asks, as text.
    pub browser: &'a str,
    /// What it has shown already.
    pub shown: Shown<'a>,
    /// The language of the mail.
    pub language: Language,
}

/// How entering digits went.
#[derive(Clone, Debug)]
pub enum Entered {
    /// They are right.
    Right,
    /// They are wrong; this many tries are left.
    Wrong(i64),
    /// There is nothing to try any more: a new code must be asked for.
    Over,
}

/// Asks for a code. The answer tells neither whether the address is known (SPEC 5.2) nor whether a mail was sent. A
/// code that was not mailed can never be entered, so that there are no more codes to guess at than mails (SECURITY C6).
/// Once the hour's codes are used up, the last one stays valid.
///
/// # Errors
/// Only the database's.
pub fn ask(tx: &mut Tx<'_>, request: &Request<'_>) -> Result<()> {
    // Also where none is mailed: what the courier does next must not tell whether the address is known.
    tx.owe_mail();
    let key = request.address.key();
    let invitation = if let Shown::Link(invitation) = request.shown { Some(invitation) } else { None };
    let hour = take_of_the_hour(tx, request.shown, &key)?;
    if !hour.is_full {
        close_earlier(tx, &key, request)?;
    } else if awaited(tx, request.purpose, &key, request.browser)?.is_some() {
        if request.purpose == CodePurpose::SignIn {
            browser::wait_for_no_other(tx, &key, request.browser)?;
        }
        return Ok(());
    }
    let addressee = request.user.filter(|_| hour.mails);
    let id = tx.new_id::<OneTimeCode>();
    diesel::insert_into(one_time_codes::table)
        .values((
            (
                one_time_codes::id.eq(id),
                one_time_codes::purpose.eq(request.purpose),
                one_time_codes::address_key.eq(&key),
            ),
            (
                one_time_codes::user_id.eq(addressee.map(|user| user.id)),
                one_time_codes::invitation_id.eq(invitation),
            ),
            (
                one_time_codes::browser_key.eq(request.browser),
                one_time_codes::password_proved.eq(request.shown == Shown::Password),
            ),
            (
                one_time_codes::attempts.eq(0),
                one_time_codes::created_at.eq(tx.now),
                one_time_codes::expires_at.eq(tx.now + VALID),
            ),
        ))
        .execute(tx.conn)?;
    if let Some(user) = addressee {
        delivery::queue_code(tx, id, user, request.language)?;
    }
    Ok(())
}

/// What is left of the codes of this hour.
struct Hour {
    /// Whether this one is mailed.
    mails: bool,
    /// Whether so many were asked for that there is no other: the same for every address, known or not.
    is_full: bool,
}

/// Takes one of the codes of this hour.
fn take_of_the_hour(tx: &mut Tx<'_>, shown: Shown<'_>, address_key: &str) -> Result<Hour> {
    let an_hour = |name, codes| RateLimit::new(name, codes, TimeDelta::hours(1));
    let is_full = match shown {
        Shown::KnownBrowser(mark) => {
            let own = an_hour("code-known", PER_HOUR).of(mark);
            if own.take(tx)?.is_some() {
                // Whoever shares the browser may have used up its own.
                return take_of_the_hour(tx, Shown::Nothing, address_key);
            }
            false
        }
        Shown::Password | Shown::Link(_) => {
            an_hour("code-shown", PER_HOUR).of(address_key).take(tx)?.is_some()
        }
        Shown::Nothing => an_hour("code", PER_HOUR).of(address_key).take(tx)?.is_some(),
    };
    let is_guessed_at = shown == Shown::Nothing && WRONG_DIGITS.of(address_key).spent_until(tx)?.is_some();
    let mails =
        !is_full && (!is_guessed_at || an_hour("code-guessed", 1).of(address_key).take(tx)?.is_none());
    Ok(Hour { mails, is_full })
}

/// Only the newest code of a browser can be entered.
fn close_earlier(tx: &mut Tx<'_>, key: &str, request: &Request<'_>) -> Result<()> {
    let earlier = one_time_codes::address_key
        .eq(key)
        .and(one_time_codes::browser_key.eq(request.browser))
        .and(browser::is_awaited(tx.now));
    diesel::update(one_time_codes::table.filter(earlier))
        .set(one_time_codes::expires_at.eq(tx.now))
        .execute(tx.conn)?;
    Ok(())
}

/// Enters digits for the code that is [`awaited`]. Every try counts, in the database.
///
/// # Errors
/// Only the database's.
pub fn enter(tx: &mut Tx<'_>, awaited: Option<&OneTimeCode>, digits: &str) -> Result<Entered> {
    let Some(code) = awaited.filter(|code| code.attempts < TRIES) else { return Ok(Entered::Over) };
    let typed: String = digits.chars().filter(char::is_ascii_digit).collect();
    let is_right = code.user_id.is_some() && typed == code.digits(tx.keys());
    let attempts = code.attempts + 1;
    let row = one_time_codes::table.find(code.id).filter(one_time_codes::attempts.eq(code.attempts));
    let entry =
        (one_time_codes::attempts.eq(attempts), one_time_codes::finished_at.eq(is_right.then_some(tx.now)));
    prepared_update(row, entry).execute(tx.conn)?;
    if is_right {
        return Ok(Entered::Right);
    }
    // Only what was mailed can be guessed: other digits use up nobody's, and take as long.
    let whose =
        code.user_id.map_or_else(|| format!("nobody {}", code.address_key), |_| code.address_key.clone());
    WRONG_DIGITS.of(whose).take(tx)?;
    if let Some(user) = code.user_id.filter(|_| attempts == TRIES) {
        let user = User::find(tx, user)?.as_object();
        activity::note_of_the_system(tx, Action::SignInRefused, &user)?;
    }
    Ok(if attempts < TRIES { Entered::Wrong(TRIES - attempts) } else { Entered::Over })
}

impl OneTimeCode {
    pub(crate) fn find(tx: &mut Tx<'_>, id: Id<OneTimeCode>) -> Result<Self> {
        one_time_codes::table
            .find(id)
            .select(Self::as_select())
            .first(tx.conn)
            .optional()?
            .ok_or(Error::Hidden)
    }

    pub(crate) fn is_live(&self, now: Timestamp) -> bool {
        self.finished_at.is_none() && self.attempts < TRIES && self.expires_at > now
    }

    /// The six digits: they leave in a mail to the address and nowhere else.
    pub(crate) fn digits(&self, keys: &Keys) -> String {
        let mac = keys.mac("one-time code", &[self.id.as_bytes()]);
        let number = mac.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        format!("{:06}", number % 1_000_000)
    }
}
