//! `GET, POST /admin/apps/{slug}/self-service`: whether owners manage access, and through which group.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use directory::app_self_service::{self, SelfService};
use directory::group::Group;
use directory::{Error, Id, Refusal};

use super::super::reading::{version, yes_no};
use super::confirmation;
use super::self_service_view::{Draft, page};
use crate::web::form::choice;
use crate::web::{Administrating, Flash, Form, PageError, Posted, paths};

pub(super) async fn show(visit: Administrating, slug: Path<String>) -> Result<HttpResponse, PageError> {
    page(&visit, slug.into_inner(), Draft::default(), StatusCode::OK).await
}

pub(super) async fn save(
    visit: Administrating,
    slug: Path<String>,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let slug = slug.into_inner();
    let Some(wanted) = read(&mut form) else {
        return page(&visit, slug, Draft::of(form), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let (version, of, sent) =
        (version(&form), slug.clone(), form.value(confirmation::OF_SETTINGS).to_owned());
    let group = wanted.target_group;
    let saved = visit.write(move |tx, administrator| {
        let other_apps_confirmed = confirmation::is_given(tx, &of, group, &sent)?;
        let wanted = SelfService { other_apps_confirmed, ..wanted.clone() };
        app_self_service::change(tx, administrator, &of, &wanted, version)
    });
    match saved.await {
        Err(Error::Stale) => page(&visit, slug, Draft::of(form), StatusCode::CONFLICT).await,
        Err(Error::Refused(refusal)) => {
            form.refuse("target_group", visit.sentence(&refusal));
            let opens_more = match (group, &refusal) {
                (Some(group), Refusal::GroupOpensMore { apps }) => confirmation::of(&[group], apps),
                _ => String::new(),
            };
            let draft = Draft { opens_more, ..Draft::of(form) };
            page(&visit, slug, draft, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(error.into()),
        Ok(_) => Ok(visit.see_other(&paths::admin_app_self_service(&slug), Flash::ok("admin-app-saved"))),
    }
}

fn read(form: &mut Form) -> Option<SelfService> {
    let on = form.parse("self_service", yes_no);
    let target_group = form.parse_optional("target_group", choice::<Id<Group>>);
    Some(SelfService { on: on?, target_group: target_group?, other_apps_confirmed: false })
}
