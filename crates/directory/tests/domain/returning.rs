//! Guests with more than one invitation: what one of them does to the others, and which a direct link leads to.

use chrono::TimeDelta;
use directory::activity::{self, Action, Filter};
use directory::invitation::{self, Draft, Outcome};
use directory::one_time_code::Shown;
use directory::redemption::{self, Accepted, Door, Opened};
use directory::session::Entrance;
use directory::sign_in::{self, Progress};
use directory::text::{Message, Name};
use directory::user::{User, UserKind};
use directory::{Actor, Error, Language, Manager, Organisation, group_member, panel};

use crate::cast::{Cast, address, group_profile};
use crate::inviting::invited;
use crate::on_both;
use crate::redeeming::offer_id;

on_both!(
    who_is_taken_out_does_not_come_back_by_another_invitation_a17,
    who_is_taken_out_of_a_group_does_not_come_back_by_its_app_a17,
    a_guest_of_before_keeps_the_name,
    a_direct_link_leads_to_the_invitation_to_its_app,
    a_direct_link_leads_to_the_invitation_to_the_group_of_its_app,
    accepting_in_a_session_proves_no_mailbox_d9,
    what_a_guest_chooses_to_be_called_is_in_the_audit,
    a_guest_who_was_invited_again_is_not_told_of_as_declined,
    who_signs_in_is_led_to_no_invitation_but_their_own,
    what_was_taken_back_leads_nobody_on,
);

const ANN: &str = "ann@partner.test";

/// Invites Ann to the app and accepts it.
fn let_in(cast: &Cast) -> Actor {
    cast.as_manager(&cast.olivia, |tx, manager| invitation::add(tx, manager, ANN, &Draft::default()))
        .unwrap();
    let token = cast.token_for(ANN);
    assert!(matches!(accept(cast, &token, None), Ok(Accepted::In(_))));
    ann(cast)
}

fn ann(cast: &Cast) -> Actor {
    Actor::of(&cast.read(|tx| User::by_address(tx, &address(ANN))).unwrap()).unwrap()
}

fn accept(cast: &Cast, token: &str, name: Option<&Name>) -> directory::Result<Accepted> {
    cast.directory.write(|tx| redemption::ask_for_code(tx, token, "hers"))?;
    let code = cast.code_for(ANN);
    let door = Door { browser: "hers", code: &code, signed_in: None, name };
    cast.directory.write(|tx| redemption::accept(tx, token, &door))
}

/// Invites Ann to a group, which need not be the app's.
fn invite_to(cast: &Cast, group: &str) -> String {
    let outcome = cast.as_administrator(|tx, administrator| {
        let manager = Manager::of_group(tx, administrator.actor(), group)?;
        invitation::add(tx, &manager, ANN, &Draft::default())
    });
    assert!(matches!(outcome, Ok(Outcome::Invited(_))), "{outcome:?}");
    cast.token_for(ANN)
}

fn other_group(cast: &Cast) -> String {
    let profile = group_profile("Visitors", None);
    let added =
        cast.as_administrator(|tx, administrator| directory::group::Group::add(tx, administrator, &profile));
    added.unwrap().slug
}

/// SECURITY A17.
fn who_is_taken_out_does_not_come_back_by_another_invitation_a17(cast: &Cast) {
    let to_group = invite_to(cast, &cast.group.slug);
    let elsewhere = invite_to(cast, &other_group(cast));
    let ann = let_in(cast);
    cast.as_manager(&cast.olivia, |tx, manager| group_member::remove(tx, manager, ann.id)).unwrap();
    let opened = cast.read(|tx| redemption::open(tx, &to_group, "hers"));
    assert!(matches!(opened, Opened::Closed(_)), "{opened:?}");
    assert!(matches!(accept(cast, &to_group, None), Err(Error::Stale)));
    let fresh = cast.directory.write(|tx| redemption::send_fresh_link(tx, &to_group));
    assert!(matches!(fresh, Err(Error::Refused(_))), "{fresh:?}");
    // What was offered elsewhere still is.
    assert!(matches!(accept(cast, &elsewhere, None), Ok(Accepted::In(_))));
}

fn who_is_taken_out_of_a_group_does_not_come_back_by_its_app_a17(cast: &Cast) {
    invited(cast, ANN);
    let to_app = cast.token_for(ANN);
    let to_group = invite_to(cast, &cast.group.slug);
    invited(cast, "bob@partner.test");
    let of_bob = cast.token_for("bob@partner.test");
    assert!(matches!(accept(cast, &to_group, None), Ok(Accepted::In(_))));
    let opened = |token: &str| cast.read(|tx| redemption::open(tx, token, "hers"));
    assert!(matches!(opened(&to_app), Opened::Offer(_)));
    let ann = ann(cast);
    cast.as_manager(&cast.olivia, |tx, manager| group_member::remove(tx, manager, ann.id)).unwrap();
    assert!(matches!(opened(&to_app), Opened::Closed(_)));
    assert!(matches!(opened(&of_bob), Opened::Offer(_)), "he is somebody else");
}

fn a_guest_of_before_keeps_the_name(cast: &Cast) {
    let token = invite_to(cast, &other_group(cast));
    let before = let_in(cast).name;
    let olivia = Name::parse("Olivia Brandt").unwrap();
    assert!(matches!(accept(cast, &token, Some(&olivia)), Ok(Accepted::In(_))));
    assert_eq!(ann(cast).name, before);
}

fn a_direct_link_leads_to_the_invitation_to_its_app(cast: &Cast) {
    cast.as_manager(&cast.olivia, |tx, manager| invitation::add(tx, manager, ANN, &Draft::default()))
        .unwrap();
    let to_app = cast.token_for(ANN);
    cast.clock.advance(TimeDelta::minutes(1));
    let newest = invite_to(cast, &other_group(cast));
    let link = |app: Option<&str>| {
        let browser = "hers";
        cast.write(|tx| sign_in::ask_for_code(tx, &address(ANN), browser, Shown::Nothing, Language::English));
        let code = cast.code_for(ANN);
        cast.write(|tx| sign_in::enter_code(tx, &address(ANN), browser, &code, app))
    };
    assert_eq!(link(Some("salesforce")), Progress::Invited(to_app.clone()));
    assert_eq!(link(Some("nothing")), Progress::Invited(newest.clone()));
    assert_eq!(link(None), Progress::Invited(newest.clone()));
    // A guest who is in already is led there too.
    assert!(matches!(accept(cast, &newest, None), Ok(Accepted::In(_))));
    let guest = ann(cast);
    assert_eq!(cast.read(|tx| redemption::link_to_app(tx, guest.id, "salesforce")), Some(to_app));
    cast.clock.advance(TimeDelta::days(8));
    assert_eq!(cast.read(|tx| redemption::link_to_app(tx, guest.id, "salesforce")), None);
}

fn a_direct_link_leads_to_the_invitation_to_the_group_of_its_app(cast: &Cast) {
    let link = || {
        cast.read(|tx| {
            let ann = User::by_address(tx, &address(ANN))?.unwrap();
            redemption::link_to_app(tx, ann.id, &cast.app.slug)
        })
    };
    invite_to(cast, &other_group(cast));
    assert_eq!(link(), None);
    let token = invite_to(cast, &cast.group.slug);
    assert_eq!(link(), Some(token));
}

/// SECURITY D9: a mailbox that closed long ago must not be kept in by one invitation after the other.
fn accepting_in_a_session_proves_no_mailbox_d9(cast: &Cast) {
    let to_group = invite_to(cast, &cast.group.slug);
    let elsewhere = invite_to(cast, &other_group(cast));
    let ann = let_in(cast);
    let entrance = |signed_in, code: &str, token: &str| {
        let door = Door { browser: "hers", code, signed_in, name: None };
        match cast.write(|tx| redemption::accept(tx, token, &door)).entrance().unwrap() {
            Entrance::SignedIn(guest) => (guest, false),
            Entrance::Proved(guest) => (guest.id, true),
        }
    };
    cast.clock.advance(TimeDelta::hours(11));
    assert_eq!(entrance(Some(ann.id), "", &elsewhere), (ann.id, false));
    cast.write(|tx| redemption::ask_for_code(tx, &to_group, "hers"));
    let code = cast.code_for(ANN);
    assert_eq!(entrance(None, &code, &to_group), (ann.id, true));
}

/// A guest may choose the name of somebody else.
fn what_a_guest_chooses_to_be_called_is_in_the_audit(cast: &Cast) {
    let token = invite_to(cast, &other_group(cast));
    let olivia = Name::parse("Olivia").unwrap();
    assert!(matches!(accept(cast, &token, Some(&olivia)), Ok(Accepted::In(_))));
    let accepted = Filter { action: Some(Action::Accepted), ..Filter::default() };
    let entry = cast.read(|tx| activity::list(tx, &accepted, 1)).rows.remove(0);
    assert_eq!(entry.actor, Some((ANN.to_owned(), UserKind::Guest)));
    let entry = entry.activity;
    assert_eq!(entry.before.as_deref(), Some(r#"{"name":"ann"}"#));
    assert_eq!(entry.after.as_deref(), Some(r#"{"name":"Olivia"}"#));
}

/// SPEC 4.5: who declined is told for as long as nobody has invited them to the same again.
fn a_guest_who_was_invited_again_is_not_told_of_as_declined(cast: &Cast) {
    let invite_to_app = |by: &Actor| {
        cast.clock.advance(TimeDelta::minutes(1));
        let invited = cast.as_manager(by, |tx, manager| invitation::add(tx, manager, ANN, &Draft::default()));
        assert!(matches!(invited, Ok(Outcome::Invited(_))), "{invited:?}");
    };
    let declined = || {
        let news = cast.read(|tx| {
            let organisation = Organisation::load(tx)?;
            panel::news(tx, &cast.olivia, &organisation)
        });
        news.declined.into_iter().map(|note| note.address).collect::<Vec<_>>()
    };
    invite_to_app(&cast.olivia);
    let token = cast.token_for(ANN);
    cast.write(|tx| redemption::decline(tx, &token, "hers", &Message::default()));
    assert_eq!(declined(), [ANN]);
    cast.clock.advance(TimeDelta::minutes(1));
    invite_to(cast, &other_group(cast));
    assert_eq!(declined(), [ANN], "that is for something else");
    invite_to_app(&cast.adam);
    assert!(declined().is_empty());
}

/// Where Ann is led who signs in without an app's link; something else happens before she enters the code.
fn signs_in(cast: &Cast, meanwhile: impl FnOnce()) -> Progress {
    let ann = address(ANN);
    cast.write(|tx| sign_in::ask_for_code(tx, &ann, "hers", Shown::Nothing, Language::English));
    let code = cast.code_for(ANN);
    meanwhile();
    cast.write(|tx| sign_in::enter_code(tx, &ann, "hers", &code, None))
}

fn revoke(cast: &Cast, token: &str) {
    let revoked = cast.as_administrator(|tx, administrator| {
        let manager = Manager::of_directory(tx, administrator.actor())?;
        let id = offer_id(tx, token)?;
        invitation::revoke(tx, &manager, id)
    });
    revoked.unwrap();
}

/// Zoe's lasts longer.
fn who_signs_in_is_led_to_no_invitation_but_their_own(cast: &Cast) {
    let anns = invite_to(cast, &cast.group.slug);
    cast.clock.advance(TimeDelta::minutes(1));
    let zoes = cast.as_manager(&cast.olivia, |tx, manager| {
        invitation::add(tx, manager, "zoe@partner.test", &Draft::default())
    });
    assert!(matches!(zoes, Ok(Outcome::Invited(_))), "{zoes:?}");
    assert_eq!(signs_in(cast, || {}), Progress::Invited(anns));
}

fn what_was_taken_back_leads_nobody_on(cast: &Cast) {
    let shorter = invite_to(cast, &cast.group.slug);
    cast.clock.advance(TimeDelta::minutes(1));
    let longest = invite_to(cast, &other_group(cast));
    assert_eq!(signs_in(cast, || revoke(cast, &longest)), Progress::Invited(shorter.clone()));
    assert_eq!(signs_in(cast, || revoke(cast, &shorter)), Progress::Refused);
}
