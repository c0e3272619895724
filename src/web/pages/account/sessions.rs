//! Where a person is signed in, each ended with one press.

use actix_web::HttpResponse;
use directory::session::{self, Session};

use crate::web::{Flash, PageError, Posted, SignedIn, asked::PathId, paths, user_agent};

/// A browser in the list.
pub(super) struct SessionRow {
    /// The browser in words.
    pub(super) browser: String,
    /// A telephone or a desk.
    pub(super) icon: &'static str,
    pub(super) since: String,
    pub(super) seen: String,
    /// Where it is ended; none for the one that asks, which signs out.
    pub(super) end: Option<String>,
}

pub(super) fn rows(visit: &SignedIn, sessions: &[Session]) -> Vec<SessionRow> {
    let (texts, zone, mine) = (visit.texts, visit.zone(), visit.session_key_hash());
    let row = |session: &Session| SessionRow {
        browser: user_agent::in_words(texts, &session.user_agent),
        icon: user_agent::icon(&session.user_agent),
        since: texts.date_time_zone(session.created_at.utc(), zone),
        seen: texts.date_time_zone(session.last_seen_at.utc(), zone),
        end: (mine.as_ref() != Some(&session.key_hash)).then(|| paths::account_session_end(session.id)),
    };
    sessions.iter().map(row).collect()
}

/// `POST /account/sessions/{id}/end`
pub(super) async fn end(
    visit: SignedIn,
    PathId(id): PathId<Session>,
    _: Posted,
) -> Result<HttpResponse, PageError> {
    let actor = visit.actor.clone();
    visit.write(move |tx| session::end_own(tx, &actor, id)).await?;
    Ok(visit.see_other(paths::ACCOUNT, Flash::ok("account-session-ended")))
}

/// `POST /account/sessions/others/end`: this browser goes on under a new key.
pub(super) async fn end_others(visit: SignedIn, _: Posted) -> Result<HttpResponse, PageError> {
    visit.keep_only_this_session(|_, _| Ok(())).await?;
    Ok(visit.see_other(paths::ACCOUNT, Flash::ok("account-sessions-ended")))
}
