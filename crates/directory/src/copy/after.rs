//! What a directory needs after a restore: sessions, codes and links given out since the backup are ended, and mail
//! that may have left already is held.

use diesel::prelude::*;

use crate::activity::{self, Action, Object};
use crate::db::Tx;
use crate::db::schema::users;
use crate::invitation::InvitationRow;
use crate::organisation::{self, KeyStanding, Organisation};
use crate::user::UserState;
use crate::{Result, delivery, invitation, one_time_code, session, setup_link};

/// How many open invitations are told one by one.
pub const SHOWN: i64 = 50;

/// What was ended and is held, and what wants a look.
#[derive(Clone, Debug)]
pub struct Aftermath {
    /// Sessions that were ended.
    pub sessions_ended: usize,
    /// Mails that wait for an administrator's release.
    pub mails_held: i64,
    /// Invitations that nobody has decided about.
    pub open_invitations: i64,
    /// The newest [`SHOWN`] of them whose time is not over.
    pub newest_invitations: Vec<InvitationRow>,
    /// How the directory's key stood to the links that were mailed before.
    pub key: KeyStanding,
    /// Who is an administrator: name and address.
    pub administrators: Vec<(String, String)>,
}

/// Ends what was given out, and holds the mail that is owed.
pub(super) fn begin_again(tx: &mut Tx<'_>) -> Result<Aftermath> {
    let sessions_ended = session::end_all(tx)?;
    one_time_code::end_all(tx)?;
    setup_link::end_all(tx)?;
    invitation::let_numbers_go_on(tx)?;
    let own = tx.keys();
    let key = organisation::key_standing(tx, own)?;
    organisation::take_key(tx)?;
    organisation::hold_after_restore(tx)?;
    delivery::reset_outbox(tx)?;
    let organisation = Organisation::load(tx)?;
    let object = Object::organisation(&organisation.profile.name);
    activity::note_of_the_system(tx, Action::Restored, &object)?;
    Ok(Aftermath {
        sessions_ended,
        mails_held: delivery::count_waiting(tx)?,
        open_invitations: invitation::count_pending(tx)?,
        newest_invitations: invitation::list_open(tx, &organisation, SHOWN)?,
        key,
        administrators: administrators(tx)?,
    })
}

fn administrators(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>> {
    let active = users::administrator.eq(true).and(users::state.eq(UserState::Active));
    let rows = users::table.filter(active).select((users::name, users::address));
    Ok(rows.order((users::name_key, users::id)).load(tx.conn)?)
}
