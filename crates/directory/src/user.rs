//! People in the directory: members and guests, and the states they pass through (SPEC 1, 5.1).

pub mod access;
mod blocking;
mod list;
mod new;
mod password;

use diesel::prelude::*;
use serde::Serialize;

use crate::access::rules::{self, PersonFacts};
use crate::access::{Actor, Administrator, Refusal, Standpoint};
use crate::activity::{self, Action, Change, Object, ObjectKind};
use crate::db::schema::users;
use crate::db::{Id, Timestamp, Tx, each_dialect};
use crate::email_address::EmailAddress;
use crate::language::Language;
use crate::text::{Label, Name, search_key};
use crate::{Error, Result, group_rule, session, text_column};

pub use self::blocking::UserChange;
pub use self::list::{UserFilter, list};
pub use self::password::{forget_password, forget_password_from_the_system, set_password};

text_column! {
    /// Employee or somebody from outside.
    pub enum UserKind {
        /// An employee.
        Member => "member",
        /// Somebody from outside the organisation.
        Guest => "guest",
    }
}

text_column! {
    /// Where a user stands; only active counts in any question of access.
    pub enum UserState {
        /// The row of a guest who has not redeemed; it can do nothing.
        Invited => "invited",
        /// May sign in.
        Active => "active",
        /// Was shut out by an administrator.
        Blocked => "blocked",
        /// In the bin, out of which an administrator can restore.
        Deleted => "deleted",
    }
}

/// A row of the directory.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, Serialize)]
#[diesel(table_name = users, treat_none_as_default_value = false)]
pub struct User {
    /// Its id.
    pub id: Id<User>,
    /// Member or guest.
    pub kind: UserKind,
    /// Where the user stands.
    pub state: UserState,
    /// The name people read.
    pub name: String,
    /// The name as it is searched and ordered.
    #[serde(skip)]
    pub name_key: String,
    /// The address mail goes to.
    pub address: String,
    /// The unique form of the address.
    #[serde(skip)]
    pub address_key: String,
    /// Attribute for rules.
    pub department: String,
    /// Attribute for rules.
    pub job_title: String,
    /// Attribute for rules.
    pub country: String,
    /// Attribute for rules.
    pub company: String,
    /// The language the person chose.
    pub language: Option<Language>,
    /// Role: administrator.
    pub administrator: bool,
    /// Role: guest inviter.
    pub guest_inviter: bool,
    /// Argon2id in PHC form; never told.
    #[serde(skip)]
    pub password_hash: Option<String>,
    /// Who invited this guest first.
    pub sponsor_id: Option<Id<User>>,
    /// When the row was made.
    pub created_at: Timestamp,
    /// When a guest redeemed first.
    pub redeemed_at: Option<Timestamp>,
    /// When the user was blocked; still there in the bin, so that nobody is let in by coming out of it.
    pub blocked_at: Option<Timestamp>,
    /// When the user was put in the bin.
    pub deleted_at: Option<Timestamp>,
    /// Raised by each change; a form with another version is stale.
    #[serde(skip)]
    pub version: i64,
}

/// What an administrator writes about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserProfile {
    /// The name people read.
    pub name: Name,
    /// Department.
    pub department: Label,
    /// Job title.
    pub job_title: Label,
    /// Country.
    pub country: Label,
    /// Company.
    pub company: Label,
    /// Role: administrator.
    pub administrator: bool,
    /// Role: guest inviter.
    pub guest_inviter: bool,
}

impl UserProfile {
    /// A person of whom only the name is known.
    #[must_use]
    pub fn named(name: Name) -> Self {
        let none = Label::default();
        Self {
            name,
            department: none.clone(),
            job_title: none.clone(),
            country: none.clone(),
            company: none,
            administrator: false,
            guest_inviter: false,
        }
    }
}

impl User {
    /// The user with this id.
    ///
    /// # Errors
    /// [`Error::Hidden`] when there is none.
    pub fn find(tx: &mut Tx<'_>, id: Id<User>) -> Result<Self> {
        let found: Option<Self> =
            each_dialect!(tx.conn, c => users::table.find(id).select(Self::as_select()).first(c))
                .optional()?;
        found.ok_or(Error::Hidden)
    }

    /// The user who has this address.
    ///
    /// # Errors
    /// Only the database's.
    pub fn by_address(tx: &mut Tx<'_>, address: &EmailAddress) -> Result<Option<Self>> {
        Ok(users::table
            .filter(users::address_key.eq(address.key()))
            .select(Self::as_select())
            .first(tx.conn)
            .optional()?)
    }

    /// Adds a member.
    ///
    /// # Errors
    /// [`Refusal::AddressTaken`]; [`Refusal::PasswordMissing`] for an administrator, who needs a password first.
    pub fn add_member(
        tx: &mut Tx<'_>,
        administrator: &Administrator,
        address: &EmailAddress,
        profile: &UserProfile,
    ) -> Result<Self> {
        if profile.administrator {
            return Err(Refusal::PasswordMissing.into());
        }
        let user = Self::member(tx.new_id(), tx.now, address, profile).insert(tx)?;
        let object = user.as_object();
        activity::record(tx, administrator.actor(), Action::UserAdded, &object, &Change::made(&user))?;
        group_rule::evaluate_user(tx, &user)?;
        Ok(user)
    }

    /// Adds the first people of a deployment: from the command line, the set-up link or the sample data.
    ///
    /// # Errors
    /// [`Refusal::AddressTaken`].
    pub fn add_from_the_system(
        tx: &mut Tx<'_>,
        address: &EmailAddress,
        profile: &UserProfile,
        password_hash: Option<String>,
    ) -> Result<Self> {
        let member = Self { password_hash, ..Self::member(tx.new_id(), tx.now, address, profile) };
        let user = member.insert(tx)?;
        activity::note_of_the_system(tx, Action::UserAdded, &user.as_object())?;
        group_rule::evaluate_user(tx, &user)?;
        Ok(user)
    }

    /// Makes the row of a guest; none when somebody has the address.
    pub(crate) fn add_guest(
        tx: &mut Tx<'_>,
        address: &EmailAddress,
        sponsor: Id<User>,
    ) -> Result<Option<Self>> {
        let guest = Self::guest(tx.new_id(), tx.now, address, sponsor);
        Ok(guest.insert_if_unknown(tx)?.then_some(guest))
    }

    /// Changes what is known of a person.
    ///
    /// # Errors
    /// [`Error::Stale`]; [`Refusal::GuestCannotOwn`] for a role on a guest; [`Refusal::PasswordMissing`] for an
    /// administrator without one; [`Refusal::NotYourself`] when administrators drop their own role.
    pub fn change(
        tx: &mut Tx<'_>,
        administrator: &Administrator,
        id: Id<User>,
        profile: &UserProfile,
        version: i64,
    ) -> Result<Self> {
        let before = Self::at_version(tx, id, version)?;
        before.may_hold_roles(administrator, profile)?;
        diesel::update(users::table.find(id))
            .set((
                (
                    users::name.eq(profile.name.as_str()),
                    users::name_key.eq(search_key(profile.name.as_str())),
                ),
                users::department.eq(profile.department.as_str()),
                users::job_title.eq(profile.job_title.as_str()),
                users::country.eq(profile.country.as_str()),
                users::company.eq(profile.company.as_str()),
                users::administrator.eq(profile.administrator),
                users::guest_inviter.eq(profile.guest_inviter),
                users::version.eq(version + 1),
            ))
            .execute(tx.conn)?;
        let after = Self::find(tx, id)?;
        // A new session for other rights (SPEC 5.2).
        if (after.administrator, after.guest_inviter) != (before.administrator, before.guest_inviter) {
            session::end_all_of(tx, id)?;
        }
        let (object, change) = (after.as_object(), Change::between(&before, &after));
        activity::record(tx, administrator.actor(), Action::UserChanged, &object, &change)?;
        group_rule::follow(tx, &before, &after)?;
        Ok(after)
    }

    /// The user with this id, if nothing has changed since a form was shown with this version.
    fn at_version(tx: &mut Tx<'_>, id: Id<User>, version: i64) -> Result<Self> {
        let user = Self::find(tx, id)?;
        if user.version == version { Ok(user) } else { Err(Error::Stale) }
    }

    fn may_hold_roles(&self, administrator: &Administrator, profile: &UserProfile) -> Result<()> {
        if profile.administrator || profile.guest_inviter {
            rules::own(self.kind)?;
        }
        if profile.administrator && self.password().is_none() {
            return Err(Refusal::PasswordMissing.into());
        }
        if self.administrator && !profile.administrator && administrator.actor().id == self.id {
            return Err(Refusal::NotYourself.into());
        }
        Ok(())
    }

    /// The hash of the password to sign in with. Guests have none, whatever their row says (SECURITY D9).
    #[must_use]
    pub fn password(&self) -> Option<&str> {
        self.password_hash.as_deref().filter(|_| rules::have_password(self.kind).is_ok())
    }

    /// The user as the rules see them, whatever their state.
    pub(crate) fn facts(&self, standpoint: Standpoint) -> PersonFacts {
        PersonFacts {
            active: self.state == UserState::Active,
            kind: self.kind,
            administrator: self.administrator,
            guest_inviter: self.guest_inviter,
            owns_group: standpoint.owns_group,
            assigned: standpoint.assigned,
        }
    }

    /// The audit's name for this user.
    #[must_use]
    pub fn as_object(&self) -> Object {
        Object::new(ObjectKind::User, self.id, &self.name)
    }
}

/// Sets the language that a person reads.
///
/// # Errors
/// Only the database's.
pub fn set_language(tx: &mut Tx<'_>, actor: &Actor, language: Language) -> Result<()> {
    diesel::update(users::table.find(actor.id)).set(users::language.eq(Some(language))).execute(tx.conn)?;
    Ok(())
}
