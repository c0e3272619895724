//! Sessions: rows, so that they can be listed, ended, and are the same on every instance (SPEC 5.2, SECURITY R14).
//!
//! Only the hash of a session's key is kept. A session that was ended can never come back: writing to one is an
//! update, and an update of nothing is nothing (SECURITY C4).

use chrono::TimeDelta;
use diesel::dsl::exists;
use diesel::prelude::*;

use crate::access::{Actor, Administrator, rules};
use crate::activity::{self, Action};
use crate::db::schema::{organisation, sessions, users};
use crate::db::{Id, Timestamp, Tx, each_dialect};
use crate::housekeeping::AT_ONCE;
use crate::organisation::Organisation;
use crate::user::{User, UserKind};
use crate::{Error, Result, group_owner, one_time_code};

/// A session ends this long after it began, whatever happens.
const ABSOLUTE: TimeDelta = TimeDelta::hours(12);
/// A member's session ends after this long without a request.
const MEMBER_IDLE: TimeDelta = TimeDelta::hours(8);
/// A guest's session ends after this long without a request.
const GUEST_IDLE: TimeDelta = TimeDelta::hours(1);
/// How often a request is written down, at most.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Somebody who is let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entrance {
    /// Who they are has been proved now: a session begins.
    Proved(Box<Actor>),
    /// The session that the browser has says who they are: it goes on, as old as it is.
    SignedIn(Id<User>),
}

/// A signed-in browser.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct Session {
    /// The hash of the key in the cookie.
    pub key_hash: String,
    /// A name for it that is no secret.
    pub id: Id<Session>,
    /// Whose it is.
    pub user_id: Id<User>,
    /// What the browser calls itself.
    pub user_agent: String,
    /// When it began.
    pub created_at: Timestamp,
    /// Its last request, to the minute.
    pub last_seen_at: Timestamp,
    /// When it ends without a further request.
    pub idle_until: Timestamp,
    /// When it ends in any case.
    pub expires_at: Timestamp,
}

/// Everything a page needs to know of a signed-in visitor, read in one query.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The session.
    pub session: Session,
    /// The person, who is active.
    pub actor: Actor,
    /// The proof that the person is an administrator, of those who are.
    pub administrator: Option<Administrator>,
    /// Whether there is a Groups page for the person (SPEC 3.3).
    pub sees_groups: bool,
    /// The organisation.
    pub organisation: Organisation,
}

impl Session {
    /// The live session with this key, of a person who is still active.
    ///
    /// # Errors
    /// Only the database's.
    pub fn visitor(tx: &mut Tx<'_>, key_hash: &str) -> Result<Option<Visitor>> {
        let found: Option<(Self, User, bool, Organisation)> = each_dialect!(tx.conn, c => sessions::table
            .inner_join(users::table)
            .inner_join(organisation::table.on(organisation::id.eq(1)))
            .filter(sessions::key_hash.eq(key_hash))
            .select((
                Self::as_select(),
                User::as_select(),
                exists(group_owner::of_person()),
                Organisation::as_select(),
            ))
            .first(c))
        .optional()?;
        let now = tx.now;
        let live = found.filter(|(session, ..)| session.expires_at > now && session.idle_until > now);
        Ok(live.and_then(|(session, user, owns_any, organisation)| {
            let actor = Actor::of(&user)?;
            let restricted = organisation.settings.groups_page_restricted;
            let sees_groups = rules::see_groups_page(actor.administrator, owns_any, restricted);
            Some(Visitor {
                session,
                administrator: Administrator::of(&actor),
                actor,
                sees_groups,
                organisation,
            })
        }))
    }

    /// Begins a session.
    ///
    /// # Errors
    /// Only the database's.
    pub fn begin(tx: &mut Tx<'_>, key_hash: &str, actor: &Actor, user_agent: &str) -> Result<()> {
        let agent: String = user_agent.chars().filter(|c| !c.is_control()).take(200).collect();
        diesel::insert_into(sessions::table)
            .values((
                sessions::key_hash.eq(key_hash),
                sessions::id.eq(tx.new_id::<Self>()),
                sessions::user_id.eq(actor.id),
                sessions::user_agent.eq(agent),
                sessions::created_at.eq(tx.now),
                sessions::last_seen_at.eq(tx.now),
                sessions::idle_until.eq(tx.now + idle(actor.kind)),
                sessions::expires_at.eq(tx.now + ABSOLUTE),
            ))
            .execute(tx.conn)?;
        Ok(())
    }

    /// The visitor of this session, if it still belongs to `user`: a browser that was signed out meanwhile must not finish
    /// what it began (SECURITY C4).
    ///
    /// # Errors
    /// Only the database's.
    pub fn visitor_of(tx: &mut Tx<'_>, key_hash: &str, user: Id<User>) -> Result<Option<Visitor>> {
        Ok(Self::visitor(tx, key_hash)?.filter(|visitor| visitor.actor.id == user))
    }

    /// Ends every other session of the person.
    ///
    /// # Errors
    /// Only the database's.
    pub fn end_others(&self, tx: &mut Tx<'_>) -> Result<()> {
        let others = sessions::user_id.eq(self.user_id).and(sessions::key_hash.ne(&self.key_hash));
        diesel::delete(sessions::table.filter(others)).execute(tx.conn)?;
        Ok(())
    }

    /// Gives it another key. It is as old as before, and ends when it would have: only signing in proves the mailbox
    /// anew (SECURITY D9).
    ///
    /// # Errors
    /// Only the database's.
    pub fn rotate_key(&self, tx: &mut Tx<'_>, key_hash: &str) -> Result<()> {
        let row = sessions::table.find(&self.key_hash);
        diesel::update(row).set(sessions::key_hash.eq(key_hash)).execute(tx.conn)?;
        Ok(())
    }

    /// Whether a minute has passed since a request was last written down.
    #[must_use]
    pub fn is_due_for_touch(&self, now: Timestamp) -> bool {
        now - self.last_seen_at >= SEEN_EVERY
    }

    /// Writes down that the session is in use.
    ///
    /// # Errors
    /// Only the database's.
    pub fn touch(&self, tx: &mut Tx<'_>, kind: UserKind) -> Result<()> {
        let row = sessions::table.find(&self.key_hash);
        let times = (sessions::last_seen_at.eq(tx.now), sessions::idle_until.eq(tx.now + idle(kind)));
        diesel::update(row).set(times).execute(tx.conn)?;
        Ok(())
    }

    /// Ends the session with this key.
    ///
    /// # Errors
    /// Only the database's.
    pub fn end(tx: &mut Tx<'_>, key_hash: &str) -> Result<()> {
        diesel::delete(sessions::table.find(key_hash)).execute(tx.conn)?;
        Ok(())
    }
}

fn idle(kind: UserKind) -> TimeDelta {
    match kind {
        UserKind::Member => MEMBER_IDLE,
        UserKind::Guest => GUEST_IDLE,
    }
}

/// The live sessions of a person, newest first.
///
/// # Errors
/// Only the database's.
pub fn list_of(tx: &mut Tx<'_>, user: Id<User>) -> Result<Vec<Session>> {
    let live = sessions::expires_at.gt(tx.now).and(sessions::idle_until.gt(tx.now));
    let rows = sessions::table.filter(sessions::user_id.eq(user).and(live)).select(Session::as_select());
    Ok(rows.order(sessions::created_at.desc()).limit(50).load(tx.conn)?)
}

/// Ends one of a person's own sessions.
///
/// # Errors
/// [`Error::Hidden`] when the person has no such session.
pub fn end_own(tx: &mut Tx<'_>, actor: &Actor, id: Id<Session>) -> Result<()> {
    let own = sessions::table.filter(sessions::id.eq(id).and(sessions::user_id.eq(actor.id)));
    if diesel::delete(own).execute(tx.conn)? == 0 { Err(Error::Hidden) } else { Ok(()) }
}

/// Ends every session of a person.
///
/// # Errors
/// Only the database's.
pub fn end_all_of(tx: &mut Tx<'_>, user: Id<User>) -> Result<()> {
    diesel::delete(sessions::table.filter(sessions::user_id.eq(user))).execute(tx.conn)?;
    Ok(())
}

/// Ends every session of a person, and those that are about to begin, by an administrator's hand.
///
/// # Errors
/// [`Error::Hidden`] when there is no such user.
pub fn end_all_by(tx: &mut Tx<'_>, administrator: &Administrator, user: Id<User>) -> Result<()> {
    let user = User::find(tx, user)?;
    end_all_of(tx, user.id)?;
    one_time_code::end_all_of(tx, &user.address_key)?;
    activity::note(tx, administrator.actor(), Action::SessionsEnded, &user.as_object())
}

/// Ends every session there is, and counts them.
pub(crate) fn end_all(tx: &mut Tx<'_>) -> Result<usize> {
    Ok(diesel::delete(sessions::table).execute(tx.conn)?)
}

/// Takes away rows of sessions that are over, whatever happened, and counts them: at most [`AT_ONCE`]. Those that ended
/// for want of requests go with them, twelve hours after they began; to find them sooner, [`Session::touch`] would have
/// an index to write.
///
/// # Errors
/// Only the database's.
pub fn clean_up(tx: &mut Tx<'_>) -> Result<usize> {
    let over = sessions::table.filter(sessions::expires_at.lt(tx.now)).select(sessions::key_hash);
    let over: Vec<String> = over.limit(AT_ONCE).load(tx.conn)?;
    Ok(diesel::delete(sessions::table.filter(sessions::key_hash.eq_any(over))).execute(tx.conn)?)
}
