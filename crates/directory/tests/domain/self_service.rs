use directory::access::Administrator;
use directory::activity::{self, Action, Filter};
use directory::app::{App, SignOn};
use directory::app_assignment::{self, Assignee};
use directory::app_self_service::{self, Checklist, SelfService, SetUp};
use directory::group::Group;
use directory::{Error, Organisation, Refusal, Tx, group_owner};

use crate::cast::{Cast, app_properties, group_profile};
use crate::on_both;

on_both!(
    by_hand_and_in_one_go_end_the_same,
    setting_up_twice_changes_nothing,
    a_group_that_opens_more_must_be_confirmed,
    a_dynamic_group_is_no_target,
);

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
    app_assignment::add(tx, administrator, &app, Assignee::Group(group.id), None)?;
    app_assignment::add(tx, administrator, &app, Assignee::User(cast.oscar.id), None)
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
    let before = cast.read(|tx| app_assignment::list(tx, cast.app.id, None, 50)).len();
    cast.as_administrator(|tx, administrator| {
        app_self_service::set_up(tx, administrator, "salesforce", &wanted)
    })
    .unwrap();
    assert_eq!(cast.read(|tx| app_assignment::list(tx, cast.app.id, None, 50)).len(), before);
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
        cast.read(|tx| activity::list(tx, &filter, 10))
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
