//! What an administrator confirms: that owners who fill a group give all that it opens (SECURITY R8).

use directory::app::App;
use directory::app_self_service::other_apps;
use directory::group::Group;
use directory::{Id, Result, Tx};

/// What the box says that confirms these other apps of this group. Only what was shown can be confirmed.
pub(super) fn of(group: Id<Group>, apps: &[String]) -> String {
    format!("{group}: {}", apps.join(", "))
}

/// Whether what a form sent confirms what there is to confirm now.
pub(super) fn is_given(tx: &mut Tx<'_>, slug: &str, group: Option<Id<Group>>, sent: &str) -> Result<bool> {
    let Some(group) = group else { return Ok(false) };
    let app = App::by_slug(tx, slug)?;
    Ok(of(group, &other_apps(tx, app.id, group)?) == sent)
}
