//! What a person gets instead of the page asked for.
//!
//! [`PageError`] is the only error that handlers answer with. It carries no sentence and no page: [`illustrate`] draws
//! it where language, person and request id are known, and logs once what is ours to mend.

use std::fmt;

use actix_web::{
    Error, HttpRequest, HttpResponse, ResponseError,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{StatusCode, header},
    middleware::Next,
};
use directory::{Timestamp, access::Refusal};

use super::{Visit, error_page, paths, request::RequestId};

/// How soon to try again when the database is busy.
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
    /// The program is put together wrongly, or a template failed.
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
            PageError::Misconfigured => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Which page tells it.
    pub(crate) fn reason(&self) -> Reason {
        match self {
            PageError::FormOutOfDate => Reason::FormOutOfDate,
            other => match other.status() {
                StatusCode::FORBIDDEN | StatusCode::UNPROCESSABLE_ENTITY => Reason::Forbidden,
                StatusCode::NOT_FOUND => Reason::NotFound,
                StatusCode::METHOD_NOT_ALLOWED => Reason::Method,
                StatusCode::CONFLICT => Reason::Stale,
                StatusCode::PAYLOAD_TOO_LARGE => Reason::TooLarge,
                StatusCode::TOO_MANY_REQUESTS => Reason::TooMany,
                StatusCode::SERVICE_UNAVAILABLE => Reason::Unavailable,
                status if status.is_server_error() => Reason::Broken,
                _ => Reason::BadRequest,
            },
        }
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
            PageError::Directory(directory::Error::Database(error)) => log::error!("{id}: database: {error}"),
            PageError::Misconfigured => log::error!("{id}: {self}"),
            _ => {}
        }
    }
}

/// Which page tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// The request makes no sense.
    BadRequest,
    /// A rule says no.
    Forbidden,
    /// There is nothing there.
    NotFound,
    /// Not this way.
    Method,
    /// Changed meanwhile.
    Stale,
    /// Too long.
    TooLarge,
    /// The form's token does not hold.
    FormOutOfDate,
    /// Too often.
    TooMany,
    /// Our fault.
    Broken,
    /// Busy.
    Unavailable,
}

impl Reason {
    /// Its part of the catalogue's keys.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Reason::BadRequest => "400",
            Reason::Forbidden => "403",
            Reason::NotFound => "404",
            Reason::Method => "405",
            Reason::Stale => "409",
            Reason::TooLarge => "413",
            Reason::FormOutOfDate => "csrf",
            Reason::TooMany => "429",
            Reason::Broken => "500",
            Reason::Unavailable => "503",
        }
    }

    /// Its icon.
    pub(crate) const fn icon(self) -> &'static str {
        match self {
            Reason::Forbidden => "lock",
            Reason::NotFound => "search-x",
            Reason::Stale | Reason::FormOutOfDate => "timer-off",
            Reason::BadRequest | Reason::Method | Reason::TooLarge | Reason::TooMany => "ban",
            Reason::Broken | Reason::Unavailable => "triangle-alert",
        }
    }

    /// Whether the operator may be asked about it.
    pub(crate) fn is_ours(self) -> bool {
        matches!(self, Reason::Broken | Reason::Unavailable)
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
        log::error!("a template failed: {error}");
        PageError::Misconfigured
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
        match self {
            PageError::SignInFirst(path) => response.insert_header((header::LOCATION, path.as_str())),
            PageError::Directory(directory::Error::Unavailable(_)) => {
                response.insert_header((header::RETRY_AFTER, RETRY_AFTER))
            }
            _ => &mut response,
        };
        response.finish()
    }
}

/// For an address that no route answers.
pub(crate) async fn not_found(request: HttpRequest, _: Visit) -> Result<HttpResponse, PageError> {
    Err(if request.match_pattern().is_some() { PageError::MethodNotAllowed } else { PageError::NotFound })
}

/// Middleware: gives every bare error its page.
pub(crate) async fn illustrate<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let response = next.call(request).await?;
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
