//! Lists by name: what is sought, and how one page follows another.

use chrono::TimeDelta;
use directory::access::{Manager, SeenTarget};
use directory::app::App;
use directory::app_assignment::{self, Assignee, Assignment};
use directory::delivery::{self, DeliveryFilter};
use directory::group::Group;
use directory::invitation::{self, Draft};
use directory::member_list::{self, Filter};
use directory::redemption::{self, Door};
use directory::user::{self, User, UserFilter, UserProfile};
use directory::{group_member, group_owner};

use crate::cast::{Cast, address, app_properties, group_profile, name};
use crate::on_both;

on_both!(
    who_is_called_so_comes_before_who_has_it_somewhere,
    pages_of_a_search_follow_each_other,
    invitations_to_an_app_and_to_its_group_are_one_alphabet,
    who_is_invited_twice_is_on_no_two_pages,
    people_and_the_invited_are_one_alphabet,
    a_guest_is_listed_under_the_name_of_now,
    the_groups_of_a_person_are_those_they_are_in_or_own,
    each_app_of_a_person_is_listed_once_with_its_own_ways,
    mails_are_found_by_whom_they_are_to_newest_first,
);

/// A page of one row after another, with what each shows, until there is none.
fn pages<T, P>(mut page: impl FnMut(Option<P>) -> (Vec<T>, Option<P>)) -> Vec<T> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let (rows, next) = page(after.take());
        all.extend(rows);
        match next {
            Some(place) if all.len() < 100 => after = Some(place),
            _ => return all,
        }
    }
}

fn hire(cast: &Cast, people: &[(&str, &str)]) {
    for (called, local) in people {
        let to = address(&format!("{local}@meridian.test"));
        let profile = UserProfile::named(name(called));
        cast.as_administrator(|tx, administrator| User::add_member(tx, administrator, &to, &profile))
            .unwrap();
    }
}

/// Somebody has it at the beginning, somebody inside, and somebody in the address only.
fn annas(cast: &Cast) -> UserFilter {
    hire(
        cast,
        &[("Johanna Vos", "jv"), ("Zoe", "zoe.annan"), ("Anna Bos", "ab"), ("Annabel", "ba"), ("Ben", "b")],
    );
    UserFilter { search: "ANNA".to_owned(), ..UserFilter::default() }
}

const ANNAS: [&str; 4] = ["Anna Bos", "Annabel", "Johanna Vos", "Zoe"];

fn names(users: &[User]) -> Vec<String> {
    users.iter().map(|user| user.name.clone()).collect()
}

fn who_is_called_so_comes_before_who_has_it_somewhere(cast: &Cast) {
    let filter = annas(cast);
    assert_eq!(names(&cast.read(|tx| user::list(tx, &filter, 50)).rows), ANNAS);
    for (sought, found) in [("ann", 4), ("annab", 1), ("%", 0), ("_", 0), ("nobody", 0)] {
        let filter = UserFilter { search: sought.to_owned(), ..UserFilter::default() };
        assert_eq!(cast.read(|tx| user::list(tx, &filter, 50)).rows.len(), found, "{sought}");
    }
}

fn pages_of_a_search_follow_each_other(cast: &Cast) {
    let filter = annas(cast);
    let walked = pages(|after| {
        let filter = UserFilter { after, ..filter.clone() };
        let found = cast.read(|tx| user::list(tx, &filter, 1));
        assert_eq!(found.rows.len(), 1, "no page is empty when the one before says that there is a next");
        let last = found.rows.last().filter(|_| found.more);
        (names(&found.rows), last.map(|last| (last.name_key.clone(), last.id)))
    });
    assert_eq!(walked, ANNAS);
}

fn invite(cast: &Cast, to: &str, by: impl Fn(&mut directory::Tx<'_>) -> directory::Result<Manager>) {
    cast.write(|tx| {
        let manager = by(tx)?;
        invitation::add(tx, &manager, to, &Draft::default())
    });
}

/// Those who are listed on the page of the app, by address.
fn listed(cast: &Cast, search: &str, rows: i64) -> Vec<String> {
    pages(|after| {
        let filter = Filter { search: search.to_owned(), after, ..Filter::default() };
        let list = cast.read(|tx| {
            let seen = SeenTarget::app(tx, &cast.olivia, &cast.app.slug)?;
            member_list::list(tx, &seen, &filter, rows)
        });
        (list.rows.iter().map(|row| row.user().address.clone()).collect(), list.next)
    })
}

fn invitations_to_an_app_and_to_its_group_are_one_alphabet(cast: &Cast) {
    for (number, to) in
        ["dora@b.test", "anna@b.test", "carl@b.test", "bert@b.test", "emma@b.test"].iter().enumerate()
    {
        if number % 2 == 0 {
            invite(cast, to, |tx| Manager::of_app(tx, &cast.olivia, &cast.app.slug));
        } else {
            invite(cast, to, |tx| Manager::of_group(tx, &cast.olivia, &cast.group.slug));
        }
    }
    let wanted = ["anna@b.test", "bert@b.test", "carl@b.test", "dora@b.test", "emma@b.test"];
    for rows in [1, 2, 3, 50] {
        assert_eq!(listed(cast, "@b.test", rows), wanted, "pages of {rows}");
    }
    assert_eq!(listed(cast, "car", 50), ["carl@b.test"]);
}

fn who_is_invited_twice_is_on_no_two_pages(cast: &Cast) {
    for to in ["anna@b.test", "bert@b.test", "carl@b.test"] {
        invite(cast, to, |tx| Manager::of_app(tx, &cast.olivia, &cast.app.slug));
    }
    invite(cast, "bert@b.test", |tx| Manager::of_group(tx, &cast.olivia, &cast.group.slug));
    let wanted = ["anna@b.test", "bert@b.test", "bert@b.test", "carl@b.test"];
    for rows in [2, 3, 4, 50] {
        assert_eq!(listed(cast, "@b.test", rows), wanted, "pages of {rows}");
    }
}

/// Where people fill a page, those who are invited between them are on it.
fn people_and_the_invited_are_one_alphabet(cast: &Cast) {
    let people = ["ada", "cas", "cleo", "eva", "gus"];
    hire(cast, &people.map(|called| (called, called)));
    let colleagues = people.map(|called| format!("{called}@meridian.test"));
    let guests = ["aad@b.test", "bob@b.test", "cleo@b.test", "fay@b.test", "zed@b.test"];
    for to in colleagues.iter().map(String::as_str).chain(guests) {
        invite(cast, to, |tx| Manager::of_app(tx, &cast.olivia, &cast.app.slug));
    }
    let wanted = ["aad", "ada", "bob", "cas", "cleo", "cleo", "eva", "fay", "gus", "zed"];
    for rows in [1, 2, 3, 4, 5, 50] {
        let listed = listed(cast, "", rows);
        let local: Vec<&str> = listed.iter().filter_map(|to| to.split('@').next()).collect();
        assert_eq!(local, wanted, "pages of {rows}");
    }
}

/// The name stands in the invitation, too, where the list reads it.
fn a_guest_is_listed_under_the_name_of_now(cast: &Cast) {
    for to in ["anna@b.test", "bert@b.test"] {
        invite(cast, to, |tx| Manager::of_group(tx, &cast.olivia, &cast.group.slug));
    }
    let anna = cast.token_for("anna@b.test");
    cast.write(|tx| redemption::ask_for_code(tx, &anna, "browser"));
    let code = cast.code_for("anna@b.test");
    let zoe = name("Zoe Adams");
    let door = Door { browser: "browser", code: &code, signed_in: None, name: Some(&zoe) };
    cast.write(|tx| redemption::accept(tx, &anna, &door));
    invite(cast, "anna@b.test", |tx| Manager::of_app(tx, &cast.olivia, &cast.app.slug));
    assert_eq!(listed(cast, "b.test", 50), ["bert@b.test", "anna@b.test"]);
}

fn mails_are_found_by_whom_they_are_to_newest_first(cast: &Cast) {
    for to in ["anna@b.test", "bert@b.test", "Anna.Bos@c.test", "carl@b.test", "joanna@b.test"] {
        invite(cast, to, |tx| Manager::of_app(tx, &cast.olivia, &cast.app.slug));
        cast.clock.advance(TimeDelta::minutes(1));
    }
    let found = |search: &str, rows| {
        pages(|before| {
            let filter = DeliveryFilter { search: search.to_owned(), before, ..DeliveryFilter::default() };
            let page =
                cast.as_administrator(|tx, administrator| delivery::list(tx, administrator, &filter, rows));
            let page = page.unwrap();
            let next = page.rows.last().filter(|_| page.more).map(|last| last.id);
            (page.rows.into_iter().map(|mail| mail.recipient).collect::<Vec<_>>(), next)
        })
    };
    for rows in [1, 2, 3, 50] {
        let annas = ["joanna@b.test", "Anna.Bos@c.test", "anna@b.test"];
        assert_eq!(found("ANNA", rows), annas, "pages of {rows}");
        assert_eq!(found("", rows).len(), 5, "pages of {rows}");
    }
    for nobody in ["%", "_", "nobody"] {
        assert!(found(nobody, 50).is_empty(), "{nobody}");
    }
}

fn each_app_of_a_person_is_listed_once_with_its_own_ways(cast: &Cast) {
    let held = cast.as_administrator(|tx, administrator| {
        let readers = Group::add(tx, administrator, &group_profile("Readers", None))?;
        group_member::fill(tx, &readers, &[cast.mia.id])?;
        let payroll = App::add(tx, administrator, &app_properties("Payroll"), None)?;
        for assignee in [Assignee::Group(readers.id), Assignee::User(cast.mia.id)] {
            app_assignment::add(tx, administrator, &payroll, &Assignment::to(assignee))?;
        }
        app_assignment::add(tx, administrator, &cast.app, &Assignment::to(Assignee::User(cast.mia.id)))?;
        user::access::apps(tx, administrator, cast.mia.id, 50)
    });
    let told = |held: &user::access::HeldApp| {
        (held.app.name.clone(), held.ways.iter().map(|way| way.group.clone()).collect::<Vec<_>>())
    };
    assert_eq!(
        held.unwrap().rows.iter().map(told).collect::<Vec<_>>(),
        [
            ("Payroll".to_owned(), vec![None, Some("Readers".to_owned())]),
            ("Salesforce".to_owned(), vec![None]),
        ]
    );
}

/// Not those of others; and of those they own, which nobody else who may sign in manages.
fn the_groups_of_a_person_are_those_they_are_in_or_own(cast: &Cast) {
    let made = cast.as_administrator(|tx, administrator| {
        let [both, shared, alone, other] = ["Both", "Shared", "Alone", "Other"]
            .map(|called| Group::add(tx, administrator, &group_profile(called, None)));
        let (both, shared, alone, other) = (both?, shared?, alone?, other?);
        group_member::fill(tx, &both, &[cast.mia.id, cast.oscar.id])?;
        group_member::fill(tx, &cast.group, &[cast.mia.id])?;
        group_member::fill(tx, &other, &[cast.oscar.id])?;
        for (group, owner) in [
            (&both, cast.mia.id),
            (&shared, cast.mia.id),
            (&shared, cast.adam.id),
            (&alone, cast.mia.id),
            (&alone, cast.oscar.id),
            (&other, cast.adam.id),
        ] {
            group_owner::add(tx, administrator, group, owner)?;
        }
        User::block(tx, administrator, cast.oscar.id)?;
        let groups = user::access::groups(tx, administrator, cast.mia.id, 50)?;
        Ok((groups, user::access::groups_managed_alone(tx, administrator, cast.mia.id)?))
    });
    let (groups, alone) = made.unwrap();
    let told: Vec<_> =
        groups.iter().map(|held| (held.group.name.as_str(), held.owned, held.joined)).collect();
    let own = cast.group.name.as_str();
    assert_eq!(
        told,
        [("Alone", true, false), ("Both", true, true), (own, false, true), ("Shared", true, false)]
    );
    assert_eq!(alone, ["Alone", "Both"]);
}
