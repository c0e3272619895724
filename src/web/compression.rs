//! Pages in brotli: each is whole before it is sent, so that it is compressed at once and leaves with its length.
//!
//! A page that is compressed while it is sent goes out in pieces, and the last one waits for the browser to acknowledge
//! the first: 40 ms for nothing. Form tokens are masked anew on every page (BREACH: see `csrf`).

use std::io::Write;

use actix_web::{
    Error,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderMap, HeaderValue},
    middleware::Next,
    web::Bytes,
};

/// What is shorter goes out in one packet anyway.
const WORTH_IT: usize = 1024;
/// As large as the best for four fifths of the time, in a window (2^18 bytes) that holds any page.
const OF_PAGES: (u32, u32) = (4, 18);
const SMALLEST: (u32, u32) = (11, 22);

/// Middleware: compresses text for a browser that takes brotli.
pub(crate) async fn compress<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<Bytes, B>>, Error> {
    let wanted = takes_brotli(request.headers());
    let response = next.call(request).await?;
    if !is_text(response.headers()) || response.headers().contains_key(header::CONTENT_ENCODING) {
        return Ok(response.map_into_right_body());
    }
    Ok(response.map_body(|head, body| {
        head.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        match body.try_into_bytes() {
            Ok(page) if wanted && page.len() >= WORTH_IT => {
                head.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
                EitherBody::left(brotli(&page, OF_PAGES).into())
            }
            Ok(page) => EitherBody::left(page),
            Err(body) => EitherBody::right(body),
        }
    }))
}

fn is_text(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/"))
}

/// Whether the browser names brotli without refusing it.
pub(super) fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|entry| {
        let (coding, weight) = entry.split_once(';').unwrap_or((entry, ""));
        coding.trim().eq_ignore_ascii_case("br")
            && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

/// As small as it gets, for what is compressed once.
pub(super) fn smallest(content: &[u8]) -> Vec<u8> {
    brotli(content, SMALLEST)
}

fn brotli(content: &[u8], (quality, window): (u32, u32)) -> Vec<u8> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, quality, window);
    // Writing to memory cannot fail.
    let _ = writer.write_all(content);
    writer.into_inner()
}

#[cfg(test)]
mod tests {
    use actix_web::test::{TestRequest, call_service, init_service, read_body};
    use actix_web::{App, HttpResponse, middleware::from_fn, web};

    use super::*;

    async fn answer(kind: &'static str, length: usize, accepted: &str) -> (HeaderMap, Bytes) {
        let page = move || async move { HttpResponse::Ok().content_type(kind).body("a".repeat(length)) };
        let app = init_service(App::new().wrap(from_fn(compress)).route("/", web::get().to(page))).await;
        let request = TestRequest::get().insert_header((header::ACCEPT_ENCODING, accepted));
        let response = call_service(&app, request.to_request()).await;
        (response.headers().clone(), read_body(response).await)
    }

    #[actix_web::test]
    async fn a_page_is_compressed_for_those_who_take_it() {
        let (headers, body) = answer("text/html; charset=utf-8", 5000, "gzip, br").await;
        assert_eq!(headers.get(header::CONTENT_ENCODING).unwrap(), "br");
        assert_eq!(headers.get(header::VARY).unwrap(), "accept-encoding");
        let mut whole = Vec::new();
        brotli::BrotliDecompress(&mut &body[..], &mut whole).unwrap();
        assert_eq!(whole, "a".repeat(5000).into_bytes());
    }

    #[actix_web::test]
    async fn everything_else_goes_out_as_it_is() {
        for (kind, length, accepted) in [
            ("text/html", 5000, "gzip"),
            ("text/html", 5000, "br;q=0"),
            ("text/html", 100, "br"),
            ("image/png", 5000, "br"),
        ] {
            let (headers, body) = answer(kind, length, accepted).await;
            assert!(!headers.contains_key(header::CONTENT_ENCODING), "{kind} {length} {accepted}");
            assert_eq!(body.len(), length);
        }
    }

    #[test]
    fn brotli_is_taken_when_it_is_named_and_not_refused() {
        let takes = |accepted: &str| {
            let request = TestRequest::get().insert_header((header::ACCEPT_ENCODING, accepted));
            takes_brotli(request.to_srv_request().headers())
        };
        assert!(takes("gzip, deflate, br, zstd") && takes("BR;q=0.5") && takes("br"));
        assert!(!takes("") && !takes("gzip") && !takes("br;q=0") && !takes("gzip, br; q=0.0"));
    }
}
