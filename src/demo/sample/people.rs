//! The people of Meridiaan.

use directory::{
    Actor, Administrator, EmailAddress, Error, Result, Tx,
    setup_link::{self, FirstAdministrator},
    user::{User, UserProfile},
};

use super::{PASSWORD_HASH, label, name, unusable};

/// The mail domain of the organisation.
pub(super) const DOMAIN: &str = "meridiaan.example";
/// The administrator.
pub(super) const SANNE: &str = "sanne.devries";
/// The owner of the apps of Finance.
pub(super) const ILSE: &str = "ilse.bakker";
/// The owner of the apps of Projects.
pub(super) const JONAS: &str = "jonas.weber";
/// The owner of what Sales uses.
pub(super) const LOTTE: &str = "lotte.claes";
/// Once an owner of what Sales uses.
pub(super) const DAAN: &str = "daan.mulder";
/// A member who owns nothing that matters.
pub(super) const NOOR: &str = "noor.vandijk";
/// A member who was shut out.
pub(super) const RUBEN: &str = "ruben.smit";
/// May invite guests to the organisation itself.
pub(super) const FEMKE: &str = "femke.hoekstra";

/// Name, address before the @, department, job title, country.
type Employee = (&'static str, &'static str, &'static str, &'static str, &'static str);

const NL: &str = "Netherlands";
const BE: &str = "Belgium";
const DE: &str = "Germany";

const EMPLOYEES: [Employee; 30] = [
    ("Ilse Bakker", ILSE, "Finance", "Financial controller", NL),
    ("Jonas Weber", JONAS, "Projects", "Project lead", DE),
    ("Noor van Dijk", NOOR, "Finance", "Accountant", NL),
    ("Lotte Claes", LOTTE, "Sales", "Account manager", BE),
    ("Daan Mulder", DAAN, "Sales", "Account manager", NL),
    ("Femke Hoekstra", FEMKE, "People", "Head of people", NL),
    ("Ruben Smit", RUBEN, "Sites", "Foreman", NL),
    ("Pieter Vos", "pieter.vos", "Management", "Managing director", NL),
    ("Marijke Aerts", "marijke.aerts", "Management", "Operations director", BE),
    ("Youssef El Amrani", "youssef.elamrani", "Finance", "Payroll officer", NL),
    ("Hanna Schulz", "hanna.schulz", "Finance", "Treasurer", DE),
    ("Tim Jacobs", "tim.jacobs", "Finance", "Accounts payable", BE),
    ("Zoë Peeters", "zoe.peeters", "Projects", "Architect", BE),
    ("Mehmet Yılmaz", "mehmet.yilmaz", "Projects", "Structural engineer", NL),
    ("Clara Neumann", "clara.neumann", "Projects", "Architect", DE),
    ("Joris de Wit", "joris.dewit", "Projects", "Draughtsman", NL),
    ("Anouk Willems", "anouk.willems", "Projects", "Planner", NL),
    ("Lars Hofmann", "lars.hofmann", "Sites", "Site manager", DE),
    ("Kees Brouwer", "kees.brouwer", "Sites", "Site manager", NL),
    ("Elke Maes", "elke.maes", "Sites", "Site manager", BE),
    ("Piotr Nowak", "piotr.nowak", "Sites", "Foreman", NL),
    ("Wim Schouten", "wim.schouten", "Sites", "Foreman", NL),
    ("Aisha Diallo", "aisha.diallo", "Sites", "Safety officer", BE),
    ("Bram Janssen", "bram.janssen", "Sales", "Tender manager", NL),
    ("Sofie Lambert", "sofie.lambert", "Sales", "Marketing", BE),
    ("Iris Kok", "iris.kok", "People", "Recruiter", NL),
    ("Thomas Richter", "thomas.richter", "People", "HR adviser", DE),
    ("Koen Visser", "koen.visser", "IT", "Systems engineer", NL),
    ("Nadia Haddad", "nadia.haddad", "IT", "Service desk", NL),
    ("Eva Lindeman", "eva.lindeman", "Management", "Secretary", NL),
];

/// Everybody in the organisation, before there is any group.
pub(super) fn add(tx: &mut Tx<'_>) -> Result<()> {
    let first = FirstAdministrator {
        name: name("Sanne de Vries"),
        address: address(SANNE)?,
        password_hash: PASSWORD_HASH.to_owned(),
    };
    let user = setup_link::add_administrator(tx, &first)?;
    let sanne = administrator(tx)?;
    let profile =
        UserProfile { administrator: true, ..profile(("Sanne de Vries", SANNE, "IT", "Head of IT", NL)) };
    User::change(tx, &sanne, user.id, &profile, user.version)?;
    for employee in EMPLOYEES {
        User::add_member(tx, &sanne, &address(employee.1)?, &profile_of(employee))?;
    }
    Ok(())
}

fn profile_of(employee: Employee) -> UserProfile {
    UserProfile { guest_inviter: employee.1 == FEMKE, ..profile(employee) }
}

fn profile((called, _, department, job_title, country): Employee) -> UserProfile {
    UserProfile {
        department: label(department),
        job_title: label(job_title),
        country: label(country),
        company: label("Meridiaan"),
        ..UserProfile::named(name(called))
    }
}

/// The address of an employee, or any other that is written in full.
pub(super) fn address(of: &str) -> Result<EmailAddress> {
    let whole = if of.contains('@') { of.to_owned() } else { format!("{of}@{DOMAIN}") };
    EmailAddress::parse(&whole).map_err(|_| unusable(of))
}

/// The user with this address.
pub(super) fn user(tx: &mut Tx<'_>, of: &str) -> Result<User> {
    User::by_address(tx, &address(of)?)?.ok_or(Error::Hidden)
}

/// Somebody, as they do something.
pub(super) fn actor(tx: &mut Tx<'_>, of: &str) -> Result<Actor> {
    Actor::of(&user(tx, of)?).ok_or(Error::Hidden)
}

/// Sanne, with the proof of what she may do.
pub(super) fn administrator(tx: &mut Tx<'_>) -> Result<Administrator> {
    let sanne = actor(tx, SANNE)?;
    Administrator::find(tx, &sanne)
}
