//! The apps with self-service on and how far each is, in one query: what the overview asks (SPEC 2, J0).

use diesel::dsl::exists;
use diesel::prelude::*;

use super::checklist::{Checklist, Reach};
use crate::Result;
use crate::access::Administrator;
use crate::app::App;
use crate::app_assignment::{assigned_directly, assigned_through_groups, target_assigned};
use crate::db::Tx;
use crate::db::schema::{apps, group_owners, groups};
use crate::group::Group;
use crate::group_owner;
use crate::organisation::Organisation;

type Loaded = (App, Option<Group>, bool, bool, bool);

/// The first `rows` apps with self-service on, by name, each with its checklist.
///
/// # Errors
/// Only the database's.
pub fn with_self_service(
    tx: &mut Tx<'_>,
    _administrator: &Administrator,
    organisation: &Organisation,
    rows: i64,
) -> Result<Vec<(App, Checklist)>> {
    let loaded: Vec<Loaded> = apps::table
        .left_join(groups::table.on(apps::target_group_id.eq(groups::id.nullable())))
        .filter(apps::self_service.eq(true))
        .select((
            App::as_select(),
            Option::<Group>::as_select(),
            exists(active_owners()),
            exists(target_assigned()),
            exists(
                active_owners().filter(
                    group_owners::user_id
                        .nullable()
                        .eq_any(assigned_directly())
                        .or(group_owners::user_id.eq_any(assigned_through_groups())),
                ),
            ),
        ))
        .order((apps::name_key, apps::id))
        .limit(rows)
        .load(tx.conn)?;
    Ok(loaded.into_iter().map(|row| checklist(organisation, row)).collect())
}

#[diesel::dsl::auto_type(no_type_alias)]
fn active_owners() -> _ {
    group_owner::active().filter(apps::target_group_id.eq(group_owners::group_id.nullable()))
}

fn checklist(organisation: &Organisation, row: Loaded) -> (App, Checklist) {
    let (app, group, group_has_owner, group_assigned, owner_assigned) = row;
    let reach = Reach { group_has_owner, group_assigned, owner_assigned };
    let checklist = Checklist::of(organisation, &app, group.as_ref(), reach);
    (app, checklist)
}
