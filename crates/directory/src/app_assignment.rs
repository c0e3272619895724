//! Assignments: which users and groups an app is given to, and in which role. Groups do not nest (SPEC 1).

mod reach;

use diesel::dsl::exists;
use diesel::prelude::*;

pub(crate) use self::reach::{
    assigned_directly, assigned_through_groups, assigned_to_app, is_assigned_to, target_assigned,
};
use crate::access::{Administrator, Refusal};
use crate::activity::{self, Action, Change};
use crate::app::App;
use crate::app_role::AppRole;
use crate::db::schema::{app_assignments, app_roles, apps, groups, users};
use crate::db::{Id, Tx};
use crate::group::Group;
use crate::page::{Page, limit_for};
use crate::user::{User, UserState};
use crate::{Error, Result};

/// Who an app is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignee {
    /// A user.
    User(Id<User>),
    /// A group.
    Group(Id<Group>),
}

/// What is given, but for the app itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// To whom.
    pub assignee: Assignee,
    /// In which role; none is "Default access".
    pub role: Option<Id<AppRole>>,
    /// The administrator has read through which other apps people are put into the group, and confirms (SECURITY R8).
    pub filling_confirmed: bool,
}

impl Assignment {
    /// Default access, nothing confirmed.
    #[must_use]
    pub const fn to(assignee: Assignee) -> Self {
        Self { assignee, role: None, filling_confirmed: false }
    }
}

/// An assignment with the names its row tells.
#[derive(Clone, Debug, Queryable)]
pub struct AssignmentRow {
    /// Its id.
    pub id: Id<AssignmentRow>,
    /// The user, when it is one.
    pub user: Option<User>,
    /// The group, when it is one.
    pub group: Option<Group>,
    /// The role; none is "Default access".
    pub role: Option<AppRole>,
}

/// Where a page of assignments begins: after this one, which is a user's or a group's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Whether the last one before was a user's.
    pub users: bool,
    /// Its id.
    pub id: Id<AssignmentRow>,
}

type Loaded = (Id<()>, Option<User>, Option<Group>, Option<AppRole>);

/// Whether a person has an app, by themselves or through a group.
pub(crate) fn is_given_to(tx: &mut Tx<'_>, app: Id<App>, user: Id<User>) -> Result<bool> {
    let given = apps::table.filter(apps::id.eq(app)).filter(exists(assigned_to_app(user)));
    Ok(given.count().get_result::<i64>(tx.conn)? > 0)
}

/// The assignments of an app: groups first, each kind in the order of assignment.
///
/// # Errors
/// Only the database's.
pub fn list(tx: &mut Tx<'_>, app: Id<App>, after: Option<Place>, rows: i64) -> Result<Page<AssignmentRow>> {
    let joined = app_assignments::table
        .left_join(users::table.on(app_assignments::user_id.eq(users::id.nullable())))
        .left_join(groups::table.on(app_assignments::group_id.eq(groups::id.nullable())))
        .left_join(app_roles::table.on(app_assignments::role_id.eq(app_roles::id.nullable())));
    let selected = joined.filter(app_assignments::app_id.eq(app)).select((
        app_assignments::id,
        Option::<User>::as_select(),
        Option::<Group>::as_select(),
        Option::<AppRole>::as_select(),
    ));
    let mut query = selected.into_boxed();
    if let Some(after) = after {
        let (later, of_user) = (app_assignments::id.gt(after.id), app_assignments::group_id.is_null());
        query = if after.users { query.filter(of_user.and(later)) } else { query.filter(of_user.or(later)) };
    }
    let loaded: Vec<Loaded> = query
        .order((app_assignments::group_id.is_null(), app_assignments::id))
        .limit(limit_for(rows))
        .load(tx.conn)?;
    let row = |(id, user, group, role): Loaded| AssignmentRow { id: id.cast(), user, group, role };
    Ok(Page::of(loaded.into_iter().map(row).collect(), rows))
}

/// The names of the enabled apps that being in a group opens: what somebody loses who is taken out of it.
///
/// # Errors
/// Only the database's.
pub fn opened_by(tx: &mut Tx<'_>, group: Id<Group>, rows: i64) -> Result<Vec<String>> {
    let of_group = app_assignments::table.inner_join(apps::table).filter(app_assignments::group_id.eq(group));
    let enabled = of_group.filter(apps::enabled.eq(true)).select(apps::name);
    Ok(enabled.order((apps::name_key, apps::id)).limit(rows).load(tx.conn)?)
}

/// Gives the app to a user or a group; the role of an existing assignment is changed. Doing it twice is no mistake, and
/// no second line of the audit.
///
/// # Errors
/// [`Error::Hidden`] for an unknown user, group or role; [`Refusal::BlockedUser`] for a user who is not active;
/// [`Refusal::GroupFilledThrough`] for a group that managers of other apps fill, until that is confirmed.
pub fn add(tx: &mut Tx<'_>, administrator: &Administrator, app: &App, assignment: &Assignment) -> Result<()> {
    let apps = filled_through(tx, app, std::slice::from_ref(&assignment.assignee))?;
    if let (Assignee::Group(group), false) = (assignment.assignee, apps.is_empty()) {
        if !assignment.filling_confirmed {
            return Err(Refusal::GroupFilledThrough { apps }.into());
        }
        let group = Group::find(tx, group)?;
        record_confirmed(tx, administrator, app, &group, &apps)?;
    }
    assign(tx, administrator, app, assignment.assignee, assignment.role)
}

/// Writes down who confirmed that a group which opens or fills these other apps has to do with this one (SECURITY R8).
pub(crate) fn record_confirmed(
    tx: &mut Tx<'_>,
    administrator: &Administrator,
    app: &App,
    group: &Group,
    other_apps: &[String],
) -> Result<()> {
    let detail = Change::made(&serde_json::json!({ "target_group": group.name, "other_apps": other_apps }));
    activity::record(tx, administrator.actor(), Action::TargetConfirmed, &app.as_object(), &detail)
}

/// [`add`], where what the group opens has been confirmed, or nothing new is opened.
pub(crate) fn assign(
    tx: &mut Tx<'_>,
    administrator: &Administrator,
    app: &App,
    assignee: Assignee,
    role: Option<Id<AppRole>>,
) -> Result<()> {
    let name = assignee_name(tx, assignee)?;
    let after = told(tx, app, &name, role)?;
    let (action, change) = match held(tx, app, assignee)? {
        Some((_, held)) if held == role => return Ok(()),
        Some((id, held)) => {
            let before = told(tx, app, &name, held)?;
            let row = app_assignments::table.find(id);
            diesel::update(row).set(app_assignments::role_id.eq(role)).execute(tx.conn)?;
            (Action::AppChanged, Change::between(&before, &after))
        }
        None => {
            insert(tx, app, assignee, role)?;
            (Action::AssignmentAdded, Change::made(&after))
        }
    };
    activity::record(tx, administrator.actor(), action, &app.as_object(), &change)
}

/// The other apps through which people come into groups among these that do not have the app yet: who manages those
/// gives this app too from then on. That is said before, and who confirmed it is written down (SECURITY R8).
///
/// # Errors
/// Only the database's.
pub fn filled_through(tx: &mut Tx<'_>, app: &App, assignees: &[Assignee]) -> Result<Vec<String>> {
    let mut groups = Vec::new();
    for assignee in assignees {
        if let Assignee::Group(group) = assignee
            && held(tx, app, *assignee)?.is_none()
        {
            groups.push(*group);
        }
    }
    let others = apps::table.filter(apps::target_group_id.eq_any(groups).and(apps::id.ne(app.id)));
    Ok(others.select(apps::name).order(apps::name_key).limit(50).load(tx.conn)?)
}

/// What the audit tells of an assignment: whose it is, and in which role, in one field, because it shows only what
/// differs.
fn told(tx: &mut Tx<'_>, app: &App, name: &str, role: Option<Id<AppRole>>) -> Result<serde_json::Value> {
    let Some(role) = role else { return Ok(serde_json::json!({ "assigned": name })) };
    let of_app = app_roles::table.filter(app_roles::id.eq(role).and(app_roles::app_id.eq(app.id)));
    let role: Option<String> = of_app.select(app_roles::name).first(tx.conn).optional()?;
    let role = role.ok_or(Error::Hidden)?;
    Ok(serde_json::json!({ "assigned": format!("{name} ({role})") }))
}

/// The assignment that a user or a group has already, with its role.
type Held = (Id<AssignmentRow>, Option<Id<AppRole>>);

fn held(tx: &mut Tx<'_>, app: &App, assignee: Assignee) -> Result<Option<Held>> {
    let of_app = app_assignments::table.filter(app_assignments::app_id.eq(app.id));
    let of_app = of_app.select((app_assignments::id, app_assignments::role_id));
    let found: QueryResult<Option<Held>> = match assignee {
        Assignee::User(id) => of_app.filter(app_assignments::user_id.eq(id)).first(tx.conn).optional(),
        Assignee::Group(id) => of_app.filter(app_assignments::group_id.eq(id)).first(tx.conn).optional(),
    };
    Ok(found?)
}

fn insert(tx: &mut Tx<'_>, app: &App, assignee: Assignee, role: Option<Id<AppRole>>) -> Result<()> {
    let (user, group) = match assignee {
        Assignee::User(id) => (Some(id), None),
        Assignee::Group(id) => (None, Some(id)),
    };
    let row = (
        app_assignments::id.eq(tx.new_id::<AssignmentRow>()),
        app_assignments::app_id.eq(app.id),
        app_assignments::user_id.eq(user),
        app_assignments::group_id.eq(group),
        app_assignments::role_id.eq(role),
        app_assignments::created_at.eq(tx.now),
    );
    diesel::insert_into(app_assignments::table).values(row).execute(tx.conn)?;
    Ok(())
}

fn assignee_name(tx: &mut Tx<'_>, assignee: Assignee) -> Result<String> {
    match assignee {
        Assignee::Group(id) => Ok(Group::find(tx, id)?.name),
        Assignee::User(id) => {
            let user = User::find(tx, id)?;
            if user.state == UserState::Active { Ok(user.name) } else { Err(Refusal::BlockedUser.into()) }
        }
    }
}

/// The user or the group that an assignment is to.
type Holder = (Option<Id<User>>, Option<Id<Group>>);

/// One assignment of the app, for the page that asks before it is taken away.
///
/// # Errors
/// [`Error::Hidden`] when the app has no such assignment.
pub fn find(tx: &mut Tx<'_>, app: &App, id: Id<AssignmentRow>) -> Result<Assignee> {
    let of_app =
        app_assignments::table.filter(app_assignments::id.eq(id).and(app_assignments::app_id.eq(app.id)));
    let ids = of_app.select((app_assignments::user_id, app_assignments::group_id));
    match ids.first::<Holder>(tx.conn).optional()? {
        Some((Some(user), _)) => Ok(Assignee::User(user)),
        Some((None, Some(group))) => Ok(Assignee::Group(group)),
        _ => Err(Error::Hidden),
    }
}

/// Takes an assignment away.
///
/// # Errors
/// [`Error::Hidden`] when the app has no such assignment.
pub fn remove(
    tx: &mut Tx<'_>,
    administrator: &Administrator,
    app: &App,
    id: Id<AssignmentRow>,
) -> Result<()> {
    let name = match find(tx, app, id)? {
        Assignee::User(user) => User::find(tx, user)?.name,
        Assignee::Group(group) => Group::find(tx, group)?.name,
    };
    diesel::delete(app_assignments::table.find(id)).execute(tx.conn)?;
    let detail = serde_json::json!({ "assigned": name });
    activity::record(
        tx,
        administrator.actor(),
        Action::AssignmentRemoved,
        &app.as_object(),
        &Change::removed(&detail),
    )
}
