//! Which invitation a guest is led to who comes without its link.

use diesel::prelude::*;

use crate::Result;
use crate::app::App;
use crate::db::schema::{apps, invitations};
use crate::db::{Id, Tx};
use crate::group::Group;
use crate::invitation::{Invitation, is_pending};
use crate::token::InvitationToken;
use crate::user::User;

/// The link of an invitation for a guest who has proved the mailbox by signing in and got only the direct link of an
/// app: the newest open one to that app or its target group, or without one the undecided one that lasts longest.
///
/// # Errors
/// Only the database's.
pub(crate) fn link_for_proved_guest(
    tx: &mut Tx<'_>,
    guest: Id<User>,
    app: Option<&str>,
) -> Result<Option<String>> {
    let to_app = match app {
        Some(slug) => link_to_app(tx, guest, slug)?,
        None => None,
    };
    if to_app.is_some() {
        return Ok(to_app);
    }
    let pending = invitations::table.filter(invitations::user_id.eq(guest).and(is_pending()));
    let last_to_end = pending.order((invitations::expires_at.desc(), invitations::id.desc()));
    let found = last_to_end.select(Invitation::as_select()).first(tx.conn).optional()?;
    Ok(found.map(|invitation: Invitation| link(tx, &invitation)))
}

/// The link of a signed-in guest's newest invitation to an app, or to its target group, that is not over.
///
/// # Errors
/// Only the database's.
pub fn link_to_app(tx: &mut Tx<'_>, guest: Id<User>, slug: &str) -> Result<Option<String>> {
    let of_app = apps::table.filter(apps::slug.eq(slug)).select((apps::id, apps::target_group_id));
    let found: Option<(Id<App>, Option<Id<Group>>)> = of_app.first(tx.conn).optional()?;
    let Some((app, group)) = found else { return Ok(None) };
    let into = invitations::app_id.eq(app).or(invitations::group_id.eq(group));
    let open = invitations::table
        .filter(invitations::user_id.eq(guest).and(is_pending()))
        .filter(invitations::expires_at.gt(tx.now).and(into.assume_not_null()))
        .order(invitations::id.desc());
    let found = open.select(Invitation::as_select()).first(tx.conn).optional()?;
    Ok(found.map(|invitation: Invitation| link(tx, &invitation)))
}

fn link(tx: &Tx<'_>, invitation: &Invitation) -> String {
    InvitationToken { invitation: invitation.id, generation: invitation.generation }.text(tx.keys())
}
