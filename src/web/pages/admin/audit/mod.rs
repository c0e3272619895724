//! The audit: every change with who, what, before and after. It can be read and nothing else.

mod difference;

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{self, ServiceConfig},
};
use askama::Template;
use directory::activity::{self, Action, Activity, Filter, ObjectKind};

use self::difference::{Change, changes};
use super::{ROWS, reading::optional_id};
use crate::text::Texts;
use crate::web::{
    Administrating, Form, Page, PageError,
    asked::{Asked, first_page},
    filters, paths,
    view::{Choice, Pager},
};

/// The routes of the audit.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route(paths::ADMIN_AUDIT, web::get().to(show));
}

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct AuditPage {
    page: Page,
    form: Form,
    actions: Vec<Choice>,
    /// What the list is narrowed to, and the address without it.
    narrowed: Option<String>,
    columns: Vec<String>,
    changes: Vec<String>,
    entries: Vec<Entry>,
    pager: Pager,
}

struct Entry {
    moment: String,
    actor: String,
    by_actor: Option<String>,
    action: String,
    kind: String,
    target: String,
    of_target: Option<String>,
    changes: Vec<Change>,
    how_many: String,
}

async fn show(visit: Administrating, Asked(asked): Asked) -> Result<HttpResponse, PageError> {
    let filter = filter(&asked)?;
    let directory::Page { rows: found, more } =
        visit.read(move |tx| activity::list(tx, &filter, ROWS)).await?;
    let kept = ["actor", "target", "action"].map(|name| (name, asked.value(name)));
    let first = first_page(&asked, "before", paths::ADMIN_AUDIT, &kept);
    let next = found.last().filter(|_| more).map(|last| {
        let last = last.id.to_string();
        paths::with_query(paths::ADMIN_AUDIT, &[kept[0], kept[1], kept[2], ("before", &last)])
    });
    let texts = visit.texts;
    let words =
        |names: &[&str]| names.iter().map(|name| texts.get(&format!("audit-column-{name}"))).collect();
    let view = AuditPage {
        page: visit.page_at("audit", "admin-audit"),
        actions: actions(texts),
        narrowed: narrowed(texts, &asked, &found),
        columns: words(&["actor", "action", "target"]),
        changes: words(&["field", "before", "after"]),
        entries: found.iter().map(|one| entry(&visit, one)).collect(),
        pager: Pager { first, next },
        form: asked,
    };
    visit.html(StatusCode::OK, &view)
}

/// What the address narrows the list to.
fn filter(asked: &Form) -> Result<Filter, PageError> {
    Ok(Filter {
        actor: optional_id(asked, "actor")?,
        target: optional_id(asked, "target")?,
        action: asked.value("action").parse().ok(),
        before: optional_id(asked, "before")?,
    })
}

/// Whose entries these are, when the list is narrowed to a person or a thing.
fn narrowed(texts: Texts, asked: &Form, found: &[Activity]) -> Option<String> {
    let first = found.first();
    match (asked.value("actor"), asked.value("target")) {
        ("", "") => None,
        ("", _) => {
            let name = first.map(|one| one.target_name.clone()).unwrap_or_default();
            Some(texts.with("audit-of-target", &[("name", name.into())]))
        }
        _ => {
            let name = first.map(|one| one.actor_name.clone()).unwrap_or_default();
            Some(texts.with("audit-by-actor", &[("name", name.into())]))
        }
    }
}

fn actions(texts: Texts) -> Vec<Choice> {
    let every = Choice::new("", texts.get("audit-every-action"));
    let choice = |action: &Action| Choice::new(action.as_str(), word(texts, *action));
    std::iter::once(every).chain(Action::ALL.iter().map(choice)).collect()
}

/// What happened, in words.
fn word(texts: Texts, action: Action) -> String {
    texts.get(&format!("audit-{}", action.as_str().replace(['.', '_'], "-")))
}

fn kind(texts: Texts, kind: ObjectKind) -> String {
    texts.get(&format!("audit-kind-{}", kind.as_str()))
}

fn entry(visit: &Administrating, activity: &Activity) -> Entry {
    let texts = visit.texts;
    let link = |name: &str, id: String| paths::with_query(paths::ADMIN_AUDIT, &[(name, &id)]);
    let changes = changes(texts, activity.before.as_deref(), activity.after.as_deref());
    Entry {
        moment: texts.date_time_zone(activity.at, visit.zone()),
        actor: match activity.actor_name.as_str() {
            "" => texts.get("audit-the-system"),
            name => name.to_owned(),
        },
        by_actor: activity.actor_id.map(|id| link("actor", id.to_string())),
        action: word(texts, activity.action),
        kind: kind(texts, activity.target_kind),
        target: activity.target_name.clone(),
        of_target: activity.target_id.map(|id| link("target", id.to_string())),
        how_many: texts.count("audit-changes", changes.len()),
        changes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn every_action_and_every_kind_has_its_words() {
        for texts in Language::ALL.iter().map(|language| Texts::new(*language)) {
            for action in Action::ALL {
                assert!(!word(texts, *action).starts_with("audit-"), "{}", action.as_str());
            }
            for one in ObjectKind::ALL {
                assert!(!kind(texts, *one).starts_with("audit-"), "{}", one.as_str());
            }
        }
    }
}
