//! The groups of Meridiaan: assigned, dynamic and synced; owned by somebody, and by nobody.

use directory::{
    Administrator, Result, Tx,
    group::{Group, GroupKind, GroupProfile},
    group_member, group_owner,
    group_rule::GroupRule,
};

use super::people::{DAAN, FEMKE, ILSE, JONAS, LOTTE};
use super::{description, name, people};

/// How a group is made.
struct Sample {
    name: &'static str,
    description: &'static str,
    kind: GroupKind,
    rule: Option<&'static str>,
    /// The group's own switch.
    open: bool,
    owners: &'static [&'static str],
    /// Who was in it from the beginning.
    members: &'static [&'static str],
}

const ASSIGNED: Sample = Sample {
    name: "",
    description: "",
    kind: GroupKind::Security,
    rule: None,
    open: true,
    owners: &[],
    members: &[],
};

/// The groups that owners fill.
const OWNED: [Sample; 11] = [
    Sample {
        name: "Ledger access",
        description: "Our own bookkeepers and the auditors who come in for the year-end.",
        owners: &[ILSE],
        members: &[ILSE, JONAS, "hanna.schulz"],
        ..ASSIGNED
    },
    Sample {
        name: "Auditors",
        description: "May read the audit file, and nothing else.",
        owners: &[ILSE],
        members: &["pieter.vos"],
        ..ASSIGNED
    },
    Sample {
        name: "External architects",
        description: "Architects and engineers of other offices who work on our drawings.",
        owners: &[JONAS, ILSE],
        members: &[JONAS, "zoe.peeters", "clara.neumann", "joris.dewit"],
        ..ASSIGNED
    },
    Sample {
        name: "Planning partners",
        description: "Subcontractors who plan with us.",
        owners: &[JONAS],
        members: &["anouk.willems", "mehmet.yilmaz"],
        ..ASSIGNED
    },
    Sample {
        name: "Tender partners",
        description: "Partners in current bids. Only administrators add people here.",
        open: false,
        owners: &[JONAS],
        members: &[JONAS, "bram.janssen"],
        ..ASSIGNED
    },
    Sample {
        name: "Salesforce partners",
        description: "Agencies that work on our leads.",
        owners: &[LOTTE, DAAN],
        members: &[LOTTE, DAAN, "sofie.lambert"],
        ..ASSIGNED
    },
    Sample {
        name: "Bank room users",
        description: "People who see statements and mandates.",
        owners: &[ILSE],
        members: &["hanna.schulz"],
        ..ASSIGNED
    },
    Sample {
        name: "Workshop partners",
        description: "Whoever draws on our boards in a workshop.",
        owners: &[JONAS],
        members: &["clara.neumann"],
        ..ASSIGNED
    },
    Sample {
        name: "Client contacts",
        description: "Contacts at our clients.",
        members: &[LOTTE, "bram.janssen"],
        ..ASSIGNED
    },
    Sample {
        name: "Summer party",
        description: "Twenty years of Meridiaan, on the roof.",
        kind: GroupKind::Collaboration,
        owners: &[FEMKE, ILSE],
        members: &[FEMKE, ILSE, "iris.kok", "eva.lindeman", "zoe.peeters"],
        ..ASSIGNED
    },
    Sample {
        name: "Site managers",
        description: "Everybody who runs a building site.",
        owners: &[JONAS, ILSE],
        members: &["lars.hofmann", "kees.brouwer", "elke.maes", "marijke.aerts", JONAS],
        ..ASSIGNED
    },
];

/// The groups that a rule fills.
const DYNAMIC: [Sample; 4] = [
    Sample {
        name: "Everyone at Meridiaan",
        description: "All members of the organisation.",
        rule: Some(r#"kind == "member""#),
        ..ASSIGNED
    },
    Sample {
        name: "Finance department",
        description: "Kept up to date from the personnel records.",
        rule: Some(r#"department == "Finance""#),
        owners: &[ILSE],
        ..ASSIGNED
    },
    Sample {
        name: "Projects department",
        description: "Architects, engineers and planners.",
        rule: Some(r#"department in ["Projects", "Sites"]"#),
        owners: &[JONAS],
        ..ASSIGNED
    },
    Sample {
        name: "Belgian office",
        description: "Colleagues in Antwerp and Ghent.",
        rule: Some(r#"country == "Belgium" && domain == "meridiaan.example""#),
        ..ASSIGNED
    },
];

/// The group that the directory on the premises keeps.
const SYNCED: (&str, &str) = ("site-managers", "Active Directory");

/// Makes the groups, their owners and their first members.
pub(super) fn add(tx: &mut Tx<'_>, sanne: &Administrator) -> Result<()> {
    for sample in OWNED.iter().chain(&DYNAMIC) {
        let group = Group::add(tx, sanne, &profile(sample)?)?;
        for owner in sample.owners {
            let owner = people::user(tx, owner)?;
            group_owner::add(tx, sanne, &group, owner.id)?;
        }
        let members: Result<Vec<_>> =
            sample.members.iter().map(|member| Ok(people::user(tx, member)?.id)).collect();
        group_member::fill(tx, &group, &members?)?;
    }
    Ok(())
}

/// The directory on the premises was read a moment ago.
pub(super) fn sync(tx: &mut Tx<'_>) -> Result<()> {
    let (slug, from) = SYNCED;
    let group = Group::by_slug(tx, slug)?;
    Group::hand_to_directory(tx, group.id, &name(from))
}

fn profile(sample: &Sample) -> Result<GroupProfile> {
    Ok(GroupProfile {
        name: name(sample.name),
        description: description(sample.description),
        kind: sample.kind,
        rule: sample.rule.map(GroupRule::parse).transpose()?,
        owners_manage_membership: sample.open,
    })
}
