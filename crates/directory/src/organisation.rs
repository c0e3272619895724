//! The one tenant of a deployment and its settings (SPEC 1, 3.3, 3.5).

mod domains;
mod key;
mod restored;

use diesel::prelude::*;
use serde::Serialize;

use crate::access::Administrator;
use crate::access::rules::TenantFacts;
use crate::activity::{self, Action, Change, Object};
use crate::db::schema::organisation;
use crate::db::{Timestamp, Tx, each_dialect};
use crate::language::Language;
use crate::{Error, Result, text_column};

use self::domains::domain_lines;
pub use self::domains::{NotADomain, parse_domain_patterns, parse_domains};
pub use self::key::{KeyStanding, remember_key};
pub(crate) use self::key::{key_standing, take_key};
pub(crate) use self::restored::{end_hold, held, hold_after_restore, is_held};

text_column! {
    /// Who may invite guests.
    pub enum InvitePolicy {
        /// Anyone, guests included.
        Anyone => "anyone",
        /// Members.
        Members => "members",
        /// Only administrators and guest inviters.
        Inviters => "inviters",
        /// Nobody.
        Nobody => "nobody",
    }
}

text_column! {
    /// Which domains may be invited. Both lists are kept when the choice changes.
    pub enum DomainRule {
        /// Any domain.
        Any => "any",
        /// All but those of the list of refused domains.
        AllBut => "all_but",
        /// Only those of the list of accepted domains.
        Only => "only",
    }
}

text_column! {
    /// What guests see of the directory.
    pub enum GuestVisibility {
        /// Only their own apps and groups.
        Own => "own",
        /// Also fellow members of their groups.
        FellowMembers => "fellow_members",
    }
}

/// The tenant switches, rules and limits that administrators set.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, AsChangeset, Insertable, Serialize)]
#[diesel(table_name = organisation)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of SPEC 3.3 with a label of its own")]
pub struct TenantSettings {
    /// *Owners can manage group membership requests in the Access Panel*.
    pub owners_manage_groups: bool,
    /// Who may invite guests.
    pub invite_policy: InvitePolicy,
    /// Which domains may be invited.
    pub domain_rule: DomainRule,
    /// The list of "all but these", one domain a line.
    pub refused_domains: String,
    /// The list of "only these", one domain a line.
    pub accepted_domains: String,
    /// What guests see.
    pub guests_see: GuestVisibility,
    /// Days an invitation is valid, 1 to 30.
    pub invitation_days: i64,
    /// Whether welcome messages are allowed.
    pub welcome_messages: bool,
    /// Whether members can search the directory.
    pub members_search: bool,
    /// Whether only owners see the Groups page.
    pub groups_page_restricted: bool,
    /// New invitations an inviter may make in an hour.
    pub inviter_hourly_limit: i64,
    /// New invitations an inviter may make in a day.
    pub inviter_daily_limit: i64,
    /// New invitations the organisation may make in an hour.
    pub organisation_hourly_limit: i64,
    /// Mails one recipient may get in a day.
    pub recipient_daily_limit: i64,
}

/// What the organisation is called and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, AsChangeset, Insertable, Serialize)]
#[diesel(table_name = organisation, treat_none_as_null = true)]
pub struct Profile {
    /// The name people read.
    pub name: String,
    /// The mail domain of its members.
    pub primary_domain: String,
    /// Further own domains, one a line.
    pub other_domains: String,
    /// An IANA name such as `Europe/Amsterdam`.
    pub time_zone: String,
    /// The language of pages and mails when nobody chose.
    pub default_language: Language,
    /// Where the privacy statement is.
    pub privacy_url: Option<String>,
}

/// What a restore left behind. Nobody sets it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = organisation)]
pub struct Restoration {
    /// The next link of an invitation has a generation above this, and with it above every link that was issued after
    /// the backup and is lost.
    pub generation_floor: i64,
    /// Since when mail waits for an administrator's release, and nobody but administrators gets in.
    pub mail_held_since: Option<Timestamp>,
}

/// The organisation: profile, settings, and the version that settings forms carry.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = organisation)]
pub struct Organisation {
    /// What it is called and where it is.
    #[diesel(embed)]
    pub profile: Profile,
    /// What administrators set.
    #[diesel(embed)]
    pub settings: TenantSettings,
    /// Raised by each change; a form with another version is stale.
    pub version: i64,
    /// What a restore left behind.
    #[diesel(embed)]
    pub restoration: Restoration,
}

impl Default for TenantSettings {
    /// The defaults of SPEC 3.3 and the limits of SPEC 3.5.
    fn default() -> Self {
        Self {
            owners_manage_groups: false,
            invite_policy: InvitePolicy::Members,
            domain_rule: DomainRule::Any,
            refused_domains: String::new(),
            accepted_domains: String::new(),
            guests_see: GuestVisibility::Own,
            invitation_days: 7,
            welcome_messages: true,
            members_search: true,
            groups_page_restricted: false,
            inviter_hourly_limit: 50,
            inviter_daily_limit: 500,
            organisation_hourly_limit: 2_000,
            recipient_daily_limit: 5,
        }
    }
}

impl Default for Organisation {
    /// What is shown before the first administrator has named the organisation.
    fn default() -> Self {
        let profile = Profile {
            name: "Vestibule".to_owned(),
            primary_domain: String::new(),
            other_domains: String::new(),
            time_zone: "Etc/UTC".to_owned(),
            default_language: Language::English,
            privacy_url: None,
        };
        Self { profile, settings: TenantSettings::default(), version: 0, restoration: Restoration::default() }
    }
}

impl Organisation {
    /// The organisation as it is now.
    ///
    /// # Errors
    /// Only the database's.
    pub fn load(tx: &mut Tx<'_>) -> Result<Self> {
        let found: Option<Self> =
            each_dialect!(tx.conn, c => organisation::table.select(Self::as_select()).first(c)).optional()?;
        Ok(found.unwrap_or_default())
    }

    /// Writes the organisation's first row; does nothing when it has one.
    ///
    /// # Errors
    /// Only the database's.
    pub fn found(tx: &mut Tx<'_>, profile: &Profile) -> Result<Self> {
        let founded = Self::load(tx)?;
        if founded.version > 0 {
            return Ok(founded);
        }
        diesel::insert_into(organisation::table)
            .values((
                (organisation::id.eq(1), organisation::version.eq(1)),
                organisation::key_fingerprint.eq(Some(tx.keys().fingerprint())),
                (profile, TenantSettings::default(), Restoration::default()),
            ))
            .execute(tx.conn)?;
        Self::load(tx)
    }

    /// Takes what its first administrator says of it: a command that added somebody before may have founded it with
    /// what it could guess.
    pub(crate) fn take_name(self, tx: &mut Tx<'_>, said: &Profile) -> Result<()> {
        let Profile { other_domains, privacy_url, .. } = self.profile.clone();
        let profile = Profile { other_domains, privacy_url, ..said.clone() };
        if profile != self.profile {
            diesel::update(organisation::table)
                .set((&profile, organisation::version.eq(self.version + 1)))
                .execute(tx.conn)?;
        }
        Ok(())
    }

    /// Changes profile and settings together.
    ///
    /// # Errors
    /// [`Error::Stale`] when the form was shown before another change.
    pub fn change(
        tx: &mut Tx<'_>,
        administrator: &Administrator,
        profile: &Profile,
        settings: &TenantSettings,
        version: i64,
    ) -> Result<Self> {
        let before = Self::at_version(tx, version)?;
        diesel::update(organisation::table)
            .set((profile, settings, organisation::version.eq(version + 1)))
            .execute(tx.conn)?;
        let object = Object::organisation(&profile.name);
        let change = Change::between(&(&before.profile, &before.settings), &(profile, settings));
        activity::record(tx, administrator.actor(), Action::SettingsChanged, &object, &change)?;
        Self::load(tx)
    }

    /// The organisation, if nothing has changed since a form was shown with this version.
    fn at_version(tx: &mut Tx<'_>, version: i64) -> Result<Self> {
        let organisation = Self::load(tx)?;
        if organisation.version == version { Ok(organisation) } else { Err(Error::Stale) }
    }

    /// Every domain of its own, in ASCII.
    #[must_use]
    pub fn own_domains(&self) -> Vec<String> {
        let mut domains = domain_lines(&self.profile.other_domains);
        domains.insert(0, self.profile.primary_domain.clone());
        domains
    }

    /// Whether, after a restore, mail waits and nobody but administrators gets in until one of them has had a look.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.restoration.mail_held_since.is_some()
    }

    /// What the rules need of it.
    #[must_use]
    pub fn facts(&self) -> TenantFacts {
        TenantFacts {
            owners_manage_groups: self.settings.owners_manage_groups,
            invite_policy: self.settings.invite_policy,
            domain_rule: self.settings.domain_rule,
            refused_domains: domain_lines(&self.settings.refused_domains),
            accepted_domains: domain_lines(&self.settings.accepted_domains),
            own_domains: self.own_domains(),
            restored: self.is_held(),
        }
    }
}
