//! The apps of Meridiaan. Owners invite to some; of others, one thing or another is still to be set up.

use directory::{
    Administrator, Result, Tx,
    app::{App, AppProperties, HomePage, SignOn},
    app_assignment::{self, Assignee, Assignment},
    app_self_service::{self, SelfService, SetUp},
    catalogue::Catalogue,
    group::Group,
};

use super::people::{self, DAAN, ILSE, JONAS, LOTTE};
use super::{description, label, name, unusable};
use crate::{demo::paths, settings::PublicUrl};

/// How an app is made.
struct Sample {
    name: &'static str,
    /// The key in the catalogue, or the icon of a custom app.
    from: From,
    description: &'static str,
    collection: &'static str,
    enabled: bool,
    /// Who has it, by the slug of a group or the address of a person.
    groups: &'static [&'static str],
    people: &'static [&'static str],
    self_service: Prepared,
}

enum From {
    Catalogue(&'static str),
    Custom(&'static str),
}

/// How far self-service has come.
enum Prepared {
    /// Nothing is set up.
    No,
    /// Signing on is set up.
    SignOn,
    /// All of it, for these owners.
    Whole { group: &'static str, owners: &'static [&'static str] },
    /// Switched on for this group; what is missing then, the rest of the sample says.
    Partly { group: &'static str, sign_on: bool },
}

const FINANCE: &str = "Finance";
const PROJECTS: &str = "Projects";
const SALES: &str = "Sales";
const EVERYONE: &str = "For everyone";
const ALL: &[&str] = &["everyone-at-meridiaan"];

const APP: Sample = Sample {
    name: "",
    from: From::Custom("app-window"),
    description: "",
    collection: "",
    enabled: true,
    groups: &[],
    people: &[],
    self_service: Prepared::SignOn,
};

const APPS: [Sample; 18] = [
    Sample {
        name: "Ledger",
        from: From::Custom("book-open"),
        description: "Bookkeeping and year-end",
        collection: FINANCE,
        self_service: Prepared::Whole { group: "ledger-access", owners: &[ILSE] },
        ..APP
    },
    Sample {
        name: "Audit file",
        from: From::Custom("file-check"),
        description: "What the auditors ask for",
        collection: FINANCE,
        self_service: Prepared::Whole { group: "auditors", owners: &[ILSE] },
        ..APP
    },
    // The target group is not assigned to the app.
    Sample {
        name: "Bank room",
        from: From::Custom("landmark"),
        description: "Statements and mandates",
        collection: FINANCE,
        people: &[ILSE, "hanna.schulz"],
        self_service: Prepared::Partly { group: "bank-room-users", sign_on: true },
        ..APP
    },
    Sample {
        name: "Expenses",
        from: From::Catalogue("expensify"),
        description: "Claims and receipts",
        collection: EVERYONE,
        groups: ALL,
        ..APP
    },
    Sample {
        name: "Exact Online",
        from: From::Catalogue("exact-online"),
        description: "Invoices and payments",
        collection: FINANCE,
        groups: &["finance-department"],
        ..APP
    },
    // Nothing is set up: the checklist has all of it to do.
    Sample {
        name: "Power BI",
        from: From::Catalogue("power-bi"),
        description: "Dashboards for the board",
        collection: FINANCE,
        groups: &["finance-department"],
        self_service: Prepared::No,
        ..APP
    },
    Sample {
        name: "Drawings",
        from: From::Custom("ruler"),
        description: "Plans and revisions",
        collection: PROJECTS,
        groups: &["projects-department"],
        self_service: Prepared::Whole { group: "external-architects", owners: &[JONAS] },
        ..APP
    },
    Sample {
        name: "Sites",
        from: From::Custom("map"),
        description: "Building sites on the map",
        collection: PROJECTS,
        groups: &["external-architects", "site-managers", "projects-department"],
        ..APP
    },
    Sample {
        name: "Fleet",
        from: From::Custom("truck"),
        description: "Vans, keys and fuel",
        collection: PROJECTS,
        groups: &["site-managers"],
        ..APP
    },
    Sample {
        name: "OpenProject",
        from: From::Catalogue("openproject"),
        description: "Planning with subcontractors",
        collection: PROJECTS,
        groups: &["projects-department"],
        self_service: Prepared::Whole { group: "planning-partners", owners: &[JONAS] },
        ..APP
    },
    // The group's own switch is off.
    Sample {
        name: "Tender room",
        from: From::Custom("gavel"),
        description: "Bids in progress",
        collection: PROJECTS,
        groups: &["tender-partners"],
        self_service: Prepared::Partly { group: "tender-partners", sign_on: true },
        ..APP
    },
    // No single sign-on.
    Sample {
        name: "Miro",
        from: From::Catalogue("miro"),
        description: "Boards for workshops",
        collection: PROJECTS,
        groups: &["workshop-partners", "projects-department"],
        self_service: Prepared::Partly { group: "workshop-partners", sign_on: false },
        ..APP
    },
    Sample {
        name: "Salesforce",
        from: From::Catalogue("salesforce"),
        description: "Customers, deals and sales pipeline",
        collection: SALES,
        self_service: Prepared::Whole { group: "salesforce-partners", owners: &[LOTTE, DAAN] },
        ..APP
    },
    // Nobody owns the target group.
    Sample {
        name: "Client desk",
        from: From::Custom("heart-handshake"),
        description: "Accounts and contacts",
        collection: SALES,
        groups: &["client-contacts"],
        people: &[ILSE],
        self_service: Prepared::Partly { group: "client-contacts", sign_on: true },
        ..APP
    },
    Sample {
        name: "Confluence",
        from: From::Catalogue("confluence"),
        description: "How we work",
        collection: EVERYONE,
        groups: ALL,
        ..APP
    },
    Sample {
        name: "Zendesk",
        from: From::Catalogue("zendesk"),
        description: "Ask IT or facilities",
        collection: EVERYONE,
        groups: ALL,
        ..APP
    },
    Sample {
        name: "Moodle",
        from: From::Catalogue("moodle"),
        description: "Courses and certificates",
        collection: EVERYONE,
        groups: ALL,
        ..APP
    },
    Sample {
        name: "Timesheets",
        from: From::Custom("calendar-days"),
        description: "Replaced by OpenProject in spring",
        collection: EVERYONE,
        enabled: false,
        groups: ALL,
        ..APP
    },
];

/// Makes the apps, gives them to people, and sets up what is set up.
pub(super) fn add(tx: &mut Tx<'_>, sanne: &Administrator, public_url: &PublicUrl) -> Result<()> {
    for sample in &APPS {
        let app = make(tx, sanne, sample, public_url)?;
        for slug in sample.groups {
            let group = Group::by_slug(tx, slug)?;
            let group = Assignment { filling_confirmed: true, ..Assignment::to(Assignee::Group(group.id)) };
            app_assignment::add(tx, sanne, &app, &group)?;
        }
        for person in sample.people {
            let person = people::user(tx, person)?;
            app_assignment::add(tx, sanne, &app, &Assignment::to(Assignee::User(person.id)))?;
        }
        prepare(tx, sanne, &app, &sample.self_service)?;
    }
    Ok(())
}

fn make(tx: &mut Tx<'_>, sanne: &Administrator, sample: &Sample, public_url: &PublicUrl) -> Result<App> {
    let entry = match sample.from {
        From::Catalogue(key) => Some(Catalogue::find(key).ok_or_else(|| unusable(key))?),
        From::Custom(_) => None,
    };
    // Whatever the sample opens is a page of the demo: it works without the internet and signs nobody in elsewhere.
    let home = public_url.join(&paths::app(directory::text::slug(sample.name)));
    let properties = AppProperties {
        name: name(sample.name),
        description: description(sample.description),
        collection: label(sample.collection),
        home_page: HomePage::parse(&home).map_err(|_| unusable(sample.name))?,
        enabled: sample.enabled,
        visible: true,
        assignment_required: true,
    };
    let app = App::add(tx, sanne, &properties, entry)?;
    match sample.from {
        From::Catalogue(_) => Ok(app),
        From::Custom(glyph) => App::set_glyph(tx, sanne, &app.slug, &label(glyph)),
    }
}

fn prepare(tx: &mut Tx<'_>, sanne: &Administrator, app: &App, so_far: &Prepared) -> Result<()> {
    match so_far {
        Prepared::No => {}
        Prepared::SignOn => {
            App::set_sign_on(tx, sanne, &app.slug, Some(SignOn::Linked), app.version)?;
        }
        Prepared::Whole { group, owners } => {
            let group = Some(Group::by_slug(tx, group)?.id);
            for owner in *owners {
                let owner = people::user(tx, owner)?.id;
                let wanted = SetUp { owner, group, other_apps_confirmed: true };
                app_self_service::set_up(tx, sanne, &app.slug, &wanted)?;
            }
        }
        Prepared::Partly { group, sign_on } => {
            let sign_on = sign_on.then_some(SignOn::Linked);
            let app = App::set_sign_on(tx, sanne, &app.slug, sign_on, app.version)?;
            let target_group = Some(Group::by_slug(tx, group)?.id);
            let wanted = SelfService { on: true, target_group, other_apps_confirmed: true };
            app_self_service::change(tx, sanne, &app.slug, &wanted, app.version)?;
        }
    }
    Ok(())
}
