//! The organisation Meridiaan: made up, and complete enough to show every state there is.
//!
//! Everything is written through the verbs that pages call, so that its audit is a real one and no rule is passed by.

mod apps;
mod groups;
mod people;
mod story;
mod telling;
#[cfg(test)]
mod tests;

use chrono::TimeDelta;
use directory::{
    Error, Language, Organisation, Result, Tx,
    organisation::{Profile, TenantSettings},
    text::{Description, Label, Name},
};

use self::{
    people::{DOMAIN, ILSE, JONAS, NOOR, SANNE},
    story::{AMARA, STORY},
    telling::Telling,
};
use crate::{
    demo::paths,
    mail::Outgoing,
    settings::{PublicUrl, Sender},
    web::{Introduced, Introduction},
};

/// The administrator's password, for those who want to see how signing in works.
pub(super) const PASSWORD: &str = "let me in, Meridiaan";
/// The same as Argon2id in PHC form: working it out takes longer than all the rest of the start.
const PASSWORD_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$3+8rxXdtFR4FVvTUcnFG+A$O3MpkiS05DHxQxjoCO/aCTpr2GVXSd2opYgyKoQY9gY";
/// How long the organisation has been here when the demo starts.
const AGE: TimeDelta = TimeDelta::days(60);

/// What the sample gives beside the rows it writes.
pub(super) struct Sample {
    /// Whom a visitor can be.
    pub(super) introduction: Introduction,
    /// The mail sent so far, oldest first.
    pub(super) mails: Vec<Outgoing>,
}

/// Fills an empty directory. Each thing happens at its own moment of the last two months.
///
/// # Errors
/// What a verb answers, which for sound data is only what the database answers.
pub(super) fn fill(tx: &mut Tx<'_>, public_url: &PublicUrl, sender: &Sender) -> Result<Sample> {
    let today = tx.now;
    tx.now = today - AGE;
    let organisation = Organisation::found(tx, &profile())?;
    people::add(tx)?;
    let sanne = people::administrator(tx)?;
    tx.now += TimeDelta::days(1);
    let settings = TenantSettings { owners_manage_groups: true, ..TenantSettings::default() };
    Organisation::change(tx, &sanne, &organisation.profile, &settings, organisation.version)?;
    groups::add(tx, &sanne)?;
    tx.now += TimeDelta::days(1);
    apps::add(tx, &sanne, public_url)?;
    let mut telling = Telling::new(public_url, sender);
    for (hours, event) in STORY {
        tx.now = today - TimeDelta::hours(*hours);
        telling.tell(tx, event)?;
    }
    tx.now = today - TimeDelta::minutes(25);
    groups::sync(tx)?;
    tx.now = today;
    Ok(Sample { introduction: introduction(tx)?, mails: telling.mails })
}

fn profile() -> Profile {
    Profile {
        name: "Meridiaan".to_owned(),
        primary_domain: DOMAIN.to_owned(),
        other_domains: String::new(),
        time_zone: "Europe/Amsterdam".to_owned(),
        default_language: Language::English,
        privacy_url: Some("https://meridiaan.example/privacy".to_owned()),
    }
}

/// Address, what they are, and what they can show.
const INTRODUCED: [(&str, &str, &str); 5] = [
    (SANNE, "demo-role-administrator", "demo-shows-administrator"),
    (ILSE, "demo-role-app-owner", "demo-shows-finance-owner"),
    (JONAS, "demo-role-app-owner", "demo-shows-project-owner"),
    (NOOR, "demo-role-member", "demo-shows-member"),
    (AMARA, "demo-role-guest", "demo-shows-guest"),
];

fn introduction(tx: &mut Tx<'_>) -> Result<Introduction> {
    let mut introduced = Vec::new();
    for (address, role, shows) in INTRODUCED {
        let user = people::user(tx, address)?;
        let id = user.id.to_string();
        introduced.push(Introduced { id, name: user.name, address: user.address, role, shows });
    }
    Ok(Introduction {
        people: introduced.into(),
        password: PASSWORD,
        sign_in: paths::SIGN_IN,
        mail: paths::MAIL,
    })
}

fn name(text: &str) -> Name {
    Name::parse(text).unwrap_or_default()
}

fn label(text: &str) -> Label {
    Label::parse(text).unwrap_or_default()
}

fn description(text: &str) -> Description {
    Description::parse(text).unwrap_or_default()
}

/// Something in the sample is not what it should be.
fn unusable(what: &str) -> Error {
    Error::Unavailable(format!("the sample's {what:?} cannot be used"))
}
