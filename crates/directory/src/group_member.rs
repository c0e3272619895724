//! Membership of assigned groups, by hand: through a manager's proof only.

use chrono::TimeDelta;
use diesel::dsl::{NotEq, exists};
use diesel::prelude::*;
use serde_json::json;

use crate::access::{Actor, Limit, Manager, Target, rules};
use crate::activity::{Action, Change};
use crate::db::schema::{group_members, group_owners, users};
use crate::db::{
    ByName, Count, Id, Timestamp, Tx, comes_after, contains_in_name_or_address, count_of, each_dialect,
};
use crate::delivery;
use crate::group::Group;
use crate::invitation;
use crate::language::Language;
use crate::page::{Page, limit_for};
use crate::rate_limit::RateLimit;
use crate::text::search_key;
use crate::user::{User, UserKind, UserState};
use crate::{Error, Result};

/// A person's place in a group. It repeats those columns of the person by which the list of the group is ordered,
/// filtered and counted; from its insertion on the database keeps them as the person's are.
#[derive(Insertable)]
#[diesel(table_name = group_members, treat_none_as_default_value = false)]
pub(crate) struct Membership {
    pub(crate) group_id: Id<Group>,
    pub(crate) user_id: Id<User>,
    pub(crate) kind: UserKind,
    pub(crate) state: UserState,
    pub(crate) name_key: String,
    pub(crate) created_at: Timestamp,
}

impl Membership {
    pub(crate) fn new(group_id: Id<Group>, user: &User, created_at: Timestamp) -> Self {
        Self {
            group_id,
            user_id: user.id,
            kind: user.kind,
            state: user.state,
            name_key: user.name_key.clone(),
            created_at,
        }
    }
}

/// The people whom lists show: not the deleted ones, who stay in the group in case they are restored.
pub(crate) fn is_listed() -> NotEq<group_members::state, UserState> {
    group_members::state.ne(UserState::Deleted)
}

/// How many people somebody may put in or take out in an hour: each is a line of the audit, which nobody can take away
/// (SECURITY D4).
const CHANGES: RateLimit = RateLimit::new("membership-changes", 1_000, TimeDelta::hours(1));

fn within_limit(tx: &mut Tx<'_>, actor: &Actor) -> Result<()> {
    CHANGES.of(actor.id.to_string()).or_refuse(tx, Limit::ChangesHour)
}

/// Puts an active person into the managed group and queues the mail that says so, unless this address has had its mails
/// of the day: whoever is taken out and put in again is not told each time (SPEC 3.5, SECURITY D4).
pub(crate) fn put_in(
    tx: &mut Tx<'_>,
    manager: &Manager,
    user: &User,
    language: Option<Language>,
) -> Result<()> {
    let target = manager.target();
    let group = target.group().ok_or(Error::Hidden)?;
    if !insert(tx, group, user)? {
        return Ok(());
    }
    within_limit(tx, manager.actor())?;
    let organisation = manager.organisation();
    if delivery::recipient_limit(tx, &user.address_key, organisation)?.is_none() {
        let language = language.or(user.language).unwrap_or(organisation.profile.default_language);
        delivery::queue_added(tx, target, user, manager.actor(), language)?;
    }
    record(tx, manager.actor(), Action::MemberAdded, group, user)
}

/// Puts a guest who redeems into the invited group. Whoever is in it already stays in it.
pub(crate) fn redeem_into(tx: &mut Tx<'_>, target: &Target, guest: &Actor, user: &User) -> Result<()> {
    let Some(group) = target.group() else { return Ok(()) };
    rules::take_people(&group.facts())?;
    if insert(tx, group, user)? { record(tx, guest, Action::MemberAdded, group, user) } else { Ok(()) }
}

/// Takes a person out of the managed group, which holds from the next request on. Invitations that would let them in
/// again are revoked.
///
/// # Errors
/// [`Error::Refused`] for a dynamic or synced group (SPEC 3.2), or when it is one change too many in an hour;
/// [`Error::Hidden`] when the person is not in it.
pub fn remove(tx: &mut Tx<'_>, manager: &Manager, user: Id<User>) -> Result<User> {
    let group = manager.target().group().ok_or(Error::Hidden)?;
    rules::take_people(&group.facts())?;
    let user = User::find(tx, user)?;
    if diesel::delete(group_members::table.find((group.id, user.id))).execute(tx.conn)? == 0 {
        return Err(Error::Hidden);
    }
    within_limit(tx, manager.actor())?;
    invitation::revoke_all_into(tx, manager.actor(), &user, group.id)?;
    record(tx, manager.actor(), Action::MemberRemoved, group, &user)?;
    Ok(user)
}

/// The person, if in the managed group: for the page that confirms the removal.
///
/// # Errors
/// [`Error::Hidden`] when the person is not in it.
pub fn find(tx: &mut Tx<'_>, manager: &Manager, user: Id<User>) -> Result<User> {
    let group = manager.target().group().ok_or(Error::Hidden)?;
    if contains(tx, group.id, user)? { User::find(tx, user) } else { Err(Error::Hidden) }
}

/// How many people are in a group.
///
/// # Errors
/// Only the database's.
pub fn count(tx: &mut Tx<'_>, group: Id<Group>) -> Result<Count> {
    let people = |kind: UserKind| {
        let of_kind = group_members::table.filter(group_members::group_id.eq(group));
        count_of(of_kind.filter(group_members::kind.eq(kind).and(is_listed())).select(group_members::user_id))
    };
    let (members, guests): (Count, Count) =
        diesel::select((people(UserKind::Member), people(UserKind::Guest))).get_result(tx.conn)?;
    Ok(members + guests)
}

/// Fellow members of a group by name, for those who may see them.
///
/// # Errors
/// Only the database's.
pub fn list(
    tx: &mut Tx<'_>,
    group: Id<Group>,
    after: Option<&ByName<User>>,
    rows: i64,
) -> Result<Page<User>> {
    let range = Range { kind: None, search: "", after };
    let found = people(tx, group, &range, limit_for(rows))?;
    Ok(Page::of(found.into_iter().map(|(user, _)| user).collect(), rows))
}

/// Which people of a group to list.
pub(crate) struct Range<'a> {
    /// Only this kind.
    pub(crate) kind: Option<UserKind>,
    /// Part of a name or address.
    pub(crate) search: &'a str,
    /// Only those after this name and id.
    pub(crate) after: Option<&'a ByName<User>>,
}

/// People of a group from a place in the alphabet on, each with whether they own it.
macro_rules! by_name {
    ($group:expr, $range:expr) => {
        group_members::table
            .inner_join(users::table.on(users::id.eq(group_members::user_id)))
            .filter(group_members::group_id.eq($group).and(is_listed()))
            .filter(comes_after(group_members::name_key, group_members::user_id, $range.after))
            .select((
                User::as_select(),
                // No `exists`: of many rows PostgreSQL would read all owners of all groups for it.
                group_owners::table
                    .filter(
                        group_owners::group_id
                            .eq(group_members::group_id)
                            .and(group_owners::user_id.eq(group_members::user_id)),
                    )
                    .select(group_owners::user_id)
                    .single_value()
                    .is_not_null(),
            ))
            .order((group_members::name_key, group_members::user_id))
    };
}

/// At most `limit` people of a group by name, each with whether they own it.
pub(crate) fn people(
    tx: &mut Tx<'_>,
    group: Id<Group>,
    range: &Range<'_>,
    limit: i64,
) -> Result<Vec<(User, bool)>> {
    let sought = search_key(range.search);
    if range.kind.is_none() && sought.is_empty() {
        return Ok(each_dialect!(tx.conn, c => by_name!(group, range).limit(limit).load(c))?);
    }
    let mut query = by_name!(group, range).into_boxed();
    if let Some(kind) = range.kind {
        query = query.filter(group_members::kind.eq(kind));
    }
    if !sought.is_empty() {
        let name = group_members::name_key;
        query = query.filter(contains_in_name_or_address(name, users::address_key, &sought));
    }
    Ok(query.limit(limit).load(tx.conn)?)
}

/// Fills a group from the sample data, which stands in for the directory that a synced group comes from.
///
/// # Errors
/// Only the database's.
pub fn fill(tx: &mut Tx<'_>, group: &Group, people: &[Id<User>]) -> Result<()> {
    for person in people {
        let user = User::find(tx, *person)?;
        insert(tx, group, &user)?;
    }
    Ok(())
}

/// Whether the person is in the group.
pub(crate) fn contains(tx: &mut Tx<'_>, group: Id<Group>, user: Id<User>) -> Result<bool> {
    Ok(diesel::select(exists(group_members::table.find((group, user)))).get_result(tx.conn)?)
}

/// False if the person was in it before.
fn insert(tx: &mut Tx<'_>, group: &Group, user: &User) -> Result<bool> {
    let membership = Membership::new(group.id, user, tx.now);
    let insert = diesel::insert_into(group_members::table).values(membership);
    Ok(each_dialect!(tx.conn, c => insert.on_conflict_do_nothing().execute(c))? == 1)
}

fn record(tx: &mut Tx<'_>, actor: &Actor, action: Action, group: &Group, user: &User) -> Result<()> {
    let member = json!({ "member": user.name, "address": user.address });
    let change =
        if action == Action::MemberRemoved { Change::removed(&member) } else { Change::made(&member) };
    group.record(tx, actor, action, &change)
}
