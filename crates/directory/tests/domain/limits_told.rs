//! What is told of limits before they bind: how many are left, and what the simulator says (SPEC 3.2, 3.5).

use chrono::TimeDelta;
use directory::access::rules::{Answer, Rule};
use directory::access::{Limit, LimitReached, NotManager};
use directory::app::App;
use directory::app_assignment::{self, Assignee, Assignment};
use directory::invitation;
use directory::simulation::{self, Question};
use directory::{Actor, Refusal, group_owner};

use crate::asked_again::assign;
use crate::cast::{Cast, app_properties};
use crate::inviting::{add, invited, refusal};
use crate::on_both;

on_both!(
    what_is_left_for_one_is_no_more_than_is_left_for_all,
    what_is_left_of_an_hour_is_told_too,
    the_simulator_says_of_limits_what_add_would,
    the_simulator_lets_nobody_manage_what_they_do_not_own,
    the_simulator_asks_whether_the_group_opens_the_app,
);

fn what_is_left_for_one_is_no_more_than_is_left_for_all(cast: &Cast) {
    cast.settings(|settings| settings.organisation_hourly_limit = 3);
    let left = || cast.as_manager(&cast.olivia, invitation::left_today).unwrap();
    assert_eq!(left(), 3);
    add(cast, &cast.adam, "a@partner.test").unwrap();
    invited(cast, "b@partner.test");
    assert_eq!(left(), 1);
    invited(cast, "c@partner.test");
    assert_eq!(left(), 0);
    cast.clock.advance(TimeDelta::minutes(61));
    assert_eq!(left(), 3);
    cast.settings(|settings| settings.inviter_daily_limit = 3);
    assert_eq!(left(), 1);
}

fn what_is_left_of_an_hour_is_told_too(cast: &Cast) {
    cast.settings(|settings| settings.inviter_hourly_limit = 2);
    let left = || cast.as_manager(&cast.olivia, invitation::left_today).unwrap();
    assert_eq!(left(), 2);
    invited(cast, "a@partner.test");
    assert_eq!(left(), 1);
    invited(cast, "b@partner.test");
    assert_eq!(left(), 0);
}

/// What the rule about limits answers when this person would invite this address to Salesforce.
fn simulated(cast: &Cast, person: &Actor, to: &str) -> Answer {
    let chain = cast.as_administrator(|tx, administrator| {
        simulation::ask(tx, administrator, person.id, to, Question::App(&cast.app.slug))
    });
    chain.unwrap().into_iter().find(|(rule, _)| *rule == Rule::Limits).unwrap().1
}

fn the_simulator_says_of_limits_what_add_would(cast: &Cast) {
    cast.settings(|settings| {
        settings.inviter_hourly_limit = 1;
        settings.recipient_daily_limit = 1;
    });
    assert_eq!(simulated(cast, &cast.olivia, "ann@partner.test"), Ok(()));
    let ann = invited(cast, "ann@partner.test");

    let of_olivia = simulated(cast, &cast.olivia, "bob@partner.test").unwrap_err();
    assert!(matches!(
        of_olivia,
        Refusal::LimitReached(LimitReached { limit: Limit::InviterHour, max: 1, .. })
    ));
    assert_eq!(refusal(add(cast, &cast.olivia, "bob@partner.test")), of_olivia);
    assert_eq!(simulated(cast, &cast.adam, "bob@partner.test"), Ok(()));

    assert_eq!(simulated(cast, &cast.adam, "ann@partner.test"), Ok(()), "she is invited already");
    cast.as_manager(&cast.olivia, |tx, manager| invitation::revoke(tx, manager, ann.id)).unwrap();
    let of_ann = simulated(cast, &cast.adam, "ann@partner.test").unwrap_err();
    assert!(matches!(of_ann, Refusal::LimitReached(LimitReached { limit: Limit::RecipientDay, max: 1, .. })));
    assert_eq!(refusal(add(cast, &cast.adam, "ann@partner.test")), of_ann);
}

/// What the rule about managing answers for this person.
fn manages(cast: &Cast, person: &Actor, question: Question<'_>) -> Answer {
    let chain = cast.as_administrator(|tx, administrator| {
        simulation::ask(tx, administrator, person.id, "ann@partner.test", question)
    });
    chain.unwrap().into_iter().find(|(rule, _)| *rule == Rule::Manager).unwrap().1
}

fn the_simulator_lets_nobody_manage_what_they_do_not_own(cast: &Cast) {
    let refused = |why| Err(Refusal::NotManager { why });
    for question in [Question::App(&cast.app.slug), Question::Group(&cast.group.slug)] {
        assert_eq!(manages(cast, &cast.olivia, question), Ok(()), "{question:?}");
        assert_eq!(manages(cast, &cast.mia, question), refused(NotManager::NotOwner), "{question:?}");
    }
    cast.as_administrator(|tx, administrator| {
        group_owner::add(tx, administrator, &cast.group, cast.oscar.id)
    })
    .unwrap();
    let of_oscar = manages(cast, &cast.oscar, Question::App(&cast.app.slug));
    assert_eq!(of_oscar, refused(NotManager::NotAssigned), "who owns the group and does not have the app");
}

/// Another app opens for the group, and Olivia still has this one herself.
fn the_simulator_asks_whether_the_group_opens_the_app(cast: &Cast) {
    cast.as_administrator(|tx, administrator| {
        let other = App::add(tx, administrator, &app_properties("Box"), None)?;
        let to = Assignment::to(Assignee::Group(cast.group.id));
        app_assignment::add(tx, administrator, &other, &Assignment { filling_confirmed: true, ..to })
    })
    .unwrap();
    let question = Question::App(&cast.app.slug);
    assert_eq!(manages(cast, &cast.olivia, question), Ok(()));
    assign(cast, Assignee::Group(cast.group.id), false);
    let why = NotManager::TargetNotAssigned;
    assert_eq!(manages(cast, &cast.olivia, question), Err(Refusal::NotManager { why }));
}
