//! Pages for people who are signed in, and for administrators.
//!
//! A handler takes [`Visit`] when anybody may come, [`SignedIn`] when only people may, [`Administrating`] when only
//! administrators may. All three ask the database once. A page that people open often takes [`Arriving`], and reads what
//! it shows in the transaction that finds out who asks.

use std::{
    future::{Ready, ready},
    ops::Deref,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use directory::{
    Actor, Administrator, Error, Organisation, Tx,
    access::{NotManager, Refusal},
    session::Visitor,
    user::UserKind,
};

use super::{PageError, State, Visit, arrival::Arrival, current::Extraction, paths};

/// A request of somebody who is signed in; others are sent to the sign-in page.
#[derive(Clone)]
pub(crate) struct SignedIn {
    visit: Visit,
    /// The person.
    pub(crate) actor: Actor,
}

/// A request of somebody who is to be signed in, before it is known who that is.
pub(crate) struct Arriving(HttpRequest);

/// A request of an administrator. Others do not learn what there is.
#[derive(Clone)]
pub(crate) struct Administrating {
    signed_in: SignedIn,
    /// The proof of the moment when the request arrived. Handlers are handed theirs by `read` and `write`.
    administrator: Administrator,
}

impl Arriving {
    /// Finds out who asks, and in the same transaction what they asked for.
    ///
    /// # Errors
    /// [`PageError::SignInFirst`] when nobody is signed in, and what `verb` answers.
    pub(crate) async fn read<T: Send + 'static>(
        self,
        verb: impl Fn(&mut Tx<'_>, &Actor, &Organisation) -> directory::Result<T> + Send + 'static,
    ) -> Result<(SignedIn, T), PageError> {
        let for_people = move |tx: &mut Tx<'_>, arrival: &Arrival| match &arrival.actor {
            Some(actor) => verb(tx, actor, &arrival.organisation).map(Some),
            None => Ok(None),
        };
        let (visit, answer) = Visit::reading(&self.0, for_people).await?;
        let signed_in = SignedIn::of(visit)?;
        let first = || PageError::SignInFirst(paths::sign_in(&signed_in.here));
        let answer = answer.ok_or_else(first)?;
        Ok((signed_in, answer))
    }

    /// The same for what is searched from end to end, which takes its time where there is much.
    ///
    /// # Errors
    /// As [`Arriving::read`], and [`Error::Unavailable`] where too many search.
    pub(crate) async fn search<T: Send + 'static>(
        self,
        verb: impl Fn(&mut Tx<'_>, &Actor, &Organisation) -> directory::Result<T> + Send + 'static,
    ) -> Result<(SignedIn, T), PageError> {
        let state = State::of(&self.0).cloned().ok_or(PageError::Misconfigured)?;
        let turn = state.turn_to_search().await?;
        self.read(move |tx, actor, organisation| {
            // Over when all of this is, not when nobody waits for it any more.
            let _turn = &turn;
            verb(tx, actor, organisation)
        })
        .await
    }
}

impl SignedIn {
    fn of(visit: Visit) -> Result<SignedIn, PageError> {
        match visit.actor.clone() {
            Some(actor) => Ok(SignedIn { visit, actor }),
            None => Err(PageError::SignInFirst(paths::sign_in(&visit.here))),
        }
    }

    async fn arrive(request: HttpRequest) -> Result<SignedIn, PageError> {
        Visit::arrive(request).await.and_then(SignedIn::of)
    }

    /// The proof that the person is an administrator.
    fn proof(&self) -> directory::Result<Administrator> {
        match (&self.administrator, self.actor.kind) {
            (Some(administrator), _) => Ok(administrator.clone()),
            // Colleagues know that there are administrators; guests need not.
            (None, UserKind::Member) => {
                Err(Error::Forbidden(Refusal::NotManager { why: NotManager::NotAdministrator }))
            }
            (None, UserKind::Guest) => Err(Error::Hidden),
        }
    }

    /// Does something, ends every other session of the person, and goes on in this one under a new key.
    ///
    /// # Errors
    /// [`PageError::SignInFirst`], and nothing is done, when this session has been ended since the request arrived;
    /// what `verb` answers.
    pub(crate) async fn keep_only_this_session(
        &self,
        verb: impl Fn(&mut Tx<'_>, &Visitor) -> directory::Result<()> + Send + 'static,
    ) -> Result<(), PageError> {
        if self.visit.keep_only_this_session(self.actor.id, verb).await? {
            Ok(())
        } else {
            Err(PageError::SignInFirst(paths::sign_in(&self.here)))
        }
    }
}

impl Administrating {
    async fn arrive(request: HttpRequest) -> Result<Administrating, PageError> {
        let signed_in = SignedIn::arrive(request).await?;
        let administrator = signed_in.state.noted(signed_in.proof())?;
        Ok(Administrating { signed_in, administrator })
    }

    /// Looks something up, with the proof that the request arrived with.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        verb: impl Fn(&mut Tx<'_>, &Administrator) -> directory::Result<T> + Send + 'static,
    ) -> directory::Result<T> {
        let administrator = self.administrator.clone();
        self.signed_in.read(move |tx| verb(tx, &administrator)).await
    }

    /// Changes something, as an administrator still: the proof is found anew in the transaction that writes, for
    /// the form may have taken a while to follow its request (SECURITY R6). Two who take each other's role away
    /// read what the other writes.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        verb: impl Fn(&mut Tx<'_>, &Administrator) -> directory::Result<T> + Send + 'static,
    ) -> directory::Result<T> {
        let actor = self.actor.clone();
        let still = move |tx: &mut Tx<'_>| {
            let administrator = Administrator::find(tx, &actor)?;
            verb(tx, &administrator)
        };
        self.signed_in.write(still).await
    }
}

impl Deref for SignedIn {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl Deref for Administrating {
    type Target = SignedIn;

    fn deref(&self) -> &SignedIn {
        &self.signed_in
    }
}

impl FromRequest for Arriving {
    type Error = PageError;
    type Future = Ready<Result<Arriving, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Arriving(request.clone())))
    }
}

impl FromRequest for SignedIn {
    type Error = PageError;
    type Future = Extraction<SignedIn>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        Box::pin(SignedIn::arrive(request.clone()))
    }
}

impl FromRequest for Administrating {
    type Error = PageError;
    type Future = Extraction<Administrating>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        Box::pin(Administrating::arrive(request.clone()))
    }
}
