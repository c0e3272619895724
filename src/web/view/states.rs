//! States that the components draw: each is a word, an icon and a colour, never a colour alone.

use directory::group::{Group, GroupMembership, GroupSource};
use directory::user::UserState;

/// How something went, or how much attention it wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Done, or allowed.
    Ok,
    /// Waiting for somebody.
    Wait,
    /// Wants attention.
    Warn,
    /// Refused, or failed.
    Bad,
    /// Nothing special.
    #[default]
    Plain,
}

impl Tone {
    /// The class of the stylesheet.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Wait => "wait",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Plain => "plain",
        }
    }

    /// The icon that says the same as the colour.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Ok => "circle-check",
            Self::Wait => "mail-clock",
            Self::Warn => "triangle-alert",
            Self::Bad => "ban",
            Self::Plain => "info",
        }
    }

    /// What a screen reader is told at once: `alert` for failures, else `status`.
    #[must_use]
    pub const fn role(self) -> &'static str {
        match self {
            Self::Bad => "alert",
            _ => "status",
        }
    }
}

/// The state of a person or an invitation in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonState {
    /// Has access.
    Active,
    /// Has been invited and has not accepted.
    Invited,
    /// The link or the access ran out.
    Expired,
    /// An administrator keeps the person out.
    Blocked,
    /// The invitation was declined.
    Declined,
    /// The invitation does not redeem for now.
    Suspended,
    /// In the bin.
    Deleted,
}

impl From<UserState> for PersonState {
    fn from(state: UserState) -> Self {
        match state {
            UserState::Invited => Self::Invited,
            UserState::Active => Self::Active,
            UserState::Blocked => Self::Blocked,
            UserState::Deleted => Self::Deleted,
        }
    }
}

impl PersonState {
    /// The key of its word.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "state-active",
            Self::Invited => "state-invited",
            Self::Expired => "state-expired",
            Self::Blocked => "state-blocked",
            Self::Declined => "state-declined",
            Self::Suspended => "state-suspended",
            Self::Deleted => "state-deleted",
        }
    }

    /// The classes of its badge; only what wants attention is filled.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Active => "calm ok",
            Self::Invited => "wait",
            Self::Expired | Self::Suspended => "warn",
            Self::Blocked | Self::Declined => "bad",
            Self::Deleted => "plain",
        }
    }

    /// The icon of its badge.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Active => "circle-check",
            Self::Invited => "mail-clock",
            Self::Expired => "timer-off",
            Self::Blocked => "ban",
            Self::Declined => "mail-x",
            Self::Suspended => "pause",
            Self::Deleted => "trash-2",
        }
    }
}

/// How a group gets its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    /// By hand.
    Assigned,
    /// By a rule.
    Dynamic,
    /// From another directory.
    Synced,
}

impl From<&Group> for Membership {
    fn from(group: &Group) -> Self {
        match (group.source, group.membership) {
            (GroupSource::Synced, _) => Self::Synced,
            (GroupSource::Cloud, GroupMembership::Dynamic) => Self::Dynamic,
            (GroupSource::Cloud, GroupMembership::Assigned) => Self::Assigned,
        }
    }
}

impl Membership {
    /// The key of its word.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Assigned => "kind-assigned",
            Self::Dynamic => "kind-dynamic",
            Self::Synced => "kind-synced",
        }
    }

    /// The icon of its badge.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Assigned => "hand",
            Self::Dynamic => "workflow",
            Self::Synced => "refresh-cw",
        }
    }
}

/// How far a step of the set-up checklist is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// In place.
    Done,
    /// Missing, and can be mended now.
    Missing,
    /// Cannot be done before an earlier one.
    Blocked,
}

impl StepState {
    /// The tone of its mark.
    #[must_use]
    pub const fn tone(self) -> Tone {
        match self {
            Self::Done => Tone::Ok,
            Self::Missing => Tone::Warn,
            Self::Blocked => Tone::Plain,
        }
    }

    /// The icon of its mark.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Done => "check",
            Self::Missing => "triangle-alert",
            Self::Blocked => "circle-dashed",
        }
    }

    /// The key of its word.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Done => "step-done",
            Self::Missing => "step-missing",
            Self::Blocked => "step-blocked",
        }
    }

    /// Whether it is in place.
    #[must_use]
    pub fn is_done(self) -> bool {
        self == Self::Done
    }

    /// Whether this is the step to do now.
    #[must_use]
    pub fn is_now(self) -> bool {
        self == Self::Missing
    }
}

#[cfg(test)]
mod tests {
    use super::{Membership, PersonState, StepState, Tone};
    use crate::text::{Language, Texts};
    use crate::web::icons;

    #[test]
    fn every_state_has_its_word_and_its_icon() {
        use PersonState::{Active, Blocked, Declined, Deleted, Expired, Invited, Suspended};
        let states = [Active, Invited, Expired, Blocked, Declined, Suspended, Deleted];
        let memberships = [Membership::Assigned, Membership::Dynamic, Membership::Synced];
        let steps = [StepState::Done, StepState::Missing, StepState::Blocked];
        let tones = [Tone::Ok, Tone::Wait, Tone::Warn, Tone::Bad, Tone::Plain];
        let mut named: Vec<(&str, &str)> = states.map(|state| (state.key(), state.icon())).to_vec();
        named.extend(memberships.map(|membership| (membership.key(), membership.icon())));
        named.extend(steps.map(|step| (step.key(), step.icon())));
        named.extend(tones.map(|tone| ("yes", tone.icon())));
        for (key, icon) in named {
            assert!(icons::exists(icon), "{icon}");
            assert!(Language::ALL.iter().all(|&language| Texts::new(language).find(key).is_some()), "{key}");
        }
    }
}
