use chrono::TimeDelta;
use directory::access::Administrator;
use directory::activity::{self, Action, Filter};
use directory::app::{App, Deleted, SignOn};
use directory::app_assignment::{self, Assignee, Assignment};
use directory::app_role::{self, AppRole};
use directory::app_self_service::{self, Checklist, SelfService, SetUp};
use directory::group::Group;
use directory::invitation::{self, Draft};
use directory::{Error, Id, Organisation, Refusal, Tx, group_owner};

use crate::cast::{Cast, app_properties, group_profile, name};
use crate::on_both;

on_both!(
    a_group_that_owners_fill_gets_a_further_app_only_once_that_is_confirmed_b1,
    by_hand_and_in_one_go_end_the_same,
    setting_up_twice_changes_nothing,
    assigning_twice_is_one_line_of_the_audit,
    a_changed_role_says_which_it_was,
    a_group_that_opens_more_must_be_confirmed,
    a_dynamic_group_is_no_target,
    a_logo_never_has_the_address_of_another,
    the_audit_says_from_whom_an_app_was_taken,
    an_app_that_is_kept_was_not_deleted,
);

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";

fn checklist(cast: &Cast, slug: &str) -> Checklist {
    cast.read(|tx| {
        let organisation = Organisation::load(tx)?;
        let app = App::by_slug(tx, slug)?;
        app_self_service::checklist(tx, &organisation, &app)
    })
}

fn new_app(cast: &Cast, name: &str) -> App {
    cast.as_administrator(|tx, administrator| App::add(tx, administrator, &app_properties(name), None))
        .unwrap()
}

fn by_hand(tx: &mut Tx<'_>, administrator: &Administrator, cast: &Cast, app: &App) -> directory::Result<()> {
    let group = Group::add(tx, administrator, &group_profile("Box guests", None))?;
    group_owner::add(tx, administrator, &group, cast.oscar.id)?;
    let app = App::set_sign_on(tx, administrator, &app.slug, Some(SignOn::Linked), app.version)?;
    let wanted = SelfService { on: true, target_group: Some(group.id), other_apps_confirmed: false };
    app_self_service::change(tx, administrator, &app.slug, &wanted, app.version)?;
    app_assignment::add(tx, administrator, &app, &Assignment::to(Assignee::Group(group.id)))?;
    app_assignment::add(tx, administrator, &app, &Assignment::to(Assignee::User(cast.oscar.id)))
}

fn by_hand_and_in_one_go_end_the_same(cast: &Cast) {
    let in_one_go = checklist(cast, "salesforce");
    assert!(in_one_go.is_complete(), "{in_one_go:?}");
    let app = new_app(cast, "Box");
    assert_eq!(checklist(cast, "box").prerequisites_done(), 1);
    cast.as_administrator(|tx, administrator| by_hand(tx, administrator, cast, &app)).unwrap();
    assert_eq!(checklist(cast, "box"), in_one_go);
}

fn setting_up_twice_changes_nothing(cast: &Cast) {
    let wanted = SetUp { owner: cast.olivia.id, group: None, other_apps_confirmed: false };
    let before = cast.read(|tx| app_assignment::list(tx, cast.app.id, None, 50)).rows.len();
    let (told, app) = (lines(cast), cast.read(|tx| App::find(tx, cast.app.id)));
    let again = cast.as_administrator(|tx, administrator| {
        app_self_service::set_up(tx, administrator, "salesforce", &wanted)
    });
    assert_eq!(again.unwrap(), app, "no form about it is stale");
    assert_eq!(cast.read(|tx| app_assignment::list(tx, cast.app.id, None, 50)).rows.len(), before);
    assert_eq!(lines(cast), told);
}

/// How many lines the audit has.
fn lines(cast: &Cast) -> usize {
    cast.read(|tx| activity::list(tx, &Filter::default(), 1_000)).rows.len()
}

fn assign(cast: &Cast, to: Assignee, role: Option<Id<AppRole>>) {
    cast.as_administrator(|tx, administrator| {
        app_assignment::add(tx, administrator, &cast.app, &Assignment { role, ..Assignment::to(to) })
    })
    .unwrap();
}

fn assigning_twice_is_one_line_of_the_audit(cast: &Cast) {
    let (before, group) = (lines(cast), group_profile("Readers", None));
    let group = cast.as_administrator(|tx, administrator| Group::add(tx, administrator, &group)).unwrap();
    for _ in 0..2 {
        assign(cast, Assignee::User(cast.mia.id), None);
        assign(cast, Assignee::Group(group.id), None);
    }
    assert_eq!(lines(cast), before + 3, "the group, and two assignments");
}

fn a_changed_role_says_which_it_was(cast: &Cast) {
    let [reader, writer] = ["Reader", "Writer"].map(|called| {
        let role = cast
            .as_administrator(|tx, administrator| app_role::add(tx, administrator, &cast.app, &name(called)));
        role.unwrap().id
    });
    let mia = Assignee::User(cast.mia.id);
    assign(cast, mia, Some(reader));
    let told = newest(cast, Action::AssignmentAdded).unwrap();
    assert_eq!(told.after.as_deref(), Some(r#"{"assigned":"Mia (Reader)"}"#));
    for (role, before, after) in [
        (Some(writer), r#"{"assigned":"Mia (Reader)"}"#, r#"{"assigned":"Mia (Writer)"}"#),
        (None, r#"{"assigned":"Mia (Writer)"}"#, r#"{"assigned":"Mia"}"#),
    ] {
        assign(cast, mia, role);
        let told = newest(cast, Action::AppChanged).unwrap();
        assert_eq!((told.before.as_deref(), told.after.as_deref()), (Some(before), Some(after)));
    }
    let told = lines(cast);
    assign(cast, mia, None);
    assert_eq!(lines(cast), told, "nothing is different");
}

/// SECURITY B1, R8.
fn a_group_that_opens_more_must_be_confirmed(cast: &Cast) {
    new_app(cast, "Box");
    let mut wanted = SetUp { owner: cast.oscar.id, group: Some(cast.group.id), other_apps_confirmed: false };
    let set_up = |wanted: &SetUp| {
        cast.as_administrator(|tx, administrator| app_self_service::set_up(tx, administrator, "box", wanted))
    };
    match set_up(&wanted) {
        Err(Error::Refused(Refusal::GroupOpensMore { apps })) => assert_eq!(apps, ["Salesforce"]),
        other => panic!("{other:?}"),
    }
    assert!(!checklist(cast, "box").self_service, "nothing is half done");
    let confirmed = || {
        let filter = Filter { action: Some(Action::TargetConfirmed), ..Filter::default() };
        let found = cast.read(|tx| activity::list(tx, &filter, 10)).rows;
        found.into_iter().map(|entry| entry.activity).collect::<Vec<_>>()
    };
    assert!(confirmed().is_empty());
    wanted.other_apps_confirmed = true;
    assert!(set_up(&wanted).is_ok());
    let [entry] = &*confirmed() else { panic!("{:?}", confirmed()) };
    assert_eq!((entry.actor_id, entry.target_name.as_str()), (Some(cast.adam.id), "Box"));
    assert_eq!(
        entry.after.as_deref(),
        Some(r#"{"other_apps":["Salesforce"],"target_group":"Salesforce access"}"#)
    );
}

fn a_dynamic_group_is_no_target(cast: &Cast) {
    let app = new_app(cast, "Box");
    let profile = group_profile("Everybody", Some("true"));
    let group = cast.as_administrator(|tx, administrator| Group::add(tx, administrator, &profile)).unwrap();
    let wanted = SelfService { on: true, target_group: Some(group.id), other_apps_confirmed: true };
    let changed = cast.as_administrator(|tx, administrator| {
        app_self_service::change(tx, administrator, &app.slug, &wanted, app.version)
    });
    assert!(matches!(changed, Err(Error::Refused(Refusal::UnsuitableTargetGroup))));
}

/// Browsers keep a logo for a year.
fn a_logo_never_has_the_address_of_another(cast: &Cast) {
    let set = |logo: Option<&[u8]>| {
        cast.as_administrator(|tx, administrator| App::set_logo(tx, administrator, &cast.app.slug, logo))
            .unwrap()
            .logo_version
    };
    let first = set(Some(PNG));
    assert_eq!(set(None), None);
    cast.clock.advance(TimeDelta::minutes(1));
    assert!(first.is_some() && set(Some(PNG)) > first);
}

fn newest(cast: &Cast, action: Action) -> Option<activity::Activity> {
    let filter = Filter { action: Some(action), ..Filter::default() };
    cast.read(|tx| activity::list(tx, &filter, 1)).rows.into_iter().next().map(|entry| entry.activity)
}

fn the_audit_says_from_whom_an_app_was_taken(cast: &Cast) {
    cast.as_administrator(|tx, administrator| {
        app_assignment::add(tx, administrator, &cast.app, &Assignment::to(Assignee::User(cast.mia.id)))
    })
    .unwrap();
    let rows = cast.read(|tx| app_assignment::list(tx, cast.app.id, None, 50)).rows;
    let row =
        rows.iter().find(|row| row.user.as_ref().is_some_and(|user| user.id == cast.mia.id)).unwrap().id;
    cast.as_administrator(|tx, administrator| app_assignment::remove(tx, administrator, &cast.app, row))
        .unwrap();
    let told = newest(cast, Action::AssignmentRemoved).unwrap();
    assert!(format!("{told:?}").contains("Mia"), "{told:?}");
}

fn an_app_that_is_kept_was_not_deleted(cast: &Cast) {
    cast.as_manager(&cast.olivia, |tx, manager| {
        invitation::add(tx, manager, "ann@partner.test", &Draft::default())
    })
    .unwrap();
    let deleted =
        cast.as_administrator(|tx, administrator| App::delete(tx, administrator, &cast.app.slug)).unwrap();
    assert_eq!(deleted, Deleted::Disabled);
    assert!(newest(cast, Action::AppDeleted).is_none());
    assert!(newest(cast, Action::AppChanged).is_some_and(|change| format!("{change:?}").contains("enabled")));
}

/// SECURITY R8, B1: also when the group is the target of another app first, and gets this one afterwards.
fn a_group_that_owners_fill_gets_a_further_app_only_once_that_is_confirmed_b1(cast: &Cast) {
    let payroll = cast
        .as_administrator(|tx, administrator| App::add(tx, administrator, &app_properties("Payroll"), None));
    let payroll = payroll.unwrap();
    let give = |filling_confirmed| {
        cast.as_administrator(|tx, administrator| {
            let to = Assignment { filling_confirmed, ..Assignment::to(Assignee::Group(cast.group.id)) };
            app_assignment::add(tx, administrator, &payroll, &to)
        })
    };
    match give(false) {
        Err(Error::Refused(Refusal::GroupFilledThrough { apps })) => assert_eq!(apps, ["Salesforce"]),
        other => panic!("{other:?}"),
    }
    assert!(give(true).is_ok());
    let confirmed = Filter { action: Some(Action::TargetConfirmed), ..Filter::default() };
    let lines = cast.read(|tx| activity::list(tx, &confirmed, 9)).rows;
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].activity.target_name, "Payroll");
    assert!(give(false).is_ok(), "what it opens already is no news");
}
