//! The panel: the apps a person sees on My Apps, and what opens (SPEC 6).

use chrono::TimeDelta;
use diesel::dsl::exists;
use diesel::prelude::*;

use crate::access::rules::{self, AppFacts, PersonFacts, TargetFacts};
use crate::access::{Actor, assigned_to_app};
use crate::app::App;
use crate::db::Tx;
use crate::db::schema::{app_assignments, apps, group_members, group_owners, groups, invitations};
use crate::group::Group;
use crate::invitation::InvitationState;
use crate::organisation::Organisation;
use crate::{Error, Result};

/// How long an expired invitation is brought to its sender's notice.
const SHOWN_FOR: TimeDelta = TimeDelta::days(14);

/// An app on a person's panel.
#[derive(Clone, Debug)]
pub struct Tile {
    /// The app.
    pub app: App,
    /// Whether the person manages it.
    pub managed: bool,
}

/// The tiles of a person by name: apps that are enabled, visible and assigned.
///
/// # Errors
/// Only the database's.
pub fn tiles(tx: &mut Tx<'_>, actor: &Actor, organisation: &Organisation) -> Result<Vec<Tile>> {
    let owns_target = group_owners::table.filter(
        apps::target_group_id.eq(group_owners::group_id.nullable()).and(group_owners::user_id.eq(actor.id)),
    );
    let target_assigned = app_assignments::table.filter(
        app_assignments::app_id.eq(apps::id).and(app_assignments::group_id.eq(apps::target_group_id)),
    );
    let groups_of_actor = group_members::table
        .filter(group_members::user_id.eq(actor.id))
        .select(group_members::group_id.nullable());
    let assigned = app_assignments::table
        .filter(app_assignments::user_id.eq(actor.id).or(app_assignments::group_id.eq_any(groups_of_actor)))
        .select(app_assignments::app_id);
    let loaded: Vec<(App, Option<Group>, bool, bool)> = apps::table
        .left_join(groups::table.on(apps::target_group_id.eq(groups::id.nullable())))
        .filter(apps::id.eq_any(assigned).and(apps::enabled.eq(true)).and(apps::visible.eq(true)))
        .select((
            App::as_select(),
            Option::<Group>::as_select(),
            exists(owns_target),
            exists(target_assigned),
        ))
        .order((apps::name_key, apps::id))
        .load(tx.conn)?;
    let tenant = organisation.facts();
    let tile = |(app, group, owns_group, target_assigned): (App, Option<Group>, bool, bool)| {
        let facts = AppFacts {
            enabled: app.enabled,
            self_service: app.self_service,
            target_group: group.as_ref().map(Group::facts),
            target_assigned,
        };
        let managed = rules::manage(&person(actor, owns_group), &TargetFacts::App(facts), &tenant).is_ok();
        Tile { app, managed }
    };
    Ok(loaded.into_iter().map(tile).collect())
}

fn person(actor: &Actor, owns_group: bool) -> PersonFacts {
    PersonFacts {
        active: true,
        kind: actor.kind,
        administrator: actor.administrator,
        guest_inviter: actor.guest_inviter,
        owns_group,
        assigned: true,
    }
}

/// The app behind the direct link, for a person who may open it now.
///
/// # Errors
/// [`Error::Hidden`] when the person may not, or there is none.
pub fn open(tx: &mut Tx<'_>, actor: &Actor, slug: &str) -> Result<App> {
    let found: Option<(App, bool)> = apps::table
        .filter(apps::slug.eq(slug))
        .select((App::as_select(), exists(assigned_to_app(actor.id))))
        .first(tx.conn)
        .optional()?;
    found
        .filter(|(app, assigned)| {
            rules::open_app(app.enabled, app.assignment_required, actor.kind, *assigned)
        })
        .map(|(app, _)| app)
        .ok_or(Error::Hidden)
}

/// How many groups a person owns and is in: what the Groups tile says.
///
/// # Errors
/// Only the database's.
pub fn group_counts(tx: &mut Tx<'_>, actor: &Actor) -> Result<(i64, i64)> {
    let owned = group_owners::table.filter(group_owners::user_id.eq(actor.id)).count().single_value();
    let joined = group_members::table.filter(group_members::user_id.eq(actor.id)).count().single_value();
    let (owned, joined): (Option<i64>, Option<i64>) = diesel::select((owned, joined)).get_result(tx.conn)?;
    Ok((owned.unwrap_or(0), joined.unwrap_or(0)))
}

/// An invitation that nobody accepted in time, as a note on My Apps tells it.
#[derive(Clone, Debug)]
pub struct ExpiredNote {
    /// Who was invited.
    pub address: String,
    /// To which app or group.
    pub target: String,
    /// The page on which it can be sent again.
    pub path: String,
}

/// The name and the part of an address of an app or group, when there is one.
type Place = Option<(String, String)>;

/// The newest open invitation that this person sent and that expired within the last two weeks.
///
/// # Errors
/// Only the database's.
pub fn newest_expired(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<ExpiredNote>> {
    let recently = invitations::expires_at.le(tx.now).and(invitations::expires_at.gt(tx.now - SHOWN_FOR));
    let found: Option<(String, Place, Place)> = invitations::table
        .left_join(apps::table.on(invitations::app_id.eq(apps::id.nullable())))
        .left_join(groups::table.on(invitations::group_id.eq(groups::id.nullable())))
        .filter(invitations::sender_id.eq(actor.id).and(invitations::state.eq(InvitationState::Pending)))
        .filter(recently)
        .order((invitations::expires_at.desc(), invitations::id))
        .select((
            invitations::address_key,
            (apps::name, apps::slug).nullable(),
            (groups::name, groups::slug).nullable(),
        ))
        .first(tx.conn)
        .optional()?;
    let note = |(address, app, group): (String, Place, Place)| {
        let (target, path) = match (app, group) {
            (Some((name, slug)), _) => (name, format!("/apps/{slug}/manage")),
            (None, Some((name, slug))) => (name, format!("/groups/{slug}")),
            (None, None) => return None,
        };
        Some(ExpiredNote { address, target, path })
    };
    Ok(found.and_then(note))
}
