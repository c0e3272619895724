//! What is taken away takes the mails about it along, and no others (SPEC 4.2, SECURITY H).

use directory::access::Manager;
use directory::app::{App, Deleted};
use directory::app_assignment;
use directory::app_self_service::{self, SelfService, SetUp};
use directory::delivery::{self, Delivery, DeliveryFilter, DeliveryState};
use directory::group::Group;
use directory::group_owner;
use directory::invitation::{self, Draft, Outcome};

use crate::cast::{Cast, app_properties, group_profile};
use crate::on_both;

on_both!(
    the_mails_about_an_app_go_with_it_and_no_others,
    a_group_that_goes_takes_its_mails_along_and_leaves_those_about_apps_that_left,
);

const MIA: &str = "mia@meridian.test";

/// Every mail there is, oldest first: to whom, how far, and whether it names a group.
fn mails(cast: &Cast) -> Vec<(String, DeliveryState, bool)> {
    let all = cast.as_administrator(|tx, administrator| {
        delivery::list(tx, administrator, &DeliveryFilter::default(), i64::from(i32::MAX))
    });
    let told = |mail: Delivery| (mail.recipient, mail.state, mail.group_id.is_some());
    all.unwrap().rows.into_iter().rev().map(told).collect()
}

fn add_to_app(cast: &Cast, slug: &str, to: &str) {
    let added = cast.directory.write(|tx| {
        let manager = Manager::of_app(tx, &cast.olivia, slug)?;
        invitation::add(tx, &manager, to, &Draft::default())
    });
    assert!(matches!(added, Ok(Outcome::Added(_))), "{added:?}");
}

fn the_mails_about_an_app_go_with_it_and_no_others(cast: &Cast) {
    let payroll = cast.as_administrator(|tx, administrator| {
        let app = App::add(tx, administrator, &app_properties("Payroll"), None)?;
        let wanted = SetUp { owner: cast.olivia.id, group: None, other_apps_confirmed: false };
        app_self_service::set_up(tx, administrator, &app.slug, &wanted)
    });
    let payroll = payroll.unwrap();
    add_to_app(cast, &cast.app.slug, MIA);
    add_to_app(cast, &payroll.slug, "oscar@meridian.test");
    assert_eq!(mails(cast).len(), 2);
    let gone = cast.as_administrator(|tx, administrator| App::delete(tx, administrator, &payroll.slug));
    assert_eq!(gone.unwrap(), Deleted::Gone);
    assert_eq!(mails(cast), [(MIA.to_owned(), DeliveryState::Queued, true)]);
    assert_eq!(cast.letters_to(MIA).len(), 1);
}

fn a_group_that_goes_takes_its_mails_along_and_leaves_those_about_apps_that_left(cast: &Cast) {
    const OSCAR: &str = "oscar@meridian.test";
    const ADAM: &str = "adam@meridian.test";
    let add_to_group = |slug: &str, to: &str| {
        let added = cast.directory.write(|tx| {
            let manager = Manager::of_group(tx, &cast.olivia, slug)?;
            invitation::add(tx, &manager, to, &Draft::default())
        });
        assert!(matches!(added, Ok(Outcome::Added(_))), "{added:?}");
    };
    let (readers, guests) = cast
        .as_administrator(|tx, administrator| {
            let readers = Group::add(tx, administrator, &group_profile("Readers", None))?;
            group_owner::add(tx, administrator, &readers, cast.olivia.id)?;
            let app = App::add(tx, administrator, &app_properties("Box"), None)?;
            let wanted = SetUp { owner: cast.olivia.id, group: None, other_apps_confirmed: false };
            let app = app_self_service::set_up(tx, administrator, &app.slug, &wanted)?;
            Ok((readers, Group::find(tx, app.target_group_id.unwrap())?))
        })
        .unwrap();
    // Three that have left, about Box, about another app and about the group itself.
    add_to_app(cast, "box", MIA);
    add_to_app(cast, &cast.app.slug, OSCAR);
    add_to_group(&guests.slug, ADAM);
    assert_eq!(cast.letters_to(MIA).len(), 1);
    // Two that are still owed, about Box and about another group.
    add_to_app(cast, "box", OSCAR);
    add_to_group(&readers.slug, MIA);
    cast.as_administrator(|tx, administrator| {
        let app = App::by_slug(tx, "box")?;
        let off = SelfService { on: false, target_group: None, other_apps_confirmed: false };
        app_self_service::change(tx, administrator, &app.slug, &off, app.version)?;
        for row in app_assignment::list(tx, app.id, None, 50)?.rows {
            app_assignment::remove(tx, administrator, &app, row.id)?;
        }
        let group = Group::find(tx, guests.id)?;
        Group::delete(tx, administrator, &group.slug, group.version)
    })
    .unwrap();
    let left = [
        (MIA.to_owned(), DeliveryState::Sent, false),
        (OSCAR.to_owned(), DeliveryState::Sent, true),
        (MIA.to_owned(), DeliveryState::Queued, true),
    ];
    assert_eq!(mails(cast), left);
}
