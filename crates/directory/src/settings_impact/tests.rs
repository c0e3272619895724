//! Which changes take something away.

use super::*;
use crate::organisation::InvitePolicy;

fn after(change: impl FnOnce(&mut Organisation)) -> Vec<Loss> {
    let mut before = Organisation::default();
    before.settings.owners_manage_groups = true;
    before.settings.guests_see = GuestVisibility::FellowMembers;
    before.settings.refused_domains = "a.test".to_owned();
    let mut after = before.clone();
    change(&mut after);
    losses(&before, &after)
}

#[test]
fn what_gives_more_takes_nothing_away() {
    assert!(after(|_| ()).is_empty());
    assert!(after(|o| o.settings.invite_policy = InvitePolicy::Anyone).is_empty());
    assert!(after(|o| o.settings.invitation_days = 1).is_empty());
    assert!(after(|o| o.settings.refused_domains = "a.test\nb.test".to_owned()).is_empty());
}

#[test]
fn each_switch_that_takes_something_away_is_named() {
    assert_eq!(after(|o| o.settings.owners_manage_groups = false), [Loss::OwnersManage]);
    assert_eq!(after(|o| o.settings.invite_policy = InvitePolicy::Nobody), [Loss::Inviting]);
    assert_eq!(after(|o| o.settings.domain_rule = DomainRule::Only), [Loss::Domains]);
    assert_eq!(after(|o| o.settings.domain_rule = DomainRule::AllBut), [Loss::Domains]);
    assert_eq!(after(|o| o.profile.other_domains = "c.test".to_owned()), [Loss::OwnDomains]);
    assert_eq!(after(|o| o.settings.guests_see = GuestVisibility::Own), [Loss::GuestsSee]);
    assert_eq!(after(|o| o.settings.welcome_messages = false), [Loss::WelcomeMessages]);
    assert_eq!(after(|o| o.settings.members_search = false), [Loss::MembersSearch]);
    assert_eq!(after(|o| o.settings.groups_page_restricted = true), [Loss::GroupsPage]);
}
