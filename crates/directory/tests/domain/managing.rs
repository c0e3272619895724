//! On which pages an invitation is managed, and who answers for it (SPEC 4.2).

use directory::access::Manager;
use directory::activity::{self, Action};
use directory::group::Group;
use directory::invitation::{self, Draft, Invitation, Outcome};
use directory::{Error, Refusal, Result, Tx, group_owner};

use crate::cast::{Cast, group_profile, second_owner};
use crate::inviting::{invited, redeem};
use crate::on_both;

on_both!(
    an_invitation_to_a_group_is_managed_where_its_group_is,
    who_answers_for_an_invitation_is_noted_and_nobody_does_once_it_is_decided,
);

/// On the pages of the group and of the app that it is the target of, and on those of no other group or app.
fn an_invitation_to_a_group_is_managed_where_its_group_is(cast: &Cast) {
    let readers = cast
        .as_administrator(|tx, administrator| {
            let readers = Group::add(tx, administrator, &group_profile("Readers", None))?;
            group_owner::add(tx, administrator, &readers, cast.olivia.id)?;
            Ok(readers)
        })
        .unwrap();
    let of_group = |slug: &str, f: &dyn Fn(&mut Tx<'_>, &Manager) -> Result<Invitation>| {
        cast.directory.write(|tx| {
            let manager = Manager::of_group(tx, &cast.olivia, slug)?;
            f(tx, &manager)
        })
    };
    let invite = |slug: &str, to: &str| {
        let made =
            of_group(slug, &|tx, manager| match invitation::add(tx, manager, to, &Draft::default())? {
                Outcome::Invited(invitation) => Ok(*invitation),
                other => panic!("{other:?}"),
            });
        made.unwrap().id
    };
    let (ann, bob) =
        (invite(&cast.group.slug, "ann@partner.test"), invite(&readers.slug, "bob@partner.test"));
    let by_app = |id| cast.as_manager(&cast.olivia, |tx, manager| invitation::managed(tx, manager, id));
    assert_eq!(by_app(ann).unwrap().id, ann);
    assert!(matches!(by_app(bob), Err(Error::Hidden)));
    for (own, other, id) in [(&cast.group, &readers, ann), (&readers, &cast.group, bob)] {
        for refused in [
            of_group(&other.slug, &|tx, manager| invitation::managed(tx, manager, id)),
            of_group(&other.slug, &|tx, manager| invitation::resend(tx, manager, id, None)),
            of_group(&other.slug, &|tx, manager| invitation::approve(tx, manager, id)),
            of_group(&other.slug, &|tx, manager| invitation::revoke(tx, manager, id)),
        ] {
            assert!(matches!(refused, Err(Error::Hidden)), "{refused:?}");
        }
        let taken_back = of_group(&own.slug, &|tx, manager| invitation::revoke(tx, manager, id));
        assert_eq!(taken_back.unwrap().id, id);
    }
}

fn who_answers_for_an_invitation_is_noted_and_nobody_does_once_it_is_decided(cast: &Cast) {
    second_owner(cast);
    let ann = invited(cast, "ann@partner.test");
    let approve = || cast.as_manager(&cast.oscar, |tx, manager| invitation::approve(tx, manager, ann.id));
    let noted = || {
        let filter = activity::Filter { action: Some(Action::Approved), ..activity::Filter::default() };
        let lines = cast.read(|tx| activity::list(tx, &filter, 9)).rows;
        lines.iter().map(|line| line.activity.actor_id).collect::<Vec<_>>()
    };
    assert_eq!(approve().unwrap().answerable_id, cast.olivia.id, "it is open and needs nobody else");
    assert!(noted().is_empty());
    cast.as_administrator(|tx, administrator| {
        group_owner::remove(tx, administrator, &cast.group, cast.olivia.id)
    })
    .unwrap();
    assert_eq!(approve().unwrap().answerable_id, cast.oscar.id);
    assert_eq!(noted(), [Some(cast.oscar.id)]);
    redeem(cast, &ann);
    let late = approve();
    assert!(matches!(late, Err(Error::Refused(Refusal::AlreadyDecided))), "{late:?}");
}
