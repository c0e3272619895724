//! What the database knows of a visitor, read in one transaction.

use directory::{
    Actor, Organisation, Tx, group_owner,
    session::{Session, Visitor},
};

use super::State;

/// The organisation, and the person whose session it is.
pub(crate) struct Arrival {
    pub(crate) organisation: Organisation,
    pub(crate) actor: Option<Actor>,
    /// Whether there is a Groups page for the person (SPEC 3.3).
    pub(crate) sees_groups: bool,
    session: Option<Session>,
}

impl Arrival {
    /// Looks the session up: one query, and a second where only owners see the Groups page. A session that has not
    /// been seen for a minute is noted as seen.
    pub(crate) async fn of(state: &State, key_hash: Option<String>) -> directory::Result<Arrival> {
        let arrival = state.read(move |tx| Arrival::read(tx, key_hash.as_deref())).await?;
        arrival.note(state).await?;
        Ok(arrival)
    }

    fn read(tx: &mut Tx<'_>, key_hash: Option<&str>) -> directory::Result<Arrival> {
        let visitor = key_hash.map(|hash| Session::visitor(tx, hash)).transpose()?.flatten();
        match visitor {
            Some(visitor) => Arrival::signed_in(tx, visitor),
            None => Ok(Arrival {
                organisation: Organisation::load(tx)?,
                actor: None,
                sees_groups: false,
                session: None,
            }),
        }
    }

    fn signed_in(tx: &mut Tx<'_>, visitor: Visitor) -> directory::Result<Arrival> {
        let Visitor { session, actor, organisation } = visitor;
        let open = actor.administrator || !organisation.settings.groups_page_restricted;
        let sees_groups = open || group_owner::is_any(tx, &actor)?;
        Ok(Arrival { organisation, actor: Some(actor), sees_groups, session: Some(session) })
    }

    async fn note(&self, state: &State) -> directory::Result<()> {
        let now = state.directory.clock().now();
        let Some((session, actor)) = self.session.as_ref().zip(self.actor.as_ref()) else { return Ok(()) };
        if !session.is_to_be_seen(now) {
            return Ok(());
        }
        let (session, kind) = (session.clone(), actor.kind);
        state.write(move |tx| session.seen(tx, kind)).await
    }
}
