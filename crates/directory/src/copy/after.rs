//! What a directory needs after it went back in time: nobody in by what was given since, no mail that went out since.

use diesel::prelude::*;

use crate::activity::{self, Action, Object};
use crate::db::Tx;
use crate::db::schema::users;
use crate::organisation::{self, Organisation};
use crate::user::UserState;
use crate::{Result, delivery, invitation, one_time_code, session, setup_link};

/// What was ended and is held, and what wants a look.
#[derive(Clone, Debug)]
pub struct Aftermath {
    /// Sessions that were ended.
    pub sessions_ended: usize,
    /// Mails that wait for an administrator's release.
    pub mails_held: i64,
    /// Invitations that nobody has decided about.
    pub open_invitations: i64,
    /// Who is an administrator: name and address.
    pub administrators: Vec<(String, String)>,
}

/// Ends what was given out, and holds what is owed.
pub(super) fn begin_again(tx: &mut Tx<'_>) -> Result<Aftermath> {
    let sessions_ended = session::end_all(tx)?;
    one_time_code::end_all(tx)?;
    setup_link::end_all(tx)?;
    invitation::let_numbers_go_on(tx)?;
    organisation::hold_after_restore(tx)?;
    delivery::wait_for_release(tx)?;
    let name = Organisation::load(tx)?.profile.name;
    activity::note_of_the_system(tx, Action::Restored, &Object::organisation(&name))?;
    Ok(Aftermath {
        sessions_ended,
        mails_held: delivery::count_waiting(tx)?,
        open_invitations: invitation::count_pending(tx)?,
        administrators: administrators(tx)?,
    })
}

fn administrators(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>> {
    let active = users::administrator.eq(true).and(users::state.eq(UserState::Active));
    let rows = users::table.filter(active).select((users::name, users::address));
    Ok(rows.order((users::name_key, users::id)).load(tx.conn)?)
}
