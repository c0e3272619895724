//! Taking a group away for good.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::Group;
use crate::access::{Administrator, Refusal, rules};
use crate::activity::{self, Action, Change};
use crate::db::schema::{app_assignments, apps, deliveries, groups, invitations};
use crate::db::{Id, Tx};
use crate::{Error, Result};

impl Group {
    /// Takes the group away with its list of people. Nothing may hang on it: no app opens for it or adds people to
    /// it, and nobody was ever invited to it, because invitations are kept for ever.
    ///
    /// # Errors
    /// [`Error::Stale`]; [`Refusal::SyncedGroup`]; [`Refusal::GroupInUse`] with the apps.
    pub fn delete(tx: &mut Tx<'_>, administrator: &Administrator, slug: &str, version: i64) -> Result<()> {
        let group = Self::by_slug(tx, slug)?;
        if group.version != version {
            return Err(Error::Stale);
        }
        group.may_go(tx)?;
        let about_it = deliveries::group_id.eq(group.id);
        // What was said of an app for which somebody was put into it was said.
        let said = about_it.and(deliveries::app_id.is_not_null()).and(deliveries::finished_at.is_not_null());
        diesel::update(deliveries::table.filter(said.assume_not_null()))
            .set(deliveries::group_id.eq(None::<Id<Self>>))
            .execute(tx.conn)?;
        diesel::delete(deliveries::table.filter(about_it)).execute(tx.conn)?;
        diesel::delete(groups::table.find(group.id)).execute(tx.conn)?;
        let object = group.as_object();
        activity::record(tx, administrator.actor(), Action::GroupDeleted, &object, &Change::removed(&group))
    }

    /// Whether the group may be taken away.
    ///
    /// # Errors
    /// As [`Group::delete`].
    pub fn may_go(&self, tx: &mut Tx<'_>) -> Result<()> {
        rules::not_synced(&self.facts())?;
        let given = app_assignments::table
            .filter(app_assignments::group_id.eq(self.id))
            .select(app_assignments::app_id);
        let opened =
            apps::table.filter(apps::target_group_id.eq(self.id).or(apps::id.eq_any(given).nullable()));
        let apps: Vec<String> = opened.order(apps::name_key).select(apps::name).limit(50).load(tx.conn)?;
        let invitations = invitations::table.filter(invitations::group_id.eq(self.id));
        let invited: bool = diesel::select(exists(invitations)).get_result(tx.conn)?;
        if apps.is_empty() && !invited {
            return Ok(());
        }
        Err(Refusal::GroupInUse { apps, invited }.into())
    }
}
