//! The addresses of Administration.

use std::fmt::Display;

/// The administrators' overview.
pub(crate) const ADMIN: &str = "/admin";
/// The organisation and its switches.
pub(crate) const ADMIN_SETTINGS: &str = "/admin/settings";
/// The people.
pub(crate) const ADMIN_USERS: &str = "/admin/users";
/// Adding a member.
pub(crate) const ADMIN_USERS_NEW: &str = "/admin/users/new";
/// Inviting a guest to nothing but the organisation: guest inviters may, too.
pub(crate) const ADMIN_USERS_INVITE: &str = "/admin/users/invite";
/// The groups.
pub(crate) const ADMIN_GROUPS: &str = "/admin/groups";
/// The form that makes a group.
pub(crate) const ADMIN_GROUPS_NEW: &str = "/admin/groups/new";
/// The apps.
pub(crate) const ADMIN_APPS: &str = "/admin/apps";
/// The catalogue to add an app from.
pub(crate) const ADMIN_APPS_NEW: &str = "/admin/apps/new";
/// Every invitation with its state.
pub(crate) const ADMIN_INVITATIONS: &str = "/admin/invitations";
/// "Could Olivia invite ann@partner.test to Salesforce?"
pub(crate) const ADMIN_INVITATIONS_CHECK: &str = "/admin/invitations/check";
/// Every mail with its state.
pub(crate) const ADMIN_MAIL: &str = "/admin/mail";
/// Lets go the mail that waits after a restore; `GET` asks, `POST` does.
pub(crate) const ADMIN_MAIL_RELEASE: &str = "/admin/mail/release";
/// Every change with its author.
pub(crate) const ADMIN_AUDIT: &str = "/admin/audit";
/// What is wrong with the running panel.
pub(crate) const ADMIN_HEALTH: &str = "/admin/health";

/// One person.
pub(crate) fn admin_user(id: impl Display) -> String {
    format!("{ADMIN_USERS}/{id}")
}

/// What a person has: groups, apps, sessions.
pub(crate) fn admin_user_access(id: impl Display) -> String {
    format!("{ADMIN_USERS}/{id}/access")
}

/// Letting a person in or shutting them out; `GET` asks, `POST` does.
pub(crate) fn admin_user_change(id: impl Display, change: &str) -> String {
    format!("{ADMIN_USERS}/{id}/{change}")
}

/// One group: its properties.
pub(crate) fn admin_group(slug: impl Display) -> String {
    format!("{ADMIN_GROUPS}/{slug}")
}

/// Who manages a group, `POST` adds.
pub(crate) fn admin_group_owners(slug: impl Display) -> String {
    format!("{ADMIN_GROUPS}/{slug}/owners")
}

/// One of the owners of a group, taken away; `GET` asks, `POST` does.
pub(crate) fn admin_group_owner_remove(slug: impl Display, user: impl Display) -> String {
    format!("{ADMIN_GROUPS}/{slug}/owners/{user}/remove")
}

/// Who is in a group.
pub(crate) fn admin_group_members(slug: impl Display) -> String {
    format!("{ADMIN_GROUPS}/{slug}/members")
}

/// Deletes a group; `GET` asks, `POST` does.
pub(crate) fn admin_group_delete(slug: impl Display) -> String {
    format!("{ADMIN_GROUPS}/{slug}/delete")
}

/// One app: overview and set-up checklist.
pub(crate) fn admin_app(slug: impl Display) -> String {
    format!("{ADMIN_APPS}/{slug}")
}

/// Properties of an app.
pub(crate) fn admin_app_properties(slug: impl Display) -> String {
    format!("{ADMIN_APPS}/{slug}/properties")
}

/// The logo of an app, `POST` uploads.
pub(crate) fn admin_app_logo(slug: impl Display) -> String {
    format!("{ADMIN_APPS}/{slug}/properties/logo")
}

/// Takes the logo of an app away; `GET` asks, `POST` does.
pub(crate) fn admin_app_logo_remove(slug: impl Display) -> String {
    format!("{ADMIN_APPS}/{slug}/properties/logo/remove")
}

/// Deletes an app; `GET` asks, `POST` does.
pub(crate) fn admin_app_delete(slug: impl Display) -> String {
    format!("{ADMIN_APPS}/{slug}/delete")
}

/// Single sign-on of an app.
pub(crate) fn admin_app_single_sign_on(slug: impl Display) -> String {
    format!("{ADMIN_APPS}/{slug}/single-sign-on")
}

/// Self-service of an app.
pub(crate) fn admin_app_self_service(slug: impl Display) -> String {
    format!("{ADMIN_APPS}/{slug}/self-service")
}

/// Sets up the self-service of an app in one go, `POST`.
pub(crate) fn admin_app_set_up(slug: impl Display) -> String {
    format!("{ADMIN_APPS}/{slug}/self-service/set-up")
}

/// Mends one prerequisite of the self-service of an app, `POST`.
pub(crate) fn admin_app_mend(slug: impl Display) -> String {
    format!("{ADMIN_APPS}/{slug}/self-service/mend")
}

/// Users and groups of an app, `POST` assigns.
pub(crate) fn admin_app_users_and_groups(slug: impl Display) -> String {
    format!("{ADMIN_APPS}/{slug}/users-and-groups")
}

/// One assignment of an app, taken away; `GET` asks, `POST` does.
pub(crate) fn admin_app_assignment_remove(slug: impl Display, id: impl Display) -> String {
    format!("{ADMIN_APPS}/{slug}/users-and-groups/{id}/remove")
}

/// The roles of an app, `POST` adds.
pub(crate) fn admin_app_roles(slug: impl Display) -> String {
    format!("{ADMIN_APPS}/{slug}/roles")
}

/// One role of an app, taken away; `GET` asks, `POST` does.
pub(crate) fn admin_app_role_remove(slug: impl Display, id: impl Display) -> String {
    format!("{ADMIN_APPS}/{slug}/roles/{id}/remove")
}

/// Tries to send a mail again, `POST`.
pub(crate) fn admin_mail_retry(id: impl Display) -> String {
    format!("{ADMIN_MAIL}/{id}/retry")
}
