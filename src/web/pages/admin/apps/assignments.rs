//! `GET /admin/apps/{slug}/users-and-groups`: who has the app, and in which role.

use actix_web::HttpResponse;
use askama::Template;
use directory::app::App;
use directory::app_assignment::{self, Assignee, AssignmentRow, Place};
use directory::app_role::{self, AppRole};
use directory::group::Group;
use directory::user::{User, UserKind};
use directory::{Administrator, Count, Id, Organisation, Tx, group_member, invitation};

use super::super::confirm::{self, Question};
use super::frame::{self, Head, Screen};
use crate::text::{Count as _, Texts};
use crate::web::asked::{Asked, PathId, Slug};
use crate::web::view::Pager;
use crate::web::{Administrating, Flash, Form, Page, PageError, Posted, ROWS, filters, paths};

#[derive(Template)]
#[template(path = "admin/apps/assignments.html")]
struct AssignmentsPage {
    page: Page,
    head: Head,
    form: Form,
    columns: Vec<String>,
    rows: Vec<Row>,
    pager: Pager,
    add: String,
    roles: Vec<Role>,
    roles_action: String,
}

struct Row {
    name: String,
    detail: String,
    href: Option<String>,
    icon: &'static str,
    kind: String,
    role: String,
    remove: String,
}

struct Role {
    name: String,
    remove: String,
}

pub(super) async fn show(
    visit: Administrating,
    Slug(slug): Slug,
    Asked(asked): Asked,
) -> Result<HttpResponse, PageError> {
    page(&visit, slug, place(&asked), Form::empty()).await
}

/// A place is written as `u-` or `g-` and the id of the last row before.
fn place(asked: &Form) -> Option<Place> {
    let (kind, id) = asked.value("after").split_once('-')?;
    Some(Place { users: kind == "u", id: id.parse().ok()? })
}

/// The page, with what was typed as a new role.
pub(super) async fn page(
    visit: &Administrating,
    slug: String,
    after: Option<Place>,
    form: Form,
) -> Result<HttpResponse, PageError> {
    let status = form.status();
    let (app, assignments, roles) = visit
        .read(move |tx, _| {
            let app = App::by_slug(tx, &slug)?;
            let assignments = app_assignment::list(tx, app.id, after, ROWS)?;
            let roles = app_role::list(tx, app.id)?;
            Ok((app, assignments, roles))
        })
        .await?;
    let (texts, base) = (visit.texts, paths::admin_app_users_and_groups(&app.slug));
    let directory::Page { rows: assignments, more } = assignments;
    let next = assignments.last().filter(|_| more).map(|last| {
        let kind = if last.user.is_some() { "u" } else { "g" };
        paths::with_query(&base, &[("after", &format!("{kind}-{}", last.id))])
    });
    let columns =
        ["admin-app-assignee", "admin-app-assignee-kind", "admin-app-role"].map(|key| texts.get(key));
    let view = AssignmentsPage {
        page: frame::page(visit, &app, Screen::UsersAndGroups).showing(&form),
        head: frame::head(texts, &app, Screen::UsersAndGroups),
        columns: columns.into_iter().chain([String::new()]).collect(),
        rows: assignments.into_iter().map(|one| row(texts, &app.slug, one)).collect(),
        pager: Pager { first: after.map(|_| base.clone()), next },
        add: paths::add(&base),
        roles: roles.into_iter().map(|one| role(&app.slug, one)).collect(),
        roles_action: paths::admin_app_roles(&app.slug),
        form,
    };
    visit.html(status, &view)
}

fn row(texts: Texts, slug: &str, row: AssignmentRow) -> Row {
    let remove = paths::admin_app_assignment_remove(slug, row.id);
    let role = row.role.map_or_else(|| texts.get("admin-app-role-default"), |role| role.name);
    match (row.user, row.group) {
        (Some(user), _) => {
            let key = if user.kind == UserKind::Guest { "guest" } else { "admin-app-assignee-user" };
            let href = Some(paths::admin_user(user.id));
            let icon = if user.kind == UserKind::Guest { "globe" } else { "user-round" };
            Row { name: user.name, detail: user.address, href, icon, kind: texts.get(key), role, remove }
        }
        (None, group) => {
            let (name, href) = group
                .map_or((String::new(), None), |group| (group.name, Some(paths::admin_group(&group.slug))));
            let kind = texts.get("admin-app-assignee-group");
            Row { name, detail: String::new(), href, icon: "users-round", kind, role, remove }
        }
    }
}

fn role(slug: &str, role: AppRole) -> Role {
    Role { remove: paths::admin_app_role_remove(slug, role.id), name: role.name }
}

/// Who would lose the app, and what else ends with the assignment.
struct Loss {
    app: App,
    name: String,
    /// How many people have the app through the group, when it is one.
    people: Option<Count>,
    /// How many open invitations are put on hold, when owners can invite no more.
    held: Option<Count>,
}

impl Loss {
    fn foresee(
        tx: &mut Tx<'_>,
        administrator: &Administrator,
        organisation: &Organisation,
        slug: &str,
        assignment: Id<AssignmentRow>,
    ) -> directory::Result<Self> {
        let app = App::by_slug(tx, slug)?;
        let group = match app_assignment::find(tx, &app, assignment)? {
            Assignee::User(user) => {
                return Ok(Self { app, name: User::find(tx, user)?.name, people: None, held: None });
            }
            Assignee::Group(group) => Group::find(tx, group)?,
        };
        let people = Some(group_member::count(tx, group.id)?);
        let held = if app.self_service && app.target_group_id == Some(group.id) {
            Some(invitation::count_open_to_app(tx, administrator, organisation, app.id)?)
        } else {
            None
        };
        Ok(Self { app, name: group.name, people, held })
    }

    fn text(&self, texts: Texts) -> String {
        let (name, app) = (self.name.as_str(), self.app.name.as_str());
        let lost = match self.people {
            None => texts.with("admin-app-unassign-text", &[("name", name.into()), ("app", app.into())]),
            Some(people) => texts.with(
                "admin-app-unassign-group-text",
                &[("name", name.into()), ("app", app.into()), ("count", people.to_fluent(texts))],
            ),
        };
        let held = self.held.map(|held| texts.count("admin-app-unassign-target-text", held));
        [Some(lost), held].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

pub(super) async fn ask(
    visit: Administrating,
    Slug(slug): Slug,
    PathId(assignment): PathId<AssignmentRow>,
) -> Result<HttpResponse, PageError> {
    let organisation = visit.organisation.clone();
    let loss = visit
        .read(move |tx, administrator| Loss::foresee(tx, administrator, &organisation, &slug, assignment));
    let loss = loss.await?;
    let names = [("name", loss.name.as_str().into()), ("app", loss.app.name.as_str().into())];
    let question = Question {
        heading: visit.texts.with("admin-app-unassign-heading", &names),
        text: loss.text(visit.texts),
        action: paths::admin_app_assignment_remove(&loss.app.slug, assignment),
        button: visit.texts.get("remove"),
        cancel: paths::admin_app_users_and_groups(&loss.app.slug),
    };
    confirm::ask(&visit, paths::ADMIN_APPS, question)
}

pub(super) async fn remove(
    visit: Administrating,
    Slug(slug): Slug,
    PathId(assignment): PathId<AssignmentRow>,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let of = slug.clone();
    visit
        .write(move |tx, administrator| {
            let app = App::by_slug(tx, &of)?;
            app_assignment::remove(tx, administrator, &app, assignment)
        })
        .await?;
    Ok(visit.see_other(&paths::admin_app_users_and_groups(&slug), Flash::ok("admin-app-unassigned")))
}
