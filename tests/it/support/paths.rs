//! The paths that a Rust file names, from `use` lines and from code alike, each written out from its root.

/// Every path of two or more parts in `text`, the source of `module`: groups are spread out, and `self` and `super`
/// are resolved.
pub(crate) fn paths_in(text: &str, module: &str) -> Vec<String> {
    let tokens = tokens(text);
    let mut paths = Vec::new();
    let mut rest = tokens.as_slice();
    while let Some((first, _)) = rest.split_first() {
        rest = if is_word(first) { spread(rest, "", &mut paths) } else { &rest[1..] };
    }
    paths.retain(|path| path.contains("::"));
    paths.into_iter().map(|path| from_root(&path, module)).collect()
}

/// Reads one path that starts at the first token, with the groups in it, and answers the tokens after it.
fn spread<'a>(mut rest: &'a [String], prefix: &str, paths: &mut Vec<String>) -> &'a [String] {
    let mut path = prefix.to_owned();
    while let Some((token, after)) = rest.split_first() {
        if token == "{" && path.ends_with("::") {
            return spread_group(after, &path, paths);
        }
        let continues = if token == "::" { !path.ends_with("::") } else { is_word(token) && joins(&path) };
        if !continues {
            break;
        }
        path.push_str(token);
        rest = after;
    }
    paths.push(path.trim_end_matches("::").trim_end_matches("::self").to_owned());
    rest
}

fn spread_group<'a>(mut rest: &'a [String], prefix: &str, paths: &mut Vec<String>) -> &'a [String] {
    while let Some((token, after)) = rest.split_first() {
        rest = match token.as_str() {
            "}" => return after,
            _ if is_word(token) => spread(rest, prefix, paths),
            _ => after,
        };
    }
    rest
}

fn joins(path: &str) -> bool {
    path.is_empty() || path.ends_with("::")
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

fn from_root(path: &str, module: &str) -> String {
    let mut base = module.to_owned();
    let mut rest = path;
    loop {
        if let Some(after) = rest.strip_prefix("super::") {
            base.truncate(base.rfind("::").unwrap_or(base.len()));
            rest = after;
        } else if let Some(after) = rest.strip_prefix("self::") {
            rest = after;
        } else {
            break;
        }
    }
    if rest.len() == path.len() { path.to_owned() } else { format!("{base}::{rest}") }
}

/// Words, `::` and single signs; without comments and without what is in quotes.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if first == '"' {
            quoted(rest)
        } else if rest.starts_with("::") {
            tokens.push("::".to_owned());
            2
        } else if is_word(rest) {
            let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            tokens.push(rest[..word].to_owned());
            word
        } else {
            if !first.is_whitespace() {
                tokens.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// The length of the quoted text at the start of `text`, quotes included.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (position, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return position + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

#[test]
fn groups_are_spread_out_and_relative_paths_resolved() {
    let text = "use a::{b, c::{self, D}}; use super::e; // f::g\nlet x = \"h::i\"; self::j::k(l);";
    let paths = paths_in(text, "crate::m::n");
    assert_eq!(paths, ["a::b", "a::c", "a::c::D", "crate::m::e", "crate::m::n::j::k"]);
}
