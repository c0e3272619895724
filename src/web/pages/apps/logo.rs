//! `GET /apps/{slug}/logo/{version}`: a logo that an administrator uploaded.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Path;
use directory::access::SeenTarget;
use directory::{Error, app_logo};

use crate::web::{Arriving, PageError};

/// A picture is never a page, whatever is in it (SECURITY: a logo may be an SVG).
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

pub(super) async fn show(
    arriving: Arriving,
    asked: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    let (slug, version) = asked.into_inner();
    let (_, logo) = arriving
        .read(move |tx, actor, _| {
            let seen = SeenTarget::app(tx, actor, &slug)?;
            let app = seen.target().app().ok_or(Error::Hidden)?;
            let current = app.logo_version.is_some_and(|current| current.to_string() == version);
            if current { app_logo::find(tx, app.id) } else { Err(Error::Hidden) }
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, logo.content_type))
        .insert_header((header::CACHE_CONTROL, "private, max-age=31536000, immutable"))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(logo.content))
}
