//! The facts that the frame of a page shows, as plain data.

use super::{paths, view::Tone};

/// The organisation as the frame shows it.
#[derive(Clone, Debug, Default)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// The address of its privacy statement.
    pub privacy_url: Option<String>,
}

/// The person who is signed in, as the frame shows them.
#[derive(Clone, Debug, Default)]
pub struct Me {
    /// The id, which gives the colour of the face.
    pub id: String,
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// Whether this is a guest of the organisation.
    pub guest: bool,
    /// Whether Administration is open to them.
    pub administrator: bool,
    /// Whether there is a Groups page for them.
    pub groups: bool,
}

/// The parts of the panel in the main navigation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// None of them.
    #[default]
    None,
    /// My Apps.
    Apps,
    /// Groups.
    Groups,
    /// Administration.
    Administration,
}

/// The colours of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The theme of a cookie or a form value; anything unknown is the device's.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// How the cookie, the form and the attribute `data-theme` spell it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The note that a page shows once, about the action before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// How it went.
    pub tone: Tone,
    /// What happened, a finished sentence.
    pub text: String,
}

/// An entry of the side navigation of Administration.
#[derive(Clone, Copy, Debug)]
pub struct SideLink {
    /// The key of its word.
    pub key: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// Where it leads; `Page::side` says it when this is the current one.
    pub href: &'static str,
}

/// The side navigation of Administration, in its order.
pub(super) const SIDE_LINKS: [SideLink; 9] = [
    SideLink { key: "admin-overview", icon: "house", href: paths::ADMIN },
    SideLink { key: "admin-settings", icon: "settings", href: paths::ADMIN_SETTINGS },
    SideLink { key: "admin-users", icon: "users-round", href: paths::ADMIN_USERS },
    SideLink { key: "admin-groups", icon: "boxes", href: paths::ADMIN_GROUPS },
    SideLink { key: "admin-apps", icon: "layout-grid", href: paths::ADMIN_APPS },
    SideLink { key: "admin-invitations", icon: "mail-plus", href: paths::ADMIN_INVITATIONS },
    SideLink { key: "admin-mail", icon: "mails", href: paths::ADMIN_MAIL },
    SideLink { key: "admin-audit", icon: "history", href: paths::ADMIN_AUDIT },
    SideLink { key: "admin-health", icon: "heart-pulse", href: paths::ADMIN_HEALTH },
];

#[cfg(test)]
mod tests {
    use super::SIDE_LINKS;
    use crate::text::{Language, Texts};
    use crate::web::icons;

    #[test]
    fn every_entry_of_administration_has_its_word_and_its_icon() {
        for link in SIDE_LINKS {
            assert!(
                Language::ALL.iter().all(|&language| Texts::new(language).find(link.key).is_some()),
                "{}",
                link.key
            );
            assert!(icons::exists(link.icon), "{}", link.icon);
        }
    }
}
