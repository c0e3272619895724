//! `GET, POST /admin/groups/{slug}`: properties of a group.

use actix_web::HttpResponse;
use askama::Template;
use directory::group::{Group, GroupSource};
use directory::group_rule::Preview;
use directory::{Error, Refusal, invitation};

use super::super::reading::{version, version_to_show};
use super::super::switch_hint;
use super::fields;
use super::frame::{self, Head, Screen};
use super::rule::{self, RuleView};
use crate::text::Texts;
use crate::web::asked::Slug;
use crate::web::view::{Choice, Fact};
use crate::web::{Administrating, Flash, Form, Page, PageError, Posted, filters, paths};

#[derive(Template)]
#[template(path = "admin/groups/properties.html")]
struct PropertiesPage {
    page: Page,
    head: Head,
    form: Form,
    version: i64,
    synced: Option<Vec<Fact>>,
    kinds: Vec<Choice>,
    memberships: Vec<Choice>,
    rule: RuleView,
    switch_hint: String,
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

pub(super) async fn show(visit: Administrating, Slug(slug): Slug) -> Result<HttpResponse, PageError> {
    page(&visit, slug, Draft::default()).await
}

pub(super) async fn save(
    visit: Administrating,
    Slug(slug): Slug,
    Posted(mut form): Posted,
) -> Result<HttpResponse, PageError> {
    if form.value("do") == "preview" {
        let found = rule::preview(&visit, &mut form).await?;
        return page(&visit, slug, Draft { found, ..Draft::of(form) }).await;
    }
    let Some(profile) = fields::read(&visit, &mut form) else {
        return page(&visit, slug, Draft::of(form)).await;
    };
    let (version, of) = (version(&form), slug.clone());
    let saved =
        visit.write(move |tx, administrator| Group::change(tx, administrator, &of, &profile, version));
    let saved = saved.await;
    let in_the_way = match &saved {
        Err(Error::Refused(Refusal::GuestsInGroup { people })) => people.clone(),
        _ => Vec::new(),
    };
    let Some(group) = visit.settle_beside(&mut form, field_of, saved)? else {
        return page(&visit, slug, Draft { in_the_way, ..Draft::of(form) }).await;
    };
    frame::saved(&visit, &group);
    Ok(visit.see_other(&paths::admin_group(&slug), Flash::ok("admin-group-saved")))
}

/// The field that a refusal is about.
fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::GuestsInGroup { .. } | Refusal::RuleBeingWorkedOut => "membership",
        Refusal::InvalidRule { .. } => "rule",
        _ => "",
    }
}

async fn page(visit: &Administrating, slug: String, draft: Draft) -> Result<HttpResponse, PageError> {
    let organisation = visit.organisation.clone();
    let (group, open) = visit
        .read(move |tx, administrator| {
            let group = Group::by_slug(tx, &slug)?;
            let open = invitation::count_open_by_owners(tx, administrator, &organisation, group.id)?;
            Ok((group, open))
        })
        .await?;
    let texts = visit.texts;
    // A preview changes nothing, but what is saved after it would.
    let outdated = draft.form.as_ref().is_some_and(|form| version(form) != group.version);
    let mut form = draft.form.unwrap_or_else(|| fields::filled(&group));
    if outdated && form.is_valid() {
        form.outdate();
    }
    form.set_beside(&fields::filled(&group));
    let status = form.status();
    let view = PropertiesPage {
        page: frame::page(visit, &group, Screen::Properties).showing(&form),
        head: frame::head(texts, &group, Screen::Properties),
        version: version_to_show(&form, group.version),
        synced: (group.source == GroupSource::Synced).then(|| synced(visit, texts, &group)),
        kinds: fields::kinds(texts),
        memberships: fields::memberships(texts),
        rule: rule::view(texts, draft.found),
        switch_hint: switch_hint(texts, "admin-group-own-switch-hint", open),
        in_the_way: draft.in_the_way,
        action: paths::admin_group(&group.slug),
        delete: paths::admin_group_delete(&group.slug),
        members: paths::group(&group.slug),
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
