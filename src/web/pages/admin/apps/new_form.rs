//! The form that adds an app.

use actix_web::HttpResponse;
use askama::Template;
use directory::app::{AppProperties, HomePage};
use directory::catalogue::{Catalogue, CatalogueEntry};
use directory::text::{Description, Label, Name};

use crate::text::Texts;
use crate::web::view::Logo;
use crate::web::{Administrating, Form, Page, PageError, filters, logos, paths};

/// What the address says for an app that is in no catalogue.
pub(super) const CUSTOM: &str = "custom";

/// What an app is made from.
#[derive(Clone, Copy)]
pub(super) enum From {
    Catalogue(&'static CatalogueEntry),
    Nothing,
}

impl From {
    /// What the address or the form says.
    pub(super) fn of(key: &str) -> Option<Self> {
        if key == CUSTOM { Some(Self::Nothing) } else { Catalogue::find(key).map(Self::Catalogue) }
    }

    /// The entry of the catalogue.
    pub(super) fn entry(self) -> Option<&'static CatalogueEntry> {
        match self {
            Self::Catalogue(entry) => Some(entry),
            Self::Nothing => None,
        }
    }

    /// The form as the catalogue proposes it.
    pub(super) fn filled(self, texts: Texts) -> Form {
        let Self::Catalogue(entry) = self else { return Form::empty() };
        let language = texts.language();
        let collection =
            Catalogue::collection(&entry.collection).map_or("", |one| one.name.in_language(language));
        Form::filled(&[
            ("name", entry.name.as_str()),
            ("description", entry.description.in_language(language)),
            ("collection", collection),
            ("home_page", &entry.home_page),
        ])
    }
}

#[derive(Template)]
#[template(path = "admin/apps/new_form.html")]
struct NewPage {
    page: Page,
    form: Form,
    from: String,
    logo: Logo,
    intro: String,
    action: &'static str,
}

/// The form with what was typed.
pub(super) fn page(visit: &Administrating, from: From, form: Form) -> Result<HttpResponse, PageError> {
    let status = form.status();
    let texts = visit.texts;
    let (title, intro, logo) = match from.entry() {
        Some(entry) => {
            let names = [("app", entry.name.as_str().into()), ("publisher", entry.publisher.as_str().into())];
            (
                texts.with("admin-app-new-from", &names),
                texts.with("admin-app-new-intro", &names),
                logos::of_entry(entry),
            )
        }
        None => (
            texts.get("admin-app-new-custom"),
            texts.get("admin-app-new-custom-intro"),
            Logo::plain("app-window"),
        ),
    };
    let view = NewPage {
        page: visit.page_titled(title).administering(paths::ADMIN_APPS).showing(&form),
        from: from.entry().map_or(CUSTOM, |entry| entry.key.as_str()).to_owned(),
        logo,
        intro,
        action: paths::ADMIN_APPS_NEW,
        form,
    };
    visit.html(status, &view)
}

/// The app as typed; it can be opened and seen at once, by those who are assigned to it.
pub(super) fn read(form: &mut Form) -> Option<AppProperties> {
    let name = form.parse("name", Name::parse);
    let description = form.parse("description", Description::parse);
    let collection = form.parse("collection", Label::parse);
    let home_page = form.parse("home_page", HomePage::parse);
    Some(AppProperties {
        name: name?,
        description: description?,
        collection: collection?,
        home_page: home_page?,
        enabled: true,
        visible: true,
        assignment_required: true,
    })
}
