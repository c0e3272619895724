//! Invitations to a group and to the directory: on hold for as long as who answers for them does not manage it, and
//! open again afterwards (SPEC 4.2). Those to an app are in `asked_again.rs`.

use directory::access::NotManager;
use directory::invitation::{self, Draft, Invitation, Standing};
use directory::redemption::Accepted;
use directory::user::{User, UserProfile};
use directory::{Error, Manager, Refusal, Result, Tx};

use crate::asked_again::{Set, set_active, set_owner, set_switch};
use crate::cast::{Cast, name, second_owner};
use crate::on_both;
use crate::redeeming::{accept, code, door, offer_id};

on_both!(
    an_invitation_to_a_group_stands_while_its_inviter_manages_the_group,
    an_invitation_to_the_directory_stands_while_its_inviter_has_the_role,
);

/// What Olivia's invitation to her group stands on, and what is said as soon as that does not hold.
const TO_A_GROUP: [(Set, NotManager); 4] = [
    (set_owners_manage, NotManager::OwnersSwitchOff),
    (set_switch, NotManager::GroupSwitchOff),
    (set_owner, NotManager::NotOwner),
    (set_active, NotManager::NotActive),
];

/// What her invitation to the directory stands on.
const TO_THE_DIRECTORY: [(Set, NotManager); 2] =
    [(set_inviter, NotManager::NotAdministrator), (set_active, NotManager::NotActive)];

fn set_owners_manage(cast: &Cast, on: bool) {
    cast.settings(|settings| settings.owners_manage_groups = on);
}

/// Gives Olivia the role of guest inviter, or takes it.
fn set_inviter(cast: &Cast, inviter: bool) {
    cast.as_administrator(|tx, administrator| {
        let olivia = User::find(tx, cast.olivia.id)?;
        let profile = UserProfile { guest_inviter: inviter, ..UserProfile::named(name("Olivia")) };
        User::change(tx, administrator, olivia.id, &profile, olivia.version)
    })
    .unwrap();
}

/// Ann is invited by this manager; without any of the conditions nobody gets in by it, with all of them she does.
fn stands_on(
    cast: &Cast,
    conditions: &[(Set, NotManager)],
    manager: impl Fn(&mut Tx<'_>) -> Result<Manager>,
) {
    cast.write(|tx| {
        let manager = manager(tx)?;
        invitation::add(tx, &manager, "ann@partner.test", &Draft::default())
    });
    let token = cast.token_for("ann@partner.test");
    let code = code(cast, &token, "hers");
    let id = cast.read(|tx| offer_id(tx, &token));
    let standing = || cast.read(|tx| Invitation::facts(tx, id)).standing;
    for (set, why) in conditions {
        assert_eq!(standing(), Standing::Open, "{why:?}");
        set(cast, false);
        assert_eq!(standing(), Standing::Suspended(Refusal::NotManager { why: *why }));
        let refused = accept(cast, &token, &door("hers", &code));
        assert!(matches!(refused, Err(Error::Stale)), "{why:?}: {refused:?}");
        set(cast, true);
    }
    assert_eq!(standing(), Standing::Open);
    assert!(matches!(accept(cast, &token, &door("hers", &code)).unwrap(), Accepted::In(_)));
}

fn an_invitation_to_a_group_stands_while_its_inviter_manages_the_group(cast: &Cast) {
    second_owner(cast);
    stands_on(cast, &TO_A_GROUP, |tx| Manager::of_group(tx, &cast.olivia, &cast.group.slug));
}

fn an_invitation_to_the_directory_stands_while_its_inviter_has_the_role(cast: &Cast) {
    set_inviter(cast, true);
    set_owners_manage(cast, false);
    stands_on(cast, &TO_THE_DIRECTORY, |tx| Manager::of_directory(tx, &cast.olivia));
}
