//! What every page of one group shows above its own part: name, kind and the tabs under *Manage*.

use directory::group::{Group, GroupKind};

use crate::text::Texts;
use crate::web::view::{Membership, Tab};
use crate::web::{Administrating, Page, paths};

/// One of the tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Screen {
    Properties,
    Owners,
    Members,
}

impl Screen {
    const ALL: [Self; 3] = [Self::Properties, Self::Owners, Self::Members];

    fn key(self) -> &'static str {
        match self {
            Self::Properties => "admin-group-properties",
            Self::Owners => "admin-group-owners",
            Self::Members => "admin-group-members",
        }
    }

    /// Where it is for this group.
    fn path(self, slug: &str) -> String {
        match self {
            Self::Properties => paths::admin_group(slug),
            Self::Owners => paths::admin_group_owners(slug),
            Self::Members => paths::admin_group_members(slug),
        }
    }
}

/// The head of a page of one group.
pub(super) struct Head {
    pub(super) name: String,
    pub(super) kind: Membership,
    pub(super) purpose: String,
    /// Whether it is not known yet who is in it.
    pub(super) unfinished: bool,
    pub(super) tabs: Vec<Tab>,
}

/// The head, with one tab as the current one.
pub(super) fn head(texts: Texts, group: &Group, current: Screen) -> Head {
    let tab = |screen: Screen| Tab {
        label: texts.get(screen.key()),
        href: screen.path(&group.slug),
        count: None,
        current: screen == current,
    };
    Head {
        name: group.name.clone(),
        kind: group.into(),
        purpose: purpose(texts, group),
        unfinished: group.is_being_worked_out(),
        tabs: Screen::ALL.map(tab).into(),
    }
}

/// The word for what the group is for.
pub(super) fn purpose(texts: Texts, group: &Group) -> String {
    texts.get(match group.kind {
        GroupKind::Security => "admin-group-type-security",
        GroupKind::Collaboration => "admin-group-type-collaboration",
    })
}

/// Wakes whoever works out what the group's rule means in a large directory.
pub(super) fn saved(visit: &Administrating, group: &Group) {
    if group.is_being_worked_out() {
        visit.state.rules.wake();
    }
}

/// The frame of a page of one group: the title names both the group and the tab.
pub(super) fn page(visit: &Administrating, group: &Group, screen: Screen) -> Page {
    let tab = visit.texts.get(screen.key());
    let title =
        visit.texts.with("admin-group-title", &[("group", group.name.as_str().into()), ("tab", tab.into())]);
    visit.page_titled(title).administering(paths::ADMIN_GROUPS)
}
