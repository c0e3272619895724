//! An organisation without a panel: what the courier works for.

use std::sync::Arc;

use chrono::TimeDelta;
use directory::{
    Actor, Administrator, Clock, Directory, EmailAddress, Language, Manager, Organisation, Timestamp,
    delivery::{self, Delivery, DeliveryFilter},
    invitation::{self, Draft, Outcome},
    one_time_code::{self, CodePurpose, Request, Shown},
    organisation::Profile,
    testing::TestDatabase,
    text::{Message, Name},
    user::{User, UserProfile},
};
use vestibule::mail::{Courier, Mailer, Smtp};
use vestibule::settings::Sender;

use super::mailbox::Mailbox;

/// An organisation with one administrator, who invites.
pub(crate) struct Office {
    pub(crate) directory: Directory,
    pub(crate) database: TestDatabase,
    olivia: Actor,
}

impl Office {
    /// A new one, at noon.
    pub(crate) fn open() -> Self {
        let database = TestDatabase::sqlite();
        let noon = "2026-11-20T12:00:00Z".parse::<Timestamp>().unwrap();
        let directory = database.open(Clock::fixed(noon));
        directory.migrate().unwrap();
        let olivia = directory.write(found).unwrap();
        Self { directory, database, olivia }
    }

    /// Olivia invites somebody.
    pub(crate) fn invite(&self, address: &str, message: &str) {
        let added = self.directory.write(|tx| {
            let manager = Manager::of_directory(tx, &self.olivia)?;
            let draft = Draft { message: Message::parse(message).unwrap(), language: None };
            invitation::add(tx, &manager, address, &draft)
        });
        assert!(matches!(added.unwrap(), Outcome::Invited(_)));
    }

    /// Olivia takes back the invitation that the newest mail to this address tells of.
    pub(crate) fn revoke(&self, address: &str) {
        let invitation = self.mail_to(address).invitation_id.unwrap();
        let revoked = self.directory.write(|tx| {
            let manager = Manager::of_directory(tx, &self.olivia)?;
            invitation::revoke(tx, &manager, invitation)
        });
        revoked.unwrap();
    }

    /// Somebody of the organisation asks for a code, in Dutch.
    pub(crate) fn ask_code(&self, address: &str) {
        let asked = self.directory.write(|tx| {
            let address = EmailAddress::parse(address).unwrap();
            let profile = UserProfile::named(Name::parse("Ann").unwrap());
            let user = User::add_from_the_system(tx, &address, &profile, None)?;
            let request = Request {
                purpose: CodePurpose::SignIn,
                address: &address,
                user: Some(&user),
                browser: "browser",
                shown: Shown::Nothing,
                language: Language::Dutch,
            };
            one_time_code::ask(tx, &request)
        });
        asked.unwrap();
    }

    fn mails(&self) -> Vec<Delivery> {
        let read = self.directory.read(|tx| {
            let administrator = Administrator::find(tx, &self.olivia)?;
            Ok(delivery::list(tx, &administrator, &DeliveryFilter::default(), 100)?.rows)
        });
        read.unwrap()
    }

    /// What the outbox says of the mail to this address.
    pub(crate) fn mail_to(&self, address: &str) -> Delivery {
        self.mails().into_iter().find(|mail| mail.recipient == address).unwrap()
    }

    /// A courier that sends through this relay.
    pub(crate) fn courier(&self, relay: &Mailbox) -> Courier {
        let smtp = Smtp::new(relay.url().parse().unwrap(), "apps.meridian.example").unwrap();
        self.courier_with(Mailer::Smtp(smtp))
    }

    /// A courier that sends in this way.
    pub(crate) fn courier_with(&self, mailer: Mailer) -> Courier {
        let public_url = "https://apps.meridian.example".parse().unwrap();
        let sender = Sender::parse("invitations@meridian.example").unwrap();
        Courier::new(self.directory.clone(), Arc::new(mailer), public_url, sender)
    }

    /// Turns the clock.
    pub(crate) fn wait(&self, by: TimeDelta) {
        self.directory.clock().advance(by);
    }
}

fn found(tx: &mut directory::Tx<'_>) -> directory::Result<Actor> {
    let profile = Profile {
        name: "Meridian Labs".to_owned(),
        primary_domain: "meridian.example".to_owned(),
        other_domains: String::new(),
        time_zone: "Europe/Amsterdam".to_owned(),
        default_language: Language::English,
        privacy_url: None,
    };
    Organisation::found(tx, &profile)?;
    let address = EmailAddress::parse("olivia@meridian.example").unwrap();
    let name = Name::parse("Olivia Brandt").unwrap();
    let profile = UserProfile { administrator: true, ..UserProfile::named(name) };
    let user = User::add_from_the_system(tx, &address, &profile, Some("hash".to_owned()))?;
    Ok(Actor::of(&user).unwrap())
}
