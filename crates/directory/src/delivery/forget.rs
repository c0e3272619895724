//! Mails about something that is taken away.

use diesel::prelude::*;

use crate::Result;
use crate::app::App;
use crate::db::schema::deliveries;
use crate::db::{Id, Tx};
use crate::group::Group;

/// Deletes the mails about an app.
pub(crate) fn forget_app(tx: &mut Tx<'_>, app: Id<App>) -> Result<()> {
    diesel::delete(deliveries::table.filter(deliveries::app_id.eq(app))).execute(tx.conn)?;
    Ok(())
}

/// Deletes the mails about a group. Those about an app that somebody got by being put into the group stay once they are
/// finished, and no longer name the group.
pub(crate) fn forget_group(tx: &mut Tx<'_>, group: Id<Group>) -> Result<()> {
    let about_it = deliveries::group_id.eq(group);
    let finished = deliveries::app_id.is_not_null().and(deliveries::finished_at.is_not_null());
    diesel::update(deliveries::table.filter(about_it.and(finished).assume_not_null()))
        .set(deliveries::group_id.eq(None::<Id<Group>>))
        .execute(tx.conn)?;
    diesel::delete(deliveries::table.filter(about_it)).execute(tx.conn)?;
    Ok(())
}
