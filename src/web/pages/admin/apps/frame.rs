//! What every page of one app shows above its own part: name, picture and the tabs under *Manage*.

use directory::app::{App, SignOn};

use crate::text::Texts;
use crate::web::view::{Logo, Tab};
use crate::web::{Administrating, Page, logos, paths};

/// One of the tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Screen {
    Overview,
    Properties,
    SingleSignOn,
    SelfService,
    UsersAndGroups,
}

impl Screen {
    const ALL: [Self; 5] =
        [Self::Overview, Self::Properties, Self::SingleSignOn, Self::SelfService, Self::UsersAndGroups];

    fn key(self) -> &'static str {
        match self {
            Self::Overview => "admin-app-overview",
            Self::Properties => "admin-app-properties",
            Self::SingleSignOn => "admin-app-single-sign-on",
            Self::SelfService => "admin-app-self-service",
            Self::UsersAndGroups => "admin-app-users-and-groups",
        }
    }

    /// Where it is for this app.
    fn path(self, slug: &str) -> String {
        match self {
            Self::Overview => paths::admin_app(slug),
            Self::Properties => paths::admin_app_properties(slug),
            Self::SingleSignOn => paths::admin_app_single_sign_on(slug),
            Self::SelfService => paths::admin_app_self_service(slug),
            Self::UsersAndGroups => paths::admin_app_users_and_groups(slug),
        }
    }
}

/// The head of a page of one app.
pub(super) struct Head {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) host: String,
    pub(super) logo: Logo,
    pub(super) open: String,
    pub(super) tabs: Vec<Tab>,
}

/// The head, with one tab as the current one.
pub(super) fn head(texts: Texts, app: &App, current: Screen) -> Head {
    let tab = |screen: Screen| Tab {
        label: texts.get(screen.key()),
        href: screen.path(&app.slug),
        count: None,
        current: screen == current,
    };
    Head {
        name: app.name.clone(),
        kind: kind(texts, app),
        host: app.host().unwrap_or_default(),
        logo: logos::of(app),
        open: paths::app_open(&app.slug),
        tabs: Screen::ALL.map(tab).into(),
    }
}

fn kind(texts: Texts, app: &App) -> String {
    let key = if app.catalogue_key.is_some() { "admin-app-kind-gallery" } else { "admin-app-kind-custom" };
    texts.get(key)
}

/// The frame of a page of one app: the title names both the app and the tab.
pub(super) fn page(visit: &Administrating, app: &App, screen: Screen) -> Page {
    let tab = visit.texts.get(screen.key());
    let title =
        visit.texts.with("admin-app-title", &[("app", app.name.as_str().into()), ("tab", tab.into())]);
    visit.page_titled(title).administering(paths::ADMIN_APPS)
}

/// The word for a sign-on method.
pub(super) fn method(texts: Texts, method: SignOn) -> String {
    texts.get(match method {
        SignOn::Linked => "admin-app-method-linked",
    })
}
