//! When the courier is woken: whenever a mail may leave, and by nothing that tells whom it is for (SECURITY C7).

use directory::delivery;
use directory::invitation::{self, Draft};
use directory::one_time_code::Shown;
use directory::{Administrator, Directory, Language, Manager, Result, Tx, group_owner, sign_in};

use crate::backup::{backup, empty, restore};
use crate::cast::{Cast, address, second_owner};
use crate::inviting::invited;
use crate::on_both;
use crate::restoring::claim;

on_both!(
    whoever_asks_for_a_code_wakes_the_courier_whether_one_is_mailed_c7,
    what_is_queued_wakes_the_courier,
    what_is_approved_wakes_the_courier_if_it_was_not_sent,
    the_release_after_a_restore_wakes_the_courier,
);

const ANN: &str = "ann@partner.test";

/// Whether a write wakes the courier.
fn wakes<T>(directory: &Directory, write: impl Fn(&mut Tx<'_>) -> Result<T>) -> bool {
    let woken = directory.write(|tx| {
        write(tx)?;
        Ok(tx.owes_mail())
    });
    woken.unwrap()
}

/// The sixth within the hour is mailed to nobody.
fn whoever_asks_for_a_code_wakes_the_courier_whether_one_is_mailed_c7(cast: &Cast) {
    for whose in ["mia@meridian.test", "nobody@meridian.test"] {
        for browser in ["a", "b", "c", "d", "e", "f"] {
            let ask = |tx: &mut Tx<'_>| {
                sign_in::ask_for_code(tx, &address(whose), browser, Shown::Nothing, Language::English)
            };
            assert!(wakes(&cast.directory, ask), "{whose} {browser}");
        }
    }
}

fn what_is_queued_wakes_the_courier(cast: &Cast) {
    assert!(!wakes(&cast.directory, |_| Ok(())));
    let add = |tx: &mut Tx<'_>| {
        let manager = Manager::of_app(tx, &cast.olivia, &cast.app.slug)?;
        invitation::add(tx, &manager, ANN, &Draft::default())
    };
    assert!(wakes(&cast.directory, add));
    let given_up = claim(&cast.directory).unwrap();
    cast.write(|tx| delivery::failed(tx, &given_up, "550 no"));
    let again = |tx: &mut Tx<'_>| {
        let adam = Administrator::find(tx, &cast.adam)?;
        delivery::queue_again(tx, &adam, given_up.id)
    };
    assert!(wakes(&cast.directory, again));
}

fn what_is_approved_wakes_the_courier_if_it_was_not_sent(cast: &Cast) {
    second_owner(cast);
    let ann = invited(cast, ANN).id;
    assert_eq!(cast.letters_to(ANN).len(), 1);
    let bob = invited(cast, "bob@partner.test").id;
    cast.as_administrator(|tx, administrator| {
        group_owner::remove(tx, administrator, &cast.group, cast.olivia.id)
    })
    .unwrap();
    let approve = |id| {
        wakes(&cast.directory, |tx| {
            let manager = Manager::of_app(tx, &cast.oscar, &cast.app.slug)?;
            invitation::approve(tx, &manager, id)
        })
    };
    assert_eq!((approve(ann), approve(bob)), (false, true));
}

fn the_release_after_a_restore_wakes_the_courier(cast: &Cast) {
    invited(cast, ANN);
    let (_database, there) = empty(cast, cast.directory.dialect());
    restore(&there, &backup(&cast.directory)).unwrap();
    let release = || {
        wakes(&there, |tx| {
            let adam = Administrator::find(tx, &cast.adam)?;
            delivery::release(tx, &adam)
        })
    };
    assert_eq!((release(), release()), (true, false), "once");
    assert!(claim(&there).is_some());
}
