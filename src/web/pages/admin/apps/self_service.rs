//! `GET, POST /admin/apps/{slug}/self-service`: whether owners manage access, and through which group.

use actix_web::HttpResponse;
use directory::app_self_service::{self, SelfService};
use directory::group::Group;
use directory::{Error, Id, Refusal};

use super::super::reading::{version, yes_no};
use super::confirmation;
use super::self_service_view::{Draft, page};
use crate::web::asked::Slug;
use crate::web::form::choice;
use crate::web::{Administrating, Flash, Form, PageError, Posted, paths};

pub(super) async fn show(visit: Administrating, Slug(slug): Slug) -> Result<HttpResponse, PageError> {
    page(&visit, slug, Draft::default()).await
}

pub(super) async fn save(
    visit: Administrating,
    Slug(slug): Slug,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let Some(wanted) = read(&mut form) else { return page(&visit, slug, Draft::of(form)).await };
    let (version, of, sent) =
        (version(&form), slug.clone(), form.value(confirmation::OF_SETTINGS).to_owned());
    let group = wanted.target_group;
    let saved = visit.write(move |tx, administrator| {
        let other_apps_confirmed = confirmation::is_given(tx, &of, group, &sent)?;
        let wanted = SelfService { other_apps_confirmed, ..wanted.clone() };
        app_self_service::change(tx, administrator, &of, &wanted, version)
    });
    let saved = saved.await;
    let to_confirm = match (&saved, group) {
        (Err(Error::Refused(Refusal::GroupOpensMore { apps })), Some(group)) => {
            Some(confirmation::of(&[group], apps))
        }
        (Err(Error::Refused(_)), _) => Some(String::new()),
        _ => None,
    };
    let Some(_) = visit.settle(&mut form, "target_group", saved)? else {
        let mut draft = Draft::of(form);
        if let Some(to_confirm) = to_confirm {
            draft.opens_more = to_confirm;
        }
        return page(&visit, slug, draft).await;
    };
    Ok(visit.see_other(&paths::admin_app_self_service(&slug), Flash::ok("admin-app-saved")))
}

fn read(form: &mut Form) -> Option<SelfService> {
    let on = form.parse("self_service", yes_no);
    let target_group = form.parse_optional("target_group", choice::<Id<Group>>);
    Some(SelfService { on: on?, target_group: target_group?, other_apps_confirmed: false })
}
