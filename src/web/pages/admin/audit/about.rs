//! The person or the thing that the audit is narrowed to, as far as it is still there.

use directory::activity::{Entry, ObjectKind};
use directory::app::App;
use directory::group::Group;
use directory::invitation::Invitation;
use directory::user::User;
use directory::{Error, Id, Result, Tx};

use crate::web::paths;

/// What it is called now, and its page.
pub(super) struct About {
    pub(super) name: String,
    pub(super) href: String,
}

/// What has this id. Entries about it say what kind of thing it is; without any it can only be a person.
pub(super) fn find(tx: &mut Tx<'_>, id: Id<()>, entries: &[Entry]) -> Result<Option<About>> {
    let mut activities = entries.iter().map(|entry| &entry.activity);
    let recorded = activities.find(|activity| activity.target_id == Some(id));
    let found = match recorded.map(|activity| activity.target_kind) {
        Some(ObjectKind::App) => App::find(tx, id.cast()).map(of_app),
        Some(ObjectKind::Group) => Group::find(tx, id.cast()).map(of_group),
        Some(ObjectKind::Invitation) => Invitation::find(tx, id.cast()).map(of_invitation),
        Some(ObjectKind::Organisation | ObjectKind::Mail) => return Ok(None),
        Some(ObjectKind::User) | None => User::find(tx, id.cast()).map(of_user),
    };
    match found {
        Ok(about) => Ok(Some(about)),
        Err(Error::Hidden) => Ok(None),
        Err(error) => Err(error),
    }
}

fn of_user(user: User) -> About {
    About { name: user.name, href: paths::admin_user(user.id) }
}

fn of_app(app: App) -> About {
    About { name: app.name, href: paths::admin_app(&app.slug) }
}

fn of_group(group: Group) -> About {
    About { name: group.name, href: paths::admin_group(&group.slug) }
}

/// Invitations have no page of their own: they are on that of the guest.
fn of_invitation(invitation: Invitation) -> About {
    About { name: invitation.address_key, href: paths::admin_user(invitation.user_id) }
}
