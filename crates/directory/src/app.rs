//! Apps: what people open from the panel (SPEC 1).

mod delete;
mod glyph;
mod home_page;
mod list;

use diesel::dsl::exists;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;
use url::{Host, Url};

use crate::access::{Actor, Administrator};
use crate::activity::{self, Action, Change, Object, ObjectKind};
use crate::app_logo;
use crate::catalogue::CatalogueEntry;
use crate::db::schema::apps;
use crate::db::{Id, Timestamp, Tx};
use crate::group::Group;
use crate::text::{Description, Label, Name, free_slug, search_key};
use crate::{Error, Result, text_column};

pub use self::delete::Deleted;
pub use self::home_page::{HomePage, NotAHomePage};
pub use self::list::{AppFilter, list};

text_column! {
    /// How people get from the panel into an app.
    pub enum SignOn {
        /// The home page is opened; the app signs people in by itself.
        Linked => "linked",
    }
}

/// An app.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, Serialize)]
#[diesel(table_name = apps, treat_none_as_default_value = false)]
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

/// What [`AppProperties`] are in the table.
#[derive(AsChangeset, Insertable)]
#[diesel(table_name = apps, treat_none_as_default_value = false)]
struct Columns<'a> {
    name: &'a str,
    name_key: String,
    description: &'a str,
    collection: &'a str,
    home_page: &'a str,
    enabled: bool,
    visible: bool,
    assignment_required: bool,
}

impl AppProperties {
    fn columns(&self) -> Columns<'_> {
        Columns {
            name: self.name.as_str(),
            name_key: search_key(self.name.as_str()),
            description: self.description.as_str(),
            collection: self.collection.as_str(),
            home_page: self.home_page.as_str(),
            enabled: self.enabled,
            visible: self.visible,
            assignment_required: self.assignment_required,
        }
    }
}

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

    /// The apps that a group is the target of.
    pub(crate) fn ids_targeting(tx: &mut Tx<'_>, group: Id<Group>) -> Result<Vec<Id<Self>>> {
        Ok(apps::table.filter(apps::target_group_id.eq(group)).select(apps::id).load(tx.conn)?)
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
        let slug = free_slug(properties.name.as_str(), |slug| {
            Ok(diesel::select(exists(apps::table.filter(apps::slug.eq(slug)))).get_result(tx.conn)?)
        })?;
        diesel::insert_into(apps::table)
            .values((
                (apps::id.eq(id), apps::slug.eq(slug), apps::created_at.eq(tx.now), apps::version.eq(1)),
                (
                    apps::catalogue_key.eq(from.map(|e| e.key.as_str())),
                    apps::glyph.eq(from.map_or("app-window", |e| e.glyph.as_str())),
                ),
                apps::self_service.eq(false),
                properties.columns(),
            ))
            .execute(tx.conn)?;
        let app = Self::find(tx, id)?;
        app.record(tx, administrator.actor(), Action::AppAdded, &Change::made(&app))?;
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
            .set((properties.columns(), apps::version.eq(version + 1)))
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
        // Browsers keep a logo for a year: no other may ever have its address, though it was taken away meanwhile.
        let next = tx.now.micros().max(before.logo_version.unwrap_or(0) + 1);
        app_logo::replace(tx, before.id, file)?;
        let logo_version = file.map(|_| next);
        diesel::update(apps::table.find(before.id))
            .set((apps::logo_version.eq(logo_version), apps::version.eq(before.version + 1)))
            .execute(tx.conn)?;
        let logo = json!({ "logo": true });
        let change = if file.is_some() { Change::made(&logo) } else { Change::removed(&logo) };
        before.record(tx, administrator.actor(), Action::AppChanged, &change)?;
        Self::find(tx, before.id)
    }

    /// The app at this address, if nothing has changed since a form was shown with this version.
    pub(crate) fn at_version(tx: &mut Tx<'_>, slug: &str, version: i64) -> Result<Self> {
        let app = Self::by_slug(tx, slug)?;
        if app.version == version { Ok(app) } else { Err(Error::Stale) }
    }

    /// Writes into the audit how the app was, which is this, and how it became, and answers that.
    pub(crate) fn recorded(self, tx: &mut Tx<'_>, administrator: &Administrator) -> Result<Self> {
        let after = Self::find(tx, self.id)?;
        after.record(tx, administrator.actor(), Action::AppChanged, &Change::between(&self, &after))?;
        Ok(after)
    }

    /// Writes an entry of the audit about this app.
    pub(crate) fn record(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        action: Action,
        change: &Change,
    ) -> Result<()> {
        activity::record(tx, actor, action, &self.as_object(), change)
    }

    /// The host of the home page: what people are told they will open. None where it would mean each reader's own
    /// machine.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        let url = Url::parse(&self.home_page).ok()?;
        let elsewhere = match url.host()? {
            Host::Domain(name) => name != "localhost",
            Host::Ipv4(ip) => !ip.is_loopback(),
            Host::Ipv6(ip) => !ip.is_loopback(),
        };
        url.host_str().filter(|_| elsewhere).map(str::to_owned)
    }

    /// The audit's name for this app.
    #[must_use]
    pub fn as_object(&self) -> Object {
        Object::new(ObjectKind::App, self.id, &self.name)
    }
}
