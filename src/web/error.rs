//! What a person gets instead of the page asked for.
//!
//! [`PageError`] is the only error that handlers answer with. It carries no sentence and no page: [`render`] draws
//! it where language, person and request id are known, and logs once what is ours to mend.

use std::fmt;

use actix_web::{
    Error, HttpRequest, HttpResponse, ResponseError,
    body::{EitherBody, MessageBody},
    cookie::Cookie,
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, StatusCode, header},
    middleware::Next,
};
use directory::{Timestamp, access::Refusal};

use super::{Flash, State, Visit, cookies, error_page, paths, posted, request::RequestId};

/// After how many seconds to try again what is busy.
const RETRY_AFTER: &str = "2";

/// Why there is no page.
#[derive(Debug)]
pub(crate) enum PageError {
    /// The directory's answer.
    Directory(directory::Error),
    /// There is no such page.
    NotFound,
    /// The page is there, but not for this method.
    MethodNotAllowed,
    /// The request makes no sense.
    BadRequest,
    /// The body is too long.
    TooLarge,
    /// The form was not sent from a current page of ours.
    FormOutOfDate,
    /// A limit is reached; when it frees up.
    TooMany(Timestamp),
    /// The page is for people who are signed in; where to do that.
    SignInFirst(String),
    /// Too many wait for this, which is not the database.
    Busy(&'static str),
    /// A template failed.
    Template(askama::Error),
    /// The program is put together wrongly.
    Misconfigured,
}

impl PageError {
    /// The status of the answer.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            PageError::Directory(error) => directory_status(error),
            PageError::NotFound => StatusCode::NOT_FOUND,
            PageError::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            PageError::BadRequest => StatusCode::BAD_REQUEST,
            PageError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            PageError::FormOutOfDate => StatusCode::FORBIDDEN,
            PageError::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            PageError::SignInFirst(_) => StatusCode::SEE_OTHER,
            PageError::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            PageError::Template(_) | PageError::Misconfigured => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Its part of the catalogue's keys: the status, but for a form that is out of date. A rule's "no" that no form
    /// shows (422) is told like any other (403).
    pub(crate) fn key(&self) -> String {
        match (self, self.status()) {
            (PageError::FormOutOfDate, _) => "csrf".to_owned(),
            (_, StatusCode::UNPROCESSABLE_ENTITY) => "403".to_owned(),
            (_, status) => status.as_str().to_owned(),
        }
    }

    /// The icon of its page.
    pub(crate) fn icon(&self) -> &'static str {
        match (self, self.status()) {
            (PageError::FormOutOfDate, _) | (_, StatusCode::CONFLICT) => "timer-off",
            (_, StatusCode::FORBIDDEN | StatusCode::UNPROCESSABLE_ENTITY) => "lock",
            (_, StatusCode::NOT_FOUND) => "search-x",
            _ if self.is_ours() => "triangle-alert",
            _ => "ban",
        }
    }

    /// Whether the operator may be asked about it.
    pub(crate) fn is_ours(&self) -> bool {
        self.status().is_server_error()
    }

    /// The rule that said no, if it was one.
    pub(crate) fn refusal(&self) -> Option<&Refusal> {
        match self {
            PageError::Directory(
                directory::Error::Forbidden(refusal) | directory::Error::Refused(refusal),
            ) => Some(refusal),
            _ => None,
        }
    }

    /// Only what is ours to mend. Tokens and addresses are in none of these.
    fn log(&self, id: RequestId) {
        match self {
            PageError::Directory(directory::Error::Unavailable(why)) => {
                log::warn!("{id}: unavailable: {why}");
            }
            PageError::Busy(why) => log::warn!("{id}: unavailable: {why}"),
            PageError::Directory(directory::Error::Database(error)) => log::error!("{id}: database: {error}"),
            PageError::Template(error) => log::error!("{id}: a template failed: {error}"),
            PageError::Misconfigured => log::error!("{id}: {self}"),
            _ => {}
        }
    }
}

fn directory_status(error: &directory::Error) -> StatusCode {
    match error {
        directory::Error::Hidden => StatusCode::NOT_FOUND,
        directory::Error::Forbidden(_) => StatusCode::FORBIDDEN,
        directory::Error::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        directory::Error::Stale => StatusCode::CONFLICT,
        directory::Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        directory::Error::Database(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl From<directory::Error> for PageError {
    fn from(error: directory::Error) -> PageError {
        PageError::Directory(error)
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> PageError {
        PageError::Template(error)
    }
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PageError::Directory(error) => error.fmt(f),
            other => write!(f, "{other:?}"),
        }
    }
}

impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status());
        if let PageError::SignInFirst(path) = self {
            response.insert_header((header::LOCATION, path.as_str()));
        }
        if self.status() == StatusCode::SERVICE_UNAVAILABLE {
            response.insert_header((header::RETRY_AFTER, RETRY_AFTER));
        }
        response.finish()
    }
}

/// For an address that no route answers. One that answers only forms stands in the address bar when a form was refused:
/// whoever asks for it there gets its page.
pub(crate) async fn not_found(request: HttpRequest, visit: Visit) -> Result<HttpResponse, PageError> {
    if request.match_pattern().is_none() {
        return Err(PageError::NotFound);
    }
    let page = paths::page_of(request.path());
    if request.method() == Method::GET && page != request.path() {
        return Ok(visit.see_other(page, None));
    }
    Err(PageError::MethodNotAllowed)
}

/// Middleware: gives every bare error its page, and says on the page for signing in what became of a form.
pub(crate) async fn render<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let mut response = next.call(request).await?;
    if let Some(note) = note_of_a_lost_form(&response) {
        response.response_mut().add_cookie(&note).map_err(|_| PageError::Misconfigured)?;
    }
    if !is_bare(&response) {
        return Ok(response.map_into_left_body());
    }
    let page = draw(&response);
    let (request, mut bare) = response.into_parts();
    let mut drawn = page.map_into_right_body();
    std::mem::swap(drawn.headers_mut(), bare.headers_mut());
    drawn.headers_mut().insert(header::CONTENT_TYPE, error_page::HTML);
    Ok(ServiceResponse::new(request, drawn))
}

/// What whoever sent a form of ours after the session had ended is told where they sign in again.
fn note_of_a_lost_form<B>(response: &ServiceResponse<B>) -> Option<Cookie<'static>> {
    let request = response.request();
    let error = response.response().error()?.as_error::<PageError>()?;
    let is_lost = matches!(error, PageError::SignInFirst(_))
        && request.method() == Method::POST
        && posted::check_origin(request).is_ok();
    let state = State::of(request).filter(|_| is_lost)?;
    Some(state.cookies.make(cookies::FLASH, Flash::bad("signed-out-meanwhile").seal(&state.keys)))
}

/// An error without a page of its own: ours from a handler, or one of the framework's.
fn is_bare<B>(response: &ServiceResponse<B>) -> bool {
    let status = response.status();
    let told = response.headers().get(header::CONTENT_TYPE);
    (status.is_client_error() || status.is_server_error())
        && !told.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
        && !paths::is_for_probes(response.request().path())
}

fn draw<B>(response: &ServiceResponse<B>) -> HttpResponse {
    let request = response.request();
    let framework = framework_error(response.status());
    let error =
        response.response().error().and_then(|error| error.as_error::<PageError>()).unwrap_or(&framework);
    error.log(RequestId::of(request));
    error_page::draw(request, error)
}

fn framework_error(status: StatusCode) -> PageError {
    match status {
        StatusCode::NOT_FOUND => PageError::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => PageError::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => PageError::TooLarge,
        status if status.is_server_error() => PageError::Misconfigured,
        _ => PageError::BadRequest,
    }
}
