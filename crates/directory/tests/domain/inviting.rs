use chrono::TimeDelta;
use directory::access::{Administrator, Manager, NotManager, SeenTarget};
use directory::delivery::{self, Delivery, DeliveryFilter, Letter};
use directory::invitation::{self, Draft, Invitation, Outcome, Standing, Verdict};
use directory::member_list::{self, Filter, Row, Show};
use directory::organisation::{DomainRule, InvitePolicy};
use directory::redemption::{self, Accepted, Door, Opened};
use directory::session::Session;
use directory::text::Message;
use directory::token::InvitationToken;
use directory::user::{User, UserState};
use directory::{Actor, Count, Error, Id, Refusal, Result, Tx, group_member, group_owner};

use crate::backup::backup;
use crate::cast::{Cast, address};
use crate::on_both;

on_both!(
    an_unknown_address_becomes_an_inert_guest_with_an_invitation,
    adding_twice_makes_one_invitation_and_one_mail,
    a_colleague_is_in_at_once_and_told_by_mail,
    the_verdict_before_is_the_outcome_after,
    a_refusal_writes_nothing,
    resending_supersedes_the_old_link,
    what_would_be_on_hold_is_not_sent_again,
    revoking_ends_the_link_and_is_idempotent,
    an_invitation_is_suspended_with_its_inviter_and_stands_again_when_another_answers,
    somebody_who_sees_an_app_does_not_manage_it,
    a_colleague_without_an_account_is_not_a_guest,
    the_users_list_shows_members_and_invitations_in_one_alphabet,
    no_row_tells_the_link,
);

pub(crate) fn add(cast: &Cast, actor: &Actor, to: &str) -> Result<Outcome> {
    cast.as_manager(actor, |tx, manager| invitation::add(tx, manager, to, &Draft::default()))
}

pub(crate) fn invited(cast: &Cast, to: &str) -> Invitation {
    match add(cast, &cast.olivia, to).unwrap() {
        Outcome::Invited(invitation) => *invitation,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn newest_mail(cast: &Cast, invitation: Id<Invitation>) -> Delivery {
    let mails = cast.as_administrator(|tx, administrator| {
        delivery::list(tx, administrator, &DeliveryFilter::default(), i64::from(i32::MAX))
    });
    mails.unwrap().rows.into_iter().find(|mail| mail.invitation_id == Some(invitation)).unwrap()
}

/// The guest accepts. Being the invited person stands in for the mailed code.
pub(crate) fn redeem(cast: &Cast, invitation: &Invitation) {
    let link = InvitationToken { invitation: invitation.id, generation: invitation.generation };
    let door = Door { browser: "hers", code: "", signed_in: Some(invitation.user_id), name: None };
    let accepted = cast.write(|tx| {
        let token = link.text(tx.keys());
        redemption::accept(tx, &token, &door)
    });
    assert!(matches!(accepted, Accepted::In(_)), "{accepted:?}");
}

/// Oscar, who owns the group from now on and is not assigned to the app.
pub(crate) fn owner_of_the_group(tx: &mut Tx<'_>, cast: &Cast) -> Result<Manager> {
    let administrator = Administrator::find(tx, &cast.adam)?;
    group_owner::add(tx, &administrator, &cast.group, cast.oscar.id)?;
    Manager::of_group(tx, &cast.oscar, &cast.group.slug)
}

pub(crate) fn refusal(result: Result<Outcome>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn an_unknown_address_becomes_an_inert_guest_with_an_invitation(cast: &Cast) {
    let invitation = invited(cast, "Ann@partner.test");
    let guest = cast.read(|tx| User::find(tx, invitation.user_id));
    assert_eq!((guest.state, guest.sponsor_id), (UserState::Invited, Some(cast.olivia.id)));
    assert!(cast.read(|tx| Actor::find(tx, guest.id)).is_none());
    let letters = cast.letters_to("Ann@partner.test");
    let [Letter::Invitation(letter)] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!((letter.inviter_name.as_str(), letter.target.name.as_str()), ("Olivia", "Salesforce"));
    let members = cast.read(|tx| group_member::count(tx, cast.group.id));
    assert!(members.is_zero(), "nothing is granted before redemption");
}

fn adding_twice_makes_one_invitation_and_one_mail(cast: &Cast) {
    invited(cast, "ann@partner.test");
    assert!(matches!(add(cast, &cast.olivia, "ANN@partner.test").unwrap(), Outcome::AlreadyInvited(_)));
    assert_eq!(cast.letters_to("ann@partner.test").len(), 1);
}

fn a_colleague_is_in_at_once_and_told_by_mail(cast: &Cast) {
    assert!(matches!(add(cast, &cast.olivia, "mia@meridian.test").unwrap(), Outcome::Added(_)));
    assert!(matches!(cast.letters_to("mia@meridian.test").as_slice(), [Letter::Added(_)]));
    assert!(matches!(add(cast, &cast.olivia, "mia@meridian.test").unwrap(), Outcome::AlreadyIn(_)));
    let organisation = cast.read(directory::Organisation::load);
    let tiles = cast.read(|tx| directory::panel::tiles(tx, &cast.mia, &organisation));
    assert_eq!(tiles.len(), 1);
}

fn the_verdict_before_is_the_outcome_after(cast: &Cast) {
    invited(cast, "known@partner.test");
    let typed = ["new@partner.test", "mia@meridian.test", "known@partner.test", "broken", "x@meridian.test"];
    let typed = typed.map(str::to_owned);
    let verdicts =
        cast.as_manager(&cast.olivia, |tx, manager| invitation::foresee(tx, manager, &typed)).unwrap();
    for (typed, verdict) in typed.iter().zip(verdicts) {
        let outcome = add(cast, &cast.olivia, typed);
        let same = matches!(
            (&verdict, &outcome),
            (Verdict::Invite(_), Ok(Outcome::Invited(_)))
                | (Verdict::Add(_), Ok(Outcome::Added(_)))
                | (Verdict::AlreadyInvited(_), Ok(Outcome::AlreadyInvited(_)))
                | (Verdict::Refused(_), Err(Error::Refused(_)))
        );
        assert!(same, "{typed}: {verdict:?} and then {outcome:?}");
    }
}

fn a_refusal_writes_nothing(cast: &Cast) {
    cast.settings(|settings| {
        settings.domain_rule = DomainRule::Only;
        settings.accepted_domains = "partner.test".into();
    });
    let refused = refusal(add(cast, &cast.olivia, "ann@elsewhere.test"));
    assert_eq!(refused.code(), "domain_not_allowed");
    let guest = cast.read(|tx| User::by_address(tx, &address("ann@elsewhere.test")));
    assert!(guest.is_none());
    cast.settings(|settings| settings.invite_policy = InvitePolicy::Nobody);
    assert_eq!(refusal(add(cast, &cast.adam, "ann@partner.test")).code(), "inviting_off");
    cast.settings(|settings| settings.welcome_messages = false);
    let draft = Draft { message: Message::parse("Hello").unwrap(), language: None };
    let with_message =
        cast.as_manager(&cast.olivia, |tx, manager| invitation::add(tx, manager, "b@partner.test", &draft));
    assert_eq!(refusal(with_message).code(), "welcome_messages_off");
}

/// Oscar owns the group and sees its invitations, and is not assigned to the app that this one is for: on his authority
/// nobody is let in.
fn what_would_be_on_hold_is_not_sent_again(cast: &Cast) {
    let invitation = invited(cast, "ann@partner.test");
    let token = cast.token_for("ann@partner.test");
    let resent = cast.directory.write(|tx| {
        let manager = owner_of_the_group(tx, cast)?;
        invitation::resend(tx, &manager, invitation.id, None)
    });
    let why = NotManager::NotAssigned;
    assert!(
        matches!(&resent, Err(Error::Refused(refusal)) if *refusal == Refusal::NotManager { why }),
        "{resent:?}"
    );
    assert!(matches!(cast.read(|tx| redemption::open(tx, &token, "browser")), Opened::Offer(_)));
    assert!(cast.letters_to("ann@partner.test").is_empty());
}

fn resending_supersedes_the_old_link(cast: &Cast) {
    let invitation = invited(cast, "ann@partner.test");
    let old = cast.token_for("ann@partner.test");
    cast.clock.advance(TimeDelta::days(8));
    let resend = || {
        let seen = Some(invitation.generation);
        cast.as_manager(&cast.olivia, |tx, manager| invitation::resend(tx, manager, invitation.id, seen))
    };
    let renewed = resend().unwrap();
    assert_eq!(resend().unwrap(), renewed, "pressed twice, it is sent once");
    assert_eq!(renewed.expires_at, cast.clock.now() + TimeDelta::days(7));
    let new = cast.token_for("ann@partner.test");
    assert!(matches!(cast.read(|tx| redemption::open(tx, &old, "browser")), Opened::Superseded(_)));
    assert!(matches!(cast.read(|tx| redemption::open(tx, &new, "browser")), Opened::Offer(_)));
    cast.clock.advance(TimeDelta::minutes(1));
    assert_ne!(resend().unwrap(), renewed, "what was sent meanwhile, as by a courier, is no second press");
}

fn revoking_ends_the_link_and_is_idempotent(cast: &Cast) {
    let invitation = invited(cast, "ann@partner.test");
    let token = cast.token_for("ann@partner.test");
    for _ in 0..2 {
        cast.as_manager(&cast.olivia, |tx, manager| invitation::revoke(tx, manager, invitation.id)).unwrap();
    }
    assert!(matches!(cast.read(|tx| redemption::open(tx, &token, "browser")), Opened::Closed(_)));
    invited(cast, "ann@partner.test");
    assert_eq!(cast.letters_to("ann@partner.test").len(), 1);
}

fn an_invitation_is_suspended_with_its_inviter_and_stands_again_when_another_answers(cast: &Cast) {
    let invitation = invited(cast, "ann@partner.test");
    let standing = || cast.read(|tx| Invitation::facts(tx, invitation.id)).standing;
    cast.settings(|settings| settings.owners_manage_groups = false);
    assert!(matches!(standing(), Standing::Suspended(Refusal::NotManager { .. })));
    cast.settings(|settings| settings.owners_manage_groups = true);
    assert_eq!(standing(), Standing::Open);
    cast.as_administrator(|tx, administrator| User::block(tx, administrator, cast.olivia.id)).unwrap();
    assert!(matches!(standing(), Standing::Suspended(_)));
    cast.as_manager(&cast.adam, |tx, manager| invitation::approve(tx, manager, invitation.id)).unwrap();
    assert_eq!(standing(), Standing::Open);
}

fn somebody_who_sees_an_app_does_not_manage_it(cast: &Cast) {
    add(cast, &cast.olivia, "mia@meridian.test").unwrap();
    assert!(matches!(
        add(cast, &cast.mia, "ann@partner.test"),
        Err(Error::Forbidden(Refusal::NotManager { .. }))
    ));
    assert!(matches!(add(cast, &cast.oscar, "ann@partner.test"), Err(Error::Hidden)));
}

fn a_colleague_without_an_account_is_not_a_guest(cast: &Cast) {
    assert_eq!(refusal(add(cast, &cast.adam, "nobody@meridian.test")).code(), "own_domain");
}

fn the_users_list_shows_members_and_invitations_in_one_alphabet(cast: &Cast) {
    add(cast, &cast.olivia, "mia@meridian.test").unwrap();
    invited(cast, "ann@partner.test");
    invited(cast, "zoe@partner.test");
    let list = |filter: &Filter, rows| {
        cast.read(|tx| {
            let seen = SeenTarget::app(tx, &cast.olivia, &cast.app.slug)?;
            member_list::list(tx, &seen, filter, rows)
        })
    };
    let first = list(&Filter::default(), 2);
    let names: Vec<&str> = first.rows.iter().map(|row| row.user().name.as_str()).collect();
    assert_eq!(names, ["ann", "Mia"]);
    let counts = first.counts;
    assert_eq!(
        [counts.all, counts.guests, counts.invited, counts.expired].map(Count::exact),
        [3, 2, 2, 0].map(Some)
    );
    let rest = list(&Filter { after: first.next, ..Filter::default() }, 2);
    assert!(matches!(rest.rows.as_slice(), [Row::Invited(row)] if row.standing == Standing::Open));
    cast.clock.advance(TimeDelta::days(7));
    let expired = list(&Filter { show: Show::Expired, ..Filter::default() }, 50);
    assert_eq!(expired.rows.len(), 2);
}

/// SECURITY A11: a backup holds every row of every table.
fn no_row_tells_the_link(cast: &Cast) {
    invited(cast, "ann@partner.test");
    let token = cast.token_for("ann@partner.test");
    cast.write(|tx| redemption::ask_for_code(tx, &token, "her browser"));
    cast.write(|tx| Session::begin(tx, "a key", &cast.mia, "Firefox"));
    let rows = String::from_utf8(backup(&cast.directory)).unwrap();
    for told in ["ann@partner.test", "her browser", "a key"] {
        assert!(rows.contains(told), "{told} is in no row");
    }
    // What comes before it, the id and the generation, is no secret.
    assert!(!rows.contains(&token[32..]), "a row tells the link");
}
