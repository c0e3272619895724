//! Taking a group away for good.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::Group;
use crate::access::{Administrator, Refusal, rules};
use crate::activity::{Action, Change};
use crate::db::Tx;
use crate::db::schema::{app_assignments, apps, groups, invitations};
use crate::{Result, delivery};

impl Group {
    /// Takes the group away with its list of people. Nothing may hang on it: no app opens for it or adds people to
    /// it, and nobody was ever invited to it, because invitations are kept for ever.
    ///
    /// # Errors
    /// [`crate::Error::Stale`]; [`Refusal::SyncedGroup`]; [`Refusal::GroupInUse`] with the apps.
    pub fn delete(tx: &mut Tx<'_>, administrator: &Administrator, slug: &str, version: i64) -> Result<()> {
        let group = Self::at_version(tx, slug, version)?;
        group.may_go(tx)?;
        delivery::forget_group(tx, group.id)?;
        diesel::delete(groups::table.find(group.id)).execute(tx.conn)?;
        group.record(tx, administrator.actor(), Action::GroupDeleted, &Change::removed(&group))
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
