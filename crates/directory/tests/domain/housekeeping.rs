//! Taking rows away: those that are over, some at a time, and what an administrator deletes. Nothing that only grows is
//! read for it.

use chrono::TimeDelta;
use directory::app::App;
use directory::group::Group;
use directory::housekeeping::CLEAN_UPS;
use directory::one_time_code::{self, CodePurpose, Shown};
use directory::session::Session;
use directory::{Administrator, Language, Result, Tx, app_role, sign_in};

use crate::cast::{Cast, address, app_properties, group_profile, name};
use crate::on_both;
use crate::query_plans::check;

on_both!(
    what_is_over_goes_some_at_a_time,
    taking_away_what_is_over_finds_it_by_an_index,
    codes_of_one_browser_are_found_among_those_of_an_address,
    what_is_deleted_is_named_in_no_table_that_is_read_for_it,
    a_group_goes_to_its_directory_without_a_look_at_all_invitations,
);

/// More than are taken away at once.
const MANY: usize = 501;

fn ask(tx: &mut Tx<'_>, to: &str) -> Result<()> {
    sign_in::ask_for_code(tx, &address(to), "hers", Shown::Nothing, Language::English)
}

fn what_is_over_goes_some_at_a_time(cast: &Cast) {
    // Each code counts against a limit of its address: as many counters are made.
    cast.write(|tx| {
        (0..MANY).try_for_each(|number| {
            Session::begin(tx, &format!("key {number}"), &cast.mia, "")?;
            ask(tx, &format!("nobody{number}@meridian.test"))
        })
    });
    for clean_up in CLEAN_UPS {
        assert_eq!(cast.write(clean_up), 0, "nothing is over");
    }
    cast.clock.advance(TimeDelta::days(3));
    for clean_up in CLEAN_UPS {
        let clean_up = || cast.write(clean_up);
        assert_eq!([clean_up(), clean_up(), clean_up()], [500, 1, 0]);
    }
}

fn taking_away_what_is_over_finds_it_by_an_index(cast: &Cast) {
    cast.write(|tx| {
        Session::begin(tx, "key", &cast.mia, "")?;
        ask(tx, "mia@meridian.test")?;
        ask(tx, "nobody@meridian.test")
    });
    cast.clock.advance(TimeDelta::days(31));
    for clean_up in CLEAN_UPS {
        check(cast, "house-keeping", |tx| clean_up(tx).map(drop));
    }
}

fn codes_of_one_browser_are_found_among_those_of_an_address(cast: &Cast) {
    check(cast, "a code", |tx| {
        ask(tx, "mia@meridian.test")?;
        one_time_code::awaited(tx, CodePurpose::SignIn, "mia@meridian.test", "hers")?;
        one_time_code::proved(tx, "mia@meridian.test", "hers").map(drop)
    });
}

/// SQLite tells how it looks for rows that name the one which goes; PostgreSQL asks with the same indexes.
fn what_is_deleted_is_named_in_no_table_that_is_read_for_it(cast: &Cast) {
    let made = cast.as_administrator(|tx, administrator| {
        let app = App::add(tx, administrator, &app_properties("Box"), None)?;
        let role = app_role::add(tx, administrator, &app, &name("Reader"))?;
        Ok((app, role, Group::add(tx, administrator, &group_profile("Box guests", None))?))
    });
    let (app, role, group) = made.unwrap();
    check(cast, "a role", |tx| {
        let administrator = Administrator::find(tx, &cast.adam)?;
        app_role::remove(tx, &administrator, &app, role.id)
    });
    check(cast, "an app", |tx| {
        let administrator = Administrator::find(tx, &cast.adam)?;
        App::delete(tx, &administrator, &app.slug).map(drop)
    });
    check(cast, "a group", |tx| {
        let administrator = Administrator::find(tx, &cast.adam)?;
        Group::delete(tx, &administrator, &group.slug, group.version)
    });
}

fn a_group_goes_to_its_directory_without_a_look_at_all_invitations(cast: &Cast) {
    check(cast, "a group", |tx| Group::hand_to_directory(tx, cast.group.id, &name("ad.meridian.test")));
}
