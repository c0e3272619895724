//! The directory that is measured: a person with 20 apps in collections, and an owner whose app 50 people have.

use std::{fs, path::PathBuf};

use anyhow::Context;
use directory::{
    Actor, Administrator, Dialect, Directory, EmailAddress, Error, Language, Manager, Organisation, Result,
    Tx,
    app::{App, AppProperties, HomePage},
    app_assignment::{self, Assignee, Assignment},
    app_self_service::{self, SetUp},
    catalogue::{Catalogue, CatalogueEntry},
    group::Group,
    group_member, group_owner,
    invitation::{self, Draft},
    organisation::{Profile, TenantSettings},
    testing::TestDatabase,
    text::{Description, Label, Name},
    user::{User, UserProfile},
};
use vestibule::{app, password, settings::Settings};

use super::process::spelled;

pub(crate) const PERSON: &str = "petra@meridian.test";
pub(crate) const OWNER: &str = "owner-0@meridian.test";
pub(crate) const ADMINISTRATOR: &str = "adam@meridian.test";
pub(crate) const PASSWORD: &str = "a password that everybody has";
pub(crate) const APPS: usize = 20;
const OWNERS: usize = 8;
const PEOPLE: usize = 50;
const INVITED: usize = 10;

/// The owners of the app with 50 people; [`OWNER`] is the first.
pub(crate) fn owners() -> impl Iterator<Item = String> {
    (0..OWNERS).map(|number| format!("owner-{number}@meridian.test"))
}

/// A filled database, and a folder for what else a panel writes. Both are gone when this is dropped.
pub(crate) struct Place {
    pub(crate) database: TestDatabase,
    pub(crate) folder: PathBuf,
    /// The address of the app with 50 people.
    pub(crate) app: String,
}

impl Place {
    pub(crate) fn on(dialect: Dialect) -> anyhow::Result<Place> {
        let mut place = Place::empty(dialect)?;
        let directory = app::open_directory(&place.settings()?)?;
        directory.migrate()?;
        place.app = fill(&directory)?;
        Ok(place)
    }

    /// A database without a schema.
    pub(super) fn empty(dialect: Dialect) -> anyhow::Result<Place> {
        let database = TestDatabase::on(dialect);
        let folder = std::env::temp_dir().join(format!("vestibule-bench-{:016x}", rand::random::<u64>()));
        fs::create_dir(&folder)?;
        Ok(Place { database, folder, app: String::new() })
    }

    pub(crate) fn settings(&self) -> anyhow::Result<Settings> {
        settings(&spelled(self.database.url()), self.folder.to_str().context("a path that is no text")?)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

pub(crate) fn settings(database: &str, folder: &str) -> anyhow::Result<Settings> {
    Ok(Settings::from_pairs(&[("database_url", database), ("data_dir", folder)])?)
}

fn fill(directory: &Directory) -> anyhow::Result<String> {
    let hashed = password::hash(PASSWORD)?;
    let slug = directory.write(|tx| {
        let adam = person(tx, ADMINISTRATOR, true, &hashed)?;
        let administrator = Administrator::find(tx, &adam)?;
        raise_limits(tx, &administrator)?;
        let petra = person(tx, PERSON, false, &hashed)?;
        for entry in Catalogue::entries().iter().take(APPS) {
            let app = App::add(tx, &administrator, &properties(entry)?, Some(entry))?;
            app_assignment::add(tx, &administrator, &app, &Assignment::to(Assignee::User(petra.id)))?;
        }
        let mut owners = Vec::new();
        for owner in self::owners() {
            owners.push(person(tx, &owner, false, &hashed)?);
        }
        let app = shared(tx, &administrator, &owners)?;
        for number in 0..INVITED {
            let manager = Manager::of_app(tx, &owners[0], &app.slug)?;
            invitation::add(tx, &manager, &format!("invited-{number}@partner.test"), &Draft::default())?;
        }
        Ok(app.slug)
    })?;
    Ok(format!("/apps/{slug}"))
}

fn raise_limits(tx: &mut Tx<'_>, administrator: &Administrator) -> Result<()> {
    const ENDLESS: i64 = 1_000_000_000;
    let Organisation { profile, settings, version, .. } = Organisation::load(tx)?;
    let settings = TenantSettings {
        inviter_hourly_limit: ENDLESS,
        inviter_daily_limit: ENDLESS,
        organisation_hourly_limit: ENDLESS,
        ..settings
    };
    Organisation::change(tx, administrator, &profile, &settings, version).map(drop)
}

/// A member who can sign in. The first one also founds the organisation.
fn person(tx: &mut Tx<'_>, address: &str, administrator: bool, hashed: &str) -> Result<Actor> {
    let address = sound(EmailAddress::parse(address))?;
    let unnamed = Organisation::default().profile;
    Organisation::found(tx, &Profile { primary_domain: address.domain().to_owned(), ..unnamed })?;
    let name = sound(Name::parse(address.local_part()))?;
    let profile = UserProfile { administrator, ..UserProfile::named(name) };
    let user = User::add_from_the_system(tx, &address, &profile, Some(hashed.to_owned()))?;
    Actor::of(&user).ok_or(Error::Hidden)
}

/// An app with self-service, which 50 colleagues and the owners have.
fn shared(tx: &mut Tx<'_>, administrator: &Administrator, owners: &[Actor]) -> Result<App> {
    let entry = Catalogue::entries().get(APPS).ok_or(Error::Hidden)?;
    let app = App::add(tx, administrator, &properties(entry)?, Some(entry))?;
    let wanted = SetUp { owner: owners[0].id, group: None, other_apps_confirmed: false };
    let app = app_self_service::set_up(tx, administrator, &app.slug, &wanted)?;
    let group = Group::find(tx, app.target_group_id.ok_or(Error::Hidden)?)?;
    for owner in owners {
        group_owner::add(tx, administrator, &group, owner.id)?;
    }
    let mut people: Vec<_> = owners.iter().skip(1).map(|owner| owner.id).collect();
    for number in 0..PEOPLE {
        people.push(person(tx, &format!("colleague-{number}@meridian.test"), false, "none")?.id);
    }
    group_member::fill(tx, &group, &people)?;
    Ok(app)
}

fn properties(entry: &CatalogueEntry) -> Result<AppProperties> {
    let collection = Catalogue::collection(&entry.collection)
        .map_or("", |shelf| shelf.name.in_language(Language::English));
    Ok(AppProperties {
        name: sound(Name::parse(&entry.name))?,
        description: sound(Description::parse(entry.description.in_language(Language::English)))?,
        collection: sound(Label::parse(collection))?,
        home_page: sound(HomePage::parse(&entry.home_page))?,
        enabled: true,
        visible: true,
        assignment_required: true,
    })
}

/// What is written above is never refused.
fn sound<T, E>(parsed: std::result::Result<T, E>) -> Result<T> {
    parsed.map_err(|_| Error::Stale)
}
