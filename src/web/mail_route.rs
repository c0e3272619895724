//! Where mail goes.

use super::Visit;

/// To a relay, or not.
pub(crate) enum MailRoute {
    /// To this relay, told without its password.
    Relay(String),
    /// To the mailbox that the demo shows.
    Demo,
    /// To this folder, from which nobody gets it.
    Folder(String),
}

impl MailRoute {
    /// Where the mail of this panel goes.
    pub(crate) fn of(visit: &Visit) -> Self {
        let settings = &visit.state.settings;
        match &settings.smtp_url {
            Some(relay) => Self::Relay(relay.to_string()),
            None if visit.state.introduction.is_some() => Self::Demo,
            None => Self::Folder(settings.mail_dir().display().to_string()),
        }
    }

    /// Whether somebody gets to read it.
    pub(crate) fn arrives(&self) -> bool {
        !matches!(self, Self::Folder(_))
    }
}
