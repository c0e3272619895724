//! Which groups an app can put people into (SPEC 2, J0).

use crate::app_self_service::Obstacle;
use crate::group::{GroupKind, GroupMembership, GroupSource};

/// What keeps a group from being the target of an app, whoever owns it: managers fill only security groups with assigned
/// membership that are kept here.
pub(crate) fn obstacle(
    source: GroupSource,
    membership: GroupMembership,
    kind: GroupKind,
) -> Option<Obstacle> {
    match (source, membership, kind) {
        (GroupSource::Synced, _, _) => Some(Obstacle::Synced),
        (_, GroupMembership::Dynamic, _) => Some(Obstacle::Dynamic),
        (_, _, GroupKind::Collaboration) => Some(Obstacle::Collaboration),
        (GroupSource::Cloud, GroupMembership::Assigned, GroupKind::Security) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_assigned_security_group_that_is_kept_here_can_be_a_target() {
        use GroupKind::{Collaboration, Security};
        use GroupMembership::{Assigned, Dynamic};
        use GroupSource::{Cloud, Synced};
        assert_eq!(obstacle(Cloud, Assigned, Security), None);
        assert_eq!(obstacle(Cloud, Assigned, Collaboration), Some(Obstacle::Collaboration));
        for kind in [Security, Collaboration] {
            assert_eq!(obstacle(Cloud, Dynamic, kind), Some(Obstacle::Dynamic));
            assert_eq!(obstacle(Synced, Assigned, kind), Some(Obstacle::Synced));
            assert_eq!(obstacle(Synced, Dynamic, kind), Some(Obstacle::Synced));
        }
    }
}
