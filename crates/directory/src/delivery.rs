//! Deliveries: the outbox. One mail owed to one person, written in the transaction that it tells about, rendered
//! when it is sent, at least once and always the same (SPEC 4.1, 4.2; SECURITY R13, H1).

mod again;
mod courier;
mod due;
mod forget;
mod hold;
mod letter;
mod list;
mod outbox;

use chrono::TimeDelta;
use diesel::dsl::NotEq;
use diesel::prelude::*;

use crate::access::rules::frees_at;
use crate::access::{Actor, Limit, LimitReached, Refusal, Target};
use crate::app::App;
use crate::db::schema::deliveries;
use crate::db::{Id, Timestamp, Tx, each_dialect};
use crate::group::Group;
use crate::invitation::Invitation;
use crate::language::Language;
use crate::one_time_code::OneTimeCode;
use crate::organisation::Organisation;
use crate::user::User;
use crate::{Result, text_column};

pub use self::again::queue_again;
pub use self::courier::{Claimed, Claims, claim, claim_some, failed, retry, sent};
pub(crate) use self::forget::{forget_app, forget_group};
pub use self::hold::release;
pub(crate) use self::hold::{count_waiting, off_hold, reset_outbox};
pub use self::letter::{
    AddedLetter, CodeLetter, CodePurpose, InvitationLetter, Letter, LetterTarget, Letterhead, preview,
};
pub use self::list::{DeliveryFilter, list};
pub use self::outbox::{Outbox, Setback, last_setback, outbox};

text_column! {
    /// What a mail tells.
    pub enum DeliveryKind {
        /// An invitation.
        Invitation => "invitation",
        /// You were added.
        Added => "added",
        /// A one-time code.
        Code => "code",
    }
}

text_column! {
    /// Where a mail stands (SPEC 4.2).
    pub enum DeliveryState {
        /// Owed, not tried.
        Queued => "queued",
        /// Tried, and to be tried again.
        Retrying => "retrying",
        /// Its invitation is suspended; it leaves when that is over.
        OnHold => "on_hold",
        /// The relay accepted it.
        Sent => "sent",
        /// Given up.
        Failed => "failed",
        /// Its reason was gone before it was sent.
        Dropped => "dropped",
    }
}

/// How the answer to a mail begins that was put into a file, for want of a relay. A relay's begins with a number.
pub const WRITTEN_TO: &str = "written to ";

/// A mail owed to one person.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = deliveries, treat_none_as_default_value = false)]
pub struct Delivery {
    /// Its id.
    pub id: Id<Delivery>,
    /// What it tells.
    pub kind: DeliveryKind,
    /// To whom.
    pub user_id: Id<User>,
    /// The address, as stored first.
    pub recipient: String,
    /// The unique form of the address.
    pub recipient_key: String,
    /// The invitation it tells about.
    pub invitation_id: Option<Id<Invitation>>,
    /// Which mail of the invitation it is.
    pub generation: i64,
    /// The code it carries.
    pub code_id: Option<Id<OneTimeCode>>,
    /// The app it tells about.
    pub app_id: Option<Id<App>>,
    /// The group it tells about.
    pub group_id: Option<Id<Group>>,
    /// Who caused it.
    pub sender_id: Option<Id<User>>,
    /// Its language.
    pub language: Language,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next.
    pub next_attempt_at: Timestamp,
    /// Until when its holder may try.
    pub lease_until: Timestamp,
    /// Which courier tries.
    pub lease_holder: String,
    /// What the relay said last.
    pub answer: String,
    /// When it was owed.
    pub created_at: Timestamp,
    /// When it was sent, given up or dropped.
    pub finished_at: Option<Timestamp>,
}

impl Delivery {
    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress {
            state: self.state,
            next_attempt_at: self.next_attempt_at,
            answer: self.answer.clone(),
            created_at: self.created_at,
            finished_at: self.finished_at,
        }
    }
}

/// How far a mail is, for those who wait for it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = deliveries)]
pub struct Progress {
    /// Where it stands.
    pub state: DeliveryState,
    /// When it is tried next.
    pub next_attempt_at: Timestamp,
    /// What the relay said last.
    pub answer: String,
    /// When it was owed.
    pub created_at: Timestamp,
    /// When it was sent, given up or dropped.
    pub finished_at: Option<Timestamp>,
}

impl Progress {
    /// Whether it counts as sent, and is only in a file: it has reached nobody.
    #[must_use]
    pub fn is_only_written(&self) -> bool {
        self.state == DeliveryState::Sent && self.answer.starts_with(WRITTEN_TO)
    }

    /// When it was sent, given up or dropped; where that is not told, when it was owed.
    #[must_use]
    pub fn ended_at(&self) -> Timestamp {
        self.finished_at.unwrap_or(self.created_at)
    }
}

/// Queues the mail of this generation of an invitation.
pub(crate) fn queue_invitation(tx: &mut Tx<'_>, invitation: &Invitation, guest: &User) -> Result<()> {
    let about = About {
        invitation: Some((invitation.id, invitation.generation)),
        sender: Some(invitation.sender_id),
        ..About::default()
    };
    queue(tx, DeliveryKind::Invitation, guest, invitation.language, &about)
}

/// Queues the mail that tells a person of an app or group they were added to; of an app, with the group they were put
/// into.
pub(crate) fn queue_added(
    tx: &mut Tx<'_>,
    target: &Target,
    user: &User,
    by: &Actor,
    language: Language,
) -> Result<()> {
    let (app, group) = (target.app().map(|app| app.id), target.group().map(|group| group.id));
    let about = About { app, group, sender: Some(by.id), ..About::default() };
    queue(tx, DeliveryKind::Added, user, language, &about)
}

/// Queues the mail that carries a one-time code.
pub(crate) fn queue_code(
    tx: &mut Tx<'_>,
    code: Id<OneTimeCode>,
    user: &User,
    language: Language,
) -> Result<()> {
    queue(tx, DeliveryKind::Code, user, language, &About { code: Some(code), ..About::default() })
}

#[derive(Default)]
struct About {
    invitation: Option<(Id<Invitation>, i64)>,
    code: Option<Id<OneTimeCode>>,
    app: Option<Id<App>>,
    group: Option<Id<Group>>,
    sender: Option<Id<User>>,
}

fn queue(tx: &mut Tx<'_>, kind: DeliveryKind, to: &User, language: Language, about: &About) -> Result<()> {
    let (id, now) = (tx.new_id::<Delivery>(), tx.now);
    each_dialect!(tx.conn, c => diesel::insert_into(deliveries::table)
        .values((
            (
                deliveries::id.eq(id),
                deliveries::kind.eq(kind),
                deliveries::user_id.eq(to.id),
            ),
            (deliveries::recipient.eq(&to.address), deliveries::recipient_key.eq(&to.address_key)),
            (
                deliveries::invitation_id.eq(about.invitation.map(|(id, _)| id)),
                deliveries::generation.eq(about.invitation.map_or(0, |(_, g)| g)),
            ),
            (
                deliveries::code_id.eq(about.code),
                deliveries::app_id.eq(about.app),
                deliveries::group_id.eq(about.group),
            ),
            (deliveries::sender_id.eq(about.sender), deliveries::language.eq(language)),
            (
                deliveries::state.eq(DeliveryState::Queued),
                deliveries::attempts.eq(0),
                deliveries::answer.eq(""),
            ),
            (
                deliveries::next_attempt_at.eq(now),
                deliveries::lease_until.eq(now),
                deliveries::lease_holder.eq(""),
            ),
            deliveries::created_at.eq(now),
        ))
        .execute(c))?;
    tx.owe_mail();
    Ok(())
}

/// The mails that count against what one address may be sent in a day (SPEC 3.5). Codes do not: anybody can ask for
/// them, and could so keep managers from inviting (SECURITY C8).
pub(crate) fn counts_for_recipient() -> NotEq<deliveries::kind, DeliveryKind> {
    deliveries::kind.ne(DeliveryKind::Code)
}

/// Refuses one mail too many to this recipient in a day (SPEC 3.5).
///
/// # Errors
/// [`Refusal::LimitReached`].
pub(crate) fn within_recipient_limit(
    tx: &mut Tx<'_>,
    recipient_key: &str,
    organisation: &Organisation,
) -> Result<()> {
    match recipient_limit(tx, recipient_key, organisation)? {
        Some(limit) => Err(Refusal::LimitReached(limit).into()),
        None => Ok(()),
    }
}

/// What keeps one more mail from going to this recipient today (SPEC 3.5).
pub(crate) fn recipient_limit(
    tx: &mut Tx<'_>,
    recipient_key: &str,
    organisation: &Organisation,
) -> Result<Option<LimitReached>> {
    let since = tx.now - TimeDelta::days(1);
    let mut mails: Vec<Timestamp> = deliveries::table
        .filter(deliveries::recipient_key.eq(recipient_key).and(deliveries::created_at.gt(since)))
        .filter(counts_for_recipient())
        .select(deliveries::created_at)
        .order(deliveries::created_at.desc())
        .limit(organisation.settings.recipient_daily_limit)
        .load(tx.conn)?;
    mails.reverse();
    Ok(spent(&mails, tx.now, organisation))
}

/// The limit that one more mail to a recipient would break who was sent some at these times, oldest first.
pub(crate) fn spent(
    mails: &[Timestamp],
    now: Timestamp,
    organisation: &Organisation,
) -> Option<LimitReached> {
    let max = organisation.settings.recipient_daily_limit;
    let reached = |frees_at| LimitReached { limit: Limit::RecipientDay, max, frees_at };
    frees_at(mails, now, TimeDelta::days(1), max).map(reached)
}
