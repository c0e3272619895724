//! The organisation to measure with: the same for the same seed, and such as the verbs would have left it.

use std::collections::{BTreeMap, BTreeSet};

use directory::activity::{self, Action};
use directory::app::{self, App, AppFilter, HomePage};
use directory::copy::CopyError;
use directory::fill::{self, ADMINISTRATOR, EVERYBODYS_APP, PERSON, Plan, TEAMS_APP};
use directory::group::{self, list::GroupFilter};
use directory::invitation::{self, Draft, Invitation, InvitationFilter, Outcome, Standing};
use directory::text::search_key;
use directory::user::{self, User, UserFilter, UserKind, UserState};
use directory::{
    Actor, Administrator, Count, Dialect, Directory, EmailAddress, Manager, Organisation, app_self_service,
    group_member,
};

use crate::backup::{backup, empty};
use crate::cast::Cast;
use crate::on_both;

on_both!(
    the_same_seed_makes_the_same_rows,
    as_many_guests_are_made_as_are_asked_for,
    only_an_empty_directory_is_filled,
    names_and_addresses_are_as_the_verbs_write_them,
    every_group_and_app_is_complete,
    what_is_known_of_it_is_there,
    people_work_in_it,
    the_audit_reads_as_if_people_had_done_it,
    a_server_has_looked_through_it,
);

const SEED: u64 = 7;

fn plan(seed: u64) -> Plan {
    Plan { members: 300, guests: None, groups: 40, apps: 60, seed, password_hash: None }
}

pub(crate) fn filled(cast: &Cast) -> (directory::testing::TestDatabase, Directory) {
    let (database, directory) = empty(cast, cast.directory.dialect());
    fill::fill(&directory, &plan(SEED)).unwrap();
    (database, directory)
}

/// Table by table what a backup would hold, without the moment it was taken at.
fn rows(directory: &Directory) -> Vec<u8> {
    let backup = backup(directory);
    let header = backup.iter().position(|byte| *byte == b'\n').unwrap();
    let whole = backup[..backup.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap();
    backup[header..whole].to_vec()
}

fn the_same_seed_makes_the_same_rows(cast: &Cast) {
    let (_database, directory) = filled(cast);
    let (_other_database, other) = empty(cast, other_dialect(cast));
    let written = fill::fill(&other, &plan(SEED)).unwrap();
    assert!(written.iter().all(|(_, rows)| *rows > 0), "{written:?}");
    assert!(rows(&directory) == rows(&other), "the same seed, other rows");
    let (_third_database, third) = empty(cast, Dialect::Sqlite);
    fill::fill(&third, &plan(SEED + 1)).unwrap();
    assert!(rows(&directory) != rows(&third), "another seed, the same rows");
}

fn as_many_guests_are_made_as_are_asked_for(cast: &Cast) {
    let of = |guests| {
        let (_database, directory) = empty(cast, cast.directory.dialect());
        fill::fill(&directory, &Plan { guests, ..plan(SEED) }).unwrap();
        let users = directory.read(|tx| user::list(tx, &UserFilter::default(), 1_000)).unwrap().rows;
        let (members, guests): (Vec<_>, Vec<_>) =
            users.into_iter().partition(|user| user.kind == UserKind::Member);
        (rows(&directory), members.len(), guests.len())
    };
    let usual = of(None);
    assert_eq!((usual.1, usual.2), (300, 60));
    assert!(of(Some(60)) == usual, "the usual number of guests makes other rows");
    for many in [fill::INVITED_TO_TEAM, 400] {
        let (_, members, guests) = of(Some(many));
        assert_eq!((members, guests), (300, many as usize));
    }
}

fn other_dialect(cast: &Cast) -> Dialect {
    match cast.directory.dialect() {
        Dialect::Sqlite => Dialect::Postgres,
        Dialect::Postgres => Dialect::Sqlite,
    }
}

fn only_an_empty_directory_is_filled(cast: &Cast) {
    let before = cast.database.contents();
    let refused = fill::fill(&cast.directory, &plan(SEED));
    assert!(matches!(refused, Err(CopyError::NotEmpty("organisation"))), "{refused:?}");
    assert_eq!(cast.database.contents(), before);
}

fn names_and_addresses_are_as_the_verbs_write_them(cast: &Cast) {
    let (_database, directory) = filled(cast);
    let users = directory.read(|tx| user::list(tx, &UserFilter::default(), 1_000)).unwrap().rows;
    assert_eq!(users.len(), 300 + 60);
    for user in users {
        let address = EmailAddress::parse(&user.address).unwrap();
        assert_eq!((address.to_string(), address.key()), (user.address, user.address_key));
        assert_eq!(search_key(&user.name), user.name_key);
        assert!(
            !user.name.is_empty() && (user.state != UserState::Active || user.created_at < directory.now())
        );
    }
}

fn every_group_and_app_is_complete(cast: &Cast) {
    let (_database, directory) = filled(cast);
    let adam = acting(&directory, ADMINISTRATOR);
    let (groups, apps, ready) = directory
        .read(|tx| {
            let adam = Administrator::find(tx, &adam)?;
            let organisation = Organisation::load(tx)?;
            let groups = group::list::all(tx, &adam, &GroupFilter::default(), 100)?.rows;
            let apps = app::list(tx, &adam, &AppFilter::default(), 100)?.rows;
            Ok((groups, apps, app_self_service::with_self_service(tx, &adam, &organisation, 100)?))
        })
        .unwrap();
    let slugs: BTreeSet<&str> = groups.iter().map(|row| row.group.slug.as_str()).collect();
    assert_eq!((groups.len(), slugs.len(), apps.len()), (40, 40, 60));
    for row in &groups {
        assert_eq!(search_key(&row.group.name), row.group.name_key);
        assert!(row.owners > Count::of(0) && row.members > Count::of(2), "{row:?}");
    }
    for app in &apps {
        assert_eq!(HomePage::parse(&app.home_page).unwrap().as_str(), app.home_page);
        assert_eq!(search_key(&app.name), app.name_key);
    }
    assert!(ready.len() > 2);
    for (app, checklist) in ready {
        assert!(checklist.is_complete(), "{}: {checklist:?}", app.name);
    }
}

pub(crate) fn acting(directory: &Directory, address: &str) -> Actor {
    let address = EmailAddress::parse(address).unwrap();
    let found = directory.read(|tx| User::by_address(tx, &address)).unwrap();
    Actor::of(&found.unwrap()).unwrap()
}

fn what_is_known_of_it_is_there(cast: &Cast) {
    let (_database, directory) = filled(cast);
    let petra = acting(&directory, PERSON);
    directory
        .read(|tx| {
            let organisation = Organisation::load(tx)?;
            assert_eq!(directory::panel::tiles(tx, &petra, &organisation)?.len(), 20);
            let everybodys = App::by_slug(tx, EVERYBODYS_APP)?.target_group_id.unwrap();
            let teams = App::by_slug(tx, TEAMS_APP)?.target_group_id.unwrap();
            assert!(group_member::count(tx, everybodys)? >= Count::of(298));
            assert_eq!(group_member::count(tx, teams)?, Count::of(58));
            Ok(())
        })
        .unwrap();
    let adam = acting(&directory, ADMINISTRATOR);
    let standings = directory.read(|tx| {
        let adam = Administrator::find(tx, &adam)?;
        let organisation = Organisation::load(tx)?;
        let mut standings = BTreeMap::new();
        for row in invitation::list(tx, &adam, &organisation, &InvitationFilter::default(), 100)?.rows {
            *standings.entry(row.standing.code()).or_insert(0) += 1;
        }
        Ok(standings)
    });
    let standings = standings.unwrap();
    assert!(!standings.contains_key("suspended"), "{standings:?}");
    assert!(["open", "accepted", "expired"].iter().all(|code| standings[code] > 2), "{standings:?}");
}

fn people_work_in_it(cast: &Cast) {
    let (database, directory) = filled(cast);
    let olivia = acting(&directory, &fill::owners().next().unwrap());
    let added = directory.write(|tx| {
        let manager = Manager::of_app(tx, &olivia, EVERYBODYS_APP)?;
        invitation::add(tx, &manager, "new@partner.test", &Draft::default())
    });
    let Ok(Outcome::Invited(invitation)) = added else { panic!("{added:?}") };
    let last = database.ask("SELECT address_key AS line FROM invitations ORDER BY number DESC LIMIT 1");
    assert_eq!(last, ["new@partner.test"], "its number is not after those that were filled in");
    let facts = directory.read(|tx| Invitation::facts(tx, invitation.id)).unwrap();
    assert_eq!(facts.standing, Standing::Open);
    let member = directory.read(|tx| {
        let group = App::by_slug(tx, EVERYBODYS_APP)?.target_group_id.unwrap();
        group_member::list(tx, group, None, 1)
    });
    let member = member.unwrap().rows.remove(0);
    let removed = directory.write(|tx| {
        let manager = Manager::of_app(tx, &olivia, EVERYBODYS_APP)?;
        group_member::remove(tx, &manager, member.id)
    });
    assert_eq!(removed.unwrap().id, member.id);
}

fn the_audit_reads_as_if_people_had_done_it(cast: &Cast) {
    let (_database, directory) = filled(cast);
    let olivia = acting(&directory, &fill::owners().next().unwrap());
    let added = directory.write(|tx| {
        let manager = Manager::of_app(tx, &olivia, TEAMS_APP)?;
        invitation::add(tx, &manager, "new@partner.test", &Draft::default())
    });
    assert!(matches!(added, Ok(Outcome::Invited(_))), "{added:?}");
    let filter = activity::Filter { action: Some(Action::Invited), ..activity::Filter::default() };
    let told = directory.read(|tx| activity::list(tx, &filter, 2)).unwrap().rows;
    let [new, made_up] = [&told[0].activity, &told[1].activity].map(|entry| {
        let after: serde_json::Value = serde_json::from_str(entry.after.as_deref().unwrap()).unwrap();
        let fields: BTreeSet<String> = after.as_object().unwrap().keys().cloned().collect();
        (entry.actor_id, entry.actor_name.clone(), entry.target_kind, after["state"].clone(), fields)
    });
    assert_eq!(new, made_up);
}

/// Counts are read from an index alone only then.
fn a_server_has_looked_through_it(cast: &Cast) {
    let (database, directory) = filled(cast);
    if directory.dialect() == Dialect::Postgres {
        let vacuumed = "SELECT 'yes' AS line FROM pg_stat_user_tables \
                        WHERE relid = 'group_members'::regclass AND last_vacuum IS NOT NULL";
        assert_eq!(database.ask(vacuumed), ["yes"]);
    }
}
