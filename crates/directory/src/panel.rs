//! The panel: the apps a person sees on My Apps, and what opens (SPEC 6).

use chrono::TimeDelta;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::Result;
use crate::access::rules::{self, AppFacts, TargetFacts};
use crate::access::{Actor, Standpoint};
use crate::app::App;
use crate::app_assignment::{assigned_to_app, is_assigned_to, target_assigned};
use crate::db::schema::{app_assignments, apps, group_members, group_owners, groups, invitations};
use crate::db::{Id, Tx, each_dialect, one_of};
use crate::group::Group;
use crate::group_owner::owners_of_target;
use crate::invitation::{Invitation, InvitationState, is_pending, later};
use crate::organisation::Organisation;
use crate::user::User;

/// How long an invitation that came to nothing is brought to its sender's notice.
const SHOWN_FOR: TimeDelta = TimeDelta::days(14);
/// How many guests who declined are brought to it at once.
const DECLINES: i64 = 3;

/// An app on a person's panel.
#[derive(Clone, Debug)]
pub struct Tile {
    /// The app.
    pub app: App,
    /// Whether the person manages it.
    pub managed: bool,
}

/// The tiles of a person by name: apps that are enabled, visible and assigned. One query, and a second when one of
/// them is set up for self-service.
///
/// # Errors
/// Only the database's.
pub fn tiles(tx: &mut Tx<'_>, actor: &Actor, organisation: &Organisation) -> Result<Vec<Tile>> {
    let shown = apps::enabled.eq(true).and(apps::visible.eq(true));
    let apps: Vec<App> = each_dialect!(tx.conn, c => apps::table
        .filter(is_assigned_to!(actor.id).and(shown))
        .select(App::as_select())
        .order((apps::name_key, apps::id))
        .load(c))?;
    let shared = apps.iter().any(|app| app.self_service && app.target_group_id.is_some());
    let managed = if shared { managed_by(tx, actor, organisation)? } else { Vec::new() };
    Ok(apps.into_iter().map(|app| Tile { managed: managed.contains(&app.id), app }).collect())
}

/// Whether there is any app, for an administrator who has none.
///
/// # Errors
/// Only the database's.
pub fn is_any_app(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(diesel::select(exists(apps::table.select(apps::id))).get_result(tx.conn)?)
}

/// The apps of a person that the person manages.
fn managed_by(tx: &mut Tx<'_>, actor: &Actor, organisation: &Organisation) -> Result<Vec<Id<App>>> {
    let shared: Vec<(Id<App>, bool, Group, bool, bool)> = each_dialect!(tx.conn, c => apps::table
        .inner_join(groups::table.on(apps::target_group_id.eq(groups::id.nullable())))
        .filter(is_assigned_to!(actor.id).and(apps::self_service.eq(true)))
        .select((
            apps::id,
            apps::enabled,
            Group::as_select(),
            exists(owners_of_target(actor.id)),
            exists(target_assigned()),
        ))
        .load(c))?;
    let tenant = organisation.facts();
    let manage = |(app, enabled, group, owns_group, target_assigned): (Id<App>, bool, Group, bool, bool)| {
        let target_group = Some(group.facts());
        let facts = AppFacts { enabled, self_service: true, target_group, target_assigned };
        let person = actor.facts(Standpoint { owns_group, assigned: true });
        rules::manage(&person, &TargetFacts::App(facts), &tenant).is_ok().then_some(app)
    };
    Ok(shared.into_iter().filter_map(manage).collect())
}

/// The app behind the direct link; `None` when there is none, or this person may not open it now.
///
/// # Errors
/// Only the database's.
pub fn open(tx: &mut Tx<'_>, actor: &Actor, slug: &str) -> Result<Option<App>> {
    let found: Option<(App, bool)> = apps::table
        .filter(apps::slug.eq(slug))
        .select((App::as_select(), exists(assigned_to_app(actor.id))))
        .first(tx.conn)
        .optional()?;
    let may_open = |(app, assigned): &(App, bool)| {
        rules::open_app(app.enabled, app.assignment_required, actor.kind, *assigned)
    };
    Ok(found.filter(may_open).map(|(app, _)| app))
}

/// How many groups a person has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupCounts {
    /// How many the person owns.
    pub owned: i64,
    /// How many the person is in.
    pub joined: i64,
}

/// What [`owned_by`] and [`joined_by`] answer: nothing is none.
type Counted = (Option<i64>, Option<i64>);

impl GroupCounts {
    fn of((owned, joined): Counted) -> Self {
        Self { owned: owned.unwrap_or(0), joined: joined.unwrap_or(0) }
    }
}

/// How many groups a person owns and is in.
///
/// # Errors
/// Only the database's.
pub fn group_counts(tx: &mut Tx<'_>, actor: &Actor) -> Result<GroupCounts> {
    let counted: Counted = diesel::select((owned_by(actor.id), joined_by(actor.id))).get_result(tx.conn)?;
    Ok(GroupCounts::of(counted))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn owned_by(user: Id<User>) -> _ {
    group_owners::table.filter(group_owners::user_id.eq(user)).count().single_value()
}

#[diesel::dsl::auto_type(no_type_alias)]
fn joined_by(user: Id<User>) -> _ {
    group_members::table.filter(group_members::user_id.eq(user)).count().single_value()
}

/// An invitation that the person sent and that came to nothing, as a note on My Apps tells it.
#[derive(Clone, Debug)]
pub struct SentNote {
    /// Who was invited.
    pub address: String,
    /// To which app or group, or to which organisation.
    pub target: String,
    /// The page of that app or group; the organisation has none.
    pub path: Option<String>,
    /// What the guest said on declining; nothing otherwise.
    pub reason: String,
}

type Newest = Option<Id<Invitation>>;

/// The name and the part of an address of an app or group, when there is one.
type Place = Option<(String, String)>;

type Told = (String, Option<String>, Place, Place);

/// What a note tells of each invitation.
macro_rules! told {
    () => {
        invitations::table
            .left_join(apps::table.on(invitations::app_id.eq(apps::id.nullable())))
            .left_join(groups::table.on(invitations::group_id.eq(groups::id.nullable())))
            .select((
                invitations::address_key,
                invitations::decline_reason,
                (apps::name, apps::slug).nullable(),
                (groups::name, groups::slug).nullable(),
            ))
    };
}

/// The invitations of a sender that were declined since then, the newest first, and that nobody has repeated.
macro_rules! declined_since {
    ($invitations:expr, $sender:expr, $since:expr) => {
        $invitations
            .filter(invitations::sender_id.eq($sender).and(invitations::state.eq(InvitationState::Declined)))
            // What was declined since then ended later, which an index tells.
            .filter(invitations::expires_at.gt($since))
            .filter(invitations::decided_at.gt(Some($since)))
            .filter(not(exists(
                later
                    .filter(later.field(invitations::user_id).eq(invitations::user_id))
                    .filter(later.field(invitations::target_key).eq(invitations::target_key))
                    .filter(later.field(invitations::id).gt(invitations::id)),
            )))
            .order((invitations::decided_at.desc(), invitations::id))
    };
}

/// What My Apps tells beside the apps.
#[derive(Clone, Debug)]
pub struct News {
    /// How many groups the person owns and is in.
    pub groups: GroupCounts,
    /// The newest open invitation that the person sent and that expired within the last two weeks.
    pub expired: Option<SentNote>,
    /// The newest invitations that the person sent and that were declined within the last two weeks (SPEC 4.5).
    pub declined: Vec<SentNote>,
}

/// What My Apps tells this person beside the apps: one query, and one more for each kind of note.
///
/// # Errors
/// Only the database's.
pub fn news(tx: &mut Tx<'_>, actor: &Actor, organisation: &Organisation) -> Result<News> {
    let since = tx.now - SHOWN_FOR;
    let expired = invitations::table
        .filter(invitations::sender_id.eq(actor.id).and(is_pending()))
        .filter(invitations::expires_at.le(tx.now).and(invitations::expires_at.gt(since)))
        .order((invitations::expires_at.desc(), invitations::id))
        .select(invitations::id)
        .single_value();
    let declined =
        declined_since!(invitations::table, actor.id, since).select(invitations::id).single_value();
    let groups = (owned_by(actor.id), joined_by(actor.id));
    let asked = diesel::select((groups, expired, declined));
    let (groups, expired, declined): (Counted, Newest, Newest) =
        each_dialect!(tx.conn, c => asked.get_result(c))?;
    let expired: Option<Told> = match expired {
        Some(id) => Some(told!().filter(invitations::id.eq(id)).first(tx.conn)?),
        None => None,
    };
    let declined: Vec<Told> = match declined {
        Some(_) => declined_since!(told!(), actor.id, since).limit(DECLINES).load(tx.conn)?,
        None => Vec::new(),
    };
    let note = |told: Told| note(told, organisation);
    Ok(News {
        groups: GroupCounts::of(groups),
        expired: expired.map(note),
        declined: declined.into_iter().map(note).collect(),
    })
}

fn note((address, reason, app, group): Told, organisation: &Organisation) -> SentNote {
    let (target, path) = match (app, group) {
        (Some((target, slug)), _) => (target, Some(format!("/apps/{slug}/manage"))),
        (None, Some((target, slug))) => (target, Some(format!("/groups/{slug}"))),
        (None, None) => (organisation.profile.name.clone(), None),
    };
    SentNote { address, target, path, reason: reason.unwrap_or_default() }
}
