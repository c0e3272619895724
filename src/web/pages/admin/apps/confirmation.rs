//! What an administrator confirms: that those who fill a group give all that it opens (SECURITY R8).

use directory::app::App;
use directory::app_self_service::other_apps;
use directory::group::Group;
use directory::{Id, Result, Tx};

/// The box in the settings.
pub(super) const OF_SETTINGS: &str = "other_apps_confirmed";
/// The box in the form that sets up.
pub(super) const OF_SET_UP: &str = "set_up_confirmed";
/// The box in the form that assigns groups.
pub(super) const OF_ASSIGNMENT: &str = "filling_confirmed";

/// What the box says that confirms these other apps of these groups. Only what was shown can be confirmed.
pub(super) fn of(groups: &[Id<Group>], apps: &[String]) -> String {
    let groups: Vec<String> = groups.iter().map(ToString::to_string).collect();
    format!("{}: {}", groups.join(", "), apps.join(", "))
}

/// Whether what a form sent confirms what there is to confirm now.
pub(super) fn is_given(tx: &mut Tx<'_>, slug: &str, group: Option<Id<Group>>, sent: &str) -> Result<bool> {
    let Some(group) = group else { return Ok(false) };
    let app = App::by_slug(tx, slug)?;
    Ok(of(&[group], &other_apps(tx, app.id, group)?) == sent)
}
