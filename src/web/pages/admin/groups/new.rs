//! `GET, POST /admin/groups/new`: *New group*.

use actix_web::HttpResponse;
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
    switch_hint: String,
    action: &'static str,
}

pub(super) async fn show(visit: Administrating) -> Result<HttpResponse, PageError> {
    page(&visit, fields::empty(), None)
}

pub(super) async fn create(
    visit: Administrating,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    if form.value("do") == "preview" {
        let found = rule::preview(&visit, &mut form).await?;
        return page(&visit, form, found);
    }
    let Some(profile) = fields::read(&visit, &mut form) else { return page(&visit, form, None) };
    let added = visit.write(move |tx, administrator| Group::add(tx, administrator, &profile));
    let Some(group) = visit.settle(&mut form, "", added.await)? else { return page(&visit, form, None) };
    frame::saved(&visit, &group);
    let flash = Flash::ok("admin-group-created").with("group", &group.name);
    Ok(visit.see_other(&paths::add(&paths::admin_group_owners(&group.slug)), flash))
}

fn page(visit: &Administrating, form: Form, found: Option<Preview>) -> Result<HttpResponse, PageError> {
    let status = form.status();
    let view = NewPage {
        page: visit.page("admin-group-new").administering(paths::ADMIN_GROUPS).showing(&form),
        kinds: fields::kinds(visit.texts),
        memberships: fields::memberships(visit.texts),
        rule: rule::view(visit.texts, found),
        switch_hint: visit.texts.get("admin-group-own-switch-hint"),
        action: paths::ADMIN_GROUPS_NEW,
        form,
    };
    visit.html(status, &view)
}
