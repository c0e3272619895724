//! The organisation's profile, the tenant settings of SPEC 3.3 and the limits of SPEC 3.5.
//!
//! A change that takes something away from somebody is shown with the people it touches, and saved on the second press.

mod fields;
mod impact;

use actix_web::{
    HttpResponse,
    web::{self, ServiceConfig},
};
use askama::Template;
use directory::{
    Count, Organisation,
    organisation::{DomainRule, GuestVisibility, InvitePolicy},
    overview, settings_impact,
};

use self::fields::Wanted;
use super::reading::{version, version_to_show};
use crate::text::Texts;
use crate::web::{
    Administrating, Flash, Form, Page, PageError, Posted, filters, paths,
    view::{Choice, Tab},
};

/// The routes of the settings.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route(paths::ADMIN_SETTINGS, web::get().to(show))
        .route(paths::ADMIN_SETTINGS, web::post().to(save));
}

#[derive(Template)]
#[template(path = "admin/settings/settings.html")]
struct SettingsPage {
    page: Page,
    form: Form,
    version: i64,
    sections: Vec<Tab>,
    owners_hint: String,
    invitations_hint: String,
    languages: Vec<Choice>,
    policies: Vec<Choice>,
    rules: Vec<Choice>,
    visibilities: Vec<Choice>,
}

async fn show(visit: Administrating) -> Result<HttpResponse, PageError> {
    let form = fields::filled(&visit.organisation);
    page(&visit, form).await
}

async fn save(visit: Administrating, Posted(mut form): Posted) -> Result<HttpResponse, PageError> {
    if form.value("back") == "yes" {
        return page(&visit, form).await;
    }
    let Some(wanted) = fields::read(&mut form) else { return page(&visit, form).await };
    if version(&form) != visit.organisation.version {
        form.outdate();
        return page(&visit, form).await;
    }
    let (before, after) = (visit.organisation.clone(), wanted.organisation(visit.organisation.version));
    let impact = visit
        .read(move |tx, administrator| settings_impact::foresee(tx, administrator, &before, &after))
        .await?;
    if !impact.losses.is_empty() && form.value("confirmed") != "yes" {
        return impact::page(&visit, &form, &impact);
    }
    let changed = change(&visit, wanted).await;
    let Some(()) = visit.settle(&mut form, "", changed)? else { return page(&visit, form).await };
    Ok(visit.see_other(paths::ADMIN_SETTINGS, Flash::ok("settings-saved")))
}

async fn change(visit: &Administrating, wanted: Wanted) -> directory::Result<()> {
    let version = visit.organisation.version;
    let saved = visit.write(move |tx, administrator| {
        Organisation::change(tx, administrator, &wanted.profile, &wanted.settings, version)
    });
    saved.await.map(drop)
}

/// The form as typed. Where somebody else was faster it can be saved on the second try.
async fn page(visit: &Administrating, mut form: Form) -> Result<HttpResponse, PageError> {
    let status = form.status();
    let (counts, apps, current) = visit
        .read(|tx, administrator| {
            let counts = overview::counts(tx, administrator)?;
            let apps = settings_impact::apps_of_owners(tx, administrator)?;
            Ok((counts, apps, Organisation::load(tx)?))
        })
        .await?;
    form.set_beside(&fields::filled(&current));
    let texts = visit.texts;
    let view = SettingsPage {
        page: visit.page("admin-settings").administering(paths::ADMIN_SETTINGS).showing(&form),
        version: version_to_show(&form, current.version),
        sections: sections(texts),
        owners_hint: owners_hint(texts, &form, apps, counts.owners),
        invitations_hint: texts.count("settings-open-invitations", counts.open_invitations),
        languages: Choice::languages(),
        policies: fields::choices(texts, "settings-policy", InvitePolicy::ALL, InvitePolicy::as_str),
        rules: fields::choices(texts, "settings-rule", DomainRule::ALL, DomainRule::as_str),
        visibilities: fields::choices(
            texts,
            "settings-guests-see",
            GuestVisibility::ALL,
            GuestVisibility::as_str,
        ),
        form,
    };
    visit.html(status, &view)
}

fn owners_hint(texts: Texts, form: &Form, apps: i64, owners: Count) -> String {
    let key = if form.checked("owners_manage_groups") { "settings-owners-on" } else { "settings-owners-off" };
    let apps = texts.count("settings-apps", apps);
    let owners = texts.count("settings-owners", owners);
    texts.with(key, &[("apps", apps.into()), ("owners", owners.into())])
}

fn sections(texts: Texts) -> Vec<Tab> {
    ["organisation", "self-service", "guests", "members", "limits"]
        .map(|name| Tab {
            label: texts.get(&format!("settings-section-{name}")),
            href: format!("#{name}"),
            count: None,
            current: false,
        })
        .into()
}
