//! The users list of a managed target: people in the group and open invitations, in one alphabet (SPEC 6).

use diesel::prelude::*;

use crate::Result;
use crate::access::SeenTarget;
use crate::db::schema::{group_members, invitations};
use crate::db::{ByName, Count, Tx, among, count_of};
use crate::group::Group;
use crate::group_member::{self, Range, is_listed};
use crate::invitation::{self, InvitationRow, Validity, is_pending};
use crate::page::limit_for;
use crate::user::{User, UserKind};

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
    pub after: Option<ByName<User>>,
}

/// How many rows each choice of [`Show`] has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Everybody.
    pub all: Count,
    /// Guests in the group and open invitations.
    pub guests: Count,
    /// Open invitations that can be accepted.
    pub invited: Count,
    /// Open invitations whose time is over.
    pub expired: Count,
}

/// A page of the list.
#[derive(Clone, Debug, Default)]
pub struct MemberList {
    /// The rows, by name.
    pub rows: Vec<Row>,
    /// Where the next page begins, when there is one.
    pub next: Option<ByName<User>>,
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

    fn position(&self) -> ByName<User> {
        (self.user().name_key.clone(), self.user().id)
    }
}

/// A page of the users list of a target that the person sees.
///
/// # Errors
/// Only the database's.
pub fn list(tx: &mut Tx<'_>, seen: &SeenTarget, filter: &Filter, rows: i64) -> Result<MemberList> {
    let (limit, most) = (limit_for(rows), usize::try_from(rows).unwrap_or(usize::MAX));
    let mut merged = members(tx, seen.target().group(), filter, limit)?;
    // Where people fill the page, nobody invited is shown whose name comes after theirs.
    let until = merged.get(most).map(|last| last.user().name_key.clone());
    merged.extend(invited(tx, seen, filter, until.as_deref(), limit)?);
    merged.sort_by_key(Row::position);
    let end = page_end(&merged, most);
    let next = merged.get(end.saturating_sub(1)).filter(|_| merged.len() > end).map(Row::position);
    merged.truncate(end);
    Ok(MemberList { rows: merged, next, counts: counts(tx, seen)? })
}

/// Where a page of at most so many rows ends: not between two rows of one person, of which the next page would begin
/// after both. Somebody may be invited to an app and to its group.
fn page_end(rows: &[Row], most: usize) -> usize {
    let most = most.min(rows.len());
    let is_between = |end: usize| match (rows.get(end - 1), rows.get(end)) {
        (Some(last), Some(next)) => last.position() == next.position(),
        _ => false,
    };
    (1..=most).rev().find(|end| !is_between(*end)).unwrap_or(most)
}

fn members(tx: &mut Tx<'_>, group: Option<&Group>, filter: &Filter, limit: i64) -> Result<Vec<Row>> {
    let (Some(group), Show::All | Show::Guests) = (group, filter.show) else { return Ok(Vec::new()) };
    let kind = (filter.show == Show::Guests).then_some(UserKind::Guest);
    let range = Range { kind, search: &filter.search, after: filter.after.as_ref() };
    let found = group_member::people(tx, group.id, &range, limit)?;
    Ok(found.into_iter().map(|(user, owner)| Row::Member { user: Box::new(user), owner }).collect())
}

fn invited(
    tx: &mut Tx<'_>,
    seen: &SeenTarget,
    filter: &Filter,
    until: Option<&str>,
    limit: i64,
) -> Result<Vec<Row>> {
    let validity = match filter.show {
        Show::All | Show::Guests => None,
        Show::Invited => Some(Validity::Valid),
        Show::Expired => Some(Validity::Expired),
    };
    let keys = seen.invitation_keys();
    let (after, search) = (filter.after.as_ref(), filter.search.as_str());
    let organisation = seen.organisation();
    let scope = invitation::Scope { keys: &keys, after, until, search, validity, organisation };
    let rows = invitation::list_of_target(tx, &scope, limit)?;
    Ok(rows.into_iter().map(|row| Row::Invited(Box::new(row))).collect())
}

fn counts(tx: &mut Tx<'_>, seen: &SeenTarget) -> Result<Counts> {
    let group = seen.target().group().map(|group| group.id);
    let people = |kind: UserKind| {
        let of_group = group_members::group_id.nullable().eq(group).assume_not_null();
        let of_kind =
            group_members::table.filter(of_group.and(group_members::kind.eq(kind)).and(is_listed()));
        count_of(of_kind.select(group_members::user_id))
    };
    let keys = seen.invitation_keys();
    // What is selected is in the index, beyond which nothing is read.
    let open = || {
        let to_these = among(invitations::target_key, &keys).and(is_pending());
        invitations::table.select(invitations::expires_at).filter(to_these)
    };
    let invited = count_of(open().filter(invitations::expires_at.gt(tx.now)));
    let expired = count_of(open().filter(invitations::expires_at.le(tx.now)));
    let (members, guests, invited, expired): (Count, Count, Count, Count) =
        diesel::select((people(UserKind::Member), people(UserKind::Guest), invited, expired))
            .get_result(tx.conn)?;
    let guests = guests + invited + expired;
    Ok(Counts { all: members + guests, guests, invited, expired })
}
