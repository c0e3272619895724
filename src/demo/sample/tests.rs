use std::collections::BTreeSet;

use directory::{
    Clock, Dialect, Directory, Organisation,
    app::{self, AppFilter},
    app_self_service,
    delivery::{self, DeliveryFilter},
    invitation::{self, InvitationFilter},
    testing::TestDatabase,
    user::{self, UserFilter, UserKind, UserState},
};

use super::*;

fn sampled() -> (TestDatabase, Directory, Sample) {
    #[expect(clippy::disallowed_methods, reason = "the test's own setting, not the panel's")]
    let postgres = std::env::var("VESTIBULE_TEST_DATABASE").is_ok_and(|named| named == "postgres");
    let database = TestDatabase::on(if postgres { Dialect::Postgres } else { Dialect::Sqlite });
    let directory = database.open(Clock::system());
    directory.migrate().unwrap();
    let (url, sender): (PublicUrl, Sender) =
        ("http://127.0.0.1:8080".parse().unwrap(), Sender::parse("panel@meridiaan.example").unwrap());
    let sample = directory.write(|tx| fill(tx, &url, &sender)).unwrap();
    (database, directory, sample)
}

fn administered<T>(
    directory: &Directory,
    list: impl Fn(&mut Tx<'_>, &directory::Administrator) -> Result<T>,
) -> T {
    let listed = directory.read(|tx| {
        let sanne = people::administrator(tx)?;
        list(tx, &sanne)
    });
    listed.unwrap()
}

#[test]
fn the_story_is_told_in_the_order_of_its_days() {
    assert!(STORY.is_sorted_by(|(earlier, _), (later, _)| earlier >= later));
    assert!(STORY.first().is_some_and(|(hours, _)| TimeDelta::hours(*hours) < AGE));
}

#[test]
fn every_state_of_an_invitation_and_of_a_mail_is_there() {
    let (_database, directory, sample) = sampled();
    let standings: BTreeSet<_> = administered(&directory, |tx, sanne| {
        let organisation = Organisation::load(tx)?;
        let rows = invitation::list(tx, sanne, &organisation, &InvitationFilter::default(), 100)?.rows;
        Ok(rows.iter().map(|row| row.standing.code()).collect())
    });
    let all = ["accepted", "declined", "expired", "open", "revoked", "suspended"];
    assert_eq!(standings, BTreeSet::from(all));
    let mails: BTreeSet<_> = administered(&directory, |tx, sanne| {
        let mails = delivery::list(tx, sanne, &DeliveryFilter::default(), 100)?.rows;
        Ok(mails.iter().map(|mail| mail.state.as_str()).collect())
    });
    assert_eq!(mails, BTreeSet::from(["failed", "retrying", "sent"]));
    assert!(sample.mails.len() > 20);
}

#[test]
fn people_of_every_kind_and_state_are_there() {
    let (_database, directory, sample) = sampled();
    let people = directory.read(|tx| user::list(tx, &UserFilter::default(), 100)).unwrap().rows;
    let kinds: BTreeSet<_> = people.iter().map(|user| (user.kind.as_str(), user.state.as_str())).collect();
    let (member, guest) = (UserKind::Member.as_str(), UserKind::Guest.as_str());
    for state in [UserState::Active, UserState::Blocked] {
        assert!(kinds.contains(&(member, state.as_str())) && kinds.contains(&(guest, state.as_str())));
    }
    assert!(kinds.contains(&(guest, UserState::Invited.as_str())));
    assert!(people.iter().all(|user| !user.name.is_empty()));
    assert_eq!(sample.introduction.people.len(), 5);
}

#[test]
fn self_service_is_whole_for_some_apps_and_lacks_one_thing_or_another_for_others() {
    let (_database, directory, _) = sampled();
    let missing: Vec<(String, usize)> = administered(&directory, |tx, sanne| {
        let apps = app::list(tx, sanne, &AppFilter::default(), 100)?.rows;
        let organisation = Organisation::load(tx)?;
        let progress = app_self_service::progress(tx, &organisation, &apps)?;
        Ok(apps
            .into_iter()
            .map(|app| app.slug)
            .zip(progress.iter().map(|so_far| so_far.checklist.missing()))
            .collect())
    });
    let of = |slug: &str| missing.iter().find(|(app, _)| app == slug).map(|(_, missing)| *missing);
    for whole in ["ledger", "audit-file", "drawings", "openproject", "salesforce"] {
        assert_eq!(of(whole), Some(0), "{whole}");
    }
    for (lacking, things) in [("bank-room", 1), ("tender-room", 1), ("miro", 1), ("client-desk", 2)] {
        assert_eq!(of(lacking), Some(things), "{lacking}");
    }
    assert!(of("power-bi").is_some_and(|missing| missing > 4));
}

#[test]
fn the_password_that_is_shown_is_the_one_that_is_kept() {
    assert!(crate::password::verify(PASSWORD, Some(PASSWORD_HASH)));
}

#[test]
fn whoever_is_introduced_has_words_in_every_language() {
    use crate::text::Texts;
    for (_, role, shows) in INTRODUCED {
        for language in Language::ALL {
            assert!(
                [role, shows].iter().all(|key| Texts::new(*language).find(key).is_some()),
                "{role} {shows}"
            );
        }
    }
}
