//! The users list of a managed target: people in the group and open invitations, in one alphabet (SPEC 6).

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::Result;
use crate::access::SeenTarget;
use crate::db::schema::{group_members, group_owners, invitations, users};
use crate::db::{Id, Tx, like_infix};
use crate::group::Group;
use crate::invitation::{self, InvitationRow, is_pending};
use crate::text::search_key;
use crate::user::{User, UserKind, UserState};

/// One row: somebody in the group, or somebody invited.
#[derive(Clone, Debug)]
pub enum Row {
    /// In the group.
    Member {
        /// Who.
        user: Box<User>,
        /// Whether that person owns the group.
        owner: bool,
    },
    /// Invited.
    Invited(Box<InvitationRow>),
}

/// Which rows to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Everybody.
    #[default]
    All,
    /// Guests in the group and open invitations.
    Guests,
    /// Open invitations that can be accepted.
    Invited,
    /// Open invitations whose time is over.
    Expired,
}

/// Which part of the list to read.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of a name or address.
    pub search: String,
    /// Which rows.
    pub show: Show,
    /// Only those after this name and id: the next page.
    pub after: Option<(String, Id<User>)>,
}

/// How many rows each choice of [`Show`] has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Everybody.
    pub all: i64,
    /// Guests in the group and open invitations.
    pub guests: i64,
    /// Open invitations that can be accepted.
    pub invited: i64,
    /// Open invitations whose time is over.
    pub expired: i64,
}

/// A page of the list.
#[derive(Clone, Debug, Default)]
pub struct MemberList {
    /// The rows, by name.
    pub rows: Vec<Row>,
    /// Where the next page begins, when there is one.
    pub next: Option<(String, Id<User>)>,
    /// How many there are of each kind.
    pub counts: Counts,
}

impl Row {
    /// The person.
    #[must_use]
    pub fn user(&self) -> &User {
        match self {
            Self::Member { user, .. } => user,
            Self::Invited(row) => &row.guest,
        }
    }

    fn position(&self) -> (String, Id<User>) {
        (self.user().name_key.clone(), self.user().id)
    }
}

/// A page of the users list of a target that the person sees.
///
/// # Errors
/// Only the database's.
pub fn list(tx: &mut Tx<'_>, seen: &SeenTarget, filter: &Filter, rows: usize) -> Result<MemberList> {
    let limit = i64::try_from(rows).unwrap_or(i64::MAX);
    let mut merged = members(tx, seen.target().group(), filter, limit)?;
    merged.extend(invited(tx, seen, filter, limit)?);
    merged.sort_by_key(Row::position);
    let next = merged.get(rows.saturating_sub(1)).filter(|_| merged.len() > rows).map(Row::position);
    merged.truncate(rows);
    Ok(MemberList { rows: merged, next, counts: counts(tx, seen)? })
}

fn members(tx: &mut Tx<'_>, group: Option<&Group>, filter: &Filter, limit: i64) -> Result<Vec<Row>> {
    let (Some(group), Show::All | Show::Guests) = (group, filter.show) else { return Ok(Vec::new()) };
    let owns = group_owners::table
        .filter(group_owners::group_id.eq(group.id).and(group_owners::user_id.eq(users::id)));
    let mut query = group_members::table
        .inner_join(users::table)
        .filter(group_members::group_id.eq(group.id).and(users::state.ne(UserState::Deleted)))
        .select((User::as_select(), exists(owns)))
        .into_boxed();
    if filter.show == Show::Guests {
        query = query.filter(users::kind.eq(UserKind::Guest));
    }
    let sought = search_key(&filter.search);
    if !sought.is_empty() {
        let pattern = like_infix(&sought);
        query = query.filter(
            users::name_key
                .like(pattern.clone())
                .escape('\\')
                .or(users::address_key.like(pattern).escape('\\')),
        );
    }
    if let Some((name, id)) = &filter.after {
        let later = users::name_key.gt(name.clone());
        query = query.filter(later.or(users::name_key.eq(name.clone()).and(users::id.gt(*id))));
    }
    let found: Vec<(User, bool)> =
        query.order((users::name_key, users::id)).limit(limit + 1).load(tx.conn)?;
    Ok(found.into_iter().map(|(user, owner)| Row::Member { user: Box::new(user), owner }).collect())
}

fn invited(tx: &mut Tx<'_>, seen: &SeenTarget, filter: &Filter, limit: i64) -> Result<Vec<Row>> {
    let expired = match filter.show {
        Show::All | Show::Guests => None,
        Show::Invited => Some(false),
        Show::Expired => Some(true),
    };
    let keys = seen.invitation_keys();
    let (after, search) = (filter.after.as_ref(), filter.search.as_str());
    let scope = invitation::Scope { keys: &keys, after, search, expired, organisation: seen.organisation() };
    let rows = invitation::list_of_target(tx, &scope, limit)?;
    Ok(rows.into_iter().map(|row| Row::Invited(Box::new(row))).collect())
}

fn counts(tx: &mut Tx<'_>, seen: &SeenTarget) -> Result<Counts> {
    let group = seen.target().group().map(|group| group.id);
    let people = |kind: UserKind| {
        group_members::table
            .inner_join(users::table)
            .filter(group_members::group_id.nullable().eq(group).and(users::kind.eq(kind)).assume_not_null())
            .filter(users::state.ne(UserState::Deleted))
            .count()
            .single_value()
    };
    let open = invitations::table
        .filter(invitations::target_key.eq_any(seen.invitation_keys()))
        .filter(is_pending());
    let invited = open.clone().filter(invitations::expires_at.gt(tx.now)).count().single_value();
    let expired = open.filter(invitations::expires_at.le(tx.now)).count().single_value();
    let counted: (Option<i64>, Option<i64>, Option<i64>, Option<i64>) =
        diesel::select((people(UserKind::Member), people(UserKind::Guest), invited, expired))
            .get_result(tx.conn)?;
    let [members, guests, invited, expired] =
        [counted.0, counted.1, counted.2, counted.3].map(|n| n.unwrap_or(0));
    Ok(Counts {
        all: members + guests + invited + expired,
        guests: guests + invited + expired,
        invited,
        expired,
    })
}
