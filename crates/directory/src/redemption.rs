//! Redemption: the guest's acceptance, with proof of the mailbox (SPEC 4.5).
//!
//! A GET changes nothing (SECURITY R1). One conditional update decides (R2). The row is the only truth (R3), and every
//! rule is asked again at this moment (R6).

mod links;

use std::cmp::Ordering;

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;

use crate::access::{Actor, Limit, Target};
use crate::activity::{self, Action, Change};
use crate::db::schema::{invitations, users};
use crate::db::{Id, Tx, prepared_update};
use crate::delivery;
use crate::email_address::EmailAddress;
use crate::invitation::{self, Invitation, InvitationFacts, InvitationState, Standing, is_pending};
use crate::one_time_code::{self, CodePurpose, Entered, OneTimeCode, Shown};
use crate::rate_limit::RateLimit;
use crate::session::Entrance;
use crate::text::{Message, Name, search_key};
use crate::token::InvitationToken;
use crate::user::{User, UserState};
use crate::{Error, Refusal, Result, group_member};

pub(crate) use self::links::link_for_proved_guest;
pub use self::links::link_to_app;

/// What a link opens.
#[derive(Clone, Debug)]
pub enum Opened {
    /// It can be accepted.
    Offer(Box<Offer>),
    /// A newer mail was sent.
    Superseded(Box<Offer>),
    /// Its mail was sent after the backup that the directory was restored from, and is the newest there is.
    Forgotten(Box<Offer>),
    /// A dead end: accepted, declined, revoked, expired or suspended.
    Closed(Box<Offer>),
    /// No invitation has such a link.
    Unknown,
}

/// An invitation as its link shows it.
#[derive(Clone, Debug)]
pub struct Offer {
    /// All that decides about it.
    pub facts: InvitationFacts,
    /// The invited address.
    pub address: EmailAddress,
    /// This browser has proved the mailbox already.
    pub proved: bool,
    /// The code that this browser is waiting for.
    pub awaited: Option<OneTimeCode>,
}

/// Opens a link; nothing is changed, however often (SECURITY R1).
///
/// # Errors
/// Only the database's.
pub fn open(tx: &mut Tx<'_>, token: &str, browser: &str) -> Result<Opened> {
    let Some(token) = InvitationToken::read(token, tx.keys()) else { return Ok(Opened::Unknown) };
    let facts = match Invitation::facts(tx, token.invitation) {
        Err(Error::Hidden) => return Ok(Opened::Unknown),
        facts => facts?,
    };
    let Ok(address) = EmailAddress::parse(&facts.guest.address) else { return Ok(Opened::Unknown) };
    let key = address.key();
    let (proved, awaited) = one_time_code::proved_and_awaited(tx, CodePurpose::Redemption, &key, browser)?;
    let age = token.generation.cmp(&facts.invitation.generation);
    let offer = Box::new(Offer { facts, address, proved, awaited });
    Ok(match offer.facts.standing {
        Standing::Open => match age {
            Ordering::Less => Opened::Superseded(offer),
            Ordering::Equal => Opened::Offer(offer),
            Ordering::Greater => Opened::Forgotten(offer),
        },
        _ => Opened::Closed(offer),
    })
}

/// The open offer behind a link.
///
/// # Errors
/// [`Error::Stale`] when it cannot be accepted now: the page that the link opens says why.
pub fn offer(tx: &mut Tx<'_>, token: &str, browser: &str) -> Result<Offer> {
    match open(tx, token, browser)? {
        Opened::Offer(offer) => Ok(*offer),
        Opened::Superseded(_) | Opened::Forgotten(_) | Opened::Closed(_) | Opened::Unknown => {
            Err(Error::Stale)
        }
    }
}

/// Mails a code to the invited address; only the browser that asked can use it.
///
/// # Errors
/// [`Error::Stale`] when the link opens no offer.
pub fn ask_for_code(tx: &mut Tx<'_>, token: &str, browser: &str) -> Result<()> {
    let offer = offer(tx, token, browser)?;
    let request = one_time_code::Request {
        purpose: CodePurpose::Redemption,
        address: &offer.address,
        user: Some(&offer.facts.guest),
        browser,
        shown: Shown::Link(offer.facts.invitation.id),
        language: offer.facts.invitation.language,
    };
    one_time_code::ask(tx, &request)?;
    Ok(())
}

/// How accepting went.
#[derive(Clone, Debug)]
pub enum Accepted {
    /// The guest is in; this is where to go.
    In(Box<Welcome>),
    /// The digits are wrong; this many tries are left.
    WrongCode(i64),
    /// A new code must be asked for.
    CodeOver,
}

impl Accepted {
    /// The mailbox was not proved.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        matches!(self, Self::WrongCode(_) | Self::CodeOver)
    }

    /// Who is in, and on what.
    #[must_use]
    pub fn entrance(&self) -> Option<Entrance> {
        match self {
            Self::In(welcome) => Some(welcome.entrance.clone()),
            Self::WrongCode(_) | Self::CodeOver => None,
        }
    }
}

/// A guest who has just redeemed.
#[derive(Clone, Debug)]
pub struct Welcome {
    /// Who that is, and how it was known.
    pub entrance: Entrance,
    /// The address that was invited.
    pub address: EmailAddress,
    /// What was shared.
    pub target: Target,
}

/// Who is at the door of a redemption.
#[derive(Clone, Copy, Debug)]
pub struct Door<'a> {
    /// The browser that proves the mailbox.
    pub browser: &'a str,
    /// The digits that were typed; may be empty when the mailbox was proved before.
    pub code: &'a str,
    /// The person already signed in, if any: being the invited one is proof.
    pub signed_in: Option<Id<User>>,
    /// What a guest who redeems for the first time wants to be called, if anything was typed.
    pub name: Option<&'a Name>,
}

/// Accepts: invitation, user, membership and audit in this transaction, guarded by one conditional update.
///
/// # Errors
/// [`Error::Stale`] when the link opens no offer any more.
pub fn accept(tx: &mut Tx<'_>, token: &str, door: &Door<'_>) -> Result<Accepted> {
    let offer = offer(tx, token, door.browser)?;
    let is_signed_in = door.signed_in == Some(offer.facts.guest.id);
    let has_proved = offer.proved && door.code.is_empty();
    if !is_signed_in && !has_proved {
        match one_time_code::enter(tx, offer.awaited.as_ref(), door.code)? {
            Entered::Right => {}
            Entered::Wrong(left) => return Ok(Accepted::WrongCode(left)),
            Entered::Over => return Ok(Accepted::CodeOver),
        }
    }
    decide(tx, &offer, InvitationState::Accepted, None)?;
    let guest = activate(tx, &offer.facts.guest, door.name)?;
    let actor = Actor::of(&guest).ok_or(Refusal::BlockedUser)?;
    group_member::redeem_into(tx, &offer.facts.target, &actor, &guest)?;
    let change = renaming(&offer.facts.guest, &guest);
    activity::record(tx, &actor, Action::Accepted, &offer.facts.invitation.as_object(), &change)?;
    let entrance = if is_signed_in && !offer.proved {
        Entrance::SignedIn(guest.id)
    } else {
        Entrance::Proved(Box::new(actor))
    };
    let Offer { facts: InvitationFacts { target, .. }, address, .. } = offer;
    Ok(Accepted::In(Box::new(Welcome { entrance, address, target })))
}

/// Guests choose what they are called: the audit tells what they were called before.
fn renaming(before: &User, after: &User) -> Change {
    if before.name == after.name {
        return Change::default();
    }
    Change::between(&json!({ "name": before.name }), &json!({ "name": after.name }))
}

/// Declines. Whoever holds the link may: it came to the mailbox, and it grants nothing. Mail is passed on, so that the
/// reason is told as the word of whoever had the link.
///
/// # Errors
/// [`Error::Stale`] when the link opens no offer any more.
pub fn decline(tx: &mut Tx<'_>, token: &str, browser: &str, reason: &Message) -> Result<()> {
    let offer = offer(tx, token, browser)?;
    decide(tx, &offer, InvitationState::Declined, Some(reason.as_str()).filter(|text| !text.is_empty()))?;
    activity::note_of_the_system(tx, Action::Declined, &offer.facts.invitation.as_object())
}

/// The one update that decides, if nobody has meanwhile (SECURITY R2).
fn decide(tx: &mut Tx<'_>, offer: &Offer, state: InvitationState, reason: Option<&str>) -> Result<()> {
    let invitation = &offer.facts.invitation;
    let undecided = invitations::table
        .find(invitation.id)
        .filter(is_pending())
        .filter(invitations::generation.eq(invitation.generation))
        .filter(invitations::expires_at.gt(tx.now));
    let decision = (
        invitations::state.eq(state),
        invitations::decided_at.eq(Some(tx.now)),
        invitations::decline_reason.eq(reason),
    );
    if prepared_update(undecided, decision).execute(tx.conn)? == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The guest as they are from now on. Whoever was here before keeps their name.
fn activate(tx: &mut Tx<'_>, guest: &User, name: Option<&Name>) -> Result<User> {
    let mut after = User {
        state: UserState::Active,
        redeemed_at: guest.redeemed_at.or(Some(tx.now)),
        version: guest.version + 1,
        ..guest.clone()
    };
    if let Some(name) = name.filter(|_| guest.redeemed_at.is_none()) {
        name.as_str().clone_into(&mut after.name);
        after.name_key = search_key(name.as_str());
    }
    let may_enter = users::state.eq_any([UserState::Invited, UserState::Active]);
    let as_accepted = (
        users::state.eq(after.state),
        users::name.eq(&after.name),
        users::name_key.eq(&after.name_key),
        users::redeemed_at.eq(after.redeemed_at),
        users::version.eq(after.version),
    );
    let row = users::table.find(guest.id).filter(may_enter);
    let changed = prepared_update(row, as_accepted).execute(tx.conn)?;
    if changed == 1 { Ok(after) } else { Err(Refusal::BlockedUser.into()) }
}

/// Fresh links for one invitation: anybody who ever saw one of its links can ask, and every mail counts against those
/// that the address may be sent in a day (SECURITY D4).
const FRESH_LINKS: RateLimit = RateLimit::new("fresh-links", 2, TimeDelta::days(1));

/// Sends a fresh link to the invited address, if the invitation may still be accepted then.
///
/// # Errors
/// [`Error::Hidden`] for a link of no invitation; [`Error::Stale`] for the link that can be accepted itself;
/// [`Refusal::AlreadyDecided`]; the refusal that suspends it; [`Refusal::LimitReached`] when the invitation was sent
/// afresh too often today, or the address got too many mails.
pub fn send_fresh_link(tx: &mut Tx<'_>, token: &str) -> Result<()> {
    let token = InvitationToken::read(token, tx.keys()).ok_or(Error::Hidden)?;
    let facts = Invitation::facts(tx, token.invitation)?;
    match facts.standing {
        // The link that was opened is the newest itself.
        Standing::Open if token.generation == facts.invitation.generation => return Err(Error::Stale),
        Standing::Open | Standing::Expired => {}
        Standing::Suspended(refusal) => return Err(refusal.into()),
        Standing::Accepted | Standing::Declined | Standing::Revoked => {
            return Err(Refusal::AlreadyDecided.into());
        }
    }
    FRESH_LINKS.of(facts.invitation.id.to_string()).or_refuse(tx, Limit::RecipientDay)?;
    delivery::within_recipient_limit(tx, &facts.guest.address_key, &facts.organisation)?;
    let renewed = invitation::renew(tx, &facts.invitation, &facts.guest, &facts.organisation, None)?;
    activity::note_of_the_system(tx, Action::FreshLink, &renewed.as_object())
}
