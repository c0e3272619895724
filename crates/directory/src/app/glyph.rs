//! The icon of a tile without a logo.

use diesel::prelude::*;

use super::App;
use crate::Result;
use crate::access::Administrator;
use crate::db::Tx;
use crate::db::schema::apps;
use crate::text::Label;

impl App {
    /// Chooses the icon that stands in for a logo. One that nobody drew is shown as a plain window.
    ///
    /// # Errors
    /// [`crate::Error::Hidden`] when there is no such app.
    pub fn set_glyph(
        tx: &mut Tx<'_>,
        administrator: &Administrator,
        slug: &str,
        glyph: &Label,
    ) -> Result<Self> {
        let before = Self::by_slug(tx, slug)?;
        let chosen = (apps::glyph.eq(glyph.as_str()), apps::version.eq(before.version + 1));
        diesel::update(apps::table.find(before.id)).set(chosen).execute(tx.conn)?;
        before.recorded(tx, administrator)
    }
}
