use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use chrono::TimeDelta;
use directory::delivery::{self, Claims, Letter};
use directory::fill::{self, EVERYBODYS_APP};
use directory::invitation::{self, Draft, Invitation, Outcome};
use directory::redemption::{self, Accepted, Door};
use directory::user::{User, UserProfile};
use directory::{Actor, Administrator, Count, Error, Manager, Refusal, Tx, group_member, group_owner};

use crate::cast::{Cast, address, name, second_owner};
use crate::filling::{acting, filled};
use crate::inviting::invited;
use crate::on_both;

on_both!(
    fifty_redemptions_of_one_link_let_one_in,
    twenty_identical_adds_make_one_invitation_and_one_mail,
    two_who_add_at_once_are_not_in_each_others_way,
    two_owners_who_remove_each_other_leave_one,
    two_administrators_who_block_each_other_leave_one,
    two_couriers_never_hold_the_same_mail,
    couriers_that_renew_at_once_give_an_invitation_one_link,
    approving_while_a_courier_renews_is_not_undone,
    a_renewal_leaves_a_mail_alone_that_is_under_way_h7,
    a_courier_whose_clock_is_behind_leaves_a_mail_to_who_sends_it,
    removing_and_adding_at_once_leaves_a_state_that_one_after_the_other_could,
);

/// Runs the same thing in many threads that start together.
fn at_once<T: Send>(times: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(times);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..times)
            .map(|number| {
                let (start, work) = (&start, &work);
                scope.spawn(move || {
                    start.wait();
                    work(number)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// SECURITY A2, G-2.
fn fifty_redemptions_of_one_link_let_one_in(cast: &Cast) {
    cast.as_manager(&cast.olivia, |tx, manager| {
        invitation::add(tx, manager, "ann@partner.test", &Draft::default())
    })
    .unwrap();
    let token = cast.token_for("ann@partner.test");
    cast.write(|tx| redemption::ask_for_code(tx, &token, "hers"));
    let code = cast.code_for("ann@partner.test");
    let door = Door { browser: "hers", code: &code, signed_in: None, name: None };
    let answers = at_once(50, |_| cast.directory.write(|tx| redemption::accept(tx, &token, &door)));
    let accepted = answers.iter().filter(|answer| matches!(answer, Ok(Accepted::In(_)))).count();
    let honest =
        answers.iter().all(|answer| matches!(answer, Ok(_) | Err(Error::Stale | Error::Unavailable(_))));
    assert_eq!(accepted, 1);
    assert!(honest, "{answers:?}");
    assert_eq!(cast.read(|tx| group_member::count(tx, cast.group.id)), Count::of(1));
}

/// SECURITY I6.
fn twenty_identical_adds_make_one_invitation_and_one_mail(cast: &Cast) {
    let answers = at_once(20, |_| {
        cast.as_manager(&cast.olivia, |tx, manager| {
            invitation::add(tx, manager, "ann@partner.test", &Draft::default())
        })
    });
    let invited = answers.iter().filter(|answer| matches!(answer, Ok(Outcome::Invited(_)))).count();
    let others = answers.iter().filter(|answer| matches!(answer, Ok(Outcome::AlreadyInvited(_)))).count();
    assert_eq!((invited, others), (1, 19), "{answers:?}");
    assert!(matches!(cast.letters_to("ann@partner.test").as_slice(), [Letter::Invitation(_)]));
}

/// Guests whose addresses follow each other meet in the same page of every index: nobody has to begin again for that.
fn two_who_add_at_once_are_not_in_each_others_way(cast: &Cast) {
    const ROUNDS: usize = 20;
    let (_database, directory) = filled(cast);
    let owners: Vec<Actor> = fill::owners().take(2).map(|owner| acting(&directory, &owner)).collect();
    let runs = AtomicUsize::new(0);
    for round in 0..ROUNDS {
        let answers = at_once(2, |number| {
            let to = format!("ann.{round}.{number}@partner.test");
            directory.write(|tx| {
                runs.fetch_add(1, Ordering::Relaxed);
                let manager = Manager::of_app(tx, &owners[number], EVERYBODYS_APP)?;
                invitation::add(tx, &manager, &to, &Draft::default())
            })
        });
        assert!(answers.iter().all(|answer| matches!(answer, Ok(Outcome::Invited(_)))), "{answers:?}");
    }
    assert_eq!(runs.into_inner(), 2 * ROUNDS);
}

/// SECURITY B7.
fn two_owners_who_remove_each_other_leave_one(cast: &Cast) {
    second_owner(cast);
    let owners = [cast.olivia.id, cast.oscar.id];
    let answers = at_once(2, |number| {
        cast.as_administrator(|tx, administrator| {
            group_owner::remove(tx, administrator, &cast.group, owners[1 - number])
        })
    });
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    assert!(answers.iter().any(|answer| matches!(answer, Err(Error::Refused(Refusal::LastOwner)))));
    assert_eq!(cast.read(|tx| group_owner::list(tx, cast.group.id)).len(), 1);
}

/// SECURITY B7: whoever proves in the transaction that writes that they are an administrator still, as the panel does.
fn two_administrators_who_block_each_other_leave_one(cast: &Cast) {
    let profile = UserProfile { administrator: true, ..UserProfile::named(name("Eve Adams")) };
    let eve = cast.write(|tx| {
        User::add_from_the_system(tx, &address("eve@meridian.test"), &profile, Some("hash".to_owned()))
    });
    let both = [cast.adam.clone(), Actor::of(&eve).unwrap()];
    let answers = at_once(2, |number| {
        cast.directory.write(|tx| {
            let administrator = Administrator::find(tx, &both[number])?;
            User::block(tx, &administrator, both[1 - number].id)
        })
    });
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
}

/// SECURITY H7.
fn two_couriers_never_hold_the_same_mail(cast: &Cast) {
    for number in 0..20 {
        let to = format!("guest{number}@partner.test");
        cast.as_manager(&cast.olivia, |tx, manager| invitation::add(tx, manager, &to, &Draft::default()))
            .unwrap();
    }
    let claimed = at_once(4, |number| {
        let holder = format!("courier {number}");
        let mut held = Vec::new();
        let claim = || {
            let lease = TimeDelta::minutes(1);
            cast.directory.write_rows(|tx| delivery::claim_some(tx, &holder, lease, 3)).unwrap()
        };
        loop {
            let Claims { claimed, looked_at } = claim();
            assert!(claimed.len() <= 3, "no more than were asked for");
            if looked_at == 0 {
                return held;
            }
            held.extend(claimed.into_iter().map(|claimed| claimed.id));
        }
    });
    let mut all: Vec<_> = claimed.into_iter().flatten().collect();
    all.sort();
    let before = all.len();
    all.dedup();
    assert_eq!((before, all.len()), (20, 20));
}

/// SECURITY H2, H7.
fn couriers_that_renew_at_once_give_an_invitation_one_link(cast: &Cast) {
    for number in 0..8 {
        let to = format!("guest{number}@partner.test");
        cast.as_manager(&cast.olivia, |tx, manager| invitation::add(tx, manager, &to, &Draft::default()))
            .unwrap();
    }
    cast.clock.advance(TimeDelta::days(8));
    let claimed = at_once(4, |number| {
        let (holder, lease) = (format!("courier {number}"), TimeDelta::minutes(1));
        let mut held = Vec::new();
        loop {
            let claims = cast.directory.write_rows(|tx| delivery::claim_some(tx, &holder, lease, 3)).unwrap();
            if claims.looked_at == 0 {
                return held;
            }
            held.extend(claims.claimed.into_iter().map(|claimed| (claimed.to, claimed.message_id)));
        }
    });
    let mut all: Vec<_> = claimed.into_iter().flatten().collect();
    all.sort();
    let sent = all.len();
    all.dedup_by_key(|(to, _)| to.clone());
    assert_eq!((sent, all.len()), (8, 8));
    assert!(all.iter().all(|(_, message)| message.ends_with(".2")), "{all:?}");
}

/// Does the first in a transaction that stays open while the second begins.
#[expect(clippy::disallowed_methods, reason = "nobody tells that the second waits for the first")]
fn overlapping<T: Send>(
    cast: &Cast,
    first: impl Fn(&mut Tx<'_>) -> directory::Result<T> + Sync,
    second: impl FnOnce(),
) -> T {
    let begun = Barrier::new(2);
    thread::scope(|scope| {
        let thread = scope.spawn(|| {
            cast.write(|tx| {
                let done = first(tx)?;
                begun.wait();
                thread::sleep(Duration::from_millis(300));
                Ok(done)
            })
        });
        begun.wait();
        second();
        thread.join().unwrap()
    })
}

fn claims(cast: &Cast) -> Claims {
    let lease = TimeDelta::minutes(1);
    cast.directory.write_rows(|tx| delivery::claim_some(tx, "courier", lease, 3)).unwrap()
}

/// SPEC 4.2: who approved answers for it from then on.
fn approving_while_a_courier_renews_is_not_undone(cast: &Cast) {
    second_owner(cast);
    let id = invited(cast, "ann@partner.test").id;
    cast.clock.advance(TimeDelta::days(8));
    let approve = |tx: &mut Tx<'_>| {
        let oscar = Manager::of_app(tx, &cast.oscar, &cast.app.slug)?;
        invitation::approve(tx, &oscar, id)
    };
    overlapping(cast, approve, || drop(claims(cast)));
    let facts = cast.read(|tx| Invitation::facts(tx, id));
    assert_eq!((facts.invitation.answerable_id, facts.invitation.generation), (cast.oscar.id, 2));
}

/// What leaves must not be made a dead link by a renewal that has read it as waiting.
fn a_renewal_leaves_a_mail_alone_that_is_under_way_h7(cast: &Cast) {
    let id = invited(cast, "ann@partner.test").id;
    cast.clock.advance(TimeDelta::days(7) - TimeDelta::milliseconds(1));
    let claim = |tx: &mut Tx<'_>| delivery::claim_some(tx, "first", TimeDelta::minutes(1), 3);
    let under_way = overlapping(cast, claim, || {
        cast.clock.advance(TimeDelta::milliseconds(2));
        assert!(claims(cast).claimed.is_empty());
    });
    let generation = cast.read(|tx| Invitation::facts(tx, id)).invitation.generation;
    assert_eq!(under_way.claimed[0].message_id, format!("{id}.{generation}"));
}

/// SECURITY H7: of two couriers that begin at once, the one that comes second may have the earlier time.
fn a_courier_whose_clock_is_behind_leaves_a_mail_to_who_sends_it(cast: &Cast) {
    cast.as_manager(&cast.olivia, |tx, manager| {
        invitation::add(tx, manager, "ann@partner.test", &Draft::default())
    })
    .unwrap();
    let claim = |holder: &str| {
        let lease = TimeDelta::seconds(90);
        cast.directory.write_rows(|tx| delivery::claim(tx, holder, lease)).unwrap()
    };
    cast.clock.advance(TimeDelta::seconds(1));
    assert!(claim("ahead").is_some());
    cast.clock.advance(TimeDelta::milliseconds(-1));
    assert!(claim("behind").is_none());
}

/// SECURITY I7.
fn removing_and_adding_at_once_leaves_a_state_that_one_after_the_other_could(cast: &Cast) {
    second_owner(cast);
    let add = |owner| {
        cast.as_manager(owner, |tx, m| invitation::add(tx, m, "mia@meridian.test", &Draft::default()))
    };
    add(&cast.olivia).unwrap();
    for _ in 0..10 {
        let answers = at_once(2, |number| match number {
            0 => cast.as_manager(&cast.olivia, |tx, m| group_member::remove(tx, m, cast.mia.id)).map(|_| ()),
            _ => add(&cast.oscar).map(|_| ()),
        });
        let count = cast.read(|tx| group_member::count(tx, cast.group.id));
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        assert!(count <= Count::of(1));
        add(&cast.olivia).unwrap();
    }
}
