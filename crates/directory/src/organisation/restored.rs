//! What a restore leaves behind until an administrator has had a look: mail waits, and nobody else gets in.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::{Organisation, Restoration};
use crate::Result;
use crate::db::schema::organisation;
use crate::db::{Timestamp, Tx};

/// How far a restore raises the floor at least: by more links than one invitation gets between two restores, should the
/// clock have gone back.
const STEP: i64 = 1_000_000_000;

/// Raises the floor above every generation that was given until now, whatever became of it, and holds the mail.
///
/// The floor is an instant in microseconds. Whoever restores the same backup twice gets a greater one each time, which
/// a counter in the backup could not give.
pub(crate) fn hold_after_restore(tx: &mut Tx<'_>) -> Result<()> {
    let before = Organisation::load(tx)?.restoration.generation_floor;
    let floor = before.saturating_add(STEP).max(tx.now.micros());
    let held = (organisation::generation_floor.eq(floor), organisation::mail_held_since.eq(Some(tx.now)));
    diesel::update(organisation::table).set(held).execute(tx.conn)?;
    Ok(())
}

impl Organisation {
    /// The organisation as it is once what a restore holds is released: all of it is together, and only then does it tell
    /// what something else would put on hold.
    pub(crate) fn released(&self) -> Self {
        Self { restoration: Restoration::default(), ..self.clone() }
    }
}

/// The organisation, if no administrator has released yet what a restore held.
#[diesel::dsl::auto_type(no_type_alias)]
pub(crate) fn held() -> _ {
    organisation::table.filter(organisation::mail_held_since.is_not_null())
}

/// Whether no administrator has released yet what a restore held.
pub(crate) fn is_held(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(diesel::select(exists(held())).get_result(tx.conn)?)
}

/// Lets mail leave again, and people in, that were held after a restore; false if nothing was held.
pub(crate) fn end_hold(tx: &mut Tx<'_>) -> Result<bool> {
    let released = organisation::mail_held_since.eq(None::<Timestamp>);
    Ok(diesel::update(held()).set(released).execute(tx.conn)? > 0)
}
