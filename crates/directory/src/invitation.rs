//! Invitations: one offer to one address for one target, and the states it passes through (SPEC 4.2).

mod add;
mod affected;
mod facts;
mod joined;
mod known;
mod limits;
mod list;
mod loaded;
mod manage;
mod number;
mod pending;
mod row;

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::Serialize;

use crate::access::rules::{self, AddressFacts, Answer, PersonFacts, TargetFacts};
use crate::access::{Refusal, TargetKind};
use crate::activity::{Object, ObjectKind};
use crate::app::App;
use crate::db::schema::invitations;
use crate::db::{Id, Timestamp, Tx};
use crate::email_address::EmailAddress;
use crate::group::Group;
use crate::language::Language;
use crate::organisation::Organisation;
use crate::user::User;
use crate::{Error, Result, text_column};

pub(crate) use self::add::recorded;
pub use self::add::{Draft, Outcome, Verdict, add, foresee};
pub use self::affected::{count_open_by_owners, count_open_into, count_open_to_app};
pub use self::facts::{InvitationFacts, Sender, WelcomeMessage};
pub(crate) use self::joined::later;
pub(crate) use self::limits::ahead as limit_ahead;
pub use self::limits::left_today;
pub use self::list::{count_suspended, list, list_of_user, list_to_directory};
pub(crate) use self::list::{list_of_target, list_open, undecided};
pub use self::manage::{approve, managed, manager_of, resend, revoke};
pub(crate) use self::manage::{renew, renew_unsent, revoke_all_into};
pub(crate) use self::number::{go_on as let_numbers_go_on, write_all};
pub(crate) use self::pending::{count_pending, is_open_for, is_pending};
pub(crate) use self::row::Scope;
pub use self::row::{InvitationFilter, InvitationRow, Validity};

text_column! {
    /// What was decided about an invitation. Expired and suspended are worked out, never written (SPEC 4.2).
    pub enum InvitationState {
        /// Nobody has decided.
        Pending => "pending",
        /// The guest accepted.
        Accepted => "accepted",
        /// The guest declined.
        Declined => "declined",
        /// A manager took it back.
        Revoked => "revoked",
    }
}

/// A row that is kept for ever.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, Serialize)]
#[diesel(table_name = invitations, treat_none_as_default_value = false)]
pub struct Invitation {
    /// Its id.
    pub id: Id<Invitation>,
    /// What it is for.
    pub target_kind: TargetKind,
    /// The app, when it is for one.
    pub app_id: Option<Id<App>>,
    /// The group, when it is for one.
    pub group_id: Option<Id<Group>>,
    /// Target and address are unique among the pending.
    #[serde(skip)]
    pub target_key: String,
    /// The guest's row.
    pub user_id: Id<User>,
    /// The guest's name as lists are ordered by it. It must be written as the guest's row has it; from then on the
    /// database keeps it true.
    #[serde(skip)]
    pub name_key: String,
    /// The guest's address.
    pub address_key: String,
    /// Who invited.
    pub inviter_id: Id<User>,
    /// Who sent it last.
    pub sender_id: Id<User>,
    /// On whose authority it stands: who sent it last or approved it.
    pub answerable_id: Id<User>,
    /// The welcome message.
    pub message: Option<String>,
    /// The language of its mail.
    pub language: Language,
    /// What was decided.
    pub state: InvitationState,
    /// Which of its mails holds; earlier links are superseded.
    pub generation: i64,
    /// From when on it is expired.
    pub expires_at: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was sent last.
    pub sent_at: Timestamp,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// What the guest said when declining.
    pub decline_reason: Option<String>,
}

/// Where an invitation stands at the moment of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can be accepted.
    Open,
    /// It was accepted.
    Accepted,
    /// It was declined.
    Declined,
    /// It was taken back.
    Revoked,
    /// Its time is over.
    Expired,
    /// Nobody who may answer for it does, or the target takes nobody now.
    Suspended(Refusal),
}

impl Standing {
    /// The catalogue's word for it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
            Self::Suspended(_) => "suspended",
        }
    }

    /// Whether it would stand again if somebody else answered for it.
    #[must_use]
    pub fn awaits_approval(&self) -> bool {
        matches!(self, Self::Suspended(why) if why.lies_with_one_person())
    }
}

impl Invitation {
    /// The invitation with this id.
    ///
    /// # Errors
    /// [`Error::Hidden`] when there is none.
    pub fn find(tx: &mut Tx<'_>, id: Id<Invitation>) -> Result<Self> {
        invitations::table.find(id).select(Self::as_select()).first(tx.conn).optional()?.ok_or(Error::Hidden)
    }

    /// Where it stands, given whether it stands on the authority of the person who answers for it (SPEC 4.2).
    pub(crate) fn standing(&self, authority: Answer, now: Timestamp) -> Standing {
        match self.state {
            InvitationState::Accepted => Standing::Accepted,
            InvitationState::Declined => Standing::Declined,
            InvitationState::Revoked => Standing::Revoked,
            InvitationState::Pending if now >= self.expires_at => Standing::Expired,
            InvitationState::Pending => authority.map_or_else(Standing::Suspended, |()| Standing::Open),
        }
    }

    /// The audit's name for this invitation.
    #[must_use]
    pub fn as_object(&self) -> Object {
        Object::new(ObjectKind::Invitation, self.id, &self.address_key)
    }
}

/// Whether a guest's invitation to a target stands on this person's authority.
pub(crate) fn authority(
    answerable: &PersonFacts,
    target: &TargetFacts,
    organisation: &Organisation,
    guest: &User,
) -> Answer {
    let address = EmailAddress::parse(&guest.address);
    let facts = AddressFacts { address, user: Some((guest.kind, guest.state)), limit: None };
    rules::stand(answerable, target, &organisation.facts(), &facts)
}

/// Until when an invitation is valid that is sent now (SPEC 3.3).
pub(crate) fn expiry(organisation: &Organisation, now: Timestamp) -> Timestamp {
    now + TimeDelta::days(organisation.settings.invitation_days)
}
