//! Administration (SPEC 6): for administrators only, with exceptions for guest inviters said where they are made.

mod apps;
mod audit;
mod confirm;
mod groups;
mod health;
mod invitation_row;
mod invitations;
mod mail;
mod overview;
mod reading;
mod selection;
mod settings;
mod users;
mod words;

use actix_web::web::ServiceConfig;
use directory::Count;

use crate::text::Texts;
use crate::web::{Form, Visit, asked::id, paths, view::Tab};

/// The routes below `/admin`.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .configure(overview::routes)
        .configure(settings::routes)
        .configure(users::routes)
        .configure(groups::routes)
        .configure(apps::routes)
        .configure(invitations::routes)
        .configure(mail::routes)
        .configure(audit::routes)
        .configure(health::routes);
}

/// Whether mail waits, after a restore, until an administrator releases it.
fn mail_is_held(visit: &Visit) -> bool {
    visit.organisation.is_held()
}

/// The hint below a switch, and how many open invitations turning it off would put on hold.
fn switch_hint(texts: Texts, hint: &str, holds: Count) -> String {
    let hint = texts.get(hint);
    if holds.is_zero() { hint } else { format!("{hint} {}", texts.count("admin-switch-holds", holds)) }
}

/// Which of the filters of a list an address asks for, with its word there; what is none of them shows everything.
fn shown<T: Copy>(asked: &Form, everything: T, filters: &[(T, &'static str)]) -> (T, &'static str) {
    let wanted = asked.value("show");
    filters.iter().find(|(_, word)| *word == wanted).copied().unwrap_or((everything, ""))
}

/// The pills above a list, one for each of these words. Their keys begin with `key`; what was sought stays.
fn tabs(
    texts: Texts,
    key: &str,
    (path, sought): (&str, &str),
    words: impl IntoIterator<Item = &'static str>,
    current: &str,
) -> Vec<Tab> {
    let tab = |word: &str| Tab {
        label: texts.get(&format!("{key}-{}", if word.is_empty() { "all" } else { word })),
        href: paths::with_query(path, &[("show", word), ("q", sought)]),
        count: None,
        current: word == current,
    };
    words.into_iter().map(tab).collect()
}
