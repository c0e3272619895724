//! `GET /admin/groups/{slug}/owners`: who manages the group; and an owner taken away.

use actix_web::HttpResponse;
use askama::Template;
use directory::group::Group;
use directory::user::User;
use directory::{Error, group_owner};

use super::super::confirm::{self, Question};
use super::frame::{self, Head, Screen};
use crate::web::asked::{PathId, Slug};
use crate::web::view::Person;
use crate::web::{Administrating, Flash, Form, Page, PageError, Posted, filters, paths};

#[derive(Template)]
#[template(path = "admin/groups/owners.html")]
struct OwnersPage {
    page: Page,
    head: Head,
    owners: Vec<Owner>,
    add: String,
    form: Form,
}

struct Owner {
    person: Person,
    remove: Option<String>,
}

pub(super) async fn show(visit: Administrating, Slug(slug): Slug) -> Result<HttpResponse, PageError> {
    page(&visit, slug, Form::empty()).await
}

/// The owners, and why one of them was not taken away.
async fn page(visit: &Administrating, slug: String, form: Form) -> Result<HttpResponse, PageError> {
    let status = form.status();
    let (group, owners) = visit
        .read(move |tx, _| {
            let group = Group::by_slug(tx, &slug)?;
            let owners = group_owner::list(tx, group.id)?;
            Ok((group, owners))
        })
        .await?;
    let several = owners.len() > 1;
    let owner = |user: User| Owner {
        remove: several.then(|| paths::admin_group_owner_remove(&group.slug, user.id)),
        person: Person { id: format!("owner-{}", user.id), owner: true, ..(&user).into() },
    };
    let view = OwnersPage {
        page: frame::page(visit, &group, Screen::Owners),
        head: frame::head(visit.texts, &group, Screen::Owners),
        owners: owners.into_iter().map(owner).collect(),
        add: paths::add(&paths::admin_group_owners(&group.slug)),
        form,
    };
    visit.html(status, &view)
}

pub(super) async fn ask(
    visit: Administrating,
    Slug(slug): Slug,
    PathId(user): PathId<User>,
) -> Result<HttpResponse, PageError> {
    let (group, owner) = visit
        .read(move |tx, _| {
            let group = Group::by_slug(tx, &slug)?;
            let owners = group_owner::list(tx, group.id)?;
            let owner = owners.into_iter().find(|owner| owner.id == user).ok_or(Error::Hidden)?;
            Ok((group, owner))
        })
        .await?;
    let names = [("name", owner.name.as_str().into()), ("group", group.name.as_str().into())];
    let question = Question {
        heading: visit.texts.with("admin-group-owner-remove-heading", &names),
        text: visit.texts.with("admin-group-owner-remove-text", &names),
        action: paths::admin_group_owner_remove(&group.slug, user),
        button: visit.texts.get("remove"),
        cancel: paths::admin_group_owners(&group.slug),
    };
    confirm::ask(&visit, paths::ADMIN_GROUPS, question)
}

pub(super) async fn remove(
    visit: Administrating,
    Slug(slug): Slug,
    PathId(user): PathId<User>,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let of = slug.clone();
    let removed = visit.write(move |tx, administrator| {
        let group = Group::by_slug(tx, &of)?;
        group_owner::remove(tx, administrator, &group, user)
    });
    let mut form = Form::empty();
    let Some(()) = visit.settle(&mut form, "", removed.await)? else { return page(&visit, slug, form).await };
    Ok(visit.see_other(&paths::admin_group_owners(&slug), Flash::ok("admin-group-owner-removed")))
}
