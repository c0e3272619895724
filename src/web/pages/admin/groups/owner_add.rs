//! *Add owners*: search for a user, select, **Select**.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use directory::group::Group;
use directory::user::{self, User, UserFilter, UserKind, UserState};
use directory::{Error, Id, group_owner};

use super::frame::{self, Screen};
use crate::web::asked::{Asked, sought};
use crate::web::view::Choice;
use crate::web::{Administrating, Flash, Form, Page, PageError, Posted, filters};

/// How many people a search shows.
const FOUND: i64 = 20;

#[derive(Template)]
#[template(path = "admin/groups/owner_add.html")]
struct AddPage {
    page: Page,
    heading: String,
    q: String,
    form: Form,
    users: Vec<Choice>,
    back: String,
}

pub(super) async fn show(
    visit: Administrating,
    slug: Path<String>,
    Asked(asked): Asked,
) -> Result<HttpResponse, PageError> {
    let form = Form::filled(&[("q", sought(&asked))]);
    page(&visit, slug.into_inner(), form, StatusCode::OK).await
}

pub(super) async fn add(
    visit: Administrating,
    slug: Path<String>,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let slug = slug.into_inner();
    let Some(users) = read(&mut form) else {
        return page(&visit, slug, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let (administrator, of, count) = (visit.administrator.clone(), slug.clone(), users.len());
    let added = visit.write(move |tx| {
        let group = Group::by_slug(tx, &of)?;
        users.iter().try_for_each(|user| group_owner::add(tx, &administrator, &group, *user))
    });
    let refused = match added.await {
        Err(Error::Refused(refusal)) => visit.sentence(&refusal),
        Err(Error::Hidden) => visit.texts.get("admin-group-owner-gone"),
        Err(error) => return Err(error.into()),
        Ok(()) => {
            let flash = match count {
                1 => Flash::ok("admin-group-owners-added-one"),
                _ => Flash::ok("admin-group-owners-added").with("count", count),
            };
            return Ok(visit.see_other(&Screen::Owners.path(&slug), flash));
        }
    };
    form.refuse("", refused);
    page(&visit, slug, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

fn read(form: &mut Form) -> Option<Vec<Id<User>>> {
    let chosen: Result<Vec<Id<User>>, _> = form.values("user").into_iter().map(str::parse).collect();
    match chosen {
        Ok(chosen) if chosen.is_empty() => form.refuse("", "admin-group-owner-nobody"),
        Err(_) => form.refuse("", "field-choice"),
        Ok(chosen) => return Some(chosen),
    }
    None
}

async fn page(
    visit: &Administrating,
    slug: String,
    form: Form,
    status: StatusCode,
) -> Result<HttpResponse, PageError> {
    let q = sought(&form);
    let filter = UserFilter {
        search: q.clone(),
        kind: Some(UserKind::Member),
        state: Some(UserState::Active),
        after: None,
    };
    let (group, owners, users) = visit
        .read(move |tx| {
            let group = Group::by_slug(tx, &slug)?;
            let owners = group_owner::list(tx, group.id)?;
            Ok((group, owners, user::list(tx, &filter, FOUND - 1)?))
        })
        .await?;
    let new = users.into_iter().filter(|user| owners.iter().all(|owner| owner.id != user.id));
    let view = AddPage {
        page: frame::page(visit, &group, Screen::Owners).showing(&form),
        heading: visit.page("admin-groups").with("admin-group-add-owners-heading", "group", &group.name),
        q,
        users: new.map(|user| Choice::new(user.id.to_string(), user.name).hint(user.address)).collect(),
        back: Screen::Owners.path(&group.slug),
        form,
    };
    visit.html(status, &view)
}
