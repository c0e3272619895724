//! `GET, POST /admin/groups/{slug}/delete`: only while nothing hangs on the group.

use actix_web::HttpResponse;
use askama::Template;
use directory::group::Group;
use directory::{Error, Refusal};

use super::super::reading::version;
use crate::web::asked::Slug;
use crate::web::{Administrating, Flash, Form, Page, PageError, Posted, filters, paths};

#[derive(Template)]
#[template(path = "admin/groups/delete.html")]
struct DeletePage {
    page: Page,
    group: String,
    form: Form,
    refused: String,
    apps: Vec<String>,
    version: i64,
    action: String,
    back: String,
}

pub(super) async fn ask(visit: Administrating, Slug(slug): Slug) -> Result<HttpResponse, PageError> {
    page(&visit, slug, Form::empty()).await
}

pub(super) async fn delete(
    visit: Administrating,
    Slug(slug): Slug,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let (version, of) = (version(&form), slug.clone());
    let deleted = visit
        .write(move |tx, administrator| {
            let name = Group::by_slug(tx, &of)?.name;
            Group::delete(tx, administrator, &of, version)?;
            Ok(name)
        })
        .await;
    let Some(name) = visit.settle(&mut form, "", deleted)? else { return page(&visit, slug, form).await };
    Ok(visit.see_other(paths::ADMIN_GROUPS, Flash::ok("admin-group-deleted").with("group", name)))
}

/// Asks, or says what hangs on the group.
async fn page(visit: &Administrating, slug: String, form: Form) -> Result<HttpResponse, PageError> {
    let status = form.status();
    let (group, refusal) = visit
        .read(move |tx, _| {
            let group = Group::by_slug(tx, &slug)?;
            match group.may_go(tx) {
                Ok(()) => Ok((group, None)),
                Err(Error::Refused(refusal)) => Ok((group, Some(refusal))),
                Err(error) => Err(error),
            }
        })
        .await?;
    let refused = refusal.as_ref().map(|refusal| visit.sentence(refusal)).unwrap_or_default();
    let apps = match refusal {
        Some(Refusal::GroupInUse { apps, .. }) => apps,
        _ => Vec::new(),
    };
    let asked = if refused.is_empty() { "admin-group-delete-heading" } else { "admin-group-delete-refused" };
    let heading = visit.texts.with(asked, &[("group", group.name.as_str().into())]);
    let view = DeletePage {
        page: visit.page_titled(heading).administering(paths::ADMIN_GROUPS),
        form,
        refused,
        apps,
        version: group.version,
        action: paths::admin_group_delete(&group.slug),
        back: paths::admin_group(&group.slug),
        group: group.name,
    };
    visit.html(status, &view)
}
