//! **Set up self-service**: all that is missing in one go; and the buttons of the checklist, one prerequisite each.

use actix_web::HttpResponse;
use directory::app_self_service::{self, Prerequisite, SetUp};
use directory::group::Group;
use directory::user::{self, User, UserFilter, UserKind};
use directory::{Error, Id, Refusal};

use super::super::selection;
use super::checklist::word;
use super::confirmation;
use super::self_service_view::{Draft, page};
use crate::web::asked::{Slug, sought_in};
use crate::web::form::choice;
use crate::web::{Administrating, Flash, Form, PageError, Posted, paths};

/// How many people a search shows.
const FOUND: i64 = 8;

pub(super) async fn set_up(
    visit: Administrating,
    Slug(slug): Slug,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    if form.value("do") == "search" {
        return again(&visit, slug, form).await;
    }
    let Some(wanted) = read(&mut form) else { return again(&visit, slug, form).await };
    let (of, sent, group) = (slug.clone(), form.value(confirmation::OF_SET_UP).to_owned(), wanted.group);
    let done = visit.write(move |tx, administrator| {
        let other_apps_confirmed = confirmation::is_given(tx, &of, group, &sent)?;
        let wanted = SetUp { other_apps_confirmed, ..wanted.clone() };
        app_self_service::set_up(tx, administrator, &of, &wanted)
    });
    match done.await {
        Err(Error::Refused(refusal)) => refused(&visit, slug, form, group, refusal).await,
        Err(error) => Err(error.into()),
        Ok(_) => {
            Ok(visit.see_other(&paths::admin_app_self_service(&slug), Flash::ok("admin-app-set-up-done")))
        }
    }
}

fn read(form: &mut Form) -> Option<SetUp> {
    let group = form.parse_optional("group", choice::<Id<Group>>);
    let owner = if form.value("owner").is_empty() {
        form.refuse("find", "admin-app-owner-needed");
        None
    } else {
        form.parse("owner", choice::<Id<User>>)
    };
    Some(SetUp { owner: owner?, group: group?, other_apps_confirmed: false })
}

async fn refused(
    visit: &Administrating,
    slug: String,
    mut form: Form,
    group: Option<Id<Group>>,
    refusal: Refusal,
) -> Result<HttpResponse, PageError> {
    let sentence = visit.sentence(&refusal);
    let (field, opens_more) = match (group, refusal) {
        (Some(group), Refusal::GroupOpensMore { apps }) => ("group", confirmation::of(&[group], &apps)),
        (_, Refusal::UnsuitableTargetGroup) => ("group", String::new()),
        _ => ("find", String::new()),
    };
    form.refuse(field, sentence);
    let draft = found(visit, form).await?;
    page(visit, slug, Draft { set_up_opens_more: opens_more, ..draft }).await
}

async fn again(visit: &Administrating, slug: String, form: Form) -> Result<HttpResponse, PageError> {
    page(visit, slug, found(visit, form).await?).await
}

/// What was typed, with the people that the search finds, and with whoever is chosen.
async fn found(visit: &Administrating, form: Form) -> Result<Draft, PageError> {
    let search = sought_in(&form, "find");
    let chosen: Option<Id<User>> = form.value("owner").parse().ok();
    let (searched, wanted) = (!search.is_empty(), search);
    let found = visit
        .read(move |tx, _| {
            let filter = UserFilter { kind: Some(UserKind::Member), ..selection::active(&wanted) };
            let mut found = if wanted.is_empty() { Vec::new() } else { user::list(tx, &filter, FOUND)?.rows };
            if let Some(Ok(chosen)) = chosen.map(|id| User::find(tx, id)) {
                found.retain(|user| user.id != chosen.id);
                found.insert(0, chosen);
            }
            Ok(found)
        })
        .await?;
    Ok(Draft { found, searched, ..Draft::of_set_up(form) })
}

pub(super) async fn mend(
    visit: Administrating,
    Slug(slug): Slug,
    Posted(form): Posted,
) -> Result<HttpResponse, PageError> {
    let wanted = Prerequisite::ALL.into_iter().find(|one| word(*one) == form.value("prerequisite"));
    let prerequisite = wanted.ok_or(PageError::BadRequest)?;
    let of = slug.clone();
    let mended =
        visit.write(move |tx, administrator| app_self_service::mend(tx, administrator, &of, prerequisite));
    let flash = match mended.await {
        Err(Error::Refused(refusal)) => {
            Flash::bad("admin-app-not-mended").with("reason", visit.sentence(&refusal))
        }
        Err(error) => return Err(error.into()),
        Ok(_) => Flash::ok("admin-app-mended"),
    };
    Ok(visit.see_other(&paths::admin_app_self_service(&slug), flash))
}
