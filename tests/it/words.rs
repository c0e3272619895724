//! Every text a person reads is in the catalogue, in every language, and every key in use exists.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use vestibule::web::icons;

use crate::support::sources::{files, read};

/// A key with the variables its sentence uses.
type Catalogue = BTreeMap<String, BTreeSet<String>>;

fn sources(folder: &str, ending: &str) -> impl Iterator<Item = (PathBuf, String)> {
    files(folder, ending).into_iter().map(|path| (path.clone(), read(path)))
}

fn catalogue(language: &str) -> Catalogue {
    let mut keys = Catalogue::new();
    for (path, source) in sources(&format!("locales/{language}"), ".ftl") {
        let resource = parser::parse(source.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut variables = BTreeSet::new();
            pattern_variables(
                message.value.as_ref().unwrap_or(&Pattern { elements: Vec::new() }),
                &mut variables,
            );
            let twice = keys.insert(message.id.name.to_owned(), variables);
            assert!(twice.is_none(), "{}: {} is there twice", path.display(), message.id.name);
        }
    }
    keys
}

fn pattern_variables(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                inline_variable(inline, found);
            }
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                inline_variable(selector, found);
                for variant in variants {
                    pattern_variables(&variant.value, found);
                }
            }
            PatternElement::TextElement { .. } => {}
        }
    }
}

fn inline_variable(expression: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = expression {
        found.insert(id.name.to_owned());
    }
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_variables() {
    let (english, dutch) = (catalogue("en"), catalogue("nl"));
    let differing: Vec<_> = english
        .keys()
        .chain(dutch.keys())
        .filter(|key| english.get(*key) != dutch.get(*key))
        .map(|key| format!("{key}: en {:?}, nl {:?}", english.get(key), dutch.get(key)))
        .collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn no_sentence_is_empty_or_left_in_the_other_language() {
    for (path, source) in sources("locales", ".ftl") {
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            assert!(!line.trim_end().ends_with(" ="), "{}: {line}", path.display());
            assert!(!line.contains("TODO") && !line.contains("TBD"), "{}: {line}", path.display());
        }
    }
}

/// What stands between `before` and the next quotation mark, wherever `before` occurs.
fn literals<'s>(source: &'s str, before: &str) -> Vec<&'s str> {
    source
        .match_indices(before)
        .filter_map(|(at, _)| source[at + before.len()..].split_once('"').map(|(literal, _)| literal))
        .collect()
}

/// The calls whose first argument is a key. One that is put together with `format!` is the affair of its own test.
const CALLS: [&str; 12] = [
    ".t(\"",
    "page.with(\"",
    "page.with2(\"",
    "page.count(\"",
    "texts.get(\"",
    "texts.find(\"",
    "texts.with(\"",
    "texts.count(\"",
    "Complaint::key(\"",
    "Flash::ok(\"",
    "Flash::warn(\"",
    "Flash::bad(\"",
];

fn keys_in(source: &str) -> Vec<&str> {
    CALLS.iter().flat_map(|call| literals(source, call)).filter(|key| !key.contains(['{', ' '])).collect()
}

#[test]
fn every_key_in_use_exists() {
    let english = catalogue("en");
    let mut missing = Vec::new();
    for (path, source) in sources("src", ".rs").chain(sources("templates", "")) {
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        let source: String = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let unknown = keys_in(&source).into_iter().filter(|key| !english.contains_key(*key));
        missing.extend(unknown.map(|key| format!("{}: {key}", path.display())));
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_icon_in_use_is_drawn() {
    for (path, source) in sources("templates", "") {
        for (at, _) in source.match_indices("\"|icon") {
            let name = source[..at].rsplit('"').next().unwrap_or_default();
            assert!(icons::exists(name), "{}: {name}", path.display());
        }
        for name in literals(&source, "icon=\"").into_iter().chain(literals(&source, "icon = \"")) {
            assert!(name.is_empty() || icons::exists(name), "{}: {name}", path.display());
        }
    }
}

/// A template without its comments, statements and expressions.
fn markup(source: &str) -> String {
    let mut rest = source;
    let mut kept = String::new();
    while let Some(start) = rest.find("{#").into_iter().chain(rest.find("{%")).chain(rest.find("{{")).min() {
        kept.push_str(&rest[..start]);
        let end = match &rest[start..start + 2] {
            "{#" => "#}",
            "{%" => "%}",
            _ => "}}",
        };
        rest = rest[start..].split_once(end).map_or("", |(_, after)| after);
    }
    kept + rest
}

/// A macro may hold attributes alone, outside of any tag.
fn without_attributes(text: &str) -> String {
    text.split('"')
        .enumerate()
        .filter(|(place, piece)| place % 2 == 0 && !piece.ends_with('='))
        .map(|(_, p)| p)
        .collect()
}

/// The texts and the spoken attributes of markup that was stripped of expressions.
fn human_text(markup: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (place, piece) in markup.split('<').enumerate() {
        let (tag, text) = if place == 0 { ("", piece) } else { piece.split_once('>').unwrap_or((piece, "")) };
        if !tag.starts_with("style") {
            found.push(without_attributes(text));
        }
        for attribute in [" title=\"", " placeholder=\"", " aria-label=\"", " alt=\"", " aria-description=\""]
        {
            found.extend(literals(tag, attribute).into_iter().map(str::to_owned));
        }
        if tag.contains("type=\"submit\"") || tag.contains("type=\"button\"") {
            found.extend(literals(tag, " value=\"").into_iter().map(str::to_owned));
        }
    }
    found
}

#[test]
fn no_template_says_anything_by_itself() {
    const ALLOWED: [&str; 2] = ["Vestibule", "name@example.org"];
    let mut said = Vec::new();
    for (path, source) in sources("templates", ".html") {
        for text in human_text(&markup(&source)) {
            let text = ALLOWED.iter().fold(text, |text, name| text.replace(name, "")).replace("&nbsp;", "");
            if text.chars().any(char::is_alphabetic) {
                said.push(format!("{}: {}", path.display(), text.trim()));
            }
        }
    }
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn the_search_for_literal_text_finds_it() {
    let source =
        r#"{# a note #}<p class="x" title="Hello">{{ page.t("a") }}{% if b > 1 %}word{% endif %}</p>"#;
    let found: String = human_text(&markup(source)).concat();
    assert_eq!(found, "wordHello");
}
