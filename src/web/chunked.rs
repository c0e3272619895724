//! Bodies that come in pieces and do not say how long they are.

use std::{
    convert::Infallible,
    mem,
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{
    Error, HttpMessage, HttpResponse,
    body::{BodySize, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::header::TRANSFER_ENCODING,
    middleware::Next,
    web::Bytes,
};

const ANSWER: &str = "Length Required";

/// Middleware: answers 411 to a chunked body (RFC 9110, 15.5.12). No browser sends a form that way, and a client that
/// never ends one would hold its connection for ever: actix-web sets no deadline for a body that nobody reads
/// (SECURITY C9).
pub(crate) async fn require_length(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if !request.headers().contains_key(TRANSFER_ENCODING) {
        return next.call(request).await.map(ServiceResponse::map_into_left_body);
    }
    let rest = request.take_payload();
    let answer = HttpResponse::LengthRequired().force_close().finish();
    let answer = answer.set_body(Unread { answer: Bytes::from_static(ANSWER.as_bytes()), _rest: rest });
    Ok(request.into_response(answer).map_into_right_body())
}

/// An answer that holds what nobody reads until it is sent: only then does actix-web close the connection.
struct Unread {
    answer: Bytes,
    _rest: Payload,
}

impl MessageBody for Unread {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(ANSWER.len() as u64)
    }

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        let answer = mem::take(&mut self.get_mut().answer);
        Poll::Ready((!answer.is_empty()).then_some(Ok(answer)))
    }
}
