//! Logos that administrators upload (SPEC 3.5).

use diesel::prelude::*;

use crate::access::Refusal;
use crate::app::App;
use crate::db::schema::app_logos;
use crate::db::{Id, Tx};
use crate::{Error, Result};

/// Largest logo, in bytes.
const MAX_LOGO: usize = 512 * 1024;

/// A logo as it is served.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = app_logos)]
pub struct AppLogo {
    /// Its media type.
    pub content_type: String,
    /// The file.
    pub content: Vec<u8>,
}

/// The logo of an app.
///
/// # Errors
/// [`Error::Hidden`] when it has none.
pub fn find(tx: &mut Tx<'_>, app: Id<App>) -> Result<AppLogo> {
    app_logos::table.find(app).select(AppLogo::as_select()).first(tx.conn).optional()?.ok_or(Error::Hidden)
}

pub(crate) fn replace(tx: &mut Tx<'_>, app: Id<App>, file: Option<&[u8]>) -> Result<()> {
    diesel::delete(app_logos::table.find(app)).execute(tx.conn)?;
    if let Some(file) = file {
        let (content_type, content) = usable(file).ok_or(Refusal::UnusableLogo)?;
        let row = (
            app_logos::app_id.eq(app),
            app_logos::content_type.eq(content_type),
            app_logos::content.eq(content),
        );
        diesel::insert_into(app_logos::table).values(row).execute(tx.conn)?;
    }
    Ok(())
}

/// Recognises a picture by its first bytes, never by its name, and takes scripts and references out of an SVG.
fn usable(file: &[u8]) -> Option<(&'static str, Vec<u8>)> {
    if file.is_empty() || file.len() > MAX_LOGO {
        return None;
    }
    let raster = match file {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    };
    match raster {
        Some(content_type) => Some((content_type, file.to_vec())),
        None => sanitised_svg(file).map(|svg| ("image/svg+xml", svg)),
    }
}

fn sanitised_svg(file: &[u8]) -> Option<Vec<u8>> {
    let mut clean = Vec::new();
    svg_hush::Filter::new().filter(file, &mut clean).ok()?;
    String::from_utf8_lossy(&clean).contains("<svg").then_some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_their_bytes() {
        assert_eq!(usable(b"\x89PNG\r\n\x1a\n...").unwrap().0, "image/png");
        assert!(usable(b"GIF89a").is_none());
        assert!(usable(b"<html>").is_none());
        assert!(usable(&vec![0x89; MAX_LOGO + 1]).is_none());
    }

    #[test]
    fn an_svg_loses_its_scripts() {
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>x()</script><a href="javascript:x()"><path d="M0 0"/></a></svg>"#;
        let (content_type, clean) = usable(svg).unwrap();
        let clean = String::from_utf8(clean).unwrap();
        assert_eq!(content_type, "image/svg+xml");
        assert!(!clean.contains("script") && !clean.contains("onload"), "{clean}");
    }
}
