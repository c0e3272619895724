//! The headers of every answer, and the hosts for which there is one at all (UX section 4; SECURITY E2, E4, E5, D1).

use actix_web::{
    Error, HttpResponse,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        header::{self, HeaderMap, HeaderName, HeaderValue},
        uri::Authority,
    },
    middleware::Next,
};

use super::{State, paths};

const PAGES: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types panel";

const ALWAYS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, PAGES),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Middleware: refuses other hosts, and adds what an answer does not say by itself.
pub(crate) async fn protect<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let secret_path = paths::carries_secret(request.path());
    let https = State::of(request.request()).is_some_and(|state| state.public_url.is_https());
    let mut response = if is_for_us(&request) {
        next.call(request).await?.map_into_left_body()
    } else {
        refused(request).map_into_right_body()
    };
    add(response.headers_mut(), secret_path, https);
    Ok(response)
}

/// In plain words, for an operator whose proxy does not pass the host on; the page would name a panel that this is not.
fn refused(request: ServiceRequest) -> ServiceResponse {
    // What a stranger sent is quoted, and not all of it.
    let asked: String = host(&request).unwrap_or_default().chars().take(100).collect();
    log::info!("421: another host than that of public_url was asked for: {asked:?}");
    let told = "This panel is reached at another address; see public_url in docs/OPERATIONS.md.\n";
    request.into_response(
        HttpResponse::MisdirectedRequest().content_type("text/plain; charset=utf-8").body(told),
    )
}

fn add(headers: &mut HeaderMap, secret_path: bool, https: bool) {
    if secret_path {
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    for (name, value) in ALWAYS {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
}

/// Probes ask for an address, not for a name.
fn is_for_us(request: &ServiceRequest) -> bool {
    let Some(state) = State::of(request.request()) else { return false };
    paths::is_for_probes(request.path()) || host(request).is_some_and(|host| state.hosts.is_own(host))
}

/// The host that was asked for, with its port.
fn host(request: &ServiceRequest) -> Option<&str> {
    let told = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    told.or_else(|| request.uri().authority().map(Authority::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(name: HeaderName, secret_path: bool, https: bool) -> Option<HeaderValue> {
        let mut headers = HeaderMap::new();
        add(&mut headers, secret_path, https);
        headers.get(name).cloned()
    }

    #[test]
    fn only_a_panel_that_has_https_says_that_nothing_else_is_to_be_used() {
        let said = |https| added(header::STRICT_TRANSPORT_SECURITY, false, https).is_some();
        assert!(said(true) && !said(false));
    }

    #[test]
    fn the_address_of_an_invitation_is_told_to_nobody() {
        let told = |secret_path| added(header::REFERRER_POLICY, secret_path, true).unwrap();
        assert_eq!(told(true), "no-referrer");
        assert_eq!(told(false), "same-origin");
    }
}
