//! Lists of what is in one state, newest first, page by page: what they show, and that a page ends with its last row.

use directory::access::Administrator;
use directory::delivery::{self, DeliveryFilter, DeliveryState};
use directory::invitation::{self, Draft, InvitationFilter, InvitationState, Validity};
use directory::{Organisation, Result, Tx};

use crate::cast::Cast;
use crate::on_both;
use crate::query_plans::{plan, reads_all, recorded, sorts};

on_both!(
    mails_are_listed_by_their_state,
    invitations_are_listed_by_their_state,
    a_page_of_mails_in_one_state_is_read_in_its_order,
    a_page_of_invitations_in_one_state_is_read_in_its_order,
    what_may_be_on_hold_is_read_in_its_order,
);

fn invite(cast: &Cast) {
    cast.as_manager(&cast.olivia, |tx, manager| {
        invitation::add(tx, manager, "ann@partner.test", &Draft::default())
    })
    .unwrap();
}

/// How many mails are in each state.
fn mails(cast: &Cast) -> Vec<usize> {
    let listed = |state: &DeliveryState| {
        let filter = DeliveryFilter { state: Some(*state), ..DeliveryFilter::default() };
        cast.as_administrator(|tx, administrator| delivery::list(tx, administrator, &filter, 50)).unwrap()
    };
    DeliveryState::ALL.iter().map(|state| listed(state).rows.len()).collect()
}

fn mails_are_listed_by_their_state(cast: &Cast) {
    let only = |wanted: DeliveryState| -> Vec<usize> {
        DeliveryState::ALL.iter().map(|state| usize::from(*state == wanted)).collect()
    };
    invite(cast);
    assert_eq!(mails(cast), only(DeliveryState::Queued));
    assert_eq!(cast.letters_to("ann@partner.test").len(), 1);
    assert_eq!(mails(cast), only(DeliveryState::Sent));
}

fn invitations_are_listed_by_their_state(cast: &Cast) {
    invite(cast);
    let listed = |state, validity| {
        let filter = InvitationFilter { state: Some(state), validity, ..InvitationFilter::default() };
        let page = cast.as_administrator(|tx, administrator| {
            let organisation = Organisation::load(tx)?;
            invitation::list(tx, administrator, &organisation, &filter, 50)
        });
        page.unwrap().rows.len()
    };
    assert_eq!(listed(InvitationState::Pending, None), 1);
    assert_eq!(listed(InvitationState::Pending, Some(Validity::Valid)), 1);
    assert_eq!(listed(InvitationState::Pending, Some(Validity::Expired)), 0);
    for state in [InvitationState::Accepted, InvitationState::Declined, InvitationState::Revoked] {
        assert_eq!(listed(state, None), 0, "{state}");
    }
}

/// Refuses a page for which more is read, or put in order, than it shows.
fn read_in_order(cast: &Cast, index: Option<&str>, list: impl Fn(&mut Tx<'_>) -> Result<()>) {
    let statements = recorded(cast, list);
    let is_page = |statement: &&String| statement.contains("ORDER BY") && statement.contains("LIMIT");
    let page = statements.iter().find(is_page).unwrap();
    let plan = cast.write(|tx| Ok(plan(tx.conn, page)));
    let told = format!("{page}\n{}", plan.join("\n"));
    assert!(!sorts(&plan) && !plan.iter().any(|step| reads_all(step, &plan)), "{told}");
    assert!(index.is_none_or(|index| plan.iter().any(|step| step.contains(index))), "{told}");
}

/// Those that are queued are few, or wait for a relay that is away: they may be put in order.
fn a_page_of_mails_in_one_state_is_read_in_its_order(cast: &Cast) {
    for state in DeliveryState::ALL.iter().filter(|state| **state != DeliveryState::Queued) {
        // Most are sent, and are met on the way from the newest on.
        let index = (*state != DeliveryState::Sent).then_some("deliveries_unusual");
        for is_first in [true, false] {
            read_in_order(cast, index, |tx| {
                let administrator = Administrator::find(tx, &cast.adam)?;
                let before = (!is_first).then(|| tx.new_id());
                let filter = DeliveryFilter { state: Some(*state), before, ..DeliveryFilter::default() };
                delivery::list(tx, &administrator, &filter, 50).map(drop)
            });
        }
    }
}

fn a_page_of_invitations_in_one_state_is_read_in_its_order(cast: &Cast) {
    let (undecided, refused) = (Some("invitations_undecided"), Some("invitations_refused"));
    for (state, validity, index) in [
        (InvitationState::Pending, None, undecided),
        (InvitationState::Pending, Some(Validity::Expired), undecided),
        (InvitationState::Pending, Some(Validity::Valid), undecided),
        (InvitationState::Declined, None, refused),
        (InvitationState::Revoked, None, refused),
        // Most are, and are met on the way from the newest on.
        (InvitationState::Accepted, None, None),
    ] {
        for is_first in [true, false] {
            read_in_order(cast, index, |tx| {
                let administrator = Administrator::find(tx, &cast.adam)?;
                let organisation = Organisation::load(tx)?;
                let before = (!is_first).then(|| tx.new_id());
                let filter =
                    InvitationFilter { state: Some(state), validity, before, ..InvitationFilter::default() };
                invitation::list(tx, &administrator, &organisation, &filter, 50).map(drop)
            });
        }
    }
}

fn what_may_be_on_hold_is_read_in_its_order(cast: &Cast) {
    read_in_order(cast, Some("invitations_undecided"), |tx| {
        let administrator = Administrator::find(tx, &cast.adam)?;
        let organisation = Organisation::load(tx)?;
        invitation::count_suspended(tx, &administrator, &organisation, 500).map(drop)
    });
}
