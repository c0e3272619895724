//! What a mail has to say, as facts. The edges make words of them.

use super::{Delivery, DeliveryKind};
use crate::Result;
use crate::access::{Manager, Target, TargetKind};
use crate::app::App;
use crate::db::{Timestamp, Tx};
use crate::email_address::EmailAddress;
use crate::group::Group;
use crate::invitation::{Draft, Invitation, InvitationFacts, Standing, WelcomeMessage, expiry};
use crate::language::Language;
use crate::one_time_code::OneTimeCode;
use crate::organisation::{Organisation, Profile};
use crate::token::InvitationToken;
use crate::user::{User, UserState};
use crate::{app_assignment, group_member};

pub use crate::one_time_code::CodePurpose;

/// What a mail says.
#[derive(Clone, Debug)]
pub enum Letter {
    /// Somebody invites you.
    Invitation(InvitationLetter),
    /// Somebody added you.
    Added(AddedLetter),
    /// Here is a code.
    Code(CodeLetter),
}

/// Whose letter it is, and how it is written.
#[derive(Clone, Debug)]
pub struct Letterhead {
    /// The language to write in.
    pub language: Language,
    /// The organisation's name.
    pub organisation: String,
    /// Its privacy statement.
    pub privacy_url: Option<String>,
    /// The zone that times are told in.
    pub time_zone: String,
}

/// What is shared.
#[derive(Clone, Debug)]
pub struct LetterTarget {
    /// Directory, app or group.
    pub kind: TargetKind,
    /// Its name; the organisation's for the directory.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The host that the app opens.
    pub opens: Option<String>,
    /// Where it opens: a path of the panel.
    pub path: String,
}

/// Somebody invites you (SPEC 4.4).
#[derive(Clone, Debug)]
pub struct InvitationLetter {
    /// What every letter has.
    pub head: Letterhead,
    /// Who invites.
    pub inviter_name: String,
    /// Where to ask back.
    pub inviter_address: String,
    /// To what.
    pub target: LetterTarget,
    /// The welcome message.
    pub message: Option<WelcomeMessage>,
    /// `/invitations/{token}`; empty in a preview.
    pub path: String,
    /// Until when.
    pub expires_at: Timestamp,
    /// Who is invited.
    pub invited_address: String,
}

/// Somebody added you.
#[derive(Clone, Debug)]
pub struct AddedLetter {
    /// What every letter has.
    pub head: Letterhead,
    /// Who added.
    pub inviter_name: String,
    /// Where to ask back.
    pub inviter_address: String,
    /// To what.
    pub target: LetterTarget,
    /// Who was added.
    pub invited_address: String,
}

/// Here is a code.
#[derive(Clone, Debug)]
pub struct CodeLetter {
    /// What every letter has.
    pub head: Letterhead,
    /// Six digits.
    pub code: String,
    /// What it is for.
    pub purpose: CodePurpose,
    /// How long it can be used.
    pub valid_minutes: i64,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// For which address.
    pub address: String,
}

/// What becomes of a mail when its time has come.
pub(super) enum Written {
    /// It says this.
    Letter(Box<Letter>),
    /// It says nothing yet: its invitation is suspended, and redeems again once the cause is gone (SPEC 4.2).
    OnHold,
    /// It says nothing as it stands: its invitation was valid for less time than the mail had to wait.
    Late,
    /// It says nothing any more: revoked, superseded, decided, removed.
    Nothing,
}

impl From<Option<Letter>> for Written {
    fn from(letter: Option<Letter>) -> Self {
        letter.map_or(Self::Nothing, |letter| Self::Letter(Box::new(letter)))
    }
}

/// Writes the letter of a delivery, as things are now.
pub(super) fn write(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<Written> {
    match delivery.kind {
        DeliveryKind::Invitation => invitation(tx, delivery),
        DeliveryKind::Added => added(tx, delivery).map(Written::from),
        DeliveryKind::Code => code(tx, delivery).map(Written::from),
    }
}

fn invitation(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<Written> {
    let Some(id) = delivery.invitation_id else { return Ok(Written::Nothing) };
    let facts = Invitation::facts(tx, id)?;
    if facts.invitation.generation != delivery.generation {
        return Ok(Written::Nothing);
    }
    match facts.standing {
        Standing::Open => {}
        Standing::Suspended(_) => return Ok(Written::OnHold),
        Standing::Expired if facts.authority.is_err() => return Ok(Written::OnHold),
        Standing::Expired => return Ok(Written::Late),
        Standing::Accepted | Standing::Declined | Standing::Revoked => return Ok(Written::Nothing),
    }
    let token = InvitationToken { invitation: id, generation: delivery.generation };
    let path = format!("/invitations/{}", token.text(tx.keys()));
    Ok(Some(Letter::Invitation(invitation_letter(&facts, path))).into())
}

fn invitation_letter(facts: &InvitationFacts, path: String) -> InvitationLetter {
    InvitationLetter {
        head: Letterhead::of(&facts.organisation.profile, facts.invitation.language),
        inviter_name: facts.sender.name.clone(),
        inviter_address: facts.sender.address.clone(),
        target: LetterTarget::of(&facts.target, &facts.organisation),
        message: facts.message.clone(),
        path,
        expires_at: facts.invitation.expires_at,
        invited_address: facts.guest.address.clone(),
    }
}

/// The letter that **Add** would send, without a link: for the preview beside the form.
#[must_use]
pub fn preview(manager: &Manager, address: &EmailAddress, draft: &Draft, now: Timestamp) -> InvitationLetter {
    let (organisation, actor) = (manager.organisation(), manager.actor());
    let profile = &organisation.profile;
    let text = draft.message.as_str();
    let message = || WelcomeMessage { text: text.to_owned(), author: actor.name.clone() };
    InvitationLetter {
        head: Letterhead::of(profile, draft.language.unwrap_or(profile.default_language)),
        inviter_name: actor.name.clone(),
        inviter_address: actor.address.to_string(),
        target: LetterTarget::of(manager.target(), organisation),
        message: (!text.is_empty()).then(message),
        path: String::new(),
        expires_at: expiry(organisation, now),
        invited_address: address.to_string(),
    }
}

/// Whoever was taken out again before the mail left is told nothing (SECURITY H8).
fn added(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<Option<Letter>> {
    let user = User::find(tx, delivery.user_id)?;
    let (Some(sender), UserState::Active) = (delivery.sender_id, user.state) else { return Ok(None) };
    let sender = User::find(tx, sender)?;
    let organisation = Organisation::load(tx)?;
    let profile = &organisation.profile;
    let Some(target) = target_of(tx, delivery)? else { return Ok(None) };
    if !still_has(tx, delivery)? {
        return Ok(None);
    }
    Ok(Some(Letter::Added(AddedLetter {
        head: Letterhead::of(profile, delivery.language),
        inviter_name: sender.name,
        inviter_address: sender.address,
        target: LetterTarget::of(&target, &organisation),
        invited_address: delivery.recipient.clone(),
    })))
}

/// Whether a person is still in the group they were put into, and has the app through whichever group.
fn still_has(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<bool> {
    let user = delivery.user_id;
    let is_in = match delivery.group_id {
        Some(group) => group_member::contains(tx, group, user)?,
        None => true,
    };
    Ok(is_in && delivery.app_id.map_or(Ok(true), |app| app_assignment::is_given_to(tx, app, user))?)
}

fn target_of(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<Option<Target>> {
    Ok(match (delivery.app_id, delivery.group_id) {
        (Some(app), _) => {
            let app = App::find(tx, app)?;
            Some(Target::of_app(tx, app)?)
        }
        (None, Some(group)) => Some(Target::Group(Box::new(Group::find(tx, group)?))),
        (None, None) => None,
    })
}

fn code(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<Option<Letter>> {
    let Some(id) = delivery.code_id else { return Ok(None) };
    let code = OneTimeCode::find(tx, id)?;
    if !code.is_live(tx.now) {
        return Ok(None);
    }
    let organisation = Organisation::load(tx)?;
    Ok(Some(Letter::Code(CodeLetter {
        head: Letterhead::of(&organisation.profile, delivery.language),
        code: code.digits(tx.keys()),
        purpose: code.purpose,
        valid_minutes: crate::one_time_code::VALID.num_minutes(),
        asked_at: code.created_at,
        address: delivery.recipient.clone(),
    })))
}

impl Letterhead {
    fn of(profile: &Profile, language: Language) -> Self {
        Self {
            language,
            organisation: profile.name.clone(),
            privacy_url: profile.privacy_url.clone(),
            time_zone: profile.time_zone.clone(),
        }
    }
}

impl LetterTarget {
    fn of(target: &Target, organisation: &Organisation) -> Self {
        let (name, description, opens, path) = match target {
            Target::App { app, .. } => {
                (app.name.clone(), app.description.clone(), app.host(), format!("/apps/{}/open", app.slug))
            }
            Target::Group(group) => {
                (group.name.clone(), group.description.clone(), None, format!("/groups/{}", group.slug))
            }
            Target::Directory => (organisation.profile.name.clone(), String::new(), None, "/apps".to_owned()),
        };
        Self { kind: target.kind(), name, description, opens, path }
    }
}
