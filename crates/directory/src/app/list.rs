//! Lists of apps for administrators.

use diesel::prelude::*;

use super::App;
use crate::Result;
use crate::access::Administrator;
use crate::db::schema::apps;
use crate::db::{ByName, Tx, comes_after, like_infix};
use crate::page::{Page, limit_for};
use crate::text::search_key;

/// Which apps to list.
#[derive(Clone, Debug, Default)]
pub struct AppFilter {
    /// Part of a name.
    pub search: String,
    /// Only those after this name and id: the next page.
    pub after: Option<ByName<App>>,
}

/// All apps by name, for administrators.
///
/// # Errors
/// Only the database's.
pub fn list(
    tx: &mut Tx<'_>,
    _administrator: &Administrator,
    filter: &AppFilter,
    rows: i64,
) -> Result<Page<App>> {
    let mut query = apps::table.select(App::as_select()).into_boxed();
    let sought = search_key(&filter.search);
    if !sought.is_empty() {
        query = query.filter(apps::name_key.like(like_infix(&sought)).escape('\\'));
    }
    query = query.filter(comes_after(apps::name_key, apps::id, filter.after.as_ref()));
    Ok(Page::of(query.order((apps::name_key, apps::id)).limit(limit_for(rows)).load(tx.conn)?, rows))
}
