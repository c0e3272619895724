//! The picture of an app: its own logo, that of the catalogue, or a glyph on a colour.

use directory::app::App;
use directory::catalogue::{Catalogue, CatalogueEntry};

use super::view::Logo;
use super::{assets, paths};

/// The picture of this app, as tiles and headings show it.
pub(crate) fn of(app: &App) -> Logo {
    let own = app.logo_version.map(|version| paths::app_logo(&app.slug, version));
    match own.or_else(|| of_catalogue(app.catalogue_key.as_deref()?)) {
        Some(address) => Logo::image(address),
        None => Logo::glyph(&app.glyph, &app.slug),
    }
}

/// The picture of an app of the catalogue that is not added yet.
pub(crate) fn of_entry(entry: &CatalogueEntry) -> Logo {
    of_catalogue(&entry.key).map_or_else(|| Logo::glyph(&entry.glyph, &entry.key), Logo::image)
}

/// The address of the picture of an app of the catalogue.
pub(crate) fn of_catalogue(key: &str) -> Option<String> {
    let entry = Catalogue::find(key)?;
    let address = assets::url(&format!("logos/{}", entry.logo));
    (!address.is_empty()).then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::of_catalogue;

    #[test]
    fn an_app_of_the_catalogue_has_a_picture() {
        assert!(of_catalogue("salesforce").is_some_and(|address| address.starts_with("/static/")));
        assert_eq!(of_catalogue("nothing"), None);
    }
}
