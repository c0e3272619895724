//! Lists of invitations with where each stands, worked out in the same query (no question per row).

use diesel::dsl::{IntoBoxed, Select, exists};
use diesel::prelude::*;

use super::joined::{answerers, inviters, joined, standing};
use super::loaded::{Ground, InvitedApp, InvitedGroup, Loaded, Row};
use super::row::{InvitationFilter, InvitationRow, Scope, Validity};
use super::{Invitation, Standing, is_pending};
use crate::Result;
use crate::access::{Administrator, Manager};
use crate::db::schema::{
    app_assignments, apps, deliveries, group_members, group_owners, groups, invitations, users,
};
use crate::db::{
    Id, LAST, MultiBackend, Timestamp, Tx, comes_after, contains_in_name_or_address, each_dialect, first_of,
    like_infix, one_of, word,
};
use crate::delivery::Progress;
use crate::organisation::Organisation;
use crate::page::{Page, limit_for};
use crate::text::search_key;
use crate::user::User;

diesel::alias!(deliveries as mails: Mails);

/// What a row of a list tells: where the invitation stands, and how far the newest of its mails is.
macro_rules! listed {
    () => {
        joined!()
            .left_join(
                deliveries::table.on(deliveries::id.nullable().eq(mails
                    .filter(mails.field(deliveries::invitation_id).eq(invitations::id.nullable()))
                    .order(mails.field(deliveries::id).desc())
                    .select(mails.field(deliveries::id))
                    .limit(1)
                    .single_value())),
            )
            .select(standing!(InvitedApp, InvitedGroup, Option::<Progress>::as_select()))
    };
}

/// Open invitations to one target, from a place in the alphabet to another, in the order of an index.
macro_rules! open_to {
    ($key:expr, $scope:expr, $limit:expr) => {
        invitations::table
            .select(Columns::default())
            .filter(invitations::target_key.eq($key).and(is_pending()))
            .filter(comes_after(invitations::name_key, invitations::user_id, $scope.after))
            .filter(invitations::name_key.le($scope.until.unwrap_or(LAST)))
            .order((invitations::name_key, invitations::user_id, invitations::id))
            .limit($limit)
    };
}

/// Many may be open: what a row tells is looked up only for those that are shown.
macro_rules! load_shown {
    ($conn:expr, $shown:expr) => {
        listed!()
            .filter(one_of(invitations::id, $shown))
            .order((invitations::name_key, invitations::user_id, invitations::id))
            .load($conn)
    };
}

/// Those of a boxed query whose time is over, or is not.
macro_rules! with_validity {
    ($query:expr, $validity:expr, $now:expr) => {
        match $validity {
            Some(Validity::Valid) => $query.filter(invitations::expires_at.gt($now)),
            Some(Validity::Expired) => $query.filter(invitations::expires_at.le($now)),
            None => $query,
        }
    };
}

type Columns = (invitations::id, invitations::name_key, invitations::user_id);
type Open<'a> = IntoBoxed<'a, Select<invitations::table, Columns>, MultiBackend>;

/// At most `limit` open invitations to any of these targets, those whose guest's name comes next.
///
/// # Errors
/// Only the database's.
pub(crate) fn list_of_target(tx: &mut Tx<'_>, scope: &Scope<'_>, limit: i64) -> Result<Vec<InvitationRow>> {
    let loaded: Vec<Row> = match scope.keys {
        [one] if scope.is_whole() => {
            each_dialect!(tx.conn, c => load_shown!(c, first_of([open_to!(one, scope, limit)], limit)))?
        }
        [one, other] if scope.is_whole() => each_dialect!(tx.conn, c => {
            let parts = [open_to!(one, scope, limit), open_to!(other, scope, limit)];
            load_shown!(c, first_of(parts, limit))
        })?,
        keys => {
            let part =
                |key: &'_ String| narrowed(open_to!(key.clone(), scope, limit).into_boxed(), scope, tx.now);
            let parts: Vec<_> = keys.iter().map(part).collect();
            load_shown!(tx.conn, first_of(parts, limit))?
        }
    };
    Ok(loaded.into_iter().map(|row| InvitationRow::of(row, scope.organisation, tx.now)).collect())
}

/// Those of them that are sought, and whose time is over or is not.
fn narrowed<'a>(mut open: Open<'a>, scope: &Scope<'_>, now: Timestamp) -> Open<'a> {
    let sought = search_key(scope.search);
    if !sought.is_empty() {
        open = open.filter(contains_in_name_or_address(
            invitations::name_key,
            invitations::address_key,
            &sought,
        ));
    }
    with_validity!(open, scope.validity, now)
}

/// All invitations, newest first, for administrators.
///
/// # Errors
/// Only the database's.
pub fn list(
    tx: &mut Tx<'_>,
    _administrator: &Administrator,
    organisation: &Organisation,
    filter: &InvitationFilter,
    rows: i64,
) -> Result<Page<InvitationRow>> {
    let mut query = listed!().into_boxed();
    let sought = search_key(&filter.search);
    if !sought.is_empty() {
        query = query.filter(invitations::address_key.like(like_infix(&sought)).escape('\\'));
    }
    if let Some(state) = filter.state {
        query = query.filter(invitations::state.eq(word(state.as_str())));
    }
    query = with_validity!(query, filter.validity, tx.now);
    if let Some(before) = filter.before {
        query = query.filter(invitations::id.lt(before));
    }
    let loaded: Vec<Row> = query.order(invitations::id.desc()).limit(limit_for(rows)).load(tx.conn)?;
    Ok(Page::of(loaded, rows).map(|row| InvitationRow::of(row, organisation, tx.now)))
}

/// The invitations to the directory, which is nothing but the organisation, that nobody has decided about, expired ones
/// among them: newest first, for its managers. Where something is searched for, those with that in their address.
///
/// # Errors
/// Only the database's.
pub fn list_to_directory(
    tx: &mut Tx<'_>,
    manager: &Manager,
    search: &str,
    rows: i64,
) -> Result<Page<InvitationRow>> {
    let to_it = invitations::target_key.eq(manager.target().key()).and(is_pending());
    let mut shown = invitations::table.select(invitations::id).filter(to_it).into_boxed();
    let sought = search_key(search);
    if !sought.is_empty() {
        shown = shown.filter(invitations::address_key.like(like_infix(&sought)).escape('\\'));
    }
    // Many may be open for ever: what a row tells is looked up only for those that are shown.
    let shown = shown.order(invitations::id.desc()).limit(limit_for(rows));
    let query = listed!().filter(one_of(invitations::id, shown)).order(invitations::id.desc());
    let loaded: Vec<Row> = query.load(tx.conn)?;
    Ok(Page::of(loaded, rows).map(|row| InvitationRow::of(row, manager.organisation(), tx.now)))
}

/// The invitations of one guest, newest first.
///
/// # Errors
/// Only the database's.
pub fn list_of_user(
    tx: &mut Tx<'_>,
    organisation: &Organisation,
    user: Id<User>,
    rows: i64,
) -> Result<Vec<InvitationRow>> {
    let query = listed!().filter(invitations::user_id.eq(user));
    let loaded: Vec<Row> = query.order(invitations::id.desc()).limit(rows).load(tx.conn)?;
    Ok(loaded.into_iter().map(|row| InvitationRow::of(row, organisation, tx.now)).collect())
}

/// The newest invitations that are neither decided nor expired, for whoever runs the server.
pub(crate) fn list_open(
    tx: &mut Tx<'_>,
    organisation: &Organisation,
    rows: i64,
) -> Result<Vec<InvitationRow>> {
    let query = listed!().filter(is_pending().and(invitations::expires_at.gt(tx.now)));
    let loaded: Vec<Row> = query.order(invitations::id.desc()).limit(rows).load(tx.conn)?;
    Ok(loaded.into_iter().map(|row| InvitationRow::of(row, organisation, tx.now)).collect())
}

/// An invitation nobody has decided about, ready to be asked where it would stand under any settings.
#[derive(Clone, Debug)]
pub(crate) struct Undecided {
    /// The guest.
    pub(crate) guest: User,
    invitation: Invitation,
    ground: Ground,
}

impl Undecided {
    /// Where it stands, or would stand, under the settings of this organisation.
    pub(crate) fn standing(&self, organisation: &Organisation, now: Timestamp) -> Standing {
        self.ground.standing(&self.invitation, &self.guest, organisation, now)
    }
}

/// Invitations that are neither decided nor expired, newest first, in one query.
///
/// # Errors
/// Only the database's.
pub(crate) fn undecided(tx: &mut Tx<'_>, rows: i64) -> Result<Page<Undecided>> {
    let open = is_pending().and(invitations::expires_at.gt(tx.now));
    let loaded: Vec<Loaded> = joined!()
        .select(standing!(InvitedApp, InvitedGroup))
        .filter(open)
        .order(invitations::id.desc())
        .limit(limit_for(rows))
        .load(tx.conn)?;
    let one = |(invitation, guest, answerable, _, app, group, ties): Loaded| {
        let ground = Ground::of(&invitation, answerable, app.as_ref(), group.as_ref(), ties);
        Undecided { guest, invitation, ground }
    };
    Ok(Page::of(loaded, rows).map(one))
}

/// How many of the newest `rows` open invitations are on hold.
///
/// # Errors
/// Only the database's.
pub fn count_suspended(
    tx: &mut Tx<'_>,
    _administrator: &Administrator,
    organisation: &Organisation,
    rows: i64,
) -> Result<usize> {
    let now = tx.now;
    let open = undecided(tx, rows)?.rows;
    Ok(open.iter().filter(|one| matches!(one.standing(organisation, now), Standing::Suspended(_))).count())
}
