//! `GET, POST /admin/groups/new`: *New group*.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use directory::group::Group;
use directory::group_rule::Preview;

use super::rule::{self, RuleView};
use super::{fields, frame};
use crate::web::view::Choice;
use crate::web::{Administrating, Flash, Form, Page, PageError, Posted, filters, paths};

#[derive(Template)]
#[template(path = "admin/groups/new.html")]
struct NewPage {
    page: Page,
    form: Form,
    kinds: Vec<Choice>,
    memberships: Vec<Choice>,
    rule: RuleView,
    action: &'static str,
}

pub(super) async fn show(visit: Administrating) -> Result<HttpResponse, PageError> {
    page(&visit, fields::empty(), None, StatusCode::OK)
}

pub(super) async fn create(
    visit: Administrating,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    if form.value("do") == "preview" {
        let found = rule::preview(&visit, &mut form).await?;
        let status = form.status();
        return page(&visit, form, found, status);
    }
    let Some(profile) = fields::read(&visit, &mut form) else {
        return page(&visit, form, None, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let group = visit.write(move |tx, administrator| Group::add(tx, administrator, &profile)).await?;
    frame::saved(&visit, &group);
    let flash = Flash::ok("admin-group-created").with("group", &group.name);
    Ok(visit.see_other(&paths::admin_group(&group.slug), flash))
}

fn page(
    visit: &Administrating,
    form: Form,
    found: Option<Preview>,
    status: StatusCode,
) -> Result<HttpResponse, PageError> {
    let view = NewPage {
        page: visit.page("admin-group-new").administering(paths::ADMIN_GROUPS).showing(&form),
        kinds: fields::kinds(visit.texts),
        memberships: fields::memberships(visit.texts),
        rule: rule::view(visit.texts, found),
        action: paths::ADMIN_GROUPS_NEW,
        form,
    };
    visit.html(status, &view)
}
