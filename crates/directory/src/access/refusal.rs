//! Why something may not be done: the same value on every page and in every list (SPEC 3.2).

use crate::db::Timestamp;
use crate::email_address::AddressError;
use crate::group_rule::RuleMistake;
use crate::organisation::InvitePolicy;

/// A rule's "no": a code, what the sentence needs, and who can mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The person does not manage the target (SPEC 3.1).
    NotManager {
        /// Which condition of SPEC 3.1 fails.
        why: NotManager,
    },
    /// A rule decides who is in the group.
    DynamicGroup {
        /// The rule, as written.
        rule: String,
    },
    /// A directory elsewhere decides who is in the group.
    SyncedGroup {
        /// The directory's name.
        source: String,
        /// When it was read last.
        last_sync: Option<Timestamp>,
    },
    /// What was typed is not an address.
    InvalidAddress {
        /// The wrong part.
        part: AddressError,
    },
    /// A colleague's address without an account.
    OwnDomain {
        /// The organisation's domain.
        domain: String,
    },
    /// The address is a blocked or deleted user's; no more than that is said.
    BlockedUser,
    /// The tenant's invite policy does not admit the inviter.
    InvitingOff {
        /// Who may invite.
        policy: InvitePolicy,
    },
    /// The tenant's domain rule refuses the address.
    DomainNotAllowed {
        /// The refused domain; the list is not told.
        domain: String,
    },
    /// A limit of SPEC 3.5 is reached.
    LimitReached(LimitReached),
    /// A group keeps at least one owner.
    LastOwner,
    /// A group's membership or source cannot change while guests or open invitations are in it.
    GuestsInGroup {
        /// The first of them, by name or address.
        people: Vec<String>,
    },
    /// A group stays while something hangs on it.
    GroupInUse {
        /// The apps that it opens or that add people to it.
        apps: Vec<String>,
        /// Whether anybody was ever invited to it.
        invited: bool,
    },
    /// Guests may own nothing and hold no role.
    GuestCannotOwn,
    /// An administrator needs a password: before the role, and for as long as it lasts.
    PasswordMissing,
    /// Guests prove their mailbox with each session, and have no password.
    GuestPassword,
    /// Whoever sets a first password must have signed in just now.
    SignInTooOld,
    /// Somebody has this address already.
    AddressTaken,
    /// The name is in use.
    NameTaken,
    /// A group's rule cannot be read.
    InvalidRule {
        /// What is wrong with it.
        mistake: RuleMistake,
    },
    /// Only an assigned cloud group with an owner can be a target group.
    UnsuitableTargetGroup,
    /// The target group opens other apps too: the administrator has to confirm the list (SECURITY R8).
    GroupOpensMore {
        /// The other apps' names.
        apps: Vec<String>,
    },
    /// Managers of other apps put people into the group: the administrator has to confirm that these get this app as
    /// well (SECURITY R8).
    GroupFilledThrough {
        /// Those apps' names.
        apps: Vec<String>,
    },
    /// The invitation was accepted, declined or revoked before.
    AlreadyDecided,
    /// Welcome messages are switched off.
    WelcomeMessagesOff,
    /// Administrators do not take away their own role, account or access.
    NotYourself,
    /// The file is not a PNG, JPEG, WebP or SVG of at most 512 KiB.
    UnusableLogo,
    /// The role is held by an assignment.
    RoleInUse,
    /// It is being worked out who is in the group by its rule: people whom the rule does not take would stay for good.
    RuleBeingWorkedOut,
    /// The directory was restored from a backup, and an administrator has to look at it first.
    Restored,
}

/// The condition of SPEC 3.1 that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotManager {
    /// The person is not active.
    NotActive,
    /// Guests manage nothing.
    Guest,
    /// The tenant switch is off.
    OwnersSwitchOff,
    /// The group's own switch is off.
    GroupSwitchOff,
    /// The person does not own the group.
    NotOwner,
    /// The app is not enabled for users to sign in.
    AppDisabled,
    /// Self-service is off for the app.
    NotSelfService,
    /// The app has no target group.
    NoTargetGroup,
    /// The target group is not assigned to the app.
    TargetNotAssigned,
    /// The person is not assigned to the app.
    NotAssigned,
    /// Only administrators may do this.
    NotAdministrator,
}

/// A limit of SPEC 3.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// New invitations of one inviter in an hour.
    InviterHour,
    /// New invitations of one inviter in a day.
    InviterDay,
    /// New invitations of the organisation in an hour.
    OrganisationHour,
    /// Mails to one recipient in a day.
    RecipientDay,
    /// People whom one person puts into groups or takes out of them in an hour.
    ChangesHour,
}

/// A limit that one more would break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitReached {
    /// Which limit.
    pub limit: Limit,
    /// How many it allows.
    pub max: i64,
    /// When the next one is possible.
    pub frees_at: Timestamp,
}

/// Who can make a refusal go away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MendedBy {
    /// An administrator of the organisation.
    Administrator,
    /// The administrator of the directory the group comes from.
    DirectoryAdministrator,
    /// The person who asked.
    Person,
    /// Nobody: waiting does.
    Time,
}

impl Refusal {
    /// The code of SPEC 3.2; the sentence is `refusal-` and this in the catalogue.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotManager { .. } => "not_manager",
            Self::DynamicGroup { .. } => "dynamic_group",
            Self::SyncedGroup { .. } => "synced_group",
            Self::InvalidAddress { .. } => "invalid_address",
            Self::OwnDomain { .. } => "own_domain",
            Self::BlockedUser => "blocked_user",
            Self::InvitingOff { .. } => "inviting_off",
            Self::DomainNotAllowed { .. } => "domain_not_allowed",
            Self::LimitReached(_) => "limit_reached",
            Self::LastOwner => "last_owner",
            Self::GuestsInGroup { .. } => "guests_in_group",
            Self::GroupInUse { .. } => "group_in_use",
            Self::GuestCannotOwn => "guest_cannot_own",
            Self::PasswordMissing => "password_missing",
            Self::GuestPassword => "guest_password",
            Self::SignInTooOld => "sign_in_too_old",
            Self::AddressTaken => "address_taken",
            Self::NameTaken => "name_taken",
            Self::InvalidRule { .. } => "invalid_rule",
            Self::UnsuitableTargetGroup => "unsuitable_target_group",
            Self::GroupOpensMore { .. } => "group_opens_more",
            Self::GroupFilledThrough { .. } => "group_filled_through",
            Self::AlreadyDecided => "already_decided",
            Self::WelcomeMessagesOff => "welcome_messages_off",
            Self::NotYourself => "not_yourself",
            Self::UnusableLogo => "unusable_logo",
            Self::RoleInUse => "role_in_use",
            Self::RuleBeingWorkedOut => "rule_being_worked_out",
            Self::Restored => "restored",
        }
    }

    /// Who can mend it.
    #[must_use]
    pub fn mended_by(&self) -> MendedBy {
        match self {
            Self::SyncedGroup { .. } => MendedBy::DirectoryAdministrator,
            Self::LimitReached(_) | Self::RuleBeingWorkedOut => MendedBy::Time,
            Self::NotManager { .. }
            | Self::DynamicGroup { .. }
            | Self::OwnDomain { .. }
            | Self::BlockedUser
            | Self::InvitingOff { .. }
            | Self::DomainNotAllowed { .. }
            | Self::WelcomeMessagesOff
            | Self::Restored => MendedBy::Administrator,
            Self::InvalidAddress { .. }
            | Self::LastOwner
            | Self::GuestsInGroup { .. }
            | Self::GroupInUse { .. }
            | Self::GuestCannotOwn
            | Self::PasswordMissing
            | Self::GuestPassword
            | Self::SignInTooOld
            | Self::AddressTaken
            | Self::NameTaken
            | Self::InvalidRule { .. }
            | Self::UnsuitableTargetGroup
            | Self::GroupOpensMore { .. }
            | Self::GroupFilledThrough { .. }
            | Self::AlreadyDecided
            | Self::NotYourself
            | Self::UnusableLogo
            | Self::RoleInUse => MendedBy::Person,
        }
    }

    /// Whether it lies with one person, so that an invitation which it keeps on hold stands again once somebody else
    /// answers for it (SPEC 4.2).
    pub(crate) fn lies_with_one_person(&self) -> bool {
        match self {
            Self::NotManager { why } => !matches!(
                why,
                NotManager::AppDisabled
                    | NotManager::NotSelfService
                    | NotManager::NoTargetGroup
                    | NotManager::TargetNotAssigned
            ),
            Self::InvitingOff { policy } => *policy != InvitePolicy::Nobody,
            _ => false,
        }
    }
}

impl NotManager {
    /// The catalogue's word for the condition.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotActive => "not_active",
            Self::Guest => "guest",
            Self::OwnersSwitchOff => "owners_switch_off",
            Self::GroupSwitchOff => "group_switch_off",
            Self::NotOwner => "not_owner",
            Self::AppDisabled => "app_disabled",
            Self::NotSelfService => "not_self_service",
            Self::NoTargetGroup => "no_target_group",
            Self::TargetNotAssigned => "target_not_assigned",
            Self::NotAssigned => "not_assigned",
            Self::NotAdministrator => "not_administrator",
        }
    }
}

#[cfg(test)]
mod tests;
