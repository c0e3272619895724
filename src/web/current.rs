//! Who asks, and what every page knows of them.
//!
//! A handler takes [`Visit`] when anybody may come, [`SignedIn`] when only people may, [`Administrating`] when only
//! administrators may. All three read the database once, in one transaction of at most two queries.

use std::{future::Future, net::IpAddr, ops::Deref, pin::Pin, rc::Rc};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    http::{
        Method,
        header::{self, HeaderName},
        uri::PathAndQuery,
    },
    web::Data,
};
use directory::{
    Actor, Administrator, Error, Id, Organisation, Tx,
    access::{NotManager, Refusal},
    user::{User, UserKind},
};

use super::{
    PageError, State, arrival::Arrival, browser::Browser, cookies, csrf, flash::Flash, layout::Theme, paths,
    session::SignedInSession,
};
use crate::text::{Language, Texts};

/// One request of anybody, signed in or not. Clones are the same visit.
#[derive(Clone)]
pub(crate) struct Visit(Rc<Facts>);

/// What is known of a visit.
pub(crate) struct Facts {
    /// The application.
    pub(crate) state: Data<State>,
    /// The catalogue in the visitor's language.
    pub(crate) texts: Texts,
    /// Whether the visitor chose that language, here or for good.
    pub(crate) language_chosen: bool,
    /// The one organisation.
    pub(crate) organisation: Organisation,
    /// The person, if somebody is signed in.
    pub(crate) actor: Option<Actor>,
    /// Whether there is a Groups page for the person.
    pub(crate) sees_groups: bool,
    /// Light or dark.
    pub(crate) theme: Theme,
    /// What the page before left to say.
    pub(crate) flash: Option<Flash>,
    /// Where to come back to: the address of this page with its query, or of the page that sent this form.
    pub(crate) here: String,
    /// Where the visitor comes from, as far as trusted proxies say.
    pub(crate) client: IpAddr,
    session: SignedInSession,
    browser: Browser,
}

/// A request of somebody who is signed in; others are sent to the sign-in page.
#[derive(Clone)]
pub(crate) struct SignedIn {
    visit: Visit,
    /// The person.
    pub(crate) actor: Actor,
}

/// A request of an administrator. Others do not learn what there is.
#[derive(Clone)]
pub(crate) struct Administrating {
    signed_in: SignedIn,
    /// The proof that the verbs of administration ask for.
    pub(crate) administrator: Administrator,
}

type Extraction<T> = Pin<Box<dyn Future<Output = Result<T, PageError>>>>;

impl Visit {
    async fn arrive(request: HttpRequest) -> Result<Visit, PageError> {
        if let Some(visit) = Visit::known(&request) {
            return Ok(visit);
        }
        // Nothing has a NUL in its name, and PostgreSQL refuses even to look for it.
        if request.uri().path_and_query().is_some_and(|asked| asked.as_str().contains("%00")) {
            return Err(PageError::NotFound);
        }
        let state = State::of(&request).cloned().ok_or(PageError::Misconfigured)?;
        let session = SignedInSession::of(&request);
        let arrival = Arrival::of(&state, session.key_hash()).await?;
        let visit = Visit(Rc::new(Facts::gather(&request, state, session, arrival)));
        request.extensions_mut().insert(visit.clone());
        Ok(visit)
    }

    /// The visit of a request that was looked at before.
    pub(crate) fn known(request: &HttpRequest) -> Option<Visit> {
        request.extensions().get::<Visit>().cloned()
    }

    /// Looks something up; see [`State::read`].
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        verb: impl Fn(&mut Tx<'_>) -> directory::Result<T> + Send + 'static,
    ) -> directory::Result<T> {
        self.state.read(verb).await
    }

    /// Changes something; see [`State::write`].
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        verb: impl Fn(&mut Tx<'_>) -> directory::Result<T> + Send + 'static,
    ) -> directory::Result<T> {
        self.state.write(verb).await
    }

    /// A token for the forms of one page.
    pub(crate) fn csrf_token(&self) -> String {
        csrf::token(&self.state.keys, &self.browser.value(), self.session.key_hash().as_deref())
    }

    /// What mailed codes are bound to: this browser, until it signs in or out.
    pub(crate) fn browser_key(&self) -> String {
        self.browser.key()
    }

    /// The hash of this session's key, to tell it from a person's other sessions.
    pub(crate) fn session_key_hash(&self) -> Option<String> {
        self.session.key_hash()
    }

    /// Signs this browser in, with a new session.
    pub(crate) async fn sign_in(&self, user: Id<User>) -> directory::Result<()> {
        self.session.sign_in(&self.state, user).await
    }

    /// Ends this browser's session.
    pub(crate) async fn sign_out(&self) -> directory::Result<()> {
        self.session.sign_out(&self.state).await
    }
}

impl Facts {
    fn gather(
        request: &HttpRequest,
        state: Data<State>,
        session: SignedInSession,
        arrival: Arrival,
    ) -> Facts {
        let chosen = |name| request.cookie(&state.cookies.name(name)).map(|cookie| cookie.value().to_owned());
        let organisation = arrival.organisation;
        let actor = arrival.actor;
        // What was chosen in this browser is the later word.
        let in_this_browser = chosen(cookies::LANGUAGE).as_deref().and_then(Language::of_tag);
        let own = actor.as_ref().and_then(|actor| actor.language);
        let fallback = organisation.profile.default_language;
        let choice = in_this_browser.or(own);
        let language = Language::negotiate(choice, None, accepted(request), fallback);
        Facts {
            texts: Texts::new(language),
            language_chosen: choice.is_some(),
            theme: Theme::of_name(chosen(cookies::THEME).as_deref().unwrap_or_default()),
            flash: chosen(cookies::FLASH).and_then(|sealed| Flash::open(&state.keys, &sealed)),
            here: here(request, &state).to_owned(),
            client: client(request, &state),
            sees_groups: arrival.sees_groups,
            browser: Browser::of(request),
            organisation,
            actor,
            session,
            state,
        }
    }
}

/// What the browser asks for.
pub(crate) fn accepted(request: &HttpRequest) -> Option<&str> {
    request.headers().get(header::ACCEPT_LANGUAGE).and_then(|accepted| accepted.to_str().ok())
}

/// A form is not an address to come back to; the page that sent it is.
fn here<'a>(request: &'a HttpRequest, state: &State) -> &'a str {
    let referer = || request.headers().get(header::REFERER).and_then(|referer| referer.to_str().ok());
    let here = if request.method() == Method::GET {
        request.uri().path_and_query().map(PathAndQuery::as_str)
    } else {
        referer().and_then(|referer| referer.strip_prefix(state.public_url.origin()))
    };
    here.map_or(paths::APPS, paths::safe_next)
}

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

fn client(request: &HttpRequest, state: &State) -> IpAddr {
    let hops: Vec<&str> =
        request.headers().get_all(FORWARDED_FOR).filter_map(|line| line.to_str().ok()).collect();
    let peer = request.peer_addr().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.ip());
    state.settings.trusted_proxies.client(peer, &hops)
}

impl SignedIn {
    async fn arrive(request: HttpRequest) -> Result<SignedIn, PageError> {
        let visit = Visit::arrive(request).await?;
        match visit.actor.clone() {
            Some(actor) => Ok(SignedIn { visit, actor }),
            None => Err(PageError::SignInFirst(paths::sign_in(&visit.here))),
        }
    }
}

impl Administrating {
    async fn arrive(request: HttpRequest) -> Result<Administrating, PageError> {
        let signed_in = SignedIn::arrive(request).await?;
        let actor = signed_in.actor.clone();
        match (actor.administrator, actor.kind) {
            (true, _) => {
                let administrator = signed_in.read(move |tx| Administrator::find(tx, &actor)).await?;
                Ok(Administrating { signed_in, administrator })
            }
            // Colleagues know that there are administrators; guests need not.
            (false, UserKind::Member) => {
                Err(Error::Forbidden(Refusal::NotManager { why: NotManager::NotAdministrator }).into())
            }
            (false, UserKind::Guest) => Err(Error::Hidden.into()),
        }
    }
}

impl Deref for Visit {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.0
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

impl FromRequest for Visit {
    type Error = PageError;
    type Future = Extraction<Visit>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        Box::pin(Visit::arrive(request.clone()))
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
