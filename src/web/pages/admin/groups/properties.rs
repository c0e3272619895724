//! `GET, POST /admin/groups/{slug}`: properties of a group.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use directory::group::{Group, GroupSource};
use directory::group_rule::Preview;
use directory::{Error, Refusal};

use super::super::reading::{version, version_to_show};
use super::fields;
use super::frame::{self, Head, Screen};
use super::rule::{self, RuleView};
use crate::text::Texts;
use crate::web::view::{Choice, Fact};
use crate::web::{Administrating, Flash, Form, Page, PageError, Posted, filters, paths};

#[derive(Template)]
#[template(path = "admin/groups/properties.html")]
struct PropertiesPage {
    page: Page,
    head: Head,
    form: Form,
    stale: bool,
    version: i64,
    synced: Option<Vec<Fact>>,
    kinds: Vec<Choice>,
    memberships: Vec<Choice>,
    rule: RuleView,
    in_the_way: Vec<String>,
    action: String,
    delete: String,
    members: String,
}

/// What was typed, who matches the typed rule, and who stands in the way of a change.
#[derive(Default)]
struct Draft {
    form: Option<Form>,
    found: Option<Preview>,
    in_the_way: Vec<String>,
}

impl Draft {
    fn of(form: Form) -> Self {
        Self { form: Some(form), ..Self::default() }
    }
}

pub(super) async fn show(visit: Administrating, slug: Path<String>) -> Result<HttpResponse, PageError> {
    page(&visit, slug.into_inner(), Draft::default(), StatusCode::OK).await
}

pub(super) async fn save(
    visit: Administrating,
    slug: Path<String>,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    let slug = slug.into_inner();
    if form.value("do") == "preview" {
        let found = rule::preview(&visit, &mut form).await?;
        let status = form.status();
        return page(&visit, slug, Draft { found, ..Draft::of(form) }, status).await;
    }
    let Some(profile) = fields::read(&visit, &mut form) else {
        return page(&visit, slug, Draft::of(form), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let (version, of) = (version(&form), slug.clone());
    let saved =
        visit.write(move |tx, administrator| Group::change(tx, administrator, &of, &profile, version));
    match saved.await {
        Err(Error::Stale) => page(&visit, slug, Draft::of(form), StatusCode::CONFLICT).await,
        Err(Error::Refused(refusal)) => refused(&visit, slug, form, refusal).await,
        Err(error) => Err(error.into()),
        Ok(group) => {
            frame::saved(&visit, &group);
            Ok(visit.see_other(&paths::admin_group(&slug), Flash::ok("admin-group-saved")))
        }
    }
}

async fn refused(
    visit: &Administrating,
    slug: String,
    mut form: Form,
    refusal: Refusal,
) -> Result<HttpResponse, PageError> {
    let sentence = visit.sentence(&refusal);
    let (field, in_the_way) = match refusal {
        Refusal::GuestsInGroup { people } => ("membership", people),
        Refusal::RuleBeingWorkedOut => ("membership", Vec::new()),
        Refusal::InvalidRule { .. } => ("rule", Vec::new()),
        _ => ("", Vec::new()),
    };
    form.refuse(field, sentence);
    page(visit, slug, Draft { in_the_way, ..Draft::of(form) }, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn page(
    visit: &Administrating,
    slug: String,
    draft: Draft,
    status: StatusCode,
) -> Result<HttpResponse, PageError> {
    let group = visit.read(move |tx| Group::by_slug(tx, &slug)).await?;
    let texts = visit.texts;
    // A preview changes nothing, but what is saved after it would.
    let outdated = draft.form.as_ref().is_some_and(|form| version(form) != group.version);
    let status = if outdated && status == StatusCode::OK { StatusCode::CONFLICT } else { status };
    let form = draft.form.unwrap_or_else(|| fields::filled(&group));
    let view = PropertiesPage {
        page: frame::page(visit, &group, Screen::Properties).showing(&form),
        head: frame::head(texts, &group, Screen::Properties),
        stale: status == StatusCode::CONFLICT,
        version: version_to_show(&form, group.version, status),
        synced: (group.source == GroupSource::Synced).then(|| synced(visit, texts, &group)),
        kinds: fields::kinds(texts),
        memberships: fields::memberships(texts),
        rule: rule::view(texts, draft.found),
        in_the_way: draft.in_the_way,
        action: paths::admin_group(&group.slug),
        delete: paths::admin_group_delete(&group.slug),
        members: paths::admin_group_members(&group.slug),
        form,
    };
    visit.html(status, &view)
}

/// What a synced group is, which only its directory changes.
fn synced(visit: &Administrating, texts: Texts, group: &Group) -> Vec<Fact> {
    let never = || texts.get("admin-group-synced-never");
    let last = group.synced_at.map_or_else(never, |at| texts.date_time_zone(at, visit.zone()));
    let none = || texts.get("none");
    let description = if group.description.is_empty() { none() } else { group.description.clone() };
    vec![
        Fact::new(texts.get("admin-group-type"), frame::purpose(texts, group)),
        Fact::new(texts.get("admin-group-name"), group.name.clone()),
        Fact::new(texts.get("admin-group-description"), description),
        Fact::new(texts.get("admin-group-synced-from"), group.synced_from.clone().unwrap_or_default()),
        Fact::new(texts.get("admin-group-synced-at"), last),
    ]
}
