//! Owners of the group that an app adds people to: every page and list says the same of them (SPEC 1, 3.1, 5.1).

use directory::access::SeenTarget;
use directory::app::App;
use directory::app_assignment::{self, Assignee, Assignment};
use directory::app_self_service::{self, Checklist, Obstacle};
use directory::group::Group;
use directory::invitation::{Invitation, Standing};
use directory::user::User;
use directory::{Count, Error, Id, Organisation, overview, panel};

use crate::asked_again::assign;
use crate::cast::{Cast, app_properties, group_profile, second_owner};
use crate::inviting::invited;
use crate::on_both;

on_both!(
    a_group_whose_owners_are_all_blocked_has_no_owner_anywhere,
    an_owner_who_has_the_app_through_a_group_manages_it_in_every_list,
    an_owner_who_only_has_other_apps_manages_it_in_no_list,
    an_app_that_its_group_does_not_open_takes_nobody_in_any_list,
);

/// The checklist of Salesforce: as the page of the app has it, and as the overview has it.
fn checklists(cast: &Cast) -> [Checklist; 2] {
    let checklists = cast.as_administrator(|tx, administrator| {
        let organisation = Organisation::load(tx)?;
        let app = App::find(tx, cast.app.id)?;
        let of_app = app_self_service::checklist(tx, &organisation, &app)?;
        let listed = app_self_service::with_self_service(tx, administrator, &organisation, 50)?;
        let (_, listed) = listed.into_iter().find(|(listed, _)| listed.id == app.id).ok_or(Error::Hidden)?;
        Ok([of_app, listed])
    });
    checklists.unwrap()
}

/// What keeps the group of Salesforce from being offered as a target.
fn obstacle(cast: &Cast) -> Option<Obstacle> {
    let candidates = cast.read(app_self_service::candidates);
    candidates.into_iter().find(|candidate| candidate.group.id == cast.group.id).unwrap().obstacle
}

/// How many groups have an owner, and how many people manage one.
fn counts(cast: &Cast) -> [Count; 2] {
    let counts = cast.as_administrator(overview::counts).unwrap();
    [counts.owned_groups, counts.owners]
}

fn a_group_whose_owners_are_all_blocked_has_no_owner_anywhere(cast: &Cast) {
    second_owner(cast);
    for (owner, left) in [(&cast.olivia, 2), (&cast.oscar, 1)] {
        assert_eq!(obstacle(cast), None);
        assert_eq!(counts(cast), [Count::of(1), Count::of(left)]);
        assert!(checklists(cast).iter().all(Checklist::is_complete));
        cast.as_administrator(|tx, administrator| User::block(tx, administrator, owner.id)).unwrap();
    }
    assert_eq!(obstacle(cast), Some(Obstacle::NoOwner));
    assert_eq!(counts(cast), [Count::of(0), Count::of(0)]);
    for checklist in checklists(cast) {
        assert!(!checklist.group_has_owner && !checklist.owner_assigned, "{checklist:?}");
        assert_eq!(checklist.missing(), 2, "{checklist:?}");
    }
}

/// Whether Olivia manages Salesforce: as her manage page says, My Apps, what she has sent, and both checklists.
fn managed(cast: &Cast, sent: Id<Invitation>) -> [bool; 5] {
    let opens = cast.as_manager(&cast.olivia, |_, _| Ok(())).is_ok();
    let organisation = cast.read(Organisation::load);
    let tiles = cast.read(|tx| panel::tiles(tx, &cast.olivia, &organisation));
    let on_panel = tiles.iter().any(|tile| tile.managed && tile.app.id == cast.app.id);
    let stands = cast.read(|tx| Invitation::facts(tx, sent)).standing == Standing::Open;
    let [of_app, listed] = checklists(cast).map(|checklist| checklist.owner_assigned);
    [opens, on_panel, stands, of_app, listed]
}

fn an_owner_who_has_the_app_through_a_group_manages_it_in_every_list(cast: &Cast) {
    let sent = invited(cast, "ann@partner.test").id;
    let profile = group_profile("Sales people", Some(r#"department == "Sales""#));
    let sellers = cast.as_administrator(|tx, administrator| Group::add(tx, administrator, &profile)).unwrap();
    assert_eq!(managed(cast, sent), [true; 5]);
    assign(cast, Assignee::User(cast.olivia.id), false);
    assert_eq!(managed(cast, sent), [false; 5]);
    assign(cast, Assignee::Group(sellers.id), true);
    assert_eq!(managed(cast, sent), [true; 5]);
}

/// Directly or through a group of people whom the app is not assigned to.
fn an_owner_who_only_has_other_apps_manages_it_in_no_list(cast: &Cast) {
    let sent = invited(cast, "ann@partner.test").id;
    assign(cast, Assignee::User(cast.olivia.id), false);
    let profile = group_profile("Sales people", Some(r#"department == "Sales""#));
    for (called, direct) in [("Box", true), ("Payroll", false)] {
        cast.as_administrator(|tx, administrator| {
            let app = App::add(tx, administrator, &app_properties(called), None)?;
            let to = if direct {
                Assignee::User(cast.olivia.id)
            } else {
                Assignee::Group(Group::add(tx, administrator, &profile)?.id)
            };
            app_assignment::add(tx, administrator, &app, &Assignment::to(to))
        })
        .unwrap();
        assert_eq!(managed(cast, sent), [false; 5]);
    }
}

/// Whether Salesforce takes anybody: as the lists say of Olivia, the page of the app, and both checklists.
fn takes_people(cast: &Cast, sent: Id<Invitation>) -> [bool; 6] {
    let [opens, on_panel, stands, ..] = managed(cast, sent);
    let seen = cast.read(|tx| SeenTarget::app(tx, &cast.olivia, &cast.app.slug));
    let [of_app, listed] = checklists(cast).map(|checklist| checklist.group_assigned);
    [opens, on_panel, stands, seen.add().is_ok(), of_app, listed]
}

/// Neither what is assigned to somebody, nor another app that the group opens, stands in for it.
fn an_app_that_its_group_does_not_open_takes_nobody_in_any_list(cast: &Cast) {
    let sent = invited(cast, "ann@partner.test").id;
    assert_eq!(takes_people(cast, sent), [true; 6]);
    cast.as_administrator(|tx, administrator| {
        let app = App::add(tx, administrator, &app_properties("Box"), None)?;
        let to_group = Assignment::to(Assignee::Group(cast.group.id));
        app_assignment::add(tx, administrator, &app, &Assignment { filling_confirmed: true, ..to_group })
    })
    .unwrap();
    assign(cast, Assignee::Group(cast.group.id), false);
    assert_eq!(takes_people(cast, sent), [false; 6]);
}
