//! Who may see what: an app, a group, the people in it, and what settings open or close (SPEC 3.1, 3.3).

use super::{PersonFacts, TargetFacts, TenantFacts, manage};
use crate::access::refusal::Refusal;
use crate::organisation::GuestVisibility;
use crate::user::UserKind;

/// May this person see this app? Its people, while it is on their panel; owners of its target group; administrators.
pub(crate) fn see_app(person: &PersonFacts, enabled: bool, visible: bool) -> bool {
    person.administrator || person.owns_group || (person.assigned && enabled && visible)
}

/// May this person see this group? Its people, its owners, administrators.
pub(crate) fn see_group(person: &PersonFacts, is_in_it: bool) -> bool {
    person.administrator || person.owns_group || is_in_it
}

/// May this person see the organisation as something to invite to?
pub(crate) fn see_directory(person: &PersonFacts) -> bool {
    person.administrator || person.guest_inviter
}

/// How much of a target's people somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Everybody who is in it or invited to it.
    People,
    /// What those see who are only in it: its owners, and perhaps their fellow members ([`see_fellows`]).
    Fellows,
}

/// How much of a target's people may this person see, who sees the target itself? Owners of its group and administrators
/// see all of them, also while a switch keeps them from managing it. An app shows nothing to those who only use it.
///
/// # Errors
/// The refusal of [`manage`], for those who only use an app.
pub(crate) fn see_people(
    person: &PersonFacts,
    target: &TargetFacts,
    tenant: &TenantFacts,
) -> Result<Side, Refusal> {
    let is_responsible = person.administrator || person.owns_group;
    match (manage(person, target, tenant), target) {
        (Err(refusal), TargetFacts::App(_)) if !is_responsible => Err(refusal),
        (Err(_), TargetFacts::Group(_) | TargetFacts::Directory) if !is_responsible => Ok(Side::Fellows),
        _ => Ok(Side::People),
    }
}

/// May somebody of this kind see who else is in their groups?
#[must_use]
pub fn see_fellows(kind: UserKind, guests_see: GuestVisibility) -> bool {
    kind == UserKind::Member || guests_see == GuestVisibility::FellowMembers
}

/// May a manager look for people of the organisation by name?
#[must_use]
pub fn search_people(administrator: bool, members_search: bool) -> bool {
    administrator || members_search
}

/// May this person see the Groups page, which may be restricted to those who own a group?
pub(crate) fn see_groups_page(administrator: bool, owns_any: bool, restricted: bool) -> bool {
    administrator || owns_any || !restricted
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [bool; 2] = [false, true];

    fn member() -> PersonFacts {
        PersonFacts {
            active: true,
            kind: UserKind::Member,
            administrator: false,
            guest_inviter: false,
            owns_group: false,
            assigned: false,
        }
    }

    #[test]
    fn an_app_is_seen_by_its_people_while_it_is_on_their_panel() {
        for (enabled, visible) in BOTH.into_iter().flat_map(|one| BOTH.map(|other| (one, other))) {
            let sees = |person: PersonFacts| see_app(&person, enabled, visible);
            assert!(!sees(member()));
            assert_eq!(sees(PersonFacts { assigned: true, ..member() }), enabled && visible);
            assert!(sees(PersonFacts { owns_group: true, ..member() }));
            assert!(sees(PersonFacts { administrator: true, ..member() }));
        }
    }

    #[test]
    fn a_group_is_seen_by_its_people_and_its_owners() {
        for is_in_it in BOTH {
            assert_eq!(see_group(&member(), is_in_it), is_in_it);
            assert!(see_group(&PersonFacts { owns_group: true, ..member() }, is_in_it));
            assert!(see_group(&PersonFacts { administrator: true, ..member() }, is_in_it));
        }
    }

    #[test]
    fn the_directory_is_seen_by_those_who_invite_to_it() {
        assert!(!see_directory(&PersonFacts { owns_group: true, assigned: true, ..member() }));
        assert!(see_directory(&PersonFacts { guest_inviter: true, ..member() }));
        assert!(see_directory(&PersonFacts { administrator: true, ..member() }));
    }

    #[test]
    fn guests_see_their_fellows_where_the_organisation_lets_them() {
        assert!(see_fellows(UserKind::Member, GuestVisibility::Own));
        assert!(see_fellows(UserKind::Member, GuestVisibility::FellowMembers));
        assert!(!see_fellows(UserKind::Guest, GuestVisibility::Own));
        assert!(see_fellows(UserKind::Guest, GuestVisibility::FellowMembers));
    }

    #[test]
    fn administrators_search_whatever_the_setting_says() {
        for members_search in BOTH {
            assert!(search_people(true, members_search));
            assert_eq!(search_people(false, members_search), members_search);
        }
    }

    #[test]
    fn a_restricted_groups_page_is_for_owners_and_administrators() {
        for (administrator, owns_any) in [(false, true), (true, false), (true, true)] {
            assert!(BOTH.into_iter().all(|restricted| see_groups_page(administrator, owns_any, restricted)));
        }
        assert!(see_groups_page(false, false, false));
        assert!(!see_groups_page(false, false, true));
    }
}
