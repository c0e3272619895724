//! The audit: every change with who, what, before and after. It can be read and nothing else.

mod about;
mod difference;

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{self, ServiceConfig},
};
use askama::Template;
use directory::activity::{self, Action, Activity, Entry, Filter, ObjectKind};
use directory::user::UserKind;

use self::about::About;
use self::difference::{Change, changes, text_of};
use super::reading::optional_id;
use crate::text::Texts;
use crate::web::{
    Administrating, Form, Page, PageError, ROWS,
    asked::{Asked, first_page},
    filters, paths,
    view::{Choice, Link, Pager},
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
    /// To the person or the thing that the list is narrowed to.
    back: Option<Link>,
    narrowed: Option<Narrowed>,
    columns: Vec<String>,
    changes: Vec<String>,
    entries: Vec<Row>,
    pager: Pager,
}

/// What the list is narrowed to, and the address without it.
struct Narrowed {
    text: String,
    whole: &'static str,
}

struct Row {
    moment: String,
    actor: String,
    /// The address, and that it is a guest's: a name is what somebody chose.
    who: String,
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
    let narrowed_to = optional_id(&asked, "actor")?.or(optional_id(&asked, "target")?);
    let (found, about) = visit
        .read(move |tx, _| {
            let found = activity::list(tx, &filter, ROWS)?;
            let about = narrowed_to.map(|id| about::find(tx, id, &found.rows)).transpose()?;
            Ok((found, about.flatten()))
        })
        .await?;
    let directory::Page { rows: found, more } = found;
    let kept = ["actor", "target", "action"].map(|name| (name, asked.value(name)));
    let first = first_page(&asked, "before", paths::ADMIN_AUDIT, &kept);
    let next = found.last().filter(|_| more).map(|last| {
        let last = last.activity.id.to_string();
        paths::with_query(paths::ADMIN_AUDIT, &[kept[0], kept[1], kept[2], ("before", &last)])
    });
    let texts = visit.texts;
    let words =
        |names: &[&str]| names.iter().map(|name| texts.get(&format!("audit-column-{name}"))).collect();
    let view = AuditPage {
        page: visit.page("admin-audit").administering(paths::ADMIN_AUDIT),
        actions: actions(texts),
        narrowed: narrowed(texts, &asked, about.as_ref(), &found),
        back: about.map(|about| Link { label: about.name, href: about.href }),
        columns: words(&["actor", "action", "target"]),
        changes: words(&["field", "before", "after"]),
        entries: found.iter().map(|one| row(&visit, one)).collect(),
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

/// Whose entries these are, when the list is narrowed to a person or a thing. What is gone has the name that they give
/// it.
fn narrowed(texts: Texts, asked: &Form, about: Option<&About>, found: &[Entry]) -> Option<Narrowed> {
    let (key, recorded) = match (asked.value("actor"), asked.value("target")) {
        ("", "") => return None,
        ("", _) => ("audit-of-target", found.first().map(|one| &one.activity.target_name)),
        _ => ("audit-by-actor", found.first().map(|one| &one.activity.actor_name)),
    };
    let text = match about.map(|about| &about.name).or(recorded) {
        Some(name) => texts.with(key, &[("name", name.as_str().into())]),
        None => texts.get(&format!("{key}-unknown")),
    };
    Some(Narrowed { text, whole: paths::ADMIN_AUDIT })
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

/// What kind of thing an entry is about; with an invitation also what for, as far as it says so.
fn described(texts: Texts, activity: &Activity) -> String {
    let target = match activity.target_kind {
        ObjectKind::Invitation => text_of(activity.after.as_deref(), "target"),
        _ => None,
    };
    match target {
        Some(target) => texts.with("audit-kind-invitation-to", &[("target", target.into())]),
        None => kind(texts, activity.target_kind),
    }
}

fn row(visit: &Administrating, Entry { activity, actor }: &Entry) -> Row {
    let texts = visit.texts;
    let link = |name: &str, id: String| paths::with_query(paths::ADMIN_AUDIT, &[(name, &id)]);
    let changes = changes(texts, activity.before.as_deref(), activity.after.as_deref());
    let who = actor.as_ref().map(|(address, kind)| match kind {
        UserKind::Guest => format!("{address} · {}", texts.get("guest")),
        UserKind::Member => address.clone(),
    });
    Row {
        moment: texts.date_time_zone(activity.at, visit.zone()),
        actor: match activity.actor_id {
            None => texts.get("audit-the-system"),
            Some(_) => activity.actor_name.clone(),
        },
        who: who.unwrap_or_default(),
        by_actor: activity.actor_id.map(|id| link("actor", id.to_string())),
        action: word(texts, activity.action),
        kind: described(texts, activity),
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
    fn every_action_every_kind_and_every_narrowing_has_its_words() {
        for texts in Language::ALL.iter().map(|language| Texts::new(*language)) {
            for action in Action::ALL {
                assert!(!word(texts, *action).starts_with("audit-"), "{}", action.as_str());
            }
            for asked in ["actor", "target"].map(|name| Form::filled(&[(name, "x")])) {
                let told = narrowed(texts, &asked, None, &[]).map(|narrowed| narrowed.text);
                assert!(told.is_some_and(|told| !told.starts_with("audit-")), "{asked:?}");
            }
            for one in ObjectKind::ALL {
                assert!(!kind(texts, *one).starts_with("audit-"), "{}", one.as_str());
            }
        }
    }
}
