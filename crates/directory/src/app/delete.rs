//! Taking an app away.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::App;
use crate::Result;
use crate::access::Administrator;
use crate::activity::{Action, Change};
use crate::db::Tx;
use crate::db::schema::{apps, invitations};
use crate::delivery;

/// What became of an app that was taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleted {
    /// Its row is gone.
    Gone,
    /// It has invitations, which are kept: it is switched off and hidden instead.
    Disabled,
}

impl App {
    /// Takes the app away with its assignments. Its invitations are kept for ever, so an app with any stays.
    ///
    /// # Errors
    /// [`crate::Error::Hidden`] when there is no such app.
    pub fn delete(tx: &mut Tx<'_>, administrator: &Administrator, slug: &str) -> Result<Deleted> {
        let app = Self::by_slug(tx, slug)?;
        if app.was_invited_to(tx)? {
            let off = (apps::enabled.eq(false), apps::visible.eq(false), apps::version.eq(app.version + 1));
            diesel::update(apps::table.find(app.id)).set(off).execute(tx.conn)?;
            app.recorded(tx, administrator)?;
            return Ok(Deleted::Disabled);
        }
        app.record(tx, administrator.actor(), Action::AppDeleted, &Change::removed(&app))?;
        delivery::forget_app(tx, app.id)?;
        diesel::delete(apps::table.find(app.id)).execute(tx.conn)?;
        Ok(Deleted::Gone)
    }

    /// Whether anybody was ever invited to the app, so that it stays when it is deleted.
    ///
    /// # Errors
    /// Only the database's.
    pub fn was_invited_to(&self, tx: &mut Tx<'_>) -> Result<bool> {
        let invitations = invitations::table.filter(invitations::app_id.eq(self.id));
        Ok(diesel::select(exists(invitations)).get_result(tx.conn)?)
    }
}
