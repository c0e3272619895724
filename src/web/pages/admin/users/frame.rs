//! What every page of one person shows above its own part: name, state, what can be done, and the tabs.

use directory::{
    Id,
    user::{User, UserKind},
};

use super::state;
use crate::text::Texts;
use crate::web::{
    Administrating, Page, paths,
    view::{Link, PersonState, Tab},
};

/// One of the tabs that are pages of the person. The others lead to the audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Screen {
    Profile,
    Access,
}

impl Screen {
    const ALL: [Self; 2] = [Self::Profile, Self::Access];

    fn key(self) -> &'static str {
        match self {
            Self::Profile => "admin-user-tab-profile",
            Self::Access => "admin-user-tab-access",
        }
    }

    /// Where it is for this person.
    fn path(self, id: Id<User>) -> String {
        match self {
            Self::Profile => paths::admin_user(id),
            Self::Access => paths::admin_user_access(id),
        }
    }
}

/// The head of a page of one person.
pub(super) struct Head {
    /// The id, which gives the colour of the face.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) address: String,
    pub(super) guest: bool,
    pub(super) state: PersonState,
    /// What can be done to the person as a whole.
    pub(super) changes: Vec<Link>,
    pub(super) tabs: Vec<Tab>,
}

/// The head, with one tab as the current one.
pub(super) fn head(visit: &Administrating, user: &User, current: Screen) -> Head {
    Head {
        id: user.id.to_string(),
        name: user.name.clone(),
        address: user.address.clone(),
        guest: user.kind == UserKind::Guest,
        state: user.state.into(),
        changes: state::links(visit, user),
        tabs: tabs(visit.texts, user.id, current),
    }
}

fn tabs(texts: Texts, id: Id<User>, current: Screen) -> Vec<Tab> {
    let tab =
        |key: &str, href: String, current: bool| Tab { label: texts.get(key), href, count: None, current };
    let audit = |name: &str| paths::with_query(paths::ADMIN_AUDIT, &[(name, &id.to_string())]);
    let own = Screen::ALL.map(|screen| tab(screen.key(), screen.path(id), screen == current));
    let elsewhere = [
        tab("admin-user-tab-did", audit("actor"), false),
        tab("admin-user-tab-happened", audit("target"), false),
    ];
    own.into_iter().chain(elsewhere).collect()
}

/// The frame of a page of one person: the title names both the person and the tab.
pub(super) fn page(visit: &Administrating, user: &User, screen: Screen) -> Page {
    let tab = visit.texts.get(screen.key());
    let title =
        visit.texts.with("admin-user-title", &[("name", user.name.as_str().into()), ("tab", tab.into())]);
    visit.page_titled(title).administering(paths::ADMIN_USERS)
}
