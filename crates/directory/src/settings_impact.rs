//! Whom a change of the tenant's settings touches, said before it is saved (SPEC 3.3).

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::Result;
use crate::access::{Administrator, rules};
use crate::app_assignment::target_assigned;
use crate::db::Tx;
use crate::db::schema::{apps, group_owners, users};
use crate::group_owner;
use crate::invitation::{self, Standing};
use crate::organisation::{DomainRule, GuestVisibility, Organisation, TenantSettings};
use crate::page::Page;
use crate::user::{UserKind, UserState};

/// How many undecided invitations are looked at, newest first.
const LOOKED_AT: i64 = 2_000;
/// How many of those touched are named.
const NAMED: i64 = 10;
/// Whether somebody has a role, as administrators and guest inviters do.
const ROLES: [bool; 2] = [false, true];

/// Something that a change takes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Owners no longer manage the members of their groups and apps.
    OwnersManage,
    /// Fewer people may invite.
    Inviting,
    /// Fewer domains may be invited.
    Domains,
    /// Domains became the organisation's own: nobody there can be invited as a guest any more.
    OwnDomains,
    /// Guests see less.
    GuestsSee,
    /// Nobody can send a welcome message.
    WelcomeMessages,
    /// Members cannot search the directory.
    MembersSearch,
    /// Only owners see the Groups page.
    GroupsPage,
}

impl Loss {
    /// Whether open invitations may be on hold because of it (SPEC 4.2).
    fn may_suspend(self) -> bool {
        matches!(self, Self::OwnersManage | Self::Inviting | Self::Domains | Self::OwnDomains)
    }
}

/// How many, and the first of them by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// How many.
    pub count: i64,
    /// There may be more, which nobody looked at.
    pub or_more: bool,
    /// The first names or addresses.
    pub first: Vec<String>,
}

/// What a change takes away, and from whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// What is taken away; empty when nothing is.
    pub losses: Vec<Loss>,
    /// Owners who lose the management of their groups, or who may invite nobody to them any more.
    pub owners: Touched,
    /// Apps whose owners can invite no more.
    pub apps: Touched,
    /// Open invitations that are on hold from then on.
    pub invitations: Touched,
    /// Members who see or can do less.
    pub members: i64,
    /// Guests who see less.
    pub guests: i64,
}

/// Works out whom this change touches. Nothing is written.
///
/// # Errors
/// Only the database's.
pub fn foresee(
    tx: &mut Tx<'_>,
    _administrator: &Administrator,
    before: &Organisation,
    after: &Organisation,
) -> Result<Impact> {
    let losses = losses(before, after);
    let mut impact = Impact { losses, ..Impact::default() };
    if impact.losses.is_empty() {
        return Ok(impact);
    }
    if impact.losses.contains(&Loss::OwnersManage) {
        impact.owners = owners(tx)?;
        impact.apps = self_service_apps(tx)?;
    } else if impact.losses.contains(&Loss::Inviting) && before.settings.owners_manage_groups {
        let inviters = Inviters::of(&before.settings, &after.settings);
        impact.owners = inviters.owners(tx)?;
        impact.apps = inviters.apps(tx)?;
    }
    if impact.losses.iter().any(|loss| loss.may_suspend()) {
        impact.invitations = put_on_hold(tx, before, after)?;
    }
    if impact.losses.iter().any(|loss| matches!(loss, Loss::MembersSearch | Loss::GroupsPage)) {
        impact.members = active(tx, UserKind::Member)?;
    }
    if impact.losses.iter().any(|loss| matches!(loss, Loss::GuestsSee | Loss::GroupsPage)) {
        impact.guests = active(tx, UserKind::Guest)?;
    }
    Ok(impact)
}

/// What the change takes away, in the order of SPEC 3.3.
fn losses(before: &Organisation, after: &Organisation) -> Vec<Loss> {
    let (old, new) = (&before.settings, &after.settings);
    let own = before.own_domains();
    let candidates = [
        (Loss::OwnersManage, old.owners_manage_groups && !new.owners_manage_groups),
        (Loss::Inviting, ROLES.into_iter().any(|role| admits(old, role) && !admits(new, role))),
        (Loss::Domains, refuses_more(old, new)),
        (Loss::OwnDomains, after.own_domains().iter().any(|domain| !own.contains(domain))),
        (
            Loss::GuestsSee,
            old.guests_see == GuestVisibility::FellowMembers && new.guests_see == GuestVisibility::Own,
        ),
        (Loss::WelcomeMessages, old.welcome_messages && !new.welcome_messages),
        (Loss::MembersSearch, old.members_search && !new.members_search),
        (Loss::GroupsPage, !old.groups_page_restricted && new.groups_page_restricted),
    ];
    candidates.into_iter().filter(|(_, lost)| *lost).map(|(loss, _)| loss).collect()
}

/// Whether these settings let somebody invite, with or without a role. A guest manages nothing to invite to (SPEC 3.1).
fn admits(settings: &TenantSettings, has_role: bool) -> bool {
    rules::admits(settings.invite_policy, UserKind::Member, has_role)
}

/// Whether some domain may be refused that was admitted.
fn refuses_more(old: &TenantSettings, new: &TenantSettings) -> bool {
    let missing = |from: &str, of: &str| of.lines().any(|line| !from.lines().any(|other| other == line));
    match (old.domain_rule, new.domain_rule) {
        (_, DomainRule::Any) => false,
        (DomainRule::Only, DomainRule::Only) => missing(&new.accepted_domains, &old.accepted_domains),
        (DomainRule::AllBut, DomainRule::AllBut) => missing(&old.refused_domains, &new.refused_domains),
        (_, DomainRule::Only) => true,
        (_, DomainRule::AllBut) => !new.refused_domains.is_empty(),
    }
}

/// Counts rows and names the first of them.
macro_rules! touched {
    ($tx:expr, $table:ident, $rows:expr) => {{
        let count = $rows.count().get_result($tx.conn)?;
        let by_name = $rows.select($table::name).order(($table::name_key, $table::id));
        Ok(Touched { count, first: by_name.limit(NAMED).load($tx.conn)?, or_more: false })
    }};
}

fn owners(tx: &mut Tx<'_>) -> Result<Touched> {
    // An administrator manages every group, whatever the switch says.
    touched!(tx, users, group_owner::managers().filter(users::administrator.eq(false)))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn served() -> _ {
    apps::self_service.eq(true).and(apps::enabled.eq(true)).and(exists(target_assigned()))
}

/// The apps that owners fill who are no administrators.
macro_rules! filled_by_owners {
    () => {{
        let active = users::state.eq(UserState::Active).and(users::administrator.eq(false));
        let losing = users::table.filter(active).select(users::id);
        let by_them = group_owner::managing().filter(group_owners::user_id.eq_any(losing));
        let filled = by_them.select(group_owners::group_id.nullable());
        apps::table.filter(served()).filter(apps::target_group_id.eq_any(filled))
    }};
}

fn self_service_apps(tx: &mut Tx<'_>) -> Result<Touched> {
    touched!(tx, apps, filled_by_owners!())
}

/// How many apps the switch *Owners can manage group membership requests in the Access Panel* matters to: as many as
/// [`foresee`] names when it is turned off.
///
/// # Errors
/// Only the database's.
pub fn apps_of_owners(tx: &mut Tx<'_>, _administrator: &Administrator) -> Result<i64> {
    Ok(filled_by_owners!().count().get_result(tx.conn)?)
}

/// Which owners may invite: `true` stands for administrators and guest inviters, `false` for all others.
struct Inviters {
    before_only: Vec<bool>,
    after: Vec<bool>,
}

/// People who may sign in and are among these of [`Inviters`].
#[diesel::dsl::auto_type(no_type_alias)]
fn people(roles: Vec<bool>) -> _ {
    let active: UserState = UserState::Active;
    let has_role = users::administrator.eq(true).or(users::guest_inviter.eq(true));
    users::table.filter(users::state.eq(active)).filter(has_role.eq_any(roles))
}

impl Inviters {
    fn of(before: &TenantSettings, after: &TenantSettings) -> Self {
        let lost = |role: &bool| admits(before, *role) && !admits(after, *role);
        Self {
            before_only: ROLES.into_iter().filter(lost).collect(),
            after: ROLES.into_iter().filter(|role| admits(after, *role)).collect(),
        }
    }

    /// Those who may invite to their groups no more.
    fn owners(&self, tx: &mut Tx<'_>) -> Result<Touched> {
        let lose = || {
            let owns = users::id.eq_any(group_owner::managing().select(group_owners::user_id));
            people(self.before_only.clone()).filter(owns)
        };
        touched!(tx, users, lose())
    }

    /// The apps all of whose owners are among those.
    fn apps(&self, tx: &mut Tx<'_>) -> Result<Touched> {
        let groups_of = |roles: &Vec<bool>| {
            let owned = group_owner::managing()
                .filter(group_owners::user_id.eq_any(people(roles.clone()).select(users::id)));
            owned.select(group_owners::group_id.nullable())
        };
        let lose = || {
            apps::table
                .filter(served())
                .filter(apps::target_group_id.eq_any(groups_of(&self.before_only)))
                .filter(apps::target_group_id.ne_all(groups_of(&self.after)))
        };
        touched!(tx, apps, lose())
    }
}

/// The open invitations that stand now and would not stand any more.
fn put_on_hold(tx: &mut Tx<'_>, before: &Organisation, after: &Organisation) -> Result<Touched> {
    let now = tx.now;
    let (before, after) = (&before.released(), &after.released());
    let Page { rows: looked_at, more: or_more } = invitation::undecided(tx, LOOKED_AT)?;
    let held: Vec<String> = looked_at
        .into_iter()
        .filter(|open| open.standing(before, now) == Standing::Open)
        .filter(|open| matches!(open.standing(after, now), Standing::Suspended(_)))
        .map(|open| open.guest.address)
        .collect();
    let first = held.iter().take(usize::try_from(NAMED).unwrap_or(10)).cloned().collect();
    Ok(Touched { count: i64::try_from(held.len()).unwrap_or(i64::MAX), first, or_more })
}

fn active(tx: &mut Tx<'_>, kind: UserKind) -> Result<i64> {
    let filter = users::state.eq(UserState::Active).and(users::kind.eq(kind));
    Ok(users::table.filter(filter).count().get_result(tx.conn)?)
}

#[cfg(test)]
mod tests;
