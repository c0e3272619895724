//! The rule of a dynamic group: who matches it before it is saved, and what it may speak of.

use directory::group::GroupMembership;
use directory::group_rule::{self, ATTRIBUTES, GroupRule, Preview};

use super::fields;
use crate::text::Texts;
use crate::web::view::Fact;
use crate::web::{Administrating, Form};

/// How many of those who match are named.
const NAMED: usize = 8;

/// What the button *Preview* found, and what the page says of rules.
pub(super) struct RuleView {
    pub(super) attributes: Vec<Fact>,
    pub(super) preview: Option<PreviewView>,
}

/// Who matches.
pub(super) struct PreviewView {
    pub(super) heading: String,
    pub(super) names: Vec<String>,
    pub(super) more: bool,
}

/// The part of the page about rules.
pub(super) fn view(texts: Texts, preview: Option<Preview>) -> RuleView {
    RuleView { attributes: attributes(texts), preview: preview.map(|found| found_view(texts, found)) }
}

fn found_view(texts: Texts, found: Preview) -> PreviewView {
    PreviewView {
        heading: texts.count("admin-group-preview-count", found.count),
        more: found.count.exact() != i64::try_from(found.first.len()).ok(),
        names: found.first,
    }
}

/// Each attribute with an example of it.
fn attributes(texts: Texts) -> Vec<Fact> {
    let example = |name: &str| match name {
        "kind" => r#"kind == "member""#,
        "domain" => r#"domain == "example.org""#,
        "department" => r#"department in ["Sales", "Finance"]"#,
        "job_title" => r#"job_title.startsWith("Head of")"#,
        "country" => r#"country == "NL" && department != "Board""#,
        _ => r#"company.contains("Labs")"#,
    };
    let fact = |name: &str| Fact::new(texts.get(&format!("admin-group-attribute-{name}")), example(name));
    ATTRIBUTES.map(fact).into()
}

/// Works out who the typed rule takes. A mistake is written beside its field.
pub(super) async fn preview(visit: &Administrating, form: &mut Form) -> directory::Result<Option<Preview>> {
    if form.value("membership") != GroupMembership::Dynamic.as_str() {
        form.refuse("membership", "admin-group-preview-assigned");
        return Ok(None);
    }
    let Some(rule) = fields::rule(visit, form) else { return Ok(None) };
    found(visit, rule).await.map(Some)
}

async fn found(visit: &Administrating, rule: GroupRule) -> directory::Result<Preview> {
    visit.read(move |tx, _| group_rule::preview(tx, &rule, NAMED)).await
}
