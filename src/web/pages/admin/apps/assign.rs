//! *Add user > Users and groups*: search, select, choose a role, **Assign**.

use actix_web::HttpResponse;
use askama::Template;
use directory::access::rules;
use directory::app::App;
use directory::app_assignment::{self, Assignee, Assignment};
use directory::app_role::{self, AppRole};
use directory::group::{self, Group};
use directory::user::{self, User, UserKind};
use directory::{Error, Id, Refusal};

use super::super::selection::{self, FOUND};
use super::confirmation;
use crate::text::Texts;
use crate::web::asked::{Asked, Slug, sought};
use crate::web::form::choice;
use crate::web::view::Choice;
use crate::web::{Administrating, Flash, Form, Page, PageError, Posted, filters, paths};

#[derive(Template)]
#[template(path = "admin/apps/assign.html")]
struct AssignPage {
    page: Page,
    q: String,
    form: Form,
    groups: Vec<Choice>,
    users: Vec<Choice>,
    roles: Vec<Choice>,
    filled: String,
    add: String,
    back: String,
}

/// What was typed, and what came of it.
struct Draft {
    form: Form,
    /// The selected groups and the apps through which they are filled, to be confirmed; empty with none. What is ticked
    /// already stays in sight.
    filled: String,
}

impl Draft {
    fn of(form: Form) -> Self {
        let filled = form.value(confirmation::OF_ASSIGNMENT).to_owned();
        Self { form, filled }
    }
}

pub(super) async fn show(
    visit: Administrating,
    Slug(slug): Slug,
    Asked(asked): Asked,
) -> Result<HttpResponse, PageError> {
    let form = Form::filled(&[("q", sought(&asked))]);
    page(&visit, slug, Draft::of(form)).await
}

pub(super) async fn assign(
    visit: Administrating,
    Slug(slug): Slug,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let Some((assignees, role)) = read(&mut form) else { return page(&visit, slug, Draft::of(form)).await };
    let (of, count, groups) = (slug.clone(), assignees.len(), groups_among(&assignees));
    let (shown, confirmed) = (groups.clone(), form.value(confirmation::OF_ASSIGNMENT).to_owned());
    let assigned = visit.write(move |tx, administrator| {
        let app = App::by_slug(tx, &of)?;
        let apps = app_assignment::filled_through(tx, &app, &assignees)?;
        // What was not shown is not confirmed.
        let filling_confirmed = confirmation::of(&shown, &apps) == confirmed;
        if !filling_confirmed && !apps.is_empty() {
            return Err(Refusal::GroupFilledThrough { apps }.into());
        }
        assignees.iter().try_for_each(|assignee| {
            let assignment = Assignment { assignee: *assignee, role, filling_confirmed };
            app_assignment::add(tx, administrator, &app, &assignment)
        })
    });
    let Err(error) = assigned.await else {
        let note =
            selection::note(count, Flash::ok("admin-app-assigned-one"), Flash::ok("admin-app-assigned"));
        return Ok(visit.see_other(&paths::admin_app_users_and_groups(&slug), note));
    };
    let to_confirm = match &error {
        Error::Refused(Refusal::GroupFilledThrough { apps }) => Some(confirmation::of(&groups, apps)),
        _ => None,
    };
    form.refuse("", selection::complaint(&visit, error, "admin-app-assign-gone")?);
    let Draft { form, filled } = Draft::of(form);
    let draft = Draft { form, filled: to_confirm.unwrap_or(filled) };
    page(&visit, slug, draft).await
}

/// The groups that are selected.
fn groups_among(assignees: &[Assignee]) -> Vec<Id<Group>> {
    let group = |assignee: &Assignee| match assignee {
        Assignee::Group(group) => Some(*group),
        Assignee::User(_) => None,
    };
    assignees.iter().filter_map(group).collect()
}

fn read(form: &mut Form) -> Option<(Vec<Assignee>, Option<Id<AppRole>>)> {
    let role = form.parse_optional("role", choice::<Id<AppRole>>);
    let assignees = selection::selected(form, "assignee", "admin-app-assign-nobody", assignee);
    Some((assignees?, role?))
}

/// A choice is written as `user:` or `group:` and the id.
fn assignee(value: &str) -> Option<Assignee> {
    match value.split_once(':')? {
        ("user", id) => id.parse().ok().map(Assignee::User),
        ("group", id) => id.parse().ok().map(Assignee::Group),
        _ => None,
    }
}

async fn page(
    visit: &Administrating,
    slug: String,
    Draft { form, filled }: Draft,
) -> Result<HttpResponse, PageError> {
    let status = form.status();
    let q = sought(&form);
    let filter = selection::active(&q);
    let (app, groups, users, roles) = visit
        .read(move |tx, administrator| {
            let app = App::by_slug(tx, &slug)?;
            let groups = group::list::search(tx, administrator, &filter.search, FOUND)?;
            let users = user::list(tx, &filter, FOUND)?.rows;
            let roles = app_role::list(tx, app.id)?;
            Ok((app, groups, users, roles))
        })
        .await?;
    let texts = visit.texts;
    let heading = texts.with("admin-app-add-user-heading", &[("app", app.name.as_str().into())]);
    let back = paths::admin_app_users_and_groups(&app.slug);
    let view = AssignPage {
        page: visit.page_titled(heading).administering(paths::ADMIN_APPS).showing(&form),
        q,
        groups: groups.iter().map(|group| group_choice(visit, group)).collect(),
        users: users.iter().map(|user| user_choice(texts, user)).collect(),
        roles: role_choices(texts, roles),
        filled,
        add: paths::add(&back),
        back,
        form,
    };
    visit.html(status, &view)
}

/// A group, with who fills it: they give the app to whoever they add (SECURITY R8).
fn group_choice(visit: &Administrating, group: &Group) -> Choice {
    let switched_on = visit.organisation.settings.owners_manage_groups && group.owners_manage_membership;
    let by_owners = switched_on && rules::take_people(&group.facts()).is_ok();
    let filled = by_owners.then(|| visit.texts.get("admin-app-assign-owners-add"));
    let told =
        [Some(group.description.clone()), filled].into_iter().flatten().filter(|text| !text.is_empty());
    Choice::new(format!("group:{}", group.id), group.name.clone()).hint(told.collect::<Vec<_>>().join(" · "))
}

fn user_choice(texts: Texts, user: &User) -> Choice {
    let guest = || format!("{} · {}", user.address, texts.get("guest"));
    let hint = if user.kind == UserKind::Guest { guest() } else { user.address.clone() };
    Choice::new(format!("user:{}", user.id), user.name.clone()).hint(hint)
}

fn role_choices(texts: Texts, roles: Vec<AppRole>) -> Vec<Choice> {
    let default = Choice::new("", texts.get("admin-app-role-default"));
    std::iter::once(default)
        .chain(roles.into_iter().map(|one| Choice::new(one.id.to_string(), one.name)))
        .collect()
}
