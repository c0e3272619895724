//! Which app or group a page is about.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use directory::access::SeenTarget;
use directory::{Actor, Manager, Result, Tx};

use crate::web::layout::Section;
use crate::web::{PageError, SignedIn, paths};

/// An app or a group, as the address names it. Nothing is known of it until it is looked up for a person.
#[derive(Clone)]
pub(super) enum Place {
    /// The app with this slug.
    App(String),
    /// The group with this slug.
    Group(String),
}

impl Place {
    /// The target, for those who may see it.
    pub(super) fn see(&self, tx: &mut Tx<'_>, actor: &Actor) -> Result<SeenTarget> {
        match self {
            Self::App(slug) => SeenTarget::app(tx, actor, slug),
            Self::Group(slug) => SeenTarget::group(tx, actor, slug),
        }
    }

    /// The proof that this person manages it.
    pub(super) fn manager(&self, tx: &mut Tx<'_>, actor: &Actor) -> Result<Manager> {
        match self {
            Self::App(slug) => Manager::of_app(tx, actor, slug),
            Self::Group(slug) => Manager::of_group(tx, actor, slug),
        }
    }

    /// One change in one transaction, which begins with the proof that this person manages it.
    pub(super) async fn manage<T: Send + 'static>(
        &self,
        visit: &SignedIn,
        change: impl Fn(&mut Tx<'_>, &Manager) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (actor, place) = (visit.actor.clone(), self.clone());
        visit
            .write(move |tx| {
                let manager = place.manager(tx, &actor)?;
                change(tx, &manager)
            })
            .await
    }

    /// The address of its people.
    pub(super) fn path(&self) -> String {
        match self {
            Self::App(slug) => paths::app_manage(slug),
            Self::Group(slug) => paths::group(slug),
        }
    }

    /// The part of the panel it belongs to.
    pub(super) fn section(&self) -> Section {
        match self {
            Self::App(_) => Section::Apps,
            Self::Group(_) => Section::Groups,
        }
    }
}

impl FromRequest for Place {
    type Error = PageError;
    type Future = Ready<std::result::Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let slug = request.match_info().query("slug").to_owned();
        let is_app = request.path().starts_with(paths::APPS);
        ready(Ok(if is_app { Self::App(slug) } else { Self::Group(slug) }))
    }
}
