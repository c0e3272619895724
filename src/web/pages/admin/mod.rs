//! Administration (SPEC 6): for administrators only, with exceptions for guest inviters said where they are made.

mod apps;
mod audit;
mod confirm;
mod groups;
mod health;
mod invitation_row;
mod invitations;
mod mail;
mod mail_goes;
mod overview;
mod reading;
mod selection;
mod settings;
mod users;
mod words;

use actix_web::web::ServiceConfig;

use crate::text::Texts;
use crate::web::{Visit, asked::id, paths, view::Tab};

/// Rows of one page of a list (SPEC 3.5).
const ROWS: i64 = 50;

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
    visit.organisation.restoration.mail_held_since.is_some()
}

/// The pills above a list, one for each of these words. Their keys begin with `key`; what was sought stays.
fn tabs(
    texts: Texts,
    key: &str,
    (path, sought): (&str, &str),
    words: impl IntoIterator<Item = &'static str>,
    shown: &str,
) -> Vec<Tab> {
    let tab = |word: &str| Tab {
        label: texts.get(&format!("{key}-{}", if word.is_empty() { "all" } else { word })),
        href: paths::with_query(path, &[("show", word), ("q", sought)]),
        count: None,
        current: word == shown,
    };
    words.into_iter().map(tab).collect()
}
