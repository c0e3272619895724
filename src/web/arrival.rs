//! What the database knows of a visitor, by one question; and what they came for, in the same transaction.

use std::time::Duration;

use directory::{
    Actor, Administrator, Error, Organisation, Tx,
    session::{Session, Visitor},
};

use tokio::time::timeout;

use super::State;

/// How long a page waits for the note that its reader was seen: it is none of the reader's business.
const BRIEFLY: Duration = Duration::from_millis(250);

/// The organisation, and the person whose session it is.
pub(crate) struct Arrival {
    pub(crate) organisation: Organisation,
    pub(crate) actor: Option<Actor>,
    /// The proof that the person is an administrator, of those who are.
    pub(crate) administrator: Option<Administrator>,
    /// Whether there is a Groups page for the person (SPEC 3.3).
    pub(crate) sees_groups: bool,
    session: Option<Session>,
}

impl Arrival {
    /// Looks the session up. One that has not been seen for a minute is noted as seen.
    pub(crate) async fn alone(state: &State, key_hash: Option<String>) -> directory::Result<Arrival> {
        let arrival = state.ask(move |tx| Arrival::find(tx, key_hash.as_deref())).await?;
        arrival.note(state).await?;
        Ok(arrival)
    }

    /// The same, and in one transaction what is asked of the directory by whoever it is.
    ///
    /// Who asks is known even when there is no answer for them, so that the page of that error is in their language.
    pub(crate) async fn reading<T: Send + 'static>(
        state: &State,
        key_hash: Option<String>,
        verb: impl Fn(&mut Tx<'_>, &Arrival) -> directory::Result<T> + Send + 'static,
    ) -> directory::Result<(Arrival, directory::Result<T>)> {
        let read = state.read(move |tx| {
            let arrival = Arrival::find(tx, key_hash.as_deref())?;
            let answer = verb(tx, &arrival);
            Ok((arrival, answer))
        });
        let (arrival, answer) = read.await?;
        arrival.note(state).await?;
        Ok((arrival, state.noted(answer)))
    }

    fn find(tx: &mut Tx<'_>, key_hash: Option<&str>) -> directory::Result<Arrival> {
        let visitor = key_hash.map(|hash| Session::visitor(tx, hash)).transpose()?.flatten();
        match visitor {
            Some(visitor) => Ok(Arrival::signed_in(visitor)),
            None => Ok(Arrival {
                organisation: Organisation::load(tx)?,
                actor: None,
                administrator: None,
                sees_groups: false,
                session: None,
            }),
        }
    }

    fn signed_in(visitor: Visitor) -> Arrival {
        let Visitor { session, actor, administrator, sees_groups, organisation } = visitor;
        Arrival { organisation, actor: Some(actor), administrator, sees_groups, session: Some(session) }
    }

    async fn note(&self, state: &State) -> directory::Result<()> {
        let now = state.directory.now();
        let Some((session, actor)) = self.session.as_ref().zip(self.actor.as_ref()) else { return Ok(()) };
        if !session.is_due_for_touch(now) {
            return Ok(());
        }
        let (session, kind) = (session.clone(), actor.kind);
        let noted = timeout(BRIEFLY, state.write(move |tx| session.touch(tx, kind))).await;
        match noted.unwrap_or_else(|_| Err(Error::Unavailable("it takes long".to_owned()))) {
            // Those who only read go on where nothing can be written; their session ends the sooner.
            Err(Error::Unavailable(why)) => {
                log::warn!("a session could not be noted as seen: {why}");
                Ok(())
            }
            noted => noted,
        }
    }
}
