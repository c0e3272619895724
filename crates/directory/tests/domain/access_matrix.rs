//! The permission table as a file that a person can review: `access_matrix.txt`.
//!
//! Rewritten with `UPDATE_ACCESS_MATRIX=1`; a change of a rule is a change of that file in the same commit.

use std::fmt::Write;
use std::path::Path;

use directory::access::Refusal;
use directory::access::rules::{
    self, AddressFacts, AppFacts, GroupFacts, PersonFacts, TargetFacts, TenantFacts,
};
use directory::email_address::EmailAddress;
use directory::group::{GroupMembership, GroupSource};
use directory::organisation::{DomainRule, InvitePolicy};
use directory::user::{UserKind, UserState};

const FILE: &str = "tests/domain/access_matrix.txt";

#[test]
fn the_permission_table_is_the_reviewed_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let table = table();
    if std::env::var_os("UPDATE_ACCESS_MATRIX").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    let reviewed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(table == reviewed, "{FILE} is not what the rules say now; review the change and rewrite it");
}

fn table() -> String {
    let mut out = String::from(
        "Who may add an address to what, and the first rule of SPEC 3.2 that says no.\n\
         Columns: kind of person. Rows: target, then settings, then address.\n\n",
    );
    let people = people();
    let _ = write!(out, "{:<62}", "");
    for (person, _) in &people {
        let _ = write!(out, "{person:<21}");
    }
    let trimmed = out.trim_end().len();
    out.truncate(trimmed);
    out.push('\n');
    for (target, facts) in targets() {
        let _ = writeln!(out, "\n{target}");
        for (settings, tenant) in settings() {
            for (address, known) in addresses() {
                let _ = write!(out, "  {settings:<32}{address:<28}");
                for (_, person) in &people {
                    let answer = rules::add(person, &facts, &tenant, &known);
                    let _ = write!(
                        out,
                        "{:<21}",
                        answer.err().map_or_else(|| "yes".to_owned(), |refusal| word(&refusal))
                    );
                }
                let trimmed = out.trim_end().len();
                out.truncate(trimmed);
                out.push('\n');
            }
        }
    }
    out
}

fn word(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotManager { why } => why.code().to_owned(),
        other => other.code().to_owned(),
    }
}

fn people() -> Vec<(&'static str, PersonFacts)> {
    let owner = PersonFacts {
        active: true,
        kind: UserKind::Member,
        administrator: false,
        guest_inviter: false,
        owns_group: true,
        assigned: true,
    };
    let stranger = PersonFacts { owns_group: false, assigned: false, ..owner.clone() };
    vec![
        ("administrator", PersonFacts { administrator: true, ..stranger.clone() }),
        ("owner", owner.clone()),
        ("owner, no app", PersonFacts { assigned: false, ..owner.clone() }),
        ("guest inviter", PersonFacts { guest_inviter: true, ..stranger.clone() }),
        ("member", PersonFacts { assigned: true, ..stranger.clone() }),
        ("guest", PersonFacts { kind: UserKind::Guest, assigned: true, ..stranger }),
        ("blocked owner", PersonFacts { active: false, ..owner }),
    ]
}

fn targets() -> Vec<(&'static str, TargetFacts)> {
    let assigned = GroupFacts {
        owners_manage_membership: true,
        membership: GroupMembership::Assigned,
        source: GroupSource::Cloud,
        rule: None,
        synced_from: None,
        synced_at: None,
    };
    let own_switch_off = GroupFacts { owners_manage_membership: false, ..assigned.clone() };
    let dynamic =
        GroupFacts { membership: GroupMembership::Dynamic, rule: Some("true".into()), ..assigned.clone() };
    let synced =
        GroupFacts { source: GroupSource::Synced, synced_from: Some("AD".into()), ..assigned.clone() };
    let app = |group: Option<GroupFacts>| AppFacts {
        enabled: true,
        self_service: true,
        target_group: group,
        target_assigned: true,
    };
    vec![
        ("The directory", TargetFacts::Directory),
        ("An assigned group", TargetFacts::Group(assigned.clone())),
        ("An assigned group whose own switch is off", TargetFacts::Group(own_switch_off)),
        ("A dynamic group", TargetFacts::Group(dynamic.clone())),
        ("A synced group", TargetFacts::Group(synced.clone())),
        ("An app with self-service", TargetFacts::App(app(Some(assigned.clone())))),
        ("An app whose target group is dynamic", TargetFacts::App(app(Some(dynamic)))),
        ("An app whose target group is synced", TargetFacts::App(app(Some(synced)))),
        ("An app without target group", TargetFacts::App(app(None))),
        (
            "An app whose target group is not assigned to it",
            TargetFacts::App(AppFacts { target_assigned: false, ..app(Some(assigned.clone())) }),
        ),
        (
            "An app with self-service off",
            TargetFacts::App(AppFacts { self_service: false, ..app(Some(assigned.clone())) }),
        ),
        ("An app that is not enabled", TargetFacts::App(AppFacts { enabled: false, ..app(Some(assigned)) })),
    ]
}

fn settings() -> Vec<(&'static str, TenantFacts)> {
    let usual = TenantFacts {
        owners_manage_groups: true,
        invite_policy: InvitePolicy::Members,
        domain_rule: DomainRule::Any,
        refused_domains: vec!["partner.test".into()],
        accepted_domains: vec!["other.test".into()],
        own_domains: vec!["meridian.test".into()],
        restored: false,
    };
    vec![
        ("switch on", usual.clone()),
        ("switch off", TenantFacts { owners_manage_groups: false, ..usual.clone() }),
        ("anyone invites", TenantFacts { invite_policy: InvitePolicy::Anyone, ..usual.clone() }),
        ("inviters invite", TenantFacts { invite_policy: InvitePolicy::Inviters, ..usual.clone() }),
        ("nobody invites", TenantFacts { invite_policy: InvitePolicy::Nobody, ..usual.clone() }),
        ("all but partner.test", TenantFacts { domain_rule: DomainRule::AllBut, ..usual.clone() }),
        ("only other.test", TenantFacts { domain_rule: DomainRule::Only, ..usual }),
    ]
}

fn addresses() -> Vec<(&'static str, AddressFacts)> {
    let known = |typed: &str, user| AddressFacts { address: EmailAddress::parse(typed), user, limit: None };
    vec![
        ("unknown, partner.test", known("ann@partner.test", None)),
        ("invited guest", known("ivy@partner.test", Some((UserKind::Guest, UserState::Invited)))),
        ("redeemed guest", known("gus@partner.test", Some((UserKind::Guest, UserState::Active)))),
        ("blocked guest", known("bob@partner.test", Some((UserKind::Guest, UserState::Blocked)))),
        ("colleague", known("mia@meridian.test", Some((UserKind::Member, UserState::Active)))),
        ("own domain, no account", known("nobody@meridian.test", None)),
    ]
}
