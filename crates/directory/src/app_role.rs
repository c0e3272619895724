//! Roles of an app: what an assignment says beyond access. "Default access" is the absence of one (SPEC 1).

use diesel::dsl::exists;
use diesel::prelude::*;
use serde_json::json;

use crate::Result;
use crate::access::{Administrator, Refusal};
use crate::activity::{Action, Change};
use crate::app::App;
use crate::db::schema::{app_assignments, app_roles};
use crate::db::{Id, Tx};
use crate::text::{Name, search_key};

/// A role of one app.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = app_roles)]
pub struct AppRole {
    /// Its id.
    pub id: Id<AppRole>,
    /// The app.
    pub app_id: Id<App>,
    /// The name people read.
    pub name: String,
}

/// The roles of an app by name.
///
/// # Errors
/// Only the database's.
pub fn list(tx: &mut Tx<'_>, app: Id<App>) -> Result<Vec<AppRole>> {
    let roles = app_roles::table.filter(app_roles::app_id.eq(app)).order(app_roles::name_key);
    Ok(roles.select(AppRole::as_select()).load(tx.conn)?)
}

/// Adds a role.
///
/// # Errors
/// [`Refusal::NameTaken`].
pub fn add(tx: &mut Tx<'_>, administrator: &Administrator, app: &App, name: &Name) -> Result<AppRole> {
    let key = search_key(name.as_str());
    let same = app_roles::table.filter(app_roles::app_id.eq(app.id).and(app_roles::name_key.eq(&key)));
    if diesel::select(exists(same)).get_result::<bool>(tx.conn)? {
        return Err(Refusal::NameTaken.into());
    }
    let role = AppRole { id: tx.new_id(), app_id: app.id, name: name.as_str().to_owned() };
    let row = (
        app_roles::id.eq(role.id),
        app_roles::app_id.eq(app.id),
        app_roles::name.eq(&role.name),
        app_roles::name_key.eq(key),
    );
    diesel::insert_into(app_roles::table).values(row).execute(tx.conn)?;
    let change = Change::made(&json!({ "role": role.name }));
    app.record(tx, administrator.actor(), Action::AppChanged, &change)?;
    Ok(role)
}

/// Takes a role away.
///
/// # Errors
/// [`Refusal::RoleInUse`] while an assignment has it.
pub fn remove(tx: &mut Tx<'_>, administrator: &Administrator, app: &App, role: Id<AppRole>) -> Result<()> {
    let held = app_assignments::table.filter(app_assignments::role_id.eq(role));
    if diesel::select(exists(held)).get_result::<bool>(tx.conn)? {
        return Err(Refusal::RoleInUse.into());
    }
    let of_app = app_roles::table.filter(app_roles::id.eq(role).and(app_roles::app_id.eq(app.id)));
    let name: Option<String> = of_app.select(app_roles::name).first(tx.conn).optional()?;
    let Some(name) = name else { return Ok(()) };
    diesel::delete(of_app).execute(tx.conn)?;
    app.record(tx, administrator.actor(), Action::AppChanged, &Change::removed(&json!({ "role": name })))
}
