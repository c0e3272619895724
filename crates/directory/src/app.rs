//! Apps: what people open from the panel (SPEC 1).

use diesel::prelude::*;
use serde::Serialize;
use url::Url;

use crate::access::Administrator;
use crate::activity::{self, Action, Object, ObjectKind};
use crate::app_logo;
use crate::catalogue::CatalogueEntry;
use crate::db::schema::{apps, deliveries, invitations};
use crate::db::{Id, Timestamp, Tx, like_infix};
use crate::group::Group;
use crate::text::{Description, Label, Name, search_key, slug};
use crate::{Error, Result, text_column};

text_column! {
    /// How people get from the panel into an app.
    pub enum SignOn {
        /// The home page is opened; the app signs people in by itself.
        Linked => "linked",
    }
}

/// Longest web address accepted, in characters.
pub const MAX_URL: usize = 2_000;

/// An app.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Identifiable, Serialize)]
#[diesel(table_name = apps)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the properties page with a label of its own"
)]
pub struct App {
    /// Its id.
    pub id: Id<App>,
    /// Its part of an address.
    pub slug: String,
    /// The entry of the catalogue it came from; none for a custom app.
    pub catalogue_key: Option<String>,
    /// The name people read.
    pub name: String,
    /// The name as it is searched and ordered.
    #[serde(skip)]
    pub name_key: String,
    /// What it is for.
    pub description: String,
    /// The heading it stands under on My Apps; empty for none.
    pub collection: String,
    /// Where it opens, `http` or `https`.
    pub home_page: String,
    /// The icon of a tile without a logo.
    pub glyph: String,
    /// Raised with each new logo; none without one.
    #[serde(skip)]
    pub logo_version: Option<i64>,
    /// *Enabled for users to sign in*.
    pub enabled: bool,
    /// *Visible to users*.
    pub visible: bool,
    /// *Assignment required*.
    pub assignment_required: bool,
    /// The sign-on method; none until it is set.
    pub sign_on: Option<SignOn>,
    /// *Self-service*.
    pub self_service: bool,
    /// *To which group should assigned users be added?*
    pub target_group_id: Option<Id<Group>>,
    /// When it was added.
    pub created_at: Timestamp,
    /// Raised by each change; a form with another version is stale.
    #[serde(skip)]
    pub version: i64,
}

/// What the properties page writes.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the properties page with a label of its own"
)]
pub struct AppProperties {
    /// The name people read.
    pub name: Name,
    /// What it is for.
    pub description: Description,
    /// The heading it stands under on My Apps.
    pub collection: Label,
    /// Where it opens.
    pub home_page: HomePage,
    /// *Enabled for users to sign in*.
    pub enabled: bool,
    /// *Visible to users*.
    pub visible: bool,
    /// *Assignment required*.
    pub assignment_required: bool,
}

/// An `http` or `https` address without credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomePage(Url);

impl HomePage {
    /// Reads a home page as typed.
    ///
    /// # Errors
    /// When it is not an absolute `http` or `https` address with a host (SECURITY E3).
    pub fn parse(typed: &str) -> Result<Self, NotAHomePage> {
        let typed = typed.trim();
        let printable =
            typed.len() <= MAX_URL && !typed.contains(|c: char| c.is_control() || c.is_whitespace());
        let url = Url::parse(typed).map_err(|_unreadable| NotAHomePage)?;
        let plain = url.username().is_empty() && url.password().is_none() && url.has_host();
        if printable && plain && matches!(url.scheme(), "http" | "https") {
            Ok(Self(url))
        } else {
            Err(NotAHomePage)
        }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// What was typed is not an `http` or `https` address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAHomePage;

impl App {
    /// The app at this address.
    ///
    /// # Errors
    /// [`Error::Hidden`] when there is none.
    pub fn by_slug(tx: &mut Tx<'_>, slug: &str) -> Result<Self> {
        apps::table
            .filter(apps::slug.eq(slug))
            .select(Self::as_select())
            .first(tx.conn)
            .optional()?
            .ok_or(Error::Hidden)
    }

    /// The app with this id.
    ///
    /// # Errors
    /// [`Error::Hidden`] when there is none.
    pub fn find(tx: &mut Tx<'_>, id: Id<App>) -> Result<Self> {
        apps::table.find(id).select(Self::as_select()).first(tx.conn).optional()?.ok_or(Error::Hidden)
    }

    /// Adds an app from the catalogue, or a custom one.
    ///
    /// # Errors
    /// Only the database's.
    pub fn add(
        tx: &mut Tx<'_>,
        administrator: &Administrator,
        properties: &AppProperties,
        from: Option<&CatalogueEntry>,
    ) -> Result<Self> {
        let id = tx.new_id::<App>();
        let slug = free_slug(tx, properties.name.as_str())?;
        diesel::insert_into(apps::table)
            .values((
                (apps::id.eq(id), apps::slug.eq(slug), apps::created_at.eq(tx.now), apps::version.eq(1)),
                (
                    apps::catalogue_key.eq(from.map(|e| e.key.as_str())),
                    apps::glyph.eq(from.map_or("app-window", |e| e.glyph.as_str())),
                ),
                (
                    apps::name.eq(properties.name.as_str()),
                    apps::name_key.eq(search_key(properties.name.as_str())),
                ),
                (
                    apps::description.eq(properties.description.as_str()),
                    apps::collection.eq(properties.collection.as_str()),
                ),
                apps::home_page.eq(properties.home_page.as_str()),
                (apps::enabled.eq(properties.enabled), apps::visible.eq(properties.visible)),
                (apps::assignment_required.eq(properties.assignment_required), apps::self_service.eq(false)),
            ))
            .execute(tx.conn)?;
        let app = Self::find(tx, id)?;
        activity::record(
            tx,
            administrator.actor(),
            Action::AppAdded,
            &app.as_object(),
            None::<&()>,
            Some(&app),
        )?;
        Ok(app)
    }

    /// Changes what the properties page shows.
    ///
    /// # Errors
    /// [`Error::Stale`].
    pub fn change(
        tx: &mut Tx<'_>,
        administrator: &Administrator,
        slug: &str,
        properties: &AppProperties,
        version: i64,
    ) -> Result<Self> {
        let before = Self::at_version(tx, slug, version)?;
        diesel::update(apps::table.find(before.id))
            .set((
                (
                    apps::name.eq(properties.name.as_str()),
                    apps::name_key.eq(search_key(properties.name.as_str())),
                ),
                (
                    apps::description.eq(properties.description.as_str()),
                    apps::collection.eq(properties.collection.as_str()),
                ),
                apps::home_page.eq(properties.home_page.as_str()),
                (apps::enabled.eq(properties.enabled), apps::visible.eq(properties.visible)),
                apps::assignment_required.eq(properties.assignment_required),
                apps::version.eq(version + 1),
            ))
            .execute(tx.conn)?;
        before.recorded(tx, administrator)
    }

    /// Sets the sign-on method.
    ///
    /// # Errors
    /// [`Error::Stale`].
    pub fn set_sign_on(
        tx: &mut Tx<'_>,
        administrator: &Administrator,
        slug: &str,
        sign_on: Option<SignOn>,
        version: i64,
    ) -> Result<Self> {
        let before = Self::at_version(tx, slug, version)?;
        diesel::update(apps::table.find(before.id))
            .set((apps::sign_on.eq(sign_on), apps::version.eq(version + 1)))
            .execute(tx.conn)?;
        before.recorded(tx, administrator)
    }

    /// Gives the app a logo, or takes it away.
    ///
    /// # Errors
    /// [`crate::Refusal::UnusableLogo`]; [`Error::Hidden`] when there is no such app.
    pub fn set_logo(
        tx: &mut Tx<'_>,
        administrator: &Administrator,
        slug: &str,
        file: Option<&[u8]>,
    ) -> Result<Self> {
        let before = Self::by_slug(tx, slug)?;
        let next = before.logo_version.unwrap_or(0) + 1;
        app_logo::replace(tx, before.id, file)?;
        let logo_version = file.map(|_| next);
        diesel::update(apps::table.find(before.id))
            .set((apps::logo_version.eq(logo_version), apps::version.eq(before.version + 1)))
            .execute(tx.conn)?;
        before.recorded(tx, administrator)
    }

    /// Takes the app away with its assignments. Its invitations are kept for ever, so an app with any stays.
    ///
    /// # Errors
    /// [`Error::Hidden`] when there is no such app.
    pub fn delete(tx: &mut Tx<'_>, administrator: &Administrator, slug: &str) -> Result<Deleted> {
        let app = Self::by_slug(tx, slug)?;
        let invited: i64 =
            invitations::table.filter(invitations::app_id.eq(app.id)).count().get_result(tx.conn)?;
        activity::record(
            tx,
            administrator.actor(),
            Action::AppDeleted,
            &app.as_object(),
            Some(&app),
            None::<&()>,
        )?;
        if invited > 0 {
            let off = (apps::enabled.eq(false), apps::visible.eq(false), apps::version.eq(app.version + 1));
            diesel::update(apps::table.find(app.id)).set(off).execute(tx.conn)?;
            return Ok(Deleted::Disabled);
        }
        diesel::delete(deliveries::table.filter(deliveries::app_id.eq(app.id))).execute(tx.conn)?;
        diesel::delete(apps::table.find(app.id)).execute(tx.conn)?;
        Ok(Deleted::Gone)
    }

    pub(crate) fn at_version(tx: &mut Tx<'_>, slug: &str, version: i64) -> Result<Self> {
        let app = Self::by_slug(tx, slug)?;
        if app.version == version { Ok(app) } else { Err(Error::Stale) }
    }

    pub(crate) fn recorded(self, tx: &mut Tx<'_>, administrator: &Administrator) -> Result<Self> {
        let after = Self::find(tx, self.id)?;
        let object = after.as_object();
        activity::record(tx, administrator.actor(), Action::AppChanged, &object, Some(&self), Some(&after))?;
        Ok(after)
    }

    /// The host of the home page: what people are told they will open.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        Url::parse(&self.home_page).ok().and_then(|url| url.host_str().map(str::to_owned))
    }

    /// The audit's name for this app.
    #[must_use]
    pub fn as_object(&self) -> Object {
        Object::new(ObjectKind::App, self.id, &self.name)
    }
}

/// What became of an app that was taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleted {
    /// Its row is gone.
    Gone,
    /// It has invitations, which are kept: it is switched off and hidden instead.
    Disabled,
}

/// Which apps to list.
#[derive(Clone, Debug, Default)]
pub struct AppFilter {
    /// Part of a name.
    pub search: String,
    /// Only those after this name and id: the next page.
    pub after: Option<(String, Id<App>)>,
}

/// All apps by name, for administrators; one more than `rows` when there is a next page.
///
/// # Errors
/// Only the database's.
pub fn list(
    tx: &mut Tx<'_>,
    _administrator: &Administrator,
    filter: &AppFilter,
    rows: i64,
) -> Result<Vec<App>> {
    let mut query = apps::table.select(App::as_select()).into_boxed();
    let sought = search_key(&filter.search);
    if !sought.is_empty() {
        query = query.filter(apps::name_key.like(like_infix(&sought)).escape('\\'));
    }
    if let Some((name, id)) = &filter.after {
        let later = apps::name_key.gt(name.clone());
        query = query.filter(later.or(apps::name_key.eq(name.clone()).and(apps::id.gt(*id))));
    }
    Ok(query.order((apps::name_key, apps::id)).limit(rows + 1).load(tx.conn)?)
}

fn free_slug(tx: &mut Tx<'_>, name: &str) -> Result<String> {
    let base = slug(name);
    let mut candidate = base.clone();
    let mut number = 2;
    while apps::table.filter(apps::slug.eq(&candidate)).count().get_result::<i64>(tx.conn)? > 0 {
        candidate = format!("{base}-{number}");
        number += 1;
    }
    Ok(candidate)
}
