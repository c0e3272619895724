//! *Add owners*: search for a user, select, **Select**.

use actix_web::HttpResponse;
use askama::Template;
use directory::group::Group;
use directory::group_owner;
use directory::user::{self, UserFilter, UserKind};

use super::super::selection::{self, FOUND};
use crate::web::asked::{Asked, Slug, sought};
use crate::web::view::Choice;
use crate::web::{Administrating, Flash, Form, Page, PageError, Posted, filters, paths};

#[derive(Template)]
#[template(path = "admin/groups/owner_add.html")]
struct AddPage {
    page: Page,
    q: String,
    form: Form,
    users: Vec<Choice>,
    add: String,
    back: String,
}

pub(super) async fn show(
    visit: Administrating,
    Slug(slug): Slug,
    Asked(asked): Asked,
) -> Result<HttpResponse, PageError> {
    let form = Form::filled(&[("q", sought(&asked))]);
    page(&visit, slug, form).await
}

pub(super) async fn add(
    visit: Administrating,
    Slug(slug): Slug,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let user = |id: &str| id.parse().ok();
    let Some(users) = selection::selected(&mut form, "user", "admin-group-owner-nobody", user) else {
        return page(&visit, slug, form).await;
    };
    let (of, count) = (slug.clone(), users.len());
    let added = visit.write(move |tx, administrator| {
        let group = Group::by_slug(tx, &of)?;
        users.iter().try_for_each(|user| group_owner::add(tx, administrator, &group, *user))
    });
    let Err(error) = added.await else {
        let note = selection::note(
            count,
            Flash::ok("admin-group-owners-added-one"),
            Flash::ok("admin-group-owners-added"),
        );
        return Ok(visit.see_other(&paths::admin_group_owners(&slug), note));
    };
    form.refuse("", selection::complaint(&visit, error, "admin-group-owner-gone")?);
    page(&visit, slug, form).await
}

async fn page(visit: &Administrating, slug: String, form: Form) -> Result<HttpResponse, PageError> {
    let status = form.status();
    let q = sought(&form);
    let filter = UserFilter { kind: Some(UserKind::Member), ..selection::active(&q) };
    let (group, owners, users) = visit
        .read(move |tx, _| {
            let group = Group::by_slug(tx, &slug)?;
            let owners = group_owner::list(tx, group.id)?;
            Ok((group, owners, user::list(tx, &filter, FOUND)?.rows))
        })
        .await?;
    let new = users.into_iter().filter(|user| owners.iter().all(|owner| owner.id != user.id));
    let heading =
        visit.texts.with("admin-group-add-owners-heading", &[("group", group.name.as_str().into())]);
    let back = paths::admin_group_owners(&group.slug);
    let view = AddPage {
        page: visit.page_titled(heading).administering(paths::ADMIN_GROUPS).showing(&form),
        q,
        users: new.map(|user| Choice::new(user.id.to_string(), user.name).hint(user.address)).collect(),
        add: paths::add(&back),
        back,
        form,
    };
    visit.html(status, &view)
}
