//! Every address of SPEC section 6, spelled once.
//!
//! The same function makes a link and, given `"{slug}"` or `"{id}"`, the pattern of a route. Slugs, ids and tokens
//! need no encoding; what a person typed goes through [`with_query`].

mod admin;

use std::fmt::Display;

use url::form_urlencoded::Serializer;

pub(crate) use self::admin::*;

/// `GET /`, which leads to My Apps.
pub(crate) const HOME: &str = "/";
/// My Apps.
pub(crate) const APPS: &str = "/apps";
/// Groups I own, groups I'm in.
pub(crate) const GROUPS: &str = "/groups";
/// Signing in, every step of it.
pub(crate) const SIGN_IN: &str = "/sign-in";
/// Ends the session, `POST`.
pub(crate) const SIGN_OUT: &str = "/sign-out";
/// My account: profile, password, sessions.
pub(crate) const ACCOUNT: &str = "/account";
/// Sets or changes my password, `POST`.
pub(crate) const ACCOUNT_PASSWORD: &str = "/account/password";
/// Ends all of my sessions but this one, `POST`.
pub(crate) const ACCOUNT_OTHER_SESSIONS_END: &str = "/account/sessions/others/end";
/// Keeps language and theme for this browser, `POST`.
pub(crate) const PREFERENCES: &str = "/preferences";
/// Whether the process runs.
pub(crate) const HEALTH_LIVE: &str = "/health/live";
/// Whether it can serve.
pub(crate) const HEALTH_READY: &str = "/health/ready";
/// The counters, on the internal address only.
pub(crate) const METRICS: &str = "/metrics";

/// Whether a path is for probes, which want a status and no page.
pub(crate) fn is_for_probes(path: &str) -> bool {
    path.starts_with("/health/")
}

/// Whether a path lets in whoever knows it, so that it must not be told to others.
pub(crate) fn carries_secret(path: &str) -> bool {
    path.starts_with("/invitations/") || path.starts_with("/set-up/")
}

/// A path with what was typed behind it, encoded: `with_query(APPS, &[("q", "time sheets")])`. What is empty is left
/// out.
pub(crate) fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let said = pairs.iter().filter(|(_, value)| !value.is_empty());
    let query = Serializer::new(String::new()).extend_pairs(said).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The sign-in page that leads on to `next` afterwards.
pub(crate) fn sign_in(next: &str) -> String {
    if next == HOME || next == APPS { SIGN_IN.to_owned() } else { with_query(SIGN_IN, &[("next", next)]) }
}

/// The screen of signing in that waits for the code mailed to this browser. It leads on to `next`, if that is not too long
/// to be carried along.
pub(crate) fn sign_in_code(next: &str) -> String {
    let waits = [("step", "code")];
    let leads_on = with_query(SIGN_IN, &[waits[0], ("next", next)]);
    if next != APPS && safe_next(&leads_on) == leads_on { leads_on } else { with_query(SIGN_IN, &waits) }
}

/// Ends one of my sessions, `POST`.
pub(crate) fn account_session_end(id: impl Display) -> String {
    format!("{ACCOUNT}/sessions/{id}/end")
}

/// The one-time link that makes the first administrator.
pub(crate) fn set_up(token: impl Display) -> String {
    format!("/set-up/{token}")
}

/// The direct link of an app.
pub(crate) fn app_open(slug: impl Display) -> String {
    format!("{APPS}/{slug}/open")
}

/// The slug of the app if this path is a direct link, which leads out of the panel.
pub(crate) fn opened_app(path: &str) -> Option<&str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.strip_prefix(APPS)?.strip_prefix('/')?.strip_suffix("/open")
}

/// The logo of an app; the version makes its address change with it.
pub(crate) fn app_logo(slug: impl Display, version: impl Display) -> String {
    format!("{APPS}/{slug}/logo/{version}")
}

/// The people of an app. What is done to them lies below: see [`add`], [`members`] and their like.
pub(crate) fn app_manage(slug: impl Display) -> String {
    format!("{APPS}/{slug}/manage")
}

/// A group. What is done to its people lies below: see [`add`], [`members`] and their like.
pub(crate) fn group(slug: impl Display) -> String {
    format!("{GROUPS}/{slug}")
}

/// Add members, below [`app_manage`] or [`group`]; who else is added, below [`admin_group_owners`] or
/// [`admin_app_users_and_groups`].
pub(crate) fn add(managed: &str) -> String {
    format!("{managed}/add")
}

/// The mail that Add members would send, below [`add`]: a document of its own.
pub(crate) fn add_preview(managed: &str) -> String {
    format!("{managed}/add/preview")
}

/// The people of a target, `POST` adds.
pub(crate) fn members(managed: &str) -> String {
    format!("{managed}/members")
}

/// One of the people of a target, taken out; `GET` asks, `POST` does.
pub(crate) fn member_remove(managed: &str, user: impl Display) -> String {
    format!("{managed}/members/{user}/remove")
}

/// Sends an invitation again, `POST`.
pub(crate) fn invitation_resend(managed: &str, id: impl Display) -> String {
    format!("{managed}/invitations/{id}/resend")
}

/// The same for a button beside what was sent so far: pressed twice, it sends once.
pub(crate) fn invitation_resend_after(managed: &str, id: impl Display, generation: i64) -> String {
    with_query(&invitation_resend(managed, id), &[("generation", &generation.to_string())])
}

/// Takes an invitation back; `GET` asks, `POST` does.
pub(crate) fn invitation_revoke(managed: &str, id: impl Display) -> String {
    format!("{managed}/invitations/{id}/revoke")
}

/// The same for administration, with the page to come back to: the list as it was searched, or that of the guest.
pub(crate) fn invitation_revoke_behind(back: &str, id: impl Display) -> String {
    with_query(&invitation_revoke(ADMIN, id), &[("back", back)])
}

/// Stands in for an inviter who no longer may, `POST`.
pub(crate) fn invitation_approve(managed: &str, id: impl Display) -> String {
    format!("{managed}/invitations/{id}/approve")
}

/// The link of a mail.
pub(crate) fn invitation(token: impl Display) -> String {
    format!("/invitations/{token}")
}

/// The link of the mail that this path is, or lies below.
pub(crate) fn invitation_of(path: &str) -> Option<String> {
    let token = path.strip_prefix("/invitations/")?.split(['/', '?', '#']).next()?;
    Some(invitation(token))
}

/// The page to return to from an address that answers only `POST`.
pub(crate) fn page_of(path: &str) -> &str {
    const ANY: &str = "{slug}";
    let answering_forms_only = [
        members(&app_manage(ANY)),
        members(&group(ANY)),
        ACCOUNT_PASSWORD.to_owned(),
        admin_app_roles(ANY),
        admin_app_logo(ANY),
        admin_app_set_up(ANY),
    ];
    let fits = |form: &String| {
        form.split('/').count() == path.split('/').count()
            && form.split('/').zip(path.split('/')).all(|(wanted, part)| wanted == ANY || wanted == part)
    };
    let page = path.rsplit_once('/').filter(|_| answering_forms_only.iter().any(fits));
    page.map_or(path, |(page, _)| page)
}

/// Mails a code to the invited address, `POST`.
pub(crate) fn invitation_code(token: impl Display) -> String {
    format!("/invitations/{token}/code")
}

/// Accepts, `POST`.
pub(crate) fn invitation_accept(token: impl Display) -> String {
    format!("/invitations/{token}/accept")
}

/// Declines, `POST`.
pub(crate) fn invitation_decline(token: impl Display) -> String {
    format!("/invitations/{token}/decline")
}

/// Mails a fresh link to the invited address, `POST`.
pub(crate) fn invitation_fresh(token: impl Display) -> String {
    format!("/invitations/{token}/fresh")
}

/// Where a person may be sent after signing in: a path of this panel, or My Apps (SECURITY E1).
///
/// The text is what a query or form carried after decoding once. Anything a browser might read as another origin
/// is refused, and so is what would still be encoded trickery.
pub(crate) fn safe_next(next: &str) -> &str {
    if is_local(next) { next } else { APPS }
}

fn is_local(next: &str) -> bool {
    let path = next.split(['?', '#']).next().unwrap_or_default();
    let stays = |path: &str| {
        path.starts_with('/') && !path.contains("//") && !path.contains(|c: char| c == '\\' || c.is_control())
    };
    next.len() <= 1024
        && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && stays(path)
        && stays(&percent_decoded(path))
}

fn percent_decoded(path: &str) -> String {
    let bytes: Vec<u8> = path.bytes().collect();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes.as_slice();
    while let [first, tail @ ..] = rest {
        let escaped = match (first, tail) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        decoded.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests;
