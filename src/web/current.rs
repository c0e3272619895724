//! Who asks, and what every page knows of them.

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
    Actor, Administrator, Id, Organisation, Tx,
    session::{Entrance, Visitor},
    user::User,
};

use super::{
    PageError, State, arrival::Arrival, browser::Browser, cookies, csrf, flash::Flash, layout::Theme, paths,
    preferences, session::SignedInSession,
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
    /// The proof that the person is an administrator, of those who are.
    pub(super) administrator: Option<Administrator>,
    /// Whether there is a Groups page for the person.
    pub(crate) sees_groups: bool,
    /// Light or dark.
    pub(crate) theme: Theme,
    /// The key that jumps to the search box, for those who asked for one.
    pub(crate) search_key: Option<&'static str>,
    /// What the page before left to say.
    pub(crate) flash: Option<Flash>,
    /// Where to come back to: the address of this page with its query, or of the page that sent this form.
    pub(crate) here: String,
    /// Where the visitor comes from, as far as trusted proxies say.
    pub(crate) client: IpAddr,
    /// What this browser was given when somebody signed in here.
    pub(super) known_browser: Option<String>,
    session: SignedInSession,
    browser: Browser,
}

pub(super) type Extraction<T> = Pin<Box<dyn Future<Output = Result<T, PageError>>>>;

impl Visit {
    /// Finds out who asks.
    pub(super) async fn arrive(request: HttpRequest) -> Result<Visit, PageError> {
        let (state, session) = Visit::expected(&request)?;
        let arrival = Arrival::alone(&state, session.key_hash()).await?;
        Ok(Visit::known_from_now_on(&request, state, session, arrival))
    }

    /// Finds out who asks, and in the same transaction what they asked for.
    pub(super) async fn reading<T: Send + 'static>(
        request: &HttpRequest,
        verb: impl Fn(&mut Tx<'_>, &Arrival) -> directory::Result<T> + Send + 'static,
    ) -> Result<(Visit, T), PageError> {
        let (state, session) = Visit::expected(request)?;
        let (arrival, answer) = Arrival::reading(&state, session.key_hash(), verb).await?;
        let visit = Visit::known_from_now_on(request, state, session, arrival);
        Ok((visit, answer?))
    }

    fn expected(request: &HttpRequest) -> Result<(Data<State>, SignedInSession), PageError> {
        // Nothing has a NUL in its name, and PostgreSQL refuses even to look for it.
        if request.uri().path_and_query().is_some_and(|asked| asked.as_str().contains("%00")) {
            return Err(PageError::NotFound);
        }
        let state = State::of(request).cloned().ok_or(PageError::Misconfigured)?;
        Ok((state, SignedInSession::of(request)))
    }

    fn known_from_now_on(
        request: &HttpRequest,
        state: Data<State>,
        session: SignedInSession,
        arrival: Arrival,
    ) -> Visit {
        let visit = Visit(Rc::new(Facts::gather(request, state, session, arrival)));
        request.extensions_mut().insert(visit.clone());
        visit
    }

    /// The visit of a request, once it is known who asks.
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

    /// See [`SignedInSession::sign_in`].
    pub(crate) async fn sign_in<T: Send + 'static>(
        &self,
        verb: impl Fn(&mut Tx<'_>) -> directory::Result<T> + Send + 'static,
        who: fn(&T) -> Option<Entrance>,
    ) -> directory::Result<T> {
        self.session.sign_in(&self.state, verb, who).await
    }

    /// See [`SignedInSession::keep_only_this_session`].
    pub(super) async fn keep_only_this_session(
        &self,
        user: Id<User>,
        verb: impl Fn(&mut Tx<'_>, &Visitor) -> directory::Result<()> + Send + 'static,
    ) -> directory::Result<bool> {
        self.session.keep_only_this_session(&self.state, user, verb).await
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
        let organisation = arrival.organisation;
        let (actor, administrator) = (arrival.actor, arrival.administrator);
        // What was chosen in this browser wins over the profile.
        let in_this_browser = preferences::of_browser(request, state.cookies);
        let own = actor.as_ref().and_then(|actor| actor.language);
        let fallback = organisation.profile.default_language;
        let chosen_language = in_this_browser.language.or(own);
        let language = Language::negotiate(chosen_language, accepted(request), fallback);
        let left = state.cookies.sent(request, cookies::FLASH);
        Facts {
            texts: Texts::new(language),
            language_chosen: chosen_language.is_some(),
            theme: in_this_browser.theme,
            search_key: in_this_browser.search_key,
            flash: left.and_then(|sealed| Flash::open(&state.keys, &sealed)),
            here: here(request, &state),
            client: client(request, &state),
            sees_groups: arrival.sees_groups,
            known_browser: state.cookies.sent(request, cookies::KNOWN),
            browser: Browser::of(request),
            organisation,
            actor,
            administrator,
            session,
            state,
        }
    }
}

/// The languages that the browser asks for, as its header lists them.
pub(crate) fn accepted(request: &HttpRequest) -> Option<&str> {
    request.headers().get(header::ACCEPT_LANGUAGE).and_then(|accepted| accepted.to_str().ok())
}

/// A form is not an address to come back to; the page that sent it is. Browsers do not tell that of the pages of
/// an invitation (`no-referrer`): whoever is on one of them comes back to the link of the mail.
pub(super) fn here(request: &HttpRequest, state: &State) -> String {
    if let Some(link) = paths::invitation_of(request.path()) {
        return paths::safe_next(&link).to_owned();
    }
    let referer = || request.headers().get(header::REFERER).and_then(|referer| referer.to_str().ok());
    let here = if request.method() == Method::GET {
        request.uri().path_and_query().map(PathAndQuery::as_str)
    } else {
        referer().and_then(|referer| referer.strip_prefix(state.public_url.origin())).map(paths::page_of)
    };
    here.map_or(paths::APPS, paths::safe_next).to_owned()
}

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

fn client(request: &HttpRequest, state: &State) -> IpAddr {
    let hops: Vec<&str> =
        request.headers().get_all(FORWARDED_FOR).filter_map(|line| line.to_str().ok()).collect();
    let peer = request.peer_addr().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.ip());
    state.settings.trusted_proxies.client(peer, &hops)
}

impl Deref for Visit {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.0
    }
}

impl FromRequest for Visit {
    type Error = PageError;
    type Future = Extraction<Visit>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        Box::pin(Visit::arrive(request.clone()))
    }
}
