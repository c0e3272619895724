//! The members: a few that are known by their address, and any number of others.

use super::rows::{Writing, parts};
use super::{AGE, DOMAIN, Sample, dice::Dice, noted};
use crate::activity::{Action, Activity, Change};
use crate::email_address::EmailAddress;
use crate::text::{Label, Name, slug};
use crate::user::{User, UserProfile};
use crate::{Refusal, Result};

/// The administrator's address.
pub const ADMINISTRATOR: &str = "adam@meridian.test";
/// The address of a person with 20 apps.
pub const PERSON: &str = "petra@meridian.test";
/// The fewest members that a plan can have.
pub const FEWEST_MEMBERS: u32 = 100;

pub(super) const ADMINISTRATORS_NUMBER: u32 = 0;
pub(super) const PERSONS_NUMBER: u32 = 1;
pub(super) const FIRST_OWNER: u32 = 2;
const OWNERS: u32 = 8;
/// Those before are known by their address.
pub(super) const FIRST_OTHER: u32 = FIRST_OWNER + OWNERS;

const FIRST_NAMES: [&str; 40] = [
    "Aïsha", "Amir", "Anna", "Bart", "Carla", "Chiara", "Daan", "Elif", "Emma", "Fatima", "Femke", "Finn",
    "Hannah", "Hugo", "Ines", "Ivan", "Jan", "Joost", "José", "Julia", "Kees", "Lars", "Lotte", "Łukasz",
    "Maria", "Mehmet", "Mila", "Nadia", "Noah", "Olga", "Pieter", "Priya", "Rosa", "Sanne", "Sven", "Thijs",
    "Wei", "Yara", "Zoë", "Zofia",
];
const LAST_NAMES: [&str; 48] = [
    "Aerts",
    "Bakker",
    "Benali",
    "Bos",
    "Brouwer",
    "Chen",
    "Claes",
    "Cruz",
    "de Boer",
    "de Graaf",
    "de Vries",
    "Demir",
    "Dijkstra",
    "Dubois",
    "El Amrani",
    "Fischer",
    "García",
    "Haas",
    "Hendriks",
    "Hoekstra",
    "Ivanova",
    "Jansen",
    "Janssens",
    "Kaya",
    "Kowalski",
    "Kramer",
    "Kumar",
    "Maes",
    "Martin",
    "Meyer",
    "Mulder",
    "Müller",
    "Nguyen",
    "Novák",
    "Öztürk",
    "Peeters",
    "Popescu",
    "Prins",
    "Rossi",
    "Schmidt",
    "Silva",
    "Smit",
    "Sørensen",
    "van den Berg",
    "van Dijk",
    "Visser",
    "Willems",
    "Yılmaz",
];
const DEPARTMENTS: [&str; 8] =
    ["Care", "Engineering", "Facilities", "Finance", "Legal", "Operations", "People", "Sales"];
const JOB_TITLES: [&str; 6] = ["Adviser", "Analyst", "Assistant", "Engineer", "Manager", "Specialist"];
const COUNTRIES: [&str; 4] = ["Belgium", "Germany", "Netherlands", "Poland"];

/// The addresses of those who own the two apps that are known.
pub fn owners() -> impl Iterator<Item = String> {
    (0..OWNERS).map(owner)
}

fn owner(number: u32) -> String {
    format!("owner-{number}@{DOMAIN}")
}

impl Sample<'_> {
    /// The member of this number.
    pub(super) fn member(&self, number: u32) -> Result<User> {
        let mut dice = self.dice("member", number);
        let at = self.between((AGE, 100), number, self.plan.members);
        let id = dice.id(at);
        let name = full_name(&mut dice);
        let known = match number {
            ADMINISTRATORS_NUMBER => Some(ADMINISTRATOR.to_owned()),
            PERSONS_NUMBER => Some(PERSON.to_owned()),
            FIRST_OWNER..FIRST_OTHER => Some(owner(number - FIRST_OWNER)),
            _ => None,
        };
        let address = parsed(&known.unwrap_or_else(|| format!("{}.{number}@{DOMAIN}", slug(&name))))?;
        let mut label = |texts| Label::parse(dice.one_of(texts)).unwrap_or_default();
        let profile = UserProfile {
            department: label(&DEPARTMENTS),
            job_title: label(&JOB_TITLES),
            country: label(&COUNTRIES),
            administrator: number == ADMINISTRATORS_NUMBER,
            ..UserProfile::named(Name::parse(&name).unwrap_or_default())
        };
        let member = User::member(id, at, &address, &profile);
        Ok(User { password_hash: self.plan.password_hash.clone(), ..member })
    }

    pub(super) fn write_members(&self, writing: &mut Writing<'_>) -> Result<()> {
        for numbers in parts(self.plan.members) {
            let members: Vec<User> =
                numbers.clone().map(|number| self.member(number)).collect::<Result<_>>()?;
            writing.write(&members)?;
            let added = numbers.zip(&members).map(|(number, member)| {
                let mut dice = self.dice("member added", number);
                let what = (Action::UserAdded, &member.as_object());
                noted((&mut dice, member.created_at), None, what, &Change::default())
            });
            writing.write(&added.collect::<Vec<Activity>>())?;
        }
        Ok(())
    }
}

pub(super) fn full_name(dice: &mut Dice) -> String {
    let (first, last) = (dice.one_of(&FIRST_NAMES), dice.one_of(&LAST_NAMES));
    match dice.within(0..2) {
        0 => format!("{first} {last}"),
        _ => format!("{first} {last}-{}", dice.one_of(&LAST_NAMES)),
    }
}

pub(super) fn parsed(address: &str) -> Result<EmailAddress> {
    EmailAddress::parse(address).map_err(|part| Refusal::InvalidAddress { part }.into())
}
