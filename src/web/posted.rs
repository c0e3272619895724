//! What was sent with a form. Nothing of it is looked at before it is certain that a page of ours sent it.

use std::time::Duration;

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{self, HeaderMap},
    web,
};
use tokio::time::timeout;
use url::form_urlencoded;

use super::{
    PageError, State, Visit, browser::Browser, csrf, current::Extraction, form::Form,
    session::SignedInSession,
};

/// The longest body of a form (SPEC 3.5).
const LIMIT: usize = 64 * 1024;
/// How long a form may take to arrive.
const PATIENCE: Duration = Duration::from_secs(20);
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// A form whose token holds: `Posted(mut form): Posted` among a handler's parameters.
pub(crate) struct Posted(pub(crate) Form);

impl Posted {
    async fn receive(request: HttpRequest, payload: web::Payload) -> Result<Posted, PageError> {
        check_origin(&request)?;
        if !is_kind(request.headers(), URL_ENCODED) {
            return Err(PageError::BadRequest);
        }
        let body = body(request.headers(), payload).await?;
        let fields = decode(&body)?;
        check_token(&request, &fields).map(|()| Posted(form(fields)))
    }
}

/// Hands on what was received. If that is an error, first finds out who sent it, so that the error's page is in their
/// language: a handler's parameters are read side by side, and the visit may not be known yet.
pub(super) async fn told_to_its_sender<T>(
    request: &HttpRequest,
    received: Result<T, PageError>,
) -> Result<T, PageError> {
    if received.is_err() && Visit::known(request).is_none() {
        // Where not even that can be found out, the page speaks to anybody.
        let _ = Visit::extract(request).await;
    }
    received
}

/// The form without its token, which is no part of what the person typed.
pub(super) fn form(fields: Vec<(String, String)>) -> Form {
    Form::sent(fields.into_iter().filter(|(name, _)| name != csrf::FIELD).collect())
}

/// Whether the browser says that a page of ours sent it.
pub(super) fn check_origin(request: &HttpRequest) -> Result<(), PageError> {
    let state = State::of(request).ok_or(PageError::Misconfigured)?;
    if csrf::from_own_page(request.headers(), &state.hosts) { Ok(()) } else { Err(PageError::FormOutOfDate) }
}

/// Whether the form carries a token made for this browser and session.
pub(super) fn check_token(request: &HttpRequest, fields: &[(String, String)]) -> Result<(), PageError> {
    let state = State::of(request).ok_or(PageError::Misconfigured)?;
    let token = fields.iter().find(|(name, _)| name == csrf::FIELD).map_or("", |(_, token)| token);
    let session = SignedInSession::of(request).key_hash();
    let holds = csrf::verify(&state.keys, &Browser::of(request).value(), session.as_deref(), token);
    if holds { Ok(()) } else { Err(PageError::FormOutOfDate) }
}

/// Whether the body is of this kind.
pub(super) fn is_kind(headers: &HeaderMap, kind: &str) -> bool {
    let told = headers.get(header::CONTENT_TYPE).and_then(|told| told.to_str().ok()).unwrap_or_default();
    told.split(';').next().is_some_and(|told| told.trim().eq_ignore_ascii_case(kind))
}

/// Whether the browser announces more than there may be.
pub(super) fn check_length(headers: &HeaderMap, limit: usize) -> Result<(), PageError> {
    let told = headers.get(header::CONTENT_LENGTH).and_then(|told| told.to_str().ok()?.parse::<usize>().ok());
    if told.is_some_and(|told| told > limit) { Err(PageError::TooLarge) } else { Ok(()) }
}

async fn body(headers: &HeaderMap, payload: web::Payload) -> Result<web::Bytes, PageError> {
    check_length(headers, LIMIT)?;
    match timeout(PATIENCE, payload.to_bytes_limited(LIMIT)).await {
        Ok(Ok(Ok(body))) => Ok(body),
        Ok(Ok(Err(_))) | Err(_) => Err(PageError::BadRequest),
        Ok(Err(_)) => Err(PageError::TooLarge),
    }
}

/// A form in another encoding than UTF-8 is none of ours.
fn decode(body: &[u8]) -> Result<Vec<(String, String)>, PageError> {
    let fields: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
    let whole = fields.iter().all(|(name, value)| !name.contains('\u{fffd}') && !value.contains('\u{fffd}'));
    if whole { Ok(fields) } else { Err(PageError::BadRequest) }
}

impl FromRequest for Posted {
    type Error = PageError;
    type Future = Extraction<Posted>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = web::Payload::from_request(request, payload).into_inner();
        let request = request.clone();
        Box::pin(async move {
            let received = match body {
                Ok(body) => Posted::receive(request.clone(), body).await,
                Err(_) => Err(PageError::BadRequest),
            };
            told_to_its_sender(&request, received).await
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_come_in_their_order_and_without_the_token() {
        let fields = decode(b"csrf_token=x&email=ann%40partner.test&q=a+b&email=").unwrap();
        let form = form(fields);
        assert_eq!(form.values("email"), ["ann@partner.test", ""]);
        assert_eq!(form.value("q"), "a b");
        assert!(!form.sends("csrf_token"));
    }

    #[test]
    fn what_is_not_utf_8_is_refused() {
        assert!(decode(b"a=%ff").is_err());
        assert!(decode("a=é".as_bytes()).is_ok());
    }
}
