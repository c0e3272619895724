//! The link that makes the first administrator: when it is worth something (SPEC 5.2, SECURITY J9).

use chrono::TimeDelta;
use directory::access::Administrator;
use directory::setup_link::{self, FirstAdministrator};
use directory::user::{User, UserProfile};
use directory::{Actor, Directory, Error, Result};

use crate::backup::empty;
use crate::cast::{Cast, address, meridian, name};
use crate::on_both;

on_both!(
    a_set_up_link_is_only_for_a_directory_without_administrator,
    a_set_up_link_is_worth_nothing_once_there_is_an_administrator,
    a_set_up_link_is_worth_something_for_a_day_and_until_there_is_a_newer_j9,
    a_set_up_link_makes_one_administrator_j9,
);

fn first(called: &str) -> FirstAdministrator {
    FirstAdministrator {
        name: name(called),
        address: address(&format!("{}@meridian.test", called.to_lowercase())),
        password_hash: "not a hash".into(),
    }
}

fn create(directory: &Directory, random: u8) -> Option<String> {
    directory.write(|tx| setup_link::create(tx, [random; 32])).unwrap()
}

fn opens(directory: &Directory, link: &str) -> bool {
    directory.read(|tx| setup_link::check(tx, link)).is_ok()
}

fn redeem(directory: &Directory, link: &str, called: &str) -> Result<User> {
    directory.write(|tx| setup_link::redeem(tx, link, &meridian(), &first(called)))
}

/// SECURITY J9.
fn a_set_up_link_is_only_for_a_directory_without_administrator(cast: &Cast) {
    assert!(create(&cast.directory, 7).is_none());
    assert!(!opens(&cast.directory, "anything"));
}

/// SECURITY J9.
fn a_set_up_link_is_worth_nothing_once_there_is_an_administrator(cast: &Cast) {
    let (_database, directory) = empty(cast, cast.directory.dialect());
    let link = create(&directory, 7).unwrap();
    assert!(opens(&directory, &link));
    directory.write(|tx| setup_link::add_administrator(tx, &first("Eve"))).unwrap();
    assert!(matches!(directory.read(|tx| setup_link::check(tx, &link)), Err(Error::Hidden)));
}

fn a_set_up_link_is_worth_something_for_a_day_and_until_there_is_a_newer_j9(cast: &Cast) {
    let (_database, directory) = empty(cast, cast.directory.dialect());
    let older = create(&directory, 1).unwrap();
    let link = create(&directory, 2).unwrap();
    assert!(!opens(&directory, &older) && opens(&directory, &link));
    cast.clock.advance(TimeDelta::hours(24) - TimeDelta::microseconds(1));
    assert!(opens(&directory, &link));
    cast.clock.advance(TimeDelta::microseconds(1));
    assert!(!opens(&directory, &link));
    for dead in ["anything", &older, &link] {
        assert!(matches!(redeem(&directory, dead, "Eve"), Err(Error::Hidden)), "{dead}");
    }
}

fn a_set_up_link_makes_one_administrator_j9(cast: &Cast) {
    let (_database, directory) = empty(cast, cast.directory.dialect());
    let link = create(&directory, 1).unwrap();
    let eve = redeem(&directory, &link, "Eve").unwrap();
    assert!(eve.administrator && create(&directory, 2).is_none());
    shut_out(&directory, &eve);
    assert!(matches!(redeem(&directory, &link, "Mallory"), Err(Error::Hidden)), "it was used");
    assert!(
        create(&directory, 3).is_some_and(|link| opens(&directory, &link)),
        "members are no administrators"
    );
}

/// Eve and another administrator block each other at the same time, and a member stays.
fn shut_out(directory: &Directory, eve: &User) {
    let shut_out = directory.write(|tx| {
        let bob = setup_link::add_administrator(tx, &first("Bob"))?;
        let [by_eve, by_bob] = [eve, &bob].map(|who| Administrator::find(tx, &Actor::of(who).unwrap()));
        let (by_eve, by_bob) = (by_eve?, by_bob?);
        User::add_member(tx, &by_eve, &address("mia@meridian.test"), &UserProfile::named(name("Mia")))?;
        User::block(tx, &by_eve, bob.id)?;
        User::block(tx, &by_bob, eve.id)
    });
    shut_out.unwrap();
}
