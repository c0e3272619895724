//! Groups: who is together, decided by hand, by a rule, or by a directory elsewhere (SPEC 1).

mod conversion;
mod deletion;
pub mod list;

use diesel::dsl::exists;
use diesel::prelude::*;
use serde::Serialize;

use crate::access::rules::{self, GroupFacts};
use crate::access::{Actor, Administrator, Refusal};
use crate::activity::{self, Action, Change, Object, ObjectKind};
use crate::db::schema::groups;
use crate::db::{Id, Timestamp, Tx};
use crate::group_rule::{self, GroupRule};
use crate::text::{Description, Name, free_slug, search_key};
use crate::{Error, Result, text_column};

text_column! {
    /// What a group is for.
    pub enum GroupKind {
        /// It gives access.
        Security => "security",
        /// It works together.
        Collaboration => "collaboration",
    }
}

text_column! {
    /// How people come into a group.
    pub enum GroupMembership {
        /// By hand.
        Assigned => "assigned",
        /// By a rule.
        Dynamic => "dynamic",
    }
}

text_column! {
    /// Where a group is kept.
    pub enum GroupSource {
        /// Here.
        Cloud => "cloud",
        /// In a directory on the premises.
        Synced => "synced",
    }
}

/// A group.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, Serialize)]
#[diesel(table_name = groups, treat_none_as_default_value = false)]
pub struct Group {
    /// Its id.
    pub id: Id<Group>,
    /// Its part of an address.
    pub slug: String,
    /// The name people read.
    pub name: String,
    /// The name as it is searched and ordered.
    #[serde(skip)]
    pub name_key: String,
    /// What it is for.
    pub description: String,
    /// Security or collaboration.
    pub kind: GroupKind,
    /// Assigned or dynamic.
    pub membership: GroupMembership,
    /// Made here or synced.
    pub source: GroupSource,
    /// The rule of a dynamic group.
    pub rule: Option<String>,
    /// When the rule was worked out; nothing while it is not.
    #[serde(skip)]
    pub rule_evaluated_at: Option<Timestamp>,
    /// The directory a synced group comes from.
    pub synced_from: Option<String>,
    /// When that was read last.
    pub synced_at: Option<Timestamp>,
    /// The group's own switch, "owners manage membership".
    pub owners_manage_membership: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// Raised by each change; a form with another version is stale.
    #[serde(skip)]
    pub version: i64,
}

/// Groups that people come into by hand and that are kept here: what [`rules::take_people`] asks of each.
#[diesel::dsl::auto_type]
pub(crate) fn takes_people() -> _ {
    let assigned: GroupMembership = GroupMembership::Assigned;
    let cloud: GroupSource = GroupSource::Cloud;
    groups::membership.eq(assigned).and(groups::source.eq(cloud))
}

/// What an administrator writes about a group.
#[derive(Clone, Debug)]
pub struct GroupProfile {
    /// The name people read.
    pub name: Name,
    /// What it is for.
    pub description: Description,
    /// Security or collaboration.
    pub kind: GroupKind,
    /// The rule that makes it dynamic; without one it is assigned.
    pub rule: Option<GroupRule>,
    /// The group's own switch.
    pub owners_manage_membership: bool,
}

/// What a [`GroupProfile`] is in the table.
#[derive(AsChangeset, Insertable)]
#[diesel(table_name = groups, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Columns<'a> {
    name: &'a str,
    name_key: String,
    description: &'a str,
    kind: GroupKind,
    membership: GroupMembership,
    rule: Option<String>,
    owners_manage_membership: bool,
}

impl GroupProfile {
    fn columns(&self) -> Columns<'_> {
        let by_rule = self.rule.is_some();
        Columns {
            name: self.name.as_str(),
            name_key: search_key(self.name.as_str()),
            description: self.description.as_str(),
            kind: self.kind,
            membership: if by_rule { GroupMembership::Dynamic } else { GroupMembership::Assigned },
            rule: self.rule.as_ref().map(|rule| rule.as_str().to_owned()),
            owners_manage_membership: self.owners_manage_membership,
        }
    }
}

impl Group {
    /// The group at this address.
    ///
    /// # Errors
    /// [`Error::Hidden`] when there is none.
    pub fn by_slug(tx: &mut Tx<'_>, slug: &str) -> Result<Self> {
        groups::table
            .filter(groups::slug.eq(slug))
            .select(Self::as_select())
            .first(tx.conn)
            .optional()?
            .ok_or(Error::Hidden)
    }

    /// The group with this id.
    ///
    /// # Errors
    /// [`Error::Hidden`] when there is none.
    pub fn find(tx: &mut Tx<'_>, id: Id<Group>) -> Result<Self> {
        groups::table.find(id).select(Self::as_select()).first(tx.conn).optional()?.ok_or(Error::Hidden)
    }

    /// Makes a group.
    ///
    /// # Errors
    /// Only the database's.
    pub fn add(tx: &mut Tx<'_>, administrator: &Administrator, profile: &GroupProfile) -> Result<Self> {
        let group = Self::insert(tx, profile)?;
        group.record(tx, administrator.actor(), Action::GroupAdded, &Change::made(&group))?;
        group_rule::begin(tx, group)
    }

    fn insert(tx: &mut Tx<'_>, profile: &GroupProfile) -> Result<Self> {
        let id = tx.new_id::<Group>();
        let slug = free_slug(profile.name.as_str(), |slug| {
            Ok(diesel::select(exists(groups::table.filter(groups::slug.eq(slug)))).get_result(tx.conn)?)
        })?;
        diesel::insert_into(groups::table)
            .values((
                (
                    groups::id.eq(id),
                    groups::slug.eq(slug),
                    groups::created_at.eq(tx.now),
                    groups::version.eq(1),
                ),
                groups::source.eq(GroupSource::Cloud),
                profile.columns(),
            ))
            .execute(tx.conn)?;
        Self::find(tx, id)
    }

    /// Changes a group. A synced group keeps what its directory says; only the own switch may change.
    ///
    /// # Errors
    /// [`Error::Stale`]; [`Refusal::RuleBeingWorkedOut`] when it would become assigned meanwhile;
    /// [`Refusal::GuestsInGroup`] when it would become dynamic with guests or open invitations in it (SPEC 3.2);
    /// [`Refusal::SyncedGroup`] when more than the own switch of a synced group changes.
    pub fn change(
        tx: &mut Tx<'_>,
        administrator: &Administrator,
        slug: &str,
        profile: &GroupProfile,
        version: i64,
    ) -> Result<Self> {
        let before = Self::at_version(tx, slug, version)?;
        before.make_way_for(tx, profile)?;
        let same_rule = before.rule.as_deref() == profile.rule.as_ref().map(GroupRule::as_str);
        diesel::update(groups::table.find(before.id))
            .set((
                profile.columns(),
                groups::rule_evaluated_at.eq(before.rule_evaluated_at.filter(|_| same_rule)),
                groups::version.eq(version + 1),
            ))
            .execute(tx.conn)?;
        let after = Self::find(tx, before.id)?;
        let change = Change::between(&before, &after);
        after.record(tx, administrator.actor(), Action::GroupChanged, &change)?;
        if same_rule { Ok(after) } else { group_rule::begin(tx, after) }
    }

    /// The group at this address, if nothing has changed since a form was shown with this version.
    fn at_version(tx: &mut Tx<'_>, slug: &str, version: i64) -> Result<Self> {
        let group = Self::by_slug(tx, slug)?;
        if group.version == version { Ok(group) } else { Err(Error::Stale) }
    }

    /// Refuses what the group cannot become. Before it gets a rule, takes out deleted guests, whom no list shows.
    fn make_way_for(&self, tx: &mut Tx<'_>, profile: &GroupProfile) -> Result<()> {
        if let Err(refusal) = rules::not_synced(&self.facts()) {
            let same = profile.rule.is_none()
                && profile.name.as_str() == self.name
                && profile.description.as_str() == self.description
                && profile.kind == self.kind;
            return if same { Ok(()) } else { Err(refusal.into()) };
        }
        if self.is_being_worked_out() && profile.rule.is_none() {
            return Err(Refusal::RuleBeingWorkedOut.into());
        }
        if self.membership == GroupMembership::Assigned && profile.rule.is_some() {
            conversion::refuse_guests(tx, self.id)?;
            conversion::forget_deleted_guests(tx, self.id)?;
        }
        Ok(())
    }

    /// Whether its rule is still being worked out. As long as it is, people whom the rule does not take may be in the
    /// group, and others whom it takes may not be in it yet.
    #[must_use]
    pub fn is_being_worked_out(&self) -> bool {
        let by_rule = self.membership == GroupMembership::Dynamic && self.source == GroupSource::Cloud;
        by_rule && self.rule_evaluated_at.is_none()
    }

    /// What the rules need of it.
    #[must_use]
    pub fn facts(&self) -> GroupFacts {
        GroupFacts {
            owners_manage_membership: self.owners_manage_membership,
            membership: self.membership,
            source: self.source,
            rule: self.rule.clone(),
            synced_from: self.synced_from.clone(),
            synced_at: self.synced_at,
        }
    }

    /// Writes an entry of the audit about this group.
    pub(crate) fn record(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        action: Action,
        change: &Change,
    ) -> Result<()> {
        activity::record(tx, actor, action, &self.as_object(), change)
    }

    /// The audit's name for this group.
    #[must_use]
    pub fn as_object(&self) -> Object {
        Object::new(ObjectKind::Group, self.id, &self.name)
    }
}
