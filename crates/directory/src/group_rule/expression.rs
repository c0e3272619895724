//! The language of rules, kept so small that reading and asking one takes little, whoever wrote it.

use std::iter::once;
use std::sync::{Arc, LazyLock};

use cel::common::ast::{EntryExpr, Expr};
use cel::{Context, Env, IdedExpr, Value};

/// How deep the parts of a rule may lie within each other: each step takes stack.
const DEEPEST: u16 = 16;
const TOO_DEEP: &str = "too many parts within each other";

/// CEL without its macros (`all`, `exists`, `map` and their like): they are loops, and a thousand characters of loops
/// within loops would never end. Without them a rule takes time and memory by its length.
static LANGUAGE: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(Env::default().with_stdlib()));

/// A rule that was read.
pub(super) struct Expression(IdedExpr);

impl Expression {
    /// Reads a rule, or says why it is none.
    pub(super) fn parse(rule: &str) -> Result<Self, String> {
        // Counted before anything is read, because reading takes stack for each bracket.
        if brackets(rule) > usize::from(DEEPEST) {
            return Err(TOO_DEEP.to_owned());
        }
        let parser = LANGUAGE.parser().max_recursion_depth(DEEPEST);
        let parsed = parser.parse(rule).map_err(|error| first_line(&error.to_string()))?;
        if is_deeper(&parsed, DEEPEST) {
            return Err(TOO_DEEP.to_owned());
        }
        Ok(Self(parsed))
    }

    /// What the rule says when these names have these values, or why it says nothing.
    pub(super) fn holds<'a>(&self, values: impl Iterator<Item = (&'a str, &'a str)>) -> Result<bool, String> {
        let mut context = Context::with_env(Arc::clone(&LANGUAGE));
        for (name, value) in values {
            context.add_variable_from_value(name, value);
        }
        match Value::resolve(&self.0, &context) {
            Ok(Value::Bool(answer)) => Ok(answer),
            Ok(_) => Err("a rule must say true or false".to_owned()),
            Err(error) => Err(first_line(&error.to_string())),
        }
    }
}

/// How many brackets are open at most at once; those in texts count too.
fn brackets(rule: &str) -> usize {
    let opened = rule.chars().scan(0_usize, |open, c| {
        match c {
            '(' | '[' | '{' => *open += 1,
            ')' | ']' | '}' => *open = open.saturating_sub(1),
            _ => {}
        }
        Some(*open)
    });
    opened.max().unwrap_or_default()
}

fn is_deeper(expression: &IdedExpr, than: u16) -> bool {
    let Some(left) = than.checked_sub(1) else { return true };
    parts(&expression.expr).into_iter().any(|part| is_deeper(part, left))
}

fn parts(expression: &Expr) -> Vec<&IdedExpr> {
    match expression {
        Expr::Call(call) => call.target.as_deref().into_iter().chain(&call.args).collect(),
        Expr::Select(select) => vec![&select.operand],
        Expr::List(list) => list.elements.iter().collect(),
        Expr::Map(map) => map.entries.iter().flat_map(|entry| values(&entry.expr)).collect(),
        Expr::Struct(made) => made.entries.iter().flat_map(|entry| values(&entry.expr)).collect(),
        // Without macros there are no comprehensions.
        Expr::Comprehension(_) | Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => Vec::new(),
    }
}

fn values(entry: &EntryExpr) -> Vec<&IdedExpr> {
    match entry {
        EntryExpr::StructField(field) => vec![&field.value],
        EntryExpr::MapEntry(pair) => once(&pair.key).chain(once(&pair.value)).collect(),
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{GroupRule, MAX_RULE};

    fn is_refused(typed: &str) -> bool {
        assert!(typed.len() <= MAX_RULE, "{}", typed.len());
        GroupRule::parse(typed).is_err()
    }

    #[test]
    fn a_rule_has_no_loops_that_would_never_end() {
        let within = (0..30).fold("true".to_owned(), |inner, _| format!("[1,1,1,1,1,1,1,1].all(i,{inner})"));
        let doubling = (0..80).fold("['ab']".to_owned(), |list, _| format!("{list}.map(i,i+i)"));
        assert!(is_refused(&within) && is_refused(&format!("{doubling} == []")));
        assert!(is_refused("[kind].exists(k, k == 'member')"));
    }

    #[test]
    fn a_rule_of_thousand_characters_does_not_use_up_the_stack() {
        let chains = [
            format!("{}1 == 491", "1+".repeat(490)),
            format!("[true]{}", "[0]".repeat(330)),
            format!("kind{} == ''", ".a".repeat(490)),
            format!("{}true", "true?true:".repeat(99)),
            format!("{}true{}", "(".repeat(490), ")".repeat(490)),
            format!("{}{} == []", "[".repeat(490), "]".repeat(490)),
        ];
        for chain in chains {
            assert!(is_refused(&chain), "{chain}");
        }
        assert!(!is_refused("((((kind == 'member' && (country == 'NL' || country == 'BE')))))"));
    }
}
