//! Those columns of a person that rules look at.

use diesel::prelude::*;

use super::answer;
use super::expression::Expression;
use crate::Result;
use crate::db::schema::users;
use crate::db::{ByName, Id, Timestamp, Tx, comes_after};
use crate::group::Group;
use crate::group_member::Membership;
use crate::page::{Page, limit_for};
use crate::user::{User, UserKind, UserState};

/// The attributes, and what a membership repeats of a person.
#[derive(Queryable, Selectable)]
#[diesel(table_name = users)]
pub(super) struct Person {
    pub(super) id: Id<User>,
    kind: UserKind,
    state: UserState,
    name_key: String,
    address_key: String,
    department: String,
    job_title: String,
    country: String,
    company: String,
}

impl Person {
    /// The next people in the order of their ids, which never change, so that nobody who is renamed between two pages
    /// is passed over. Guests are among them: asked for members only, SQLite would sort all of them for each page.
    pub(super) fn after(tx: &mut Tx<'_>, last: Id<User>, rows: i64) -> Result<Page<Self>> {
        let next = users::table.filter(users::id.gt(last)).order(users::id).limit(limit_for(rows));
        let found: Vec<Self> = next.select(Self::as_select()).load(tx.conn)?;
        Ok(Page::of(found, rows))
    }

    /// The next of those at whom rules look, by name and each with the name: for use within one transaction only.
    pub(super) fn by_name(
        tx: &mut Tx<'_>,
        last: Option<&ByName<User>>,
        rows: i64,
    ) -> Result<Page<(Self, String)>> {
        let found: Vec<(Self, String)> = users::table
            .filter(users::kind.eq(UserKind::Member).and(users::state.ne(UserState::Deleted)))
            .filter(comes_after(users::name_key, users::id, last))
            .select((Self::as_select(), users::name))
            .order((users::name_key, users::id))
            .limit(limit_for(rows))
            .load(tx.conn)?;
        Ok(Page::of(found, rows))
    }

    /// Where the page by name begins that comes after this person.
    pub(super) fn place_by_name(&self) -> ByName<User> {
        (self.name_key.clone(), self.id)
    }

    /// The values of [`super::ATTRIBUTES`]; none for those over whom rules pass: guests, and who is in the bin.
    pub(super) fn attributes(&self) -> Option<[&str; 6]> {
        if self.kind == UserKind::Guest || self.state == UserState::Deleted {
            return None;
        }
        Some([
            self.kind.as_str(),
            self.address_key.rsplit('@').next().unwrap_or_default(),
            self.department.as_str(),
            self.job_title.as_str(),
            self.country.as_str(),
            self.company.as_str(),
        ])
    }

    /// Whether this rule takes the person; no rule, or one that cannot be read, takes nobody.
    pub(super) fn is_taken_by(&self, rule: Option<&Expression>) -> bool {
        let (Some(rule), Some(attributes)) = (rule, self.attributes()) else { return false };
        answer(rule, attributes).unwrap_or(false)
    }

    /// The person's place in a group.
    pub(super) fn membership(&self, group: Id<Group>, since: Timestamp) -> Membership {
        Membership {
            group_id: group,
            user_id: self.id,
            kind: self.kind,
            state: self.state,
            name_key: self.name_key.clone(),
            created_at: since,
        }
    }
}

impl From<&User> for Person {
    fn from(user: &User) -> Self {
        Self {
            id: user.id,
            kind: user.kind,
            state: user.state,
            name_key: user.name_key.clone(),
            address_key: user.address_key.clone(),
            department: user.department.clone(),
            job_title: user.job_title.clone(),
            country: user.country.clone(),
            company: user.company.clone(),
        }
    }
}
