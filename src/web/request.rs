//! Following one request from its arrival to its answer: its id, its line in the log, its place in the counters.

use std::{fmt, time::Instant};

use actix_web::{
    Error, HttpMessage, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{
        ConnectionType, Method,
        header::{HeaderName, HeaderValue},
    },
    middleware::Next,
};

use super::{State, connection, paths, patience};

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The name of one request, which error pages show and the log repeats. Always our own: one from outside would let
/// strangers write into the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RequestId(u64);

impl RequestId {
    /// The id of this request.
    pub(crate) fn of(request: &HttpRequest) -> RequestId {
        request.extensions().get::<RequestId>().copied().unwrap_or(RequestId(0))
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Middleware: names the request, answers HEAD as GET without a body, writes one line when it is answered.
pub(crate) async fn follow(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let arrived = Instant::now();
    let _under_way = connection::under_way(&request);
    let id = RequestId(rand::random());
    let method = request.method().clone();
    request.extensions_mut().insert(id);
    if method == Method::HEAD {
        // The server leaves out the body by what came over the wire.
        request.head_mut().method = Method::GET;
    }
    let mut response = patience::with_budget(next.call(request)).await?;
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(HEADER, value);
    }
    if State::of(response.request()).is_some_and(|state| state.is_stopping()) {
        // A proxy that keeps connections would send its next request into one that is about to close.
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    report(&response, &method, arrived, id);
    Ok(response)
}

/// Names the route by its pattern: a path may carry a token, a query what somebody looked for. Probes are left out:
/// there are more of them than of people's requests, and one that fails says so itself.
fn report<B>(response: &ServiceResponse<B>, method: &Method, arrived: Instant, id: RequestId) {
    if paths::is_for_probes(response.request().path()) {
        return;
    }
    let took = arrived.elapsed();
    let status = response.status().as_u16();
    if let Some(state) = State::of(response.request()) {
        state.metrics.answered(status, took);
    }
    if log::log_enabled!(target: "vestibule::request", log::Level::Info) {
        let route = response.request().match_pattern();
        let route = route.as_deref().unwrap_or("-");
        let milliseconds = took.as_secs_f64() * 1000.0;
        log::info!(target: "vestibule::request", "{method} {route} {status} {milliseconds:.1} ms {id}");
    }
}
