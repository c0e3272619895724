//! Before and after as a list of changed fields.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::text::Texts;

/// What names nothing to a person. Ids and moments, which end in `_id` and `_at`, are left out too.
const HIDDEN: [&str; 4] = ["id", "version", "slug", "generation"];

/// The fields whose values are codes with a word in the catalogue; elsewhere a text is a text.
const CODED: [&str; 10] = [
    "default_language",
    "domain_rule",
    "guests_see",
    "invite_policy",
    "kind",
    "language",
    "membership",
    "source",
    "state",
    "target_kind",
];

/// A field that was changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) field: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// The fields that differ, in the order of their names; all that are filled in where something was made or taken away.
pub(super) fn changes(texts: Texts, before: Option<&str>, after: Option<&str>) -> Vec<Change> {
    let (before, after) = (fields(before), fields(after));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name))
        .map(|name| Change {
            field: field(texts, name),
            before: shown(texts, name, before.get(name)),
            after: shown(texts, name, after.get(name)),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

/// The text of one field of what was recorded.
pub(super) fn text_of(json: Option<&str>, name: &str) -> Option<String> {
    fields(json).get(name).and_then(Value::as_str).map(str::to_owned)
}

/// The fields of a JSON object, or of a list of them.
fn fields(json: Option<&str>) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    if let Some(value) = json.and_then(|json| serde_json::from_str(json).ok()) {
        collect(&value, &mut found);
    }
    found
}

fn collect(value: &Value, found: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let hidden =
                    HIDDEN.contains(&name.as_str()) || name.ends_with("_id") || name.ends_with("_at");
                match value {
                    Value::Object(_) => collect(value, found),
                    _ if hidden => {}
                    _ => drop(found.insert(name.clone(), value.clone())),
                }
            }
        }
        Value::Array(parts) => parts.iter().for_each(|part| collect(part, found)),
        _ => {}
    }
}

/// The field's word; one that has none is shown as it is called.
fn field(texts: Texts, name: &str) -> String {
    texts.find(&format!("audit-field-{}", name.replace('_', "-"))).unwrap_or_else(|| name.replace('_', " "))
}

fn shown(texts: Texts, name: &str, value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::Bool(true)) => texts.get("yes"),
        Some(Value::Bool(false)) => texts.get("no"),
        Some(Value::String(text)) if CODED.contains(&name) => {
            texts.find(&format!("audit-value-{}", text.replace('_', "-"))).unwrap_or_else(|| text.clone())
        }
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => {
            parts.iter().map(|part| shown(texts, name, Some(part))).collect::<Vec<_>>().join(", ")
        }
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    const EN: Texts = Texts::new(Language::English);

    #[test]
    fn only_what_differs_is_told_in_words() {
        let before = r#"[{"name":"A","version":1},{"owners_manage_groups":false,"invite_policy":"members"}]"#;
        let after = r#"[{"name":"A","version":2},{"owners_manage_groups":true,"invite_policy":"nobody"}]"#;
        let told = changes(EN, Some(before), Some(after));
        let told: Vec<(&str, &str, &str)> =
            told.iter().map(|one| (one.field.as_str(), one.before.as_str(), one.after.as_str())).collect();
        assert_eq!(
            told,
            [
                ("Who may invite guests", "Members", "Nobody"),
                ("Owners can manage group membership", "No", "Yes")
            ]
        );
    }

    #[test]
    fn something_new_is_told_by_what_is_filled_in() {
        let told = changes(EN, None, Some(r#"{"id":"x","name":"Ann","department":"","sponsor_id":null}"#));
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].after, "Ann");
    }

    #[test]
    fn what_is_no_json_is_no_change() {
        assert!(changes(EN, Some("{"), None).is_empty());
    }
}
