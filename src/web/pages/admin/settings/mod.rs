//! The organisation's profile, the tenant settings of SPEC 3.3 and the limits of SPEC 3.5.
//!
//! A change that takes something away from somebody is shown with the people it touches, and saved on the second press.

mod fields;
mod impact;

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{self, ServiceConfig},
};
use askama::Template;
use directory::{
    Error, Organisation,
    overview::{self, Counts},
    settings_impact,
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
    stale: bool,
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
    page(&visit, form, StatusCode::OK).await
}

async fn save(visit: Administrating, Posted(mut form): Posted) -> Result<HttpResponse, PageError> {
    if form.value("back") == "yes" {
        return page(&visit, form, StatusCode::OK).await;
    }
    let Some(wanted) = fields::read(&mut form) else {
        return page(&visit, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if version(&form) != visit.organisation.version {
        return page(&visit, form, StatusCode::CONFLICT).await;
    }
    let (before, after) = (visit.organisation.clone(), wanted.organisation(visit.organisation.version));
    let impact = visit
        .oversee(move |tx, administrator| settings_impact::foresee(tx, administrator, &before, &after))
        .await?;
    if !impact.losses.is_empty() && form.value("confirmed") != "yes" {
        return impact::page(&visit, &form, &impact);
    }
    match change(&visit, wanted).await {
        Err(Error::Stale) => page(&visit, form, StatusCode::CONFLICT).await,
        Err(error) => Err(error.into()),
        Ok(()) => Ok(visit.see_other(paths::ADMIN_SETTINGS, Flash::ok("settings-saved"))),
    }
}

async fn change(visit: &Administrating, wanted: Wanted) -> directory::Result<()> {
    let version = visit.organisation.version;
    let saved = visit.write(move |tx, administrator| {
        Organisation::change(tx, administrator, &wanted.profile, &wanted.settings, version)
    });
    saved.await.map(drop)
}

/// The form as typed. Where somebody else was faster it can be saved on the second try.
async fn page(visit: &Administrating, form: Form, status: StatusCode) -> Result<HttpResponse, PageError> {
    let (counts, current) = visit
        .oversee(|tx, administrator| {
            Ok((overview::counts(tx, administrator)?, Organisation::load(tx)?.version))
        })
        .await?;
    let texts = visit.texts;
    let view = SettingsPage {
        page: visit.page("admin-settings").administering(paths::ADMIN_SETTINGS).showing(&form),
        stale: status == StatusCode::CONFLICT,
        version: version_to_show(&form, current, status),
        sections: sections(texts),
        owners_hint: owners_hint(texts, &form, &counts),
        invitations_hint: texts.count("settings-open-invitations", counts.open_invitations),
        languages: Choice::languages(),
        policies: fields::choices(texts, "settings-policy", &["anyone", "members", "inviters", "nobody"]),
        rules: fields::choices(texts, "settings-rule", &["any", "all_but", "only"]),
        visibilities: fields::choices(texts, "settings-guests-see", &["own", "fellow_members"]),
        form,
    };
    visit.html(status, &view)
}

fn owners_hint(texts: Texts, form: &Form, counts: &Counts) -> String {
    let key = if form.checked("owners_manage_groups") { "settings-owners-on" } else { "settings-owners-off" };
    let apps = texts.count("settings-apps", counts.self_service_apps);
    let owners = texts.count("settings-owners", counts.owners);
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
