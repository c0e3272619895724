use chrono::TimeDelta;
use directory::activity::{self, Action, Filter};
use directory::group_rule::GroupRule;
use directory::invitation::{self, Draft, Invitation};
use directory::redemption::{self, Accepted, Door, Opened};
use directory::text::Message;
use directory::user::{User, UserState};
use directory::{Actor, Count, Error, Refusal, Result, group_member};

use crate::cast::{Cast, group_profile};
use crate::on_both;

on_both!(
    a_guest_redeems_with_a_code_and_sees_the_app,
    opening_the_link_changes_nothing,
    only_the_browser_that_asked_can_use_the_code,
    without_a_code_nobody_gets_in,
    six_wrong_codes_burn_it,
    an_expired_link_is_dead_at_every_door,
    a_fresh_link_goes_to_the_invited_address_only,
    declining_is_final_and_tells_why,
    who_declines_without_a_reason_gives_none,
    the_newest_declines_are_told_to_whoever_invited,
    a_blocked_guest_cannot_redeem,
    an_accepted_invitation_is_not_taken_back_a16,
    who_is_invited_anew_gets_nothing_of_before_a17,
    what_was_taken_back_is_not_redeemed_along_with_something_else_a17,
    a_group_with_open_invitations_cannot_become_dynamic,
);

pub(crate) fn invited(cast: &Cast) -> String {
    cast.as_manager(&cast.olivia, |tx, manager| {
        invitation::add(tx, manager, "ann@partner.test", &Draft::default())
    })
    .unwrap();
    cast.token_for("ann@partner.test")
}

pub(crate) fn door<'a>(browser: &'a str, code: &'a str) -> Door<'a> {
    Door { browser, code, signed_in: None, name: None }
}

pub(crate) fn code(cast: &Cast, token: &str, browser: &str) -> String {
    cast.write(|tx| redemption::ask_for_code(tx, token, browser));
    cast.code_for("ann@partner.test")
}

pub(crate) fn accept(cast: &Cast, token: &str, door: &Door<'_>) -> Result<Accepted> {
    cast.directory.write(|tx| redemption::accept(tx, token, door))
}

fn guest(cast: &Cast) -> User {
    cast.read(|tx| User::by_address(tx, &crate::cast::address("ann@partner.test"))).unwrap()
}

fn a_guest_redeems_with_a_code_and_sees_the_app(cast: &Cast) {
    let token = invited(cast);
    let code = code(cast, &token, "hers");
    let version = guest(cast).version;
    assert!(matches!(accept(cast, &token, &door("hers", &code)).unwrap(), Accepted::In(_)));
    let guest = guest(cast);
    assert!(guest.version > version, "a form that shows the guest as invited is out of date now");
    assert_eq!((guest.state, guest.redeemed_at), (UserState::Active, Some(cast.clock.now())));
    let actor = Actor::of(&guest).unwrap();
    let organisation = cast.read(directory::Organisation::load);
    assert_eq!(cast.read(|tx| directory::panel::tiles(tx, &actor, &organisation)).len(), 1);
    assert!(cast.read(|tx| directory::panel::open(tx, &actor, "salesforce")).is_some());
    assert!(matches!(accept(cast, &token, &door("hers", &code)), Err(Error::Stale)));
}

/// SECURITY A1.
fn opening_the_link_changes_nothing(cast: &Cast) {
    let token = invited(cast);
    for _ in 0..3 {
        assert!(matches!(cast.read(|tx| redemption::open(tx, &token, "scanner")), Opened::Offer(_)));
    }
    assert_eq!(guest(cast).state, UserState::Invited);
}

/// SECURITY G15.
fn only_the_browser_that_asked_can_use_the_code(cast: &Cast) {
    let token = invited(cast);
    let code = code(cast, &token, "hers");
    assert!(matches!(accept(cast, &token, &door("other", &code)).unwrap(), Accepted::CodeOver));
    assert!(matches!(accept(cast, &token, &door("hers", &code)).unwrap(), Accepted::In(_)));
}

/// SECURITY R4: the link alone proves no mailbox.
fn without_a_code_nobody_gets_in(cast: &Cast) {
    let token = invited(cast);
    assert!(matches!(accept(cast, &token, &door("hers", "")).unwrap(), Accepted::CodeOver));
    code(cast, &token, "hers");
    assert!(matches!(accept(cast, &token, &door("hers", "")).unwrap(), Accepted::WrongCode(4)));
    assert_eq!(guest(cast).state, UserState::Invited);
}

/// SECURITY C6.
fn six_wrong_codes_burn_it(cast: &Cast) {
    let token = invited(cast);
    let right = code(cast, &token, "hers");
    let wrong = if right == "000000" { "000001" } else { "000000" };
    for left in [4, 3, 2, 1] {
        assert!(
            matches!(accept(cast, &token, &door("hers", wrong)).unwrap(), Accepted::WrongCode(n) if n == left)
        );
    }
    assert!(matches!(accept(cast, &token, &door("hers", wrong)).unwrap(), Accepted::CodeOver));
    assert!(matches!(accept(cast, &token, &door("hers", &right)).unwrap(), Accepted::CodeOver));
}

/// SECURITY A7.
fn an_expired_link_is_dead_at_every_door(cast: &Cast) {
    let token = invited(cast);
    let code = code(cast, &token, "hers");
    cast.clock.advance(TimeDelta::days(7));
    assert!(matches!(cast.read(|tx| redemption::open(tx, &token, "hers")), Opened::Closed(_)));
    assert!(matches!(accept(cast, &token, &door("hers", &code)), Err(Error::Stale)));
    assert!(matches!(
        cast.directory.write(|tx| redemption::ask_for_code(tx, &token, "hers")),
        Err(Error::Stale)
    ));
    assert_eq!(guest(cast).state, UserState::Invited);
}

fn a_fresh_link_goes_to_the_invited_address_only(cast: &Cast) {
    let old = invited(cast);
    cast.clock.advance(TimeDelta::days(9));
    cast.write(|tx| redemption::send_fresh_link(tx, &old));
    let new = cast.token_for("ann@partner.test");
    assert!(matches!(cast.read(|tx| redemption::open(tx, &new, "hers")), Opened::Offer(_)));
    assert!(matches!(
        cast.directory.write(|tx| redemption::send_fresh_link(tx, "forged")),
        Err(Error::Hidden)
    ));
    let asked = Filter { action: Some(Action::FreshLink), ..Filter::default() };
    let noted = cast.read(|tx| activity::list(tx, &asked, 10)).rows;
    let [entry] = noted.as_slice() else { panic!("{noted:?}") };
    assert!(entry.actor.is_none(), "whoever has the link can ask");
}

fn declining_is_final_and_tells_why(cast: &Cast) {
    let token = invited(cast);
    let reason = Message::parse("Wrong person").unwrap();
    cast.write(|tx| redemption::decline(tx, &token, "hers", &reason));
    let Opened::Closed(offer) = cast.read(|tx| redemption::open(tx, &token, "hers")) else { panic!() };
    assert_eq!(offer.facts.invitation.decline_reason.as_deref(), Some("Wrong person"));
    assert!(matches!(
        cast.directory.write(|tx| redemption::send_fresh_link(tx, &token)),
        Err(Error::Refused(_))
    ));
}

fn who_declines_without_a_reason_gives_none(cast: &Cast) {
    let token = invited(cast);
    cast.write(|tx| redemption::decline(tx, &token, "hers", &Message::default()));
    let id = cast.read(|tx| offer_id(tx, &token));
    assert_eq!(cast.read(|tx| Invitation::find(tx, id)).decline_reason, None);
}

/// SPEC 4.5.
fn the_newest_declines_are_told_to_whoever_invited(cast: &Cast) {
    let decline = |address: &str| {
        let token = cast.token_for(address);
        cast.clock.advance(TimeDelta::minutes(1));
        cast.write(|tx| redemption::decline(tx, &token, "hers", &Message::default()));
    };
    for address in ["one@partner.test", "two@partner.test", "three@partner.test", "four@partner.test"] {
        cast.as_manager(&cast.olivia, |tx, manager| invitation::add(tx, manager, address, &Draft::default()))
            .unwrap();
        decline(address);
    }
    cast.as_administrator(|tx, administrator| {
        let manager = directory::Manager::of_directory(tx, administrator.actor())?;
        invitation::add(tx, &manager, "five@partner.test", &Draft::default())
    })
    .unwrap();
    decline("five@partner.test");
    let told = |actor: &Actor| {
        let news = cast.read(|tx| {
            let organisation = directory::Organisation::load(tx)?;
            directory::panel::news(tx, actor, &organisation)
        });
        news.declined.into_iter().map(|note| (note.address, note.target, note.path)).collect::<Vec<_>>()
    };
    let of_the_app = |address: &str| {
        (address.to_owned(), "Salesforce".to_owned(), Some("/apps/salesforce/manage".to_owned()))
    };
    let newest = ["four@partner.test", "three@partner.test", "two@partner.test"];
    assert_eq!(told(&cast.olivia), newest.map(of_the_app));
    let of_the_organisation = ("five@partner.test".to_owned(), "Meridian Labs".to_owned(), None);
    assert_eq!(told(&cast.adam), [of_the_organisation]);
}

/// SECURITY A18.
fn a_blocked_guest_cannot_redeem(cast: &Cast) {
    let token = invited(cast);
    let code = code(cast, &token, "hers");
    let id = guest(cast).id;
    cast.as_administrator(|tx, administrator| User::block(tx, administrator, id)).unwrap();
    assert!(matches!(accept(cast, &token, &door("hers", &code)), Err(Error::Stale)));
    let again = cast.as_manager(&cast.olivia, |tx, manager| {
        invitation::add(tx, manager, "ann@partner.test", &Draft::default())
    });
    assert!(matches!(again, Err(Error::Refused(Refusal::BlockedUser))));
}

/// SECURITY A16.
fn an_accepted_invitation_is_not_taken_back_a16(cast: &Cast) {
    let token = invited(cast);
    let code = code(cast, &token, "hers");
    accept(cast, &token, &door("hers", &code)).unwrap();
    let id = cast.read(|tx| offer_id(tx, &token));
    let revoked = cast.as_manager(&cast.olivia, |tx, manager| invitation::revoke(tx, manager, id));
    assert!(matches!(revoked, Err(Error::Refused(Refusal::AlreadyDecided))), "{revoked:?}");
    assert_eq!(guest(cast).state, UserState::Active);
    assert_eq!(cast.read(|tx| group_member::count(tx, cast.group.id)), Count::of(1));
}

/// SECURITY A17.
fn who_is_invited_anew_gets_nothing_of_before_a17(cast: &Cast) {
    let token = invited(cast);
    let code = code(cast, &token, "hers");
    accept(cast, &token, &door("hers", &code)).unwrap();
    let ann = Actor::of(&guest(cast)).unwrap();
    cast.as_manager(&cast.olivia, |tx, manager| group_member::remove(tx, manager, ann.id)).unwrap();
    cast.as_administrator(|tx, administrator| {
        let group = directory::group::Group::add(tx, administrator, &group_profile("Visitors", None))?;
        let manager = directory::Manager::of_group(tx, administrator.actor(), &group.slug)?;
        invitation::add(tx, &manager, "ann@partner.test", &Draft::default())
    })
    .unwrap();
    let organisation = cast.read(directory::Organisation::load);
    assert!(cast.read(|tx| directory::panel::tiles(tx, &ann, &organisation)).is_empty());
    assert!(matches!(accept(cast, &token, &door("hers", &code)), Err(Error::Stale)));
}

/// SECURITY A17.
fn what_was_taken_back_is_not_redeemed_along_with_something_else_a17(cast: &Cast) {
    let old = invited(cast);
    let id = cast.read(|tx| offer_id(tx, &old));
    cast.as_manager(&cast.olivia, |tx, manager| invitation::revoke(tx, manager, id)).unwrap();
    let visitors = cast
        .as_administrator(|tx, administrator| {
            let group = directory::group::Group::add(tx, administrator, &group_profile("Visitors", None))?;
            let manager = directory::Manager::of_group(tx, administrator.actor(), &group.slug)?;
            invitation::add(tx, &manager, "ann@partner.test", &Draft::default())?;
            Ok(group)
        })
        .unwrap();
    let token = cast.token_for("ann@partner.test");
    let code = code(cast, &token, "hers");
    assert!(matches!(accept(cast, &token, &door("hers", &code)).unwrap(), Accepted::In(_)));
    let count = |group| cast.read(|tx| group_member::count(tx, group));
    assert_eq!((count(visitors.id), count(cast.group.id)), (Count::of(1), Count::of(0)));
}

/// SECURITY B12.
fn a_group_with_open_invitations_cannot_become_dynamic(cast: &Cast) {
    let token = invited(cast);
    let group = cast.read(|tx| directory::group::Group::find(tx, cast.group.id));
    let mut dynamic = group_profile(&group.name, None);
    dynamic.rule = Some(GroupRule::parse("true").unwrap());
    let change = || {
        cast.as_administrator(|tx, administrator| {
            directory::group::Group::change(tx, administrator, &group.slug, &dynamic, group.version)
        })
    };
    match change() {
        Err(Error::Refused(Refusal::GuestsInGroup { people })) => assert_eq!(people, ["ann@partner.test"]),
        other => panic!("{other:?}"),
    }
    let code = code(cast, &token, "hers");
    accept(cast, &token, &door("hers", &code)).unwrap();
    assert!(matches!(change(), Err(Error::Refused(Refusal::GuestsInGroup { .. }))));
    let guest = guest(cast);
    cast.as_manager(&cast.olivia, |tx, manager| group_member::remove(tx, manager, guest.id)).unwrap();
    assert!(change().is_ok());
    let id = cast.read(|tx| offer_id(tx, &token));
    let invitation = cast.read(|tx| Invitation::find(tx, id));
    assert!(invitation.decided_at.is_some());
}

pub(crate) fn offer_id(tx: &mut directory::Tx<'_>, token: &str) -> Result<directory::Id<Invitation>> {
    match redemption::open(tx, token, "x")? {
        Opened::Closed(offer)
        | Opened::Offer(offer)
        | Opened::Superseded(offer)
        | Opened::Forgotten(offer) => Ok(offer.facts.invitation.id),
        Opened::Unknown => Err(Error::Hidden),
    }
}
