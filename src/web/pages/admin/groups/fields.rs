//! The fields of a group, which are the same for a new one and for one that there is.

use directory::group::{Group, GroupKind, GroupMembership, GroupProfile};
use directory::group_rule::GroupRule;
use directory::text::{Description, Name};

use super::super::reading::{answer, yes_no};
use crate::text::Texts;
use crate::web::form::choice;
use crate::web::view::Choice;
use crate::web::{Administrating, Form};

/// The form of a group that there is not yet: as the set-up of self-service needs it.
pub(super) fn empty() -> Form {
    Form::filled(&[
        ("kind", GroupKind::Security.as_str().to_owned()),
        ("membership", GroupMembership::Assigned.as_str().to_owned()),
        ("owners_manage_membership", answer(true)),
    ])
}

/// The form as the group is now.
pub(super) fn filled(group: &Group) -> Form {
    Form::filled(&[
        ("kind", group.kind.as_str().to_owned()),
        ("name", group.name.clone()),
        ("description", group.description.clone()),
        ("membership", group.membership.as_str().to_owned()),
        ("rule", group.rule.clone().unwrap_or_default()),
        ("owners_manage_membership", answer(group.owners_manage_membership)),
    ])
}

/// The group as typed; a rule counts for dynamic membership only, and is a text within bounds in any case.
pub(super) fn read(visit: &Administrating, form: &mut Form) -> Option<GroupProfile> {
    let kind = form.parse("kind", choice::<GroupKind>);
    let name = form.parse("name", Name::parse);
    let description = form.parse("description", Description::parse);
    let membership = form.parse("membership", choice::<GroupMembership>);
    let rule = match membership {
        Some(GroupMembership::Dynamic) => rule(visit, form).map(Some),
        _ => form.parse("rule", Description::parse).map(|_| None),
    };
    let own = form.parse("owners_manage_membership", yes_no);
    membership?;
    Some(GroupProfile {
        name: name?,
        description: description?,
        kind: kind?,
        rule: rule?,
        owners_manage_membership: own?,
    })
}

/// The rule as typed.
pub(super) fn rule(visit: &Administrating, form: &mut Form) -> Option<GroupRule> {
    form.parse("rule", |typed| GroupRule::parse(typed).map_err(|refusal| visit.sentence(&refusal)))
}

/// *Group type*.
pub(super) fn kinds(texts: Texts) -> Vec<Choice> {
    let choice =
        |value: &str, key: &str, hint: &str| Choice::new(value, texts.get(key)).hint(texts.get(hint));
    vec![
        choice(GroupKind::Security.as_str(), "admin-group-type-security", "admin-group-type-security-hint"),
        choice(
            GroupKind::Collaboration.as_str(),
            "admin-group-type-collaboration",
            "admin-group-type-collaboration-hint",
        ),
    ]
}

/// *Membership type*.
pub(super) fn memberships(texts: Texts) -> Vec<Choice> {
    let choice =
        |value: &str, key: &str, hint: &str| Choice::new(value, texts.get(key)).hint(texts.get(hint));
    vec![
        choice(GroupMembership::Assigned.as_str(), "kind-assigned", "admin-group-assigned-hint"),
        choice(GroupMembership::Dynamic.as_str(), "kind-dynamic", "admin-group-dynamic-hint"),
    ]
}
