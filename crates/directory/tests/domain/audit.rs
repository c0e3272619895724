//! The audit says what was done, and who did it (SPEC 4.1, 4.5, 5.1).

use chrono::TimeDelta;
use directory::activity::{self, Action, Filter};
use directory::text::Message;
use directory::user::{User, UserChange};
use directory::{Id, group_owner, invitation, redemption};

use crate::cast::{Cast, let_in};
use crate::codes::{ask, enter_as};
use crate::inviting::invited;
use crate::on_both;

on_both!(
    what_was_done_with_invitations_is_in_the_audit,
    what_was_done_to_people_and_owners_is_in_the_audit,
    whoever_signs_in_is_in_the_audit,
);

const MIA: &str = "mia@meridian.test";

/// Who did such a thing, once for each time.
fn noted(cast: &Cast, action: Action) -> Vec<Option<Id<User>>> {
    let only = Filter { action: Some(action), ..Filter::default() };
    let lines = cast.read(|tx| activity::list(tx, &only, 10)).rows;
    lines.iter().map(|line| line.activity.actor_id).collect()
}

fn what_was_done_with_invitations_is_in_the_audit(cast: &Cast) {
    let ann = invited(cast, "ann@partner.test").id;
    cast.clock.advance(TimeDelta::minutes(2));
    cast.as_manager(&cast.olivia, |tx, manager| {
        invitation::resend(tx, manager, ann, None)?;
        invitation::revoke(tx, manager, ann)
    })
    .unwrap();
    invited(cast, "bob@partner.test");
    let of_bob = cast.token_for("bob@partner.test");
    cast.write(|tx| redemption::decline(tx, &of_bob, "his", &Message::default()));
    assert_eq!(noted(cast, Action::Resent), [Some(cast.olivia.id)]);
    assert_eq!(noted(cast, Action::Revoked), [Some(cast.olivia.id)]);
    assert_eq!(noted(cast, Action::Declined), [None], "whoever has the link can decline");
}

fn what_was_done_to_people_and_owners_is_in_the_audit(cast: &Cast) {
    cast.as_administrator(|tx, administrator| {
        group_owner::add(tx, administrator, &cast.group, cast.oscar.id)?;
        group_owner::remove(tx, administrator, &cast.group, cast.oscar.id)?;
        for change in [UserChange::Block, UserChange::Unblock, UserChange::Delete, UserChange::Restore] {
            change.apply(tx, administrator, cast.mia.id)?;
        }
        Ok(())
    })
    .unwrap();
    cast.set_password(&cast.mia, "a hash").unwrap();
    let adam = Some(cast.adam.id);
    assert_eq!(noted(cast, Action::OwnerAdded), [adam; 2], "Oscar, and Olivia when the app was set up");
    for action in [
        Action::OwnerRemoved,
        Action::UserBlocked,
        Action::UserUnblocked,
        Action::UserDeleted,
        Action::UserRestored,
    ] {
        assert_eq!(noted(cast, action), [adam], "{action}");
    }
    assert_eq!(noted(cast, Action::PasswordSet), [Some(cast.mia.id)]);
}

fn whoever_signs_in_is_in_the_audit(cast: &Cast) {
    ask(cast, MIA, "hers");
    let code = cast.code_for(MIA);
    assert!(noted(cast, Action::SignedIn).is_empty());
    assert_eq!(let_in(enter_as(cast, MIA, "hers", &code)), Some(cast.mia.id));
    assert_eq!(noted(cast, Action::SignedIn), [Some(cast.mia.id)]);
}
