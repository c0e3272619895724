//! Who proves to be an administrator, and who to be an owner of a group (SPEC 3.1, SECURITY R6).

use directory::access::{NotManager, SeenTarget};
use directory::{Actor, Administrator, Error, Refusal, group_owner};

use crate::cast::{Cast, second_owner};
use crate::inviting::add;
use crate::on_both;

on_both!(
    only_an_administrator_of_now_proves_to_be_one_r6,
    who_is_only_in_the_group_is_offered_nobody_to_add,
    nobody_takes_ownership_from_somebody_who_has_none,
);

fn only_an_administrator_of_now_proves_to_be_one_r6(cast: &Cast) {
    let find = |actor: &Actor| cast.directory.write(|tx| Administrator::find(tx, actor));
    assert_eq!(find(&cast.adam).unwrap().actor().id, cast.adam.id);
    // What was read when a page was asked for does not count.
    let once = Actor { administrator: true, ..cast.mia.clone() };
    for nobody in [&cast.olivia, &cast.mia, &once] {
        assert!(matches!(find(nobody), Err(Error::Hidden)), "{nobody:?}");
    }
}

/// On the page of the app that she uses, and on that of the group that opens it.
fn who_is_only_in_the_group_is_offered_nobody_to_add(cast: &Cast) {
    add(cast, &cast.olivia, "mia@meridian.test").unwrap();
    let seen = |who: &Actor| {
        cast.read(|tx| {
            Ok([SeenTarget::app(tx, who, &cast.app.slug)?, SeenTarget::group(tx, who, &cast.group.slug)?])
        })
    };
    for target in seen(&cast.olivia) {
        assert_eq!((target.add(), target.owns_group()), (Ok(()), true));
    }
    for target in seen(&cast.mia) {
        assert_eq!(target.add(), Err(Refusal::NotManager { why: NotManager::NotOwner }));
        assert!(!target.owns_group());
    }
}

fn nobody_takes_ownership_from_somebody_who_has_none(cast: &Cast) {
    second_owner(cast);
    let removed = cast.as_administrator(|tx, administrator| {
        group_owner::remove(tx, administrator, &cast.group, cast.mia.id)
    });
    assert!(matches!(removed, Err(Error::Hidden)), "{removed:?}");
}
