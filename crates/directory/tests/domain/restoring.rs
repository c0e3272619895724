//! After a restore: nobody is in by what was given since the backup, and no mail goes out unseen (SECURITY J6).

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use directory::access::Administrator;
use directory::activity::{self, Action, Filter};
use directory::delivery::{self, Claimed};
use directory::invitation::{self, Invitation, Standing};
use directory::one_time_code::Shown;
use directory::organisation::{KeyStanding, remember_key};
use directory::redemption::{self, Opened};
use directory::session::Session;
use directory::sign_in::{self, Factor, Progress};
use directory::testing::TestDatabase;
use directory::token::InvitationToken;
use directory::{Directory, Error, Keys, Language, Manager, Options, Refusal, copy};

use crate::backup::{backup, empty, invite, restore};
use crate::cast::{Cast, address, let_in};
use crate::on_both;

on_both!(
    a_link_from_before_the_backup_works_and_one_from_after_it_never_will,
    nobody_but_administrators_gets_in_before_the_release,
    what_is_sent_again_before_the_release_opens_with_it,
    the_key_is_noted_with_what_comes_from_it,
    sessions_and_codes_end,
    mail_is_held_until_it_is_released_and_goes_out_once,
    codes_are_not_held,
    held_mail_is_not_late,
    what_a_clock_that_was_ahead_put_off_is_held_too_and_codes_are_not_j4,
    a_copy_by_other_means_is_treated_alike,
);

const ANN: &str = "ann@partner.test";

/// The cast's directory, brought back from this backup into a new place.
fn restored(cast: &Cast, file: &[u8]) -> (TestDatabase, Directory) {
    let (database, directory) = empty(cast, cast.directory.dialect());
    restore(&directory, file).unwrap();
    (database, directory)
}

fn opens(directory: &Directory, token: &str) -> bool {
    matches!(directory.read(|tx| redemption::open(tx, token, "hers")).unwrap(), Opened::Offer(_))
}

/// An administrator has had a look, and opens the panel.
pub(crate) fn release(cast: &Cast, directory: &Directory) {
    let released = directory.write(|tx| {
        let adam = Administrator::find(tx, &cast.adam)?;
        delivery::release(tx, &adam)
    });
    released.unwrap();
}

/// Sends the invitation behind a link again, and answers the new link.
fn resend(cast: &Cast, directory: &Directory, token: &str) -> String {
    directory
        .write(|tx| {
            let manager = Manager::of_app(tx, &cast.olivia, &cast.app.slug)?;
            let id = InvitationToken::read(token, tx.keys()).unwrap().invitation;
            let Invitation { id, generation, .. } = invitation::resend(tx, &manager, id, None)?;
            Ok(InvitationToken { invitation: id, generation }.text(tx.keys()))
        })
        .unwrap()
}

pub(crate) fn claim(directory: &Directory) -> Option<Claimed> {
    directory.write(|tx| delivery::claim(tx, "a courier", TimeDelta::minutes(1))).unwrap()
}

fn a_link_from_before_the_backup_works_and_one_from_after_it_never_will(cast: &Cast) {
    cast.settings(|settings| settings.recipient_daily_limit = 1_000);
    invite(cast, ANN);
    let before = cast.token_for(ANN);
    let file = backup(&cast.directory);
    invite(cast, "bob@partner.test");
    let mut lost = vec![cast.token_for("bob@partner.test")];
    for _ in 0..3 {
        lost.push(resend(cast, &cast.directory, &before));
    }
    let (_first_database, first) = restored(cast, &file);
    release(cast, &first);
    assert!(opens(&first, &before));
    // Whatever is sent again there, and however often the same backup is restored, none of the lost comes back.
    cast.clock.advance(TimeDelta::seconds(1));
    let seen = first.read(|tx| redemption::open(tx, &lost[1], "hers")).unwrap();
    assert!(matches!(seen, Opened::Forgotten(_)), "there is no newer mail that could be pointed to");
    for _ in 0..5 {
        lost.push(resend(cast, &first, &before));
    }
    cast.clock.advance(TimeDelta::seconds(1));
    let (_second_database, second) = restored(cast, &file);
    release(cast, &second);
    assert!(opens(&second, &before));
    for _ in 0..10 {
        let fresh = resend(cast, &second, &before);
        assert!(opens(&second, &fresh) && !opens(&second, &before));
        assert!(!lost.iter().any(|link| opens(&second, link)));
    }
}

/// What was taken back since the backup is open again: nothing of it lets anybody in before somebody has had a look.
fn nobody_but_administrators_gets_in_before_the_release(cast: &Cast) {
    invite(cast, ANN);
    let token = cast.token_for(ANN);
    cast.set_password(&cast.mia, "a hash").unwrap();
    let (_database, there) = restored(cast, &backup(&cast.directory));
    let proved = |who: &str, hash: &str| {
        there.write(|tx| sign_in::password_proved(tx, &address(who), Some(hash), "browser")).unwrap()
    };
    let Opened::Closed(closed) = there.read(|tx| redemption::open(tx, &token, "hers")).unwrap() else {
        panic!("an invitation is open before the release")
    };
    assert_eq!(closed.facts.standing, Standing::Suspended(Refusal::Restored));
    assert!(!closed.facts.standing.awaits_approval());
    assert!(matches!(there.read(|tx| redemption::offer(tx, &token, "hers")), Err(Error::Stale)));
    assert_eq!(proved("mia@meridian.test", "a hash"), Progress::Restored);
    // Only who has proved enough is told.
    assert_eq!(proved("mia@meridian.test", "another hash"), Progress::Refused);
    assert_eq!(proved("adam@meridian.test", "not a hash"), Progress::Wanted(Factor::Code));
    release(cast, &there);
    assert!(opens(&there, &token));
    assert_eq!(let_in(proved("mia@meridian.test", "a hash")), Some(cast.mia.id));
}

fn what_is_sent_again_before_the_release_opens_with_it(cast: &Cast) {
    invite(cast, ANN);
    let before = cast.token_for(ANN);
    let (_database, there) = restored(cast, &backup(&cast.directory));
    let fresh = resend(cast, &there, &before);
    assert!(!opens(&there, &fresh) && claim(&there).is_none());
    release(cast, &there);
    assert!(opens(&there, &fresh));
}

/// A key that is whole and wrong is noticed, and one under which a restore goes on is the right one from then on.
fn the_key_is_noted_with_what_comes_from_it(cast: &Cast) {
    let (own, other) = (Keys::new([7; 32]), Keys::new([8; 32]));
    let is_another = |directory: &Directory, keys: &Keys| copy::is_of_another_key(directory, keys).unwrap();
    assert!(!is_another(&cast.directory, &own) && is_another(&cast.directory, &other));
    assert_eq!(copy::after_copy(&cast.directory).unwrap().key, KeyStanding::Own);
    let options = Options { clock: cast.clock.clone(), keys: other.clone(), connections: 2 };
    let elsewhere = Directory::open(cast.database.url(), options).unwrap();
    assert_eq!(copy::after_copy(&elsewhere).unwrap().key, KeyStanding::Another);
    assert!(is_another(&cast.directory, &own) && !is_another(&cast.directory, &other));
    // What is noted already is left alone.
    remember_key(&cast.directory).unwrap();
    assert!(is_another(&cast.directory, &own));
    cast.write(|tx| Ok(tx.conn.batch_execute("UPDATE organisation SET key_fingerprint = NULL")?));
    assert!(!is_another(&cast.directory, &own) && !is_another(&cast.directory, &other));
    remember_key(&cast.directory).unwrap();
    assert!(!is_another(&cast.directory, &own) && is_another(&cast.directory, &other));
    let (_empty, nothing) = empty(cast, cast.directory.dialect());
    remember_key(&nothing).unwrap();
    assert!(!is_another(&nothing, &other), "an empty database has no key of its own");
}

fn sessions_and_codes_end(cast: &Cast) {
    let mia = address("mia@meridian.test");
    cast.write(|tx| Session::begin(tx, "a key", &cast.mia, "a browser"));
    let ask = |directory: &Directory| {
        directory
            .write(|tx| sign_in::ask_for_code(tx, &mia, "browser", Shown::Nothing, Language::English))
            .unwrap();
    };
    ask(&cast.directory);
    let file = backup(&cast.directory);
    let code = cast.code_for("mia@meridian.test");
    let enter = |directory: &Directory| {
        directory.write(|tx| sign_in::enter_code(tx, &mia, "browser", &code, None)).unwrap()
    };
    assert_eq!(let_in(enter(&cast.directory)), Some(cast.mia.id));
    let proved = backup(&cast.directory);
    for file in [file, proved] {
        let (_database, there) = restored(cast, &file);
        assert!(there.read(|tx| Session::visitor(tx, "a key")).unwrap().is_none());
        assert_eq!(enter(&there), Progress::CodeOver);
        let proof = there.read(|tx| directory::one_time_code::proved(tx, &mia.key(), "browser"));
        assert!(!proof.unwrap(), "a code that was entered before the backup is_proof nothing after it");
    }
    // The code itself is over by now; what entering it proved is not.
    cast.clock.advance(TimeDelta::minutes(20));
    let is_proof = |directory: &Directory| {
        directory.read(|tx| directory::one_time_code::proved(tx, &mia.key(), "browser")).unwrap()
    };
    let (_database, there) = restored(cast, &backup(&cast.directory));
    assert!(is_proof(&cast.directory) && !is_proof(&there));
}

fn mail_is_held_until_it_is_released_and_goes_out_once(cast: &Cast) {
    invite(cast, ANN);
    invite(cast, "bob@partner.test");
    // Ann's is under way: whether it arrived will never be known.
    let under_way = claim(&cast.directory).unwrap();
    let (_database, there) = restored(cast, &backup(&cast.directory));
    cast.clock.advance(TimeDelta::minutes(10));
    assert!(claim(&there).is_none());
    let waiting = there.write(|tx| {
        let adam = Administrator::find(tx, &cast.adam)?;
        let waiting = delivery::list(tx, &adam, &delivery::DeliveryFilter::default(), 50)?;
        delivery::release(tx, &adam)?;
        delivery::release(tx, &adam)?;
        Ok(waiting)
    });
    assert_eq!(waiting.unwrap().rows.len(), 2);
    let (ann, bob) = (claim(&there).unwrap(), claim(&there).unwrap());
    assert_eq!((ann.to.as_str(), bob.to.as_str()), (ANN, "bob@partner.test"));
    assert_eq!(ann.message_id, under_way.message_id);
    assert!(claim(&there).is_none());
    let noted = |action| {
        let filter = Filter { action: Some(action), ..Filter::default() };
        there.read(|tx| activity::list(tx, &filter, 10)).unwrap().rows.len()
    };
    assert_eq!((noted(Action::Restored), noted(Action::MailReleased)), (1, 1));
}

/// An administrator signs in with a mailed code, and only then can release the mail.
fn codes_are_not_held(cast: &Cast) {
    invite(cast, ANN);
    let adam = address("adam@meridian.test");
    let ask = |directory: &Directory| {
        directory
            .write(|tx| sign_in::ask_for_code(tx, &adam, "browser", Shown::Password, Language::English))
            .unwrap();
    };
    ask(&cast.directory);
    let (_database, there) = restored(cast, &backup(&cast.directory));
    assert!(claim(&there).is_none(), "a code from before the backup is void and not sent");
    ask(&there);
    assert_eq!(claim(&there).unwrap().to, "adam@meridian.test");
    assert!(claim(&there).is_none());
}

fn held_mail_is_not_late(cast: &Cast) {
    invite(cast, ANN);
    let invited = cast.clock.now();
    let (_database, there) = restored(cast, &backup(&cast.directory));
    let due_since = || there.read(delivery::outbox).unwrap().due_since;
    cast.clock.advance(TimeDelta::minutes(10));
    assert_eq!(due_since(), None);
    let (adam, asked) = (address("adam@meridian.test"), cast.clock.now());
    there
        .write(|tx| sign_in::ask_for_code(tx, &adam, "browser", Shown::Password, Language::English))
        .unwrap();
    assert_eq!(due_since(), Some(asked));
    let released = there.write(|tx| {
        let administrator = Administrator::find(tx, &cast.adam)?;
        delivery::release(tx, &administrator)
    });
    released.unwrap();
    assert_eq!(due_since(), Some(invited));
}

/// SECURITY J4: as if it had just been set right.
fn what_a_clock_that_was_ahead_put_off_is_held_too_and_codes_are_not_j4(cast: &Cast) {
    cast.clock.advance(TimeDelta::hours(1));
    invite(cast, ANN);
    let (_database, there) = restored(cast, &backup(&cast.directory));
    let adam = address("adam@meridian.test");
    there
        .write(|tx| sign_in::ask_for_code(tx, &adam, "browser", Shown::Password, Language::English))
        .unwrap();
    cast.clock.advance(TimeDelta::hours(-1));
    assert_eq!(claim(&there).unwrap().to, "adam@meridian.test");
    assert!(claim(&there).is_none());
    release(cast, &there);
    assert_eq!(claim(&there).unwrap().to, ANN);
}

fn a_copy_by_other_means_is_treated_alike(cast: &Cast) {
    invite(cast, ANN);
    cast.write(|tx| Session::begin(tx, "a key", &cast.mia, "a browser"));
    let aftermath = copy::after_copy(&cast.directory).unwrap();
    assert_eq!((aftermath.sessions_ended, aftermath.mails_held, aftermath.open_invitations), (1, 1, 1));
    let told: Vec<&str> = aftermath.newest_invitations.iter().map(|row| row.guest.address.as_str()).collect();
    assert_eq!(told, [ANN]);
    assert_eq!(aftermath.newest_invitations[0].target_name, cast.app.name);
    assert!(cast.read(|tx| Session::visitor(tx, "a key")).is_none());
    assert!(claim(&cast.directory).is_none());
    let floor = cast.read(directory::Organisation::load).restoration.generation_floor;
    assert!(floor >= cast.clock.now().micros());
    invite(cast, "bob@partner.test");
}
