//! The audit: every change with who, what, before and after. Append-only, which the database enforces.

use diesel::prelude::*;
use serde::Serialize;

use crate::access::Actor;
use crate::db::schema::{activities, users};
use crate::db::{Id, Timestamp, Tx, each_dialect};
use crate::page::{Page, limit_for};
use crate::user::{User, UserKind};
use crate::{Result, text_column};

text_column! {
    /// What happened.
    pub enum Action {
        /// The organisation's settings were changed.
        SettingsChanged => "settings.changed",
        /// A user was added.
        UserAdded => "user.added",
        /// A user's profile or roles were changed.
        UserChanged => "user.changed",
        /// A user was blocked.
        UserBlocked => "user.blocked",
        /// A user was let in again.
        UserUnblocked => "user.unblocked",
        /// A user was deleted.
        UserDeleted => "user.deleted",
        /// A user came out of the bin.
        UserRestored => "user.restored",
        /// A user's password was set.
        PasswordSet => "user.password_set",
        /// A user's password was taken away.
        PasswordRemoved => "user.password_removed",
        /// A user signed in.
        SignedIn => "user.signed_in",
        /// A sign-in was refused.
        SignInRefused => "user.sign_in_refused",
        /// Sessions were ended.
        SessionsEnded => "user.sessions_ended",
        /// A group was made.
        GroupAdded => "group.added",
        /// A group was changed.
        GroupChanged => "group.changed",
        /// A group was deleted.
        GroupDeleted => "group.deleted",
        /// A person became owner of a group.
        OwnerAdded => "group.owner_added",
        /// A person is no longer owner of a group.
        OwnerRemoved => "group.owner_removed",
        /// A person came into a group.
        MemberAdded => "group.member_added",
        /// A person left a group.
        MemberRemoved => "group.member_removed",
        /// An app was added.
        AppAdded => "app.added",
        /// An app was changed.
        AppChanged => "app.changed",
        /// An app was deleted.
        AppDeleted => "app.deleted",
        /// Somebody was assigned to an app.
        AssignmentAdded => "app.assignment_added",
        /// A target group that also opens other apps was confirmed.
        TargetConfirmed => "app.target_confirmed",
        /// An assignment was taken away.
        AssignmentRemoved => "app.assignment_removed",
        /// A guest was invited.
        Invited => "invitation.added",
        /// An invitation was sent again.
        Resent => "invitation.resent",
        /// An invitation was revoked.
        Revoked => "invitation.revoked",
        /// A suspended invitation was approved.
        Approved => "invitation.approved",
        /// An invitation was accepted.
        Accepted => "invitation.accepted",
        /// An invitation was declined.
        Declined => "invitation.declined",
        /// A guest asked for a fresh link.
        FreshLink => "invitation.fresh_link",
        /// A mail was queued again by hand.
        MailRetried => "mail.retried",
        /// The mail that a restore held was released.
        MailReleased => "mail.released",
        /// The directory was restored from a backup.
        Restored => "organisation.restored",
    }
}

text_column! {
    /// What it happened to.
    pub enum ObjectKind {
        /// The organisation.
        Organisation => "organisation",
        /// A user.
        User => "user",
        /// A group.
        Group => "group",
        /// An app.
        App => "app",
        /// An invitation.
        Invitation => "invitation",
        /// A mail.
        Mail => "mail",
    }
}

/// What a change was made to, as it was called then.
#[derive(Clone, Debug)]
pub struct Object {
    kind: ObjectKind,
    id: Option<Id<()>>,
    name: String,
}

impl Object {
    /// The organisation.
    #[must_use]
    pub(crate) fn organisation(name: &str) -> Self {
        Self { kind: ObjectKind::Organisation, id: None, name: name.to_owned() }
    }

    /// Anything with an id.
    #[must_use]
    pub(crate) fn new<T>(kind: ObjectKind, id: Id<T>, name: &str) -> Self {
        Self { kind, id: Some(id.cast()), name: name.to_owned() }
    }
}

/// One entry of the audit.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = activities, treat_none_as_default_value = false)]
pub struct Activity {
    /// Its id; ids rise with time.
    pub id: Id<Activity>,
    /// When.
    pub at: Timestamp,
    /// Who, when it was somebody of the directory.
    pub actor_id: Option<Id<User>>,
    /// What that person was called.
    pub actor_name: String,
    /// What happened.
    pub action: Action,
    /// To what kind of thing.
    pub target_kind: ObjectKind,
    /// To which.
    pub target_id: Option<Id<()>>,
    /// What that was called.
    pub target_name: String,
    /// How it was, as JSON.
    pub before: Option<String>,
    /// How it became, as JSON.
    pub after: Option<String>,
}

impl Activity {
    /// An entry, not yet written: its id and instant, who did what to what.
    pub(crate) fn new(
        (id, at): (Id<Self>, Timestamp),
        actor: Option<&Actor>,
        action: Action,
        object: &Object,
        change: &Change,
    ) -> Self {
        Self {
            id,
            at,
            actor_id: actor.map(|actor| actor.id),
            actor_name: actor.map_or_else(String::new, |actor| actor.name.clone()),
            action,
            target_kind: object.kind,
            target_id: object.id,
            target_name: object.name.clone(),
            before: change.before.clone(),
            after: change.after.clone(),
        }
    }
}

/// What a change did, as JSON without secrets.
#[derive(Clone, Debug, Default)]
pub struct Change {
    before: Option<String>,
    after: Option<String>,
}

impl Change {
    /// Something came to be.
    #[must_use]
    pub(crate) fn made<A: Serialize>(after: &A) -> Self {
        Self { before: None, after: json(after) }
    }

    /// Something is gone.
    #[must_use]
    pub(crate) fn removed<B: Serialize>(before: &B) -> Self {
        Self { before: json(before), after: None }
    }

    /// Something is different.
    #[must_use]
    pub(crate) fn between<B: Serialize, A: Serialize>(before: &B, after: &A) -> Self {
        Self { before: json(before), after: json(after) }
    }
}

/// Writes an entry with what was before and after.
pub(crate) fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    action: Action,
    object: &Object,
    change: &Change,
) -> Result<()> {
    write(tx, Some(actor), action, object, change)
}

/// Writes an entry about something that needs no before or after.
///
/// # Errors
/// Only the database's.
pub fn note(tx: &mut Tx<'_>, actor: &Actor, action: Action, object: &Object) -> Result<()> {
    write(tx, Some(actor), action, object, &Change::default())
}

/// Writes an entry about something that the program or somebody unknown did.
pub(crate) fn note_of_the_system(tx: &mut Tx<'_>, action: Action, object: &Object) -> Result<()> {
    write(tx, None, action, object, &Change::default())
}

fn write(
    tx: &mut Tx<'_>,
    actor: Option<&Actor>,
    action: Action,
    object: &Object,
    change: &Change,
) -> Result<()> {
    let activity = Activity::new((tx.new_id(), tx.now), actor, action, object, change);
    each_dialect!(tx.conn, c => diesel::insert_into(activities::table).values(&activity).execute(c))?;
    Ok(())
}

fn json<T: Serialize>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}

/// Which part of the audit to read.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only what this person did.
    pub actor: Option<Id<User>>,
    /// Only what happened to this.
    pub target: Option<Id<()>>,
    /// Only this kind of event.
    pub action: Option<Action>,
    /// Only what came before this entry: the next page.
    pub before: Option<Id<Activity>>,
}

/// An entry as it is read: people choose what they are called, so that a name alone does not say who it was.
#[derive(Clone, Debug, Queryable)]
pub struct Entry {
    /// What was written.
    pub activity: Activity,
    /// The address of who did it, and whether that is a guest.
    pub actor: Option<(String, UserKind)>,
}

/// The newest entries first.
///
/// # Errors
/// Only the database's.
pub fn list(tx: &mut Tx<'_>, filter: &Filter, rows: i64) -> Result<Page<Entry>> {
    let joined = activities::table.left_join(users::table.on(activities::actor_id.eq(users::id.nullable())));
    let mut query =
        joined.select((Activity::as_select(), (users::address, users::kind).nullable())).into_boxed();
    if let Some(actor) = filter.actor {
        query = query.filter(activities::actor_id.eq(actor));
    }
    if let Some(target) = filter.target {
        query = query.filter(activities::target_id.eq(target));
    }
    if let Some(action) = filter.action {
        query = query.filter(activities::action.eq(action));
    }
    if let Some(before) = filter.before {
        query = query.filter(activities::id.lt(before));
    }
    Ok(Page::of(query.order(activities::id.desc()).limit(limit_for(rows)).load(tx.conn)?, rows))
}
